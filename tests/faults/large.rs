//! Much at once: many findings on a line, many rules in a pack, and patterns made to run away.

use super::formats::FORMATS;
use super::program::{CLEAN, caveat, scratch, write};
use std::fmt::Write as _;

/// A telegram with so many tags that nobody knows.
pub(crate) fn with_tags(count: usize) -> String {
    let tags: Vec<String> = (0..count)
        .map(|number| format!("QX{}", letters(number)))
        .collect();
    CLEAN.replace("TAGS: PREL, PGOV", &format!("TAGS: {}", tags.join(", ")))
}

/// A number in two letters.
fn letters(number: usize) -> String {
    let letter = |number: usize| char::from(b'A' + u8::try_from(number % 26).expect("a letter"));
    [letter(number / 26), letter(number)].into_iter().collect()
}

#[test]
fn a_hundred_findings_on_a_line_are_a_hundred_in_every_report() {
    let folder = scratch();
    write(folder.path(), "a.txt", with_tags(100));
    let report = caveat(
        folder.path(),
        &["check", "a.txt", "--output-format", "json"],
    )
    .json();
    let findings = report["diagnostics"].as_array().expect("it is a list");
    let on_line = |line: u64| {
        findings
            .iter()
            .filter(|found| found["start"]["line"] == line)
            .count()
    };
    assert_eq!(on_line(16), 100, "{findings:#?}");
    for format in FORMATS {
        let said = caveat(
            folder.path(),
            &["check", "a.txt", "--output-format", format],
        );
        assert!(matches!(said.code, Some(0 | 1)), "{format}: {said:?}");
        let text = said.text();
        let missing = (0..100)
            .map(letters)
            .find(|tag| !text.contains(&format!("QX{tag}")));
        // Forms that quote no draft of their own accord say where, and how many.
        let quotes = !matches!(format, "html" | "gitlab" | "junit" | "sarif");
        assert!(!quotes || missing.is_none(), "{format} lacks {missing:?}");
    }
}

/// Rules in a chain, each of which gives way to the next: the last that is read comes first.
fn pack(count: usize) -> String {
    let mut text = String::new();
    for number in 0..count {
        let next =
            (number + 1 < count).then(|| format!("unless-found = [\"rule-{:05}\"]\n", number + 1));
        write!(
            text,
            "[[rule]]\nname = \"rule-{number:05}\"\nseverity = \"advice\"\n\
             check = {{ conflict = {{ what = {{ element = \"caption\", term = \"SIPDIS\" }}, \
             with = {{ element = \"caption\", term = \"OFFICIAL INFORMAL\" }} }} }}\n\
             message = \"`{{found}}` stands with `{{expected}}`\"\nauthority = [{{ document = \"House {number}\" }}]\n{}\n",
            next.unwrap_or_default()
        )
        .expect("a String takes text");
    }
    text
}

#[test]
fn a_pack_of_ten_thousand_rules_is_loaded_and_asked() {
    let folder = scratch();
    write(folder.path(), "house/rules.toml", pack(10_000));
    write(folder.path(), "caveat.toml", "packs = [\"house\"]\n");
    write(folder.path(), "a.txt", CLEAN);
    let said = caveat(folder.path(), &["rules"]).ended(0);
    assert_eq!(said.text().matches("house/rule-").count(), 10_000);
    caveat(folder.path(), &["check", "a.txt"]).ended(0);
}

/// Tried in every way, each of these would outlast the universe.
#[test]
fn patterns_made_to_run_away_do_not() {
    let folder = scratch();
    let gaps = ["\"*\"", "\"A\""].repeat(30).join(", ");
    let words = format!(
        "[vocabulary]\nof = \"caption\"\ntitle = \"Captions\"\nauthority = \"House\"\n\
         [[term]]\nword = \"LAKE\"\ntitle = \"lake\"\npattern = [{gaps}, \"B\"]\n"
    );
    write(folder.path(), "house/words.toml", words);
    let glob = "*a".repeat(100) + "b";
    write(
        folder.path(),
        "caveat.toml",
        format!(
            "packs = [\"house\"]\nexclude = [\"{glob}\", \"{}\"]\n",
            "{a,a*}".repeat(60) + "b"
        ),
    );
    let captions = "A ".repeat(400);
    let text = CLEAN.replace("SIPDIS", &format!("SIPDIS\n{captions}"));
    write(folder.path(), "a".repeat(250), text);
    let said = caveat(folder.path(), &["check", "."]);
    assert!(matches!(said.code, Some(0 | 1)), "{said:?}");
}

/// A configuration that builds on the same files over and over is read once.
#[test]
fn files_that_build_on_each_other_many_times_are_read_once() {
    let folder = scratch();
    for number in 0..24 {
        let next = format!("{}.toml", number + 1);
        write(
            folder.path(),
            format!("{number}.toml"),
            format!("extend = [\"{next}\", \"{next}\"]\n"),
        );
    }
    write(folder.path(), "24.toml", "pedantic = true\n");
    write(folder.path(), "caveat.toml", "extend = \"0.toml\"\n");
    write(folder.path(), "a.txt", CLEAN);
    caveat(folder.path(), &["check", "a.txt"]).ended(0);
}

/// Tables and lists in each other, deeper than a reader can stand.
#[test]
fn files_nested_without_end_are_refused() {
    let folder = scratch();
    write(folder.path(), "a.txt", CLEAN);
    for text in [
        format!("exclude = {}{}\n", "[".repeat(200_000), "]".repeat(200_000)),
        format!(
            "rules = {}{}\n",
            "{ a = ".repeat(100_000),
            "}".repeat(100_000)
        ),
        format!("[{}]\n", vec!["a"; 100_000].join(".")),
    ] {
        write(folder.path(), "caveat.toml", &text);
        let said = caveat(folder.path(), &["check", "a.txt"]);
        assert_eq!(
            said.code,
            Some(2),
            "{:?}, {:?}: {:.300}",
            said.code,
            said.signal,
            said.err
        );
    }
    write(folder.path(), "caveat.toml", "baseline = \"known.json\"\n");
    write(folder.path(), "known.json", "[".repeat(200_000));
    let said = caveat(folder.path(), &["check", "a.txt"]);
    assert_eq!(
        said.code,
        Some(2),
        "{:?}, {:?}: {:.300}",
        said.code,
        said.signal,
        said.err
    );
}
