//! Files that have not the shapes declared here.

use super::vocabulary_file::VocabularyFile;

#[test]
fn an_unknown_key_is_pointed_at() {
    let text =
        "[vocabulary]\nof = 'caption'\ntitle = 'x'\nauthority = 'y'\ncolour = 1\nterm = []\n";
    let problem = toml::from_str::<VocabularyFile>(text).unwrap_err();
    let place = problem.span().expect("toml gives the place");
    assert_eq!(text.get(place), Some("colour"));
}
