//! The shipped files have the shapes declared here.

use super::scheme_file::SchemeFile;
use super::vocabulary_file::VocabularyFile;

const SHIPPED: &[(&str, &str, &str)] = include!(concat!(env!("OUT_DIR"), "/shipped.rs"));

#[test]
fn every_shipped_file_has_the_shape_of_its_kind() {
    for (name, text, _) in SHIPPED {
        let problem = if name.contains("/vocabulary/") {
            toml::from_str::<VocabularyFile>(text).err()
        } else if text.contains("\n[scheme]") || text.contains("\n[part]") {
            toml::from_str::<SchemeFile>(text).err()
        } else if name.contains("/rules/") && name.matches('/').count() > 2 {
            None
        } else {
            panic!("{name}: no known kind of file");
        };
        assert!(problem.is_none(), "{name}: {}", problem.unwrap());
    }
}

#[test]
fn an_unknown_key_is_pointed_at() {
    let text =
        "[vocabulary]\nof = 'caption'\ntitle = 'x'\nauthority = 'y'\ncolour = 1\nterm = []\n";
    let problem = toml::from_str::<VocabularyFile>(text).unwrap_err();
    let place = problem.span().expect("toml gives the place");
    assert_eq!(text.get(place), Some("colour"));
}
