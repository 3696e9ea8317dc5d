//! A tree says what the text says that it was made of, and bytes that are no tree are only unfit.

use super::write::{self, Words};
use super::{Tree, WORDS, lent};
use proptest::collection::vec;
use proptest::prelude::*;
use serde::Deserialize;
use std::collections::BTreeMap;
use toml::Spanned;

const SHIP: &str = "
name = \"\"\"
Ann\\tof the \u{e9}tang\"\"\"
launched = 1974-05-06
length = 0x1f
draught = -2.5
ferry = true
decks = [[1, 2], [], [-3]]
rank = 'mate'
berth = { 'quay' = 7 }

[[crew]]
name = 'Bo'
[crew.keys]
'a b' = { c = 1 }

[[crew]]
name = 'Cy'
";

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[expect(dead_code, reason = "they are compared as they are shown")]
struct Ship {
    name: Spanned<String>,
    launched: Spanned<toml::value::Datetime>,
    length: u8,
    draught: f64,
    ferry: bool,
    decks: Vec<Spanned<Vec<i64>>>,
    rank: Rank,
    berth: Berth,
    master: Option<String>,
    crew: Vec<Sailor>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "they are compared as they are shown")]
struct Sailor {
    name: Option<String>,
    keys: Option<Spanned<BTreeMap<String, toml::Value>>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Rank {
    Mate,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(dead_code, reason = "they are compared as they are shown")]
enum Berth {
    Quay(Spanned<u8>),
}

/// A file by itself.
struct Written {
    values: Vec<u8>,
    words: String,
}

fn write(text: &str) -> Result<Written, String> {
    let mut words = Words::default();
    let values = write::write(text, &mut words)?;
    let words = words.text;
    Ok(Written { values, words })
}

const fn tree(written: &Written) -> Tree<'_> {
    Tree {
        values: written.values.as_slice(),
        words: written.words.as_str(),
    }
}

#[test]
fn a_tree_says_what_its_text_says_with_every_place() {
    let written = write(SHIP).unwrap();
    let tree = tree(&written);
    let said: Ship = tree.read().unwrap();
    let text: Ship = toml::from_str(SHIP).unwrap();
    assert_eq!(format!("{said:?}"), format!("{text:?}"));
    assert!(tree.has("berth") && !tree.has("quay"));
}

#[test]
fn the_values_of_a_list_are_trees_of_their_own() {
    let written = write(SHIP).unwrap();
    let crew = tree(&written).list("crew").map(|own| own.unwrap().read());
    let crew: Vec<Sailor> = crew.collect::<Result<_, _>>().unwrap();
    let text: Ship = toml::from_str(SHIP).unwrap();
    assert_eq!(format!("{crew:?}"), format!("{:?}", text.crew));
    assert_eq!(tree(&written).list("berth").count(), 0);
    assert_eq!(tree(&written).list("quay").count(), 0);
}

#[test]
fn what_a_shape_leaves_out_is_passed_over() {
    #[derive(Deserialize)]
    struct Named {
        rank: Rank,
        crew: Vec<AnyOne>,
    }
    #[derive(Deserialize)]
    struct AnyOne {}
    let written = write(SHIP).unwrap();
    let named: Named = tree(&written).read().unwrap();
    assert!(matches!(named.rank, Rank::Mate));
    assert_eq!(named.crew.len(), 2);
}

#[test]
fn only_words_that_are_compiled_in_are_lent() {
    let word = WORDS.get(..8).unwrap();
    assert!(lent(word).is_some_and(|own| std::ptr::eq(own, word)));
    let other = word.to_owned();
    assert_eq!(lent(&other), None);
    assert_eq!(lent(""), Some(""));
}

#[test]
fn another_shape_and_bytes_that_are_no_tree_are_unfit() {
    let other = write(&SHIP.replace("ferry = true", "ferry = 'yes'")).unwrap();
    assert!(tree(&other).read::<Ship>().is_err());
    let more = write(&format!("hull = 1\n{SHIP}")).unwrap();
    assert!(tree(&more).read::<Ship>().is_err());
    let whole = write(SHIP).unwrap();
    for end in 0..whole.values.len() {
        let values = &whole.values[..end];
        let cut = Tree {
            values,
            ..tree(&whole)
        };
        assert!(cut.read::<Ship>().is_err(), "cut at {end}");
    }
    assert!(
        Tree {
            words: "",
            ..tree(&whole)
        }
        .read::<Ship>()
        .is_err()
    );
}

#[test]
fn a_text_that_is_no_toml_has_no_tree() {
    assert!(write("a = ").is_err());
    assert!(write("a = 99999999999999999999").is_err());
}

proptest! {
    #[test]
    fn no_bytes_make_a_reader_panic(bytes in vec(0u8..9, 0..200)) {
        let tree = Tree { values: &bytes, words: "ab\u{e9}" };
        tree.has("a");
        drop(tree.list("a").map(|own| own.map(|own| own.has("a"))).collect::<Vec<_>>());
        drop(tree.read::<toml::Value>());
        drop(tree.read::<Ship>());
    }
}
