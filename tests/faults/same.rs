//! What is found does not hang on the number of threads, on the order of paths, nor on the language of the machine.

use super::formats::FORMATS;
use super::program::{CLEAN, FAULT, caveat, command, finish, scratch, write};
use std::path::Path;

/// Drafts in folders whose names sort otherwise in some languages.
fn drafts(root: &Path) -> Vec<String> {
    let folders = ["a", "B", "\u{e4}", "z", "I", "\u{131}"];
    let mut paths = Vec::new();
    for number in 0..48 {
        let folder = folders[number % folders.len()];
        let path = format!("{folder}/{number:02}.txt");
        write(root, &path, if number % 3 == 0 { CLEAN } else { FAULT });
        paths.push(path);
    }
    paths
}

#[test]
fn threads_and_the_order_of_paths_change_no_byte_of_a_report() {
    let folder = scratch();
    let paths = drafts(folder.path());
    for format in FORMATS {
        let report = |paths: &[&str], threads: &str| {
            let mut words = vec!["check", "--output-format", format, "--threads", threads];
            words.extend(paths);
            caveat(folder.path(), &words).ended(1).out
        };
        let mut paths: Vec<&str> = paths.iter().map(String::as_str).collect();
        let first = report(&paths, "1");
        for threads in ["2", "7"] {
            // Another order each time, the same in every run of the test.
            paths.rotate_left(17);
            paths.swap(3, 30);
            assert!(
                report(&paths, threads) == first,
                "{format}, {threads} threads"
            );
        }
        assert!(report(&["."], "2") == first, "{format}, by their folder");
    }
}

#[test]
fn the_language_and_the_clock_of_the_machine_change_no_byte_of_a_report() {
    let folder = scratch();
    drafts(folder.path());
    for format in FORMATS {
        let report = |settings: &[(&str, &str)]| {
            let mut command = command(folder.path(), &["check", ".", "--output-format", format]);
            command.envs(settings.iter().copied());
            finish(command).ended(1).out
        };
        let plain = report(&[]);
        for language in [
            "C",
            "en_US.UTF-8",
            "tr_TR.UTF-8",
            "de_DE.ISO-8859-1",
            "nonsense",
        ] {
            let settings = [
                ("LANG", language),
                ("LC_ALL", language),
                ("LANGUAGE", language),
            ];
            assert!(report(&settings) == plain, "{format}, {language}");
        }
        let zones = ["Pacific/Kiritimati", "Etc/GMT+12", "nonsense"];
        for zone in zones {
            assert!(report(&[("TZ", zone)]) == plain, "{format}, {zone}");
        }
    }
}
