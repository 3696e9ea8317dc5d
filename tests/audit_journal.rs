//! An audit that is killed and gone on with, or done in parts on many machines, tells what one run tells.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

/// Every form of report.
const FORMATS: [&str; 10] = [
    "full",
    "concise",
    "grouped",
    "json",
    "json-lines",
    "sarif",
    "github",
    "gitlab",
    "junit",
    "html",
];

/// Longer than a change of a draft is young.
const SETTLED: Duration = Duration::from_millis(2100);

/// Settings of which some do nothing, each in a manner of its own; and those that are at work.
const SETTINGS: &str = r#"
baseline = "known.json"
exclude = ["desk/3/left-out.txt", "nowhere/**"]
require-marking = ["desk/2/*", "desk/9/*"]

[[override]]
files = ["desk/1/*.txt"]
ignore = ["telegram/sipdis-limited"]

[[override]]
files = ["desk/no-such-folder/**"]
ignore = ["telegram/sipdis-limited"]

[[allow]]
rule = "telegram/portion-above-header"
path = "desk/1/**"
reason = "accepted"

[[allow]]
rule = "telegram/tag-unknown"
path = "desk/no-such-folder/**"
reason = "of no use"

[[allow]]
rule = "telegram/tag-unknown"
path = "desk/**"
reason = "ran out"
until = 2001-01-01
"#;

/// Exit code and reports of a run, each under its name.
type Told = (i32, Vec<(String, Vec<u8>)>);

/// A working folder, `work`, with drafts below `desk`, settings, and a baseline of which some entries are stale.
struct Holding {
    folder: tempfile::TempDir,
}

impl Holding {
    /// Some folders with the examples, and with files that are no drafts.
    fn new(folders: usize) -> Self {
        let folder = tempfile::tempdir().expect("a scratch folder");
        let work = folder.path().join("work");
        let desk = work.join("desk");
        for number in 1..=folders {
            copy("examples/telegrams", &desk.join(number.to_string()));
        }
        copy("tests/cli/bad-input.in", &desk.join("odd"));
        fs::write(desk.join("3/left-out.txt"), "left out\n").expect("it is writable");
        fs::write(desk.join("a-bomb"), b"\0\0\x01binary").expect("it is writable");
        fs::create_dir(work.join(".git")).expect("it is writable");
        fs::write(work.join("caveat.toml"), SETTINGS).expect("it is writable");
        let holding = Self { folder };
        let known = holding.path("known.json");
        fs::write(&known, "{\"version\":1,\"findings\":[]}").expect("it is writable");
        let (code, out, err) = holding.run(&["baseline", "write", "desk/2", "desk/3"]);
        assert!(code == 0 || code == 3, "{out}{err}");
        // A finding that is put right, and a draft that is gone.
        let text = String::from_utf8(fs::read(&known).expect("it is there")).expect("UTF-8");
        let stale = text.replacen("\"count\":1", "\"count\":3", 1);
        let stale = stale.replacen("desk/3/", "desk/3/gone-", 1);
        assert!(
            stale.contains("desk/3/gone-") && stale.contains("\"count\":3"),
            "{stale}"
        );
        fs::write(&known, stale).expect("it is writable");
        holding
    }

    /// A path from the working folder.
    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join("work").join(name)
    }

    /// A path beside the working folder.
    fn aside(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Runs the program; gives the exit code, standard output and standard error.
    fn run(&self, words: &[&str]) -> (i32, String, String) {
        let output = self.command(words).output().expect("the program starts");
        let code = output.status.code().expect("it ends by itself");
        let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
        (code, text(output.stdout), text(output.stderr))
    }

    /// The program in the working folder, where nothing of this machine counts.
    fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_caveat"));
        command
            .args(words)
            .current_dir(self.path(""))
            .env_clear()
            .env("HOME", "/nonexistent");
        command
    }

    /// Runs the program with every report; gives the exit code and the reports.
    fn reports(&self, words: &[&str]) -> Told {
        let folder = tempfile::tempdir().expect("a scratch folder");
        let at = |name: &str| folder.path().join(name).display().to_string();
        let mut more = vec![
            format!("--inventory=csv={}", at("csv")),
            format!("--inventory=jsonl={}", at("jsonl")),
            format!("-o={}", at("out")),
        ];
        let forms = FORMATS.iter();
        more.extend(forms.map(|form| format!("--report={form}={}", at(form))));
        let more: Vec<&str> = more.iter().map(String::as_str).collect();
        let (code, _, err) = self.run(&[words, &more].concat());
        assert!(err.is_empty(), "{err}");
        let names = ["csv", "jsonl", "out"].iter().chain(&FORMATS);
        let read = |name: &&str| {
            let bytes = fs::read(folder.path().join(name)).expect("it is written");
            ((*name).to_owned(), bytes)
        };
        (code, names.map(read).collect())
    }

    /// What one undisturbed run tells.
    fn undisturbed(&self, more: &[&str]) -> Told {
        self.reports(&[&["audit", ".", "--threads=1"], more].concat())
    }
}

/// Copies the files of a folder into another one.
fn copy(from: &str, to: &Path) {
    fs::create_dir_all(to).expect("it is writable");
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join(from);
    let entries = fs::read_dir(from).expect("the examples are there");
    for entry in entries.flatten().filter(|entry| entry.path().is_file()) {
        fs::copy(entry.path(), to.join(entry.file_name())).expect("it can be copied");
    }
}

/// Holds that two runs told the same.
fn assert_same(one: &Told, two: &Told, what: &str) {
    for ((name, one), (_, two)) in one.1.iter().zip(&two.1) {
        assert!(one == two, "{what}: `{name}` differs");
    }
    assert_eq!(one.0, two.0, "{what}: the exit code");
}

fn lines(path: &Path) -> usize {
    let bytes = fs::read(path).unwrap_or_default();
    let ended = bytes.split(|&byte| byte == b'\n').count();
    ended.saturating_sub(1)
}

/// Drafts of which a journal has a whole line.
#[cfg(unix)]
fn drafts(journal: &Path) -> usize {
    let bytes = fs::read(journal).unwrap_or_default();
    let lines = bytes.split_inclusive(|&byte| byte == b'\n');
    let whole = lines.filter(|line| line.starts_with(b"{\"draft\"") && line.ends_with(b"\n"));
    whole.count()
}

/// Starts an audit and kills it once it has done enough; whether it was still at work.
#[cfg(unix)]
fn killed(holding: &Holding, words: &[&str], enough: impl Fn() -> bool) -> bool {
    use std::os::unix::process::ExitStatusExt as _;
    let mut child = holding
        .command(&[&["audit", ".", "--threads=1", "-s"], words].concat())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts");
    while !enough() && child.try_wait().expect("it is ours").is_none() {
        std::thread::sleep(Duration::from_millis(1));
    }
    child.kill().expect("it is ours");
    child.wait().expect("it is ours").signal() == Some(9)
}

#[cfg(unix)]
#[test]
fn an_audit_that_is_killed_and_gone_on_with_tells_what_an_undisturbed_one_tells() {
    let holding = Holding::new(30);
    std::thread::sleep(SETTLED);
    let (journal, part) = (holding.aside("journal"), holding.aside("journal.part"));
    let word = format!("--journal={}", journal.display());
    let go_on = [word.as_str(), "--resume"];
    let too_fast = "the run was over before it was killed";
    let begun = || drafts(&journal) >= 100;
    assert!(killed(&holding, &[&word], begun), "{too_fast}");
    let first = drafts(&journal);
    let further = || drafts(&part) >= first + 60;
    assert!(killed(&holding, &go_on, further), "{too_fast}");
    let second = drafts(&part);
    assert!(drafts(&journal) == first);
    // The third one takes up what the second wrote, though it may not come as far itself.
    let joined = || drafts(&journal) == second && drafts(&part) > 0;
    assert!(killed(&holding, &go_on, joined), "{too_fast}");
    let expected = holding.undisturbed(&[]);
    let words = ["audit", ".", "--threads=4", &word, "--resume"];
    assert_same(&holding.reports(&words), &expected, "gone on with");
    assert!(!part.exists(), "it is put in its place");
    let all = lines(&journal);
    assert_same(&holding.reports(&words), &expected, "once more");
    assert_eq!(lines(&journal), all);
}

#[test]
fn what_the_journal_has_is_kept_and_what_changed_is_examined() {
    let holding = Holding::new(5);
    std::thread::sleep(SETTLED);
    let journal = holding.aside("journal");
    let word = format!("--journal={}", journal.display());
    let words = ["audit", ".", "--threads=2", &word, "--resume"];
    assert_same(
        &holding.reports(&words),
        &holding.undisturbed(&[]),
        "with a journal",
    );

    // A draft is changed, one gone, one new.
    let drafts = fs::read_dir(holding.path("desk/3"))
        .expect("it is there")
        .flatten();
    let mut drafts: Vec<PathBuf> = drafts.map(|entry| entry.path()).collect();
    drafts.sort();
    let text = fs::read(&drafts[0]).expect("it is readable");
    fs::write(&drafts[1], &text).expect("it is writable");
    fs::remove_file(&drafts[2]).expect("it is there");
    fs::write(holding.path("desk/3/new.txt"), &text).expect("it is writable");
    std::thread::sleep(SETTLED);
    assert_same(
        &holding.reports(&words),
        &holding.undisturbed(&[]),
        "with changes",
    );

    // What stands in the journal is told as it is: nothing was examined in its stead.
    let known = String::from_utf8(fs::read(&journal).expect("it is there")).expect("UTF-8");
    let of =
        |line: &&str| line.contains("desk/5/") && line.contains("telegram/portion-above-header");
    let line = known.lines().find(of).expect("there is such a finding");
    let forged = line.replacen("\"message\":\"", "\"message\":\"kept: ", 1);
    fs::write(&journal, known.replace(line, &forged)).expect("it is writable");
    let told = holding.run(&["audit", ".", "--output-format=concise", &word, "--resume"]);
    assert_eq!(told.1.matches("kept: ").count(), 1);
}

#[test]
fn a_torn_journal_counts_as_far_as_it_is_whole() {
    let holding = Holding::new(3);
    std::thread::sleep(SETTLED);
    let journal = holding.aside("journal");
    let word = format!("--journal={}", journal.display());
    let words = ["audit", ".", &word, "--resume"];
    let expected = holding.undisturbed(&[]);
    assert_same(&holding.reports(&words), &expected, "whole");
    let whole = fs::read(&journal).expect("it is there");
    let ends = whole.iter().enumerate().filter(|(_, byte)| **byte == b'\n');
    let ends: Vec<usize> = ends.map(|(at, _)| at).collect();
    let last = ends[ends.len() - 2];
    for at in [
        0,
        5,
        ends[0] - 1,
        ends[0],
        ends[0] + 1,
        ends[7] + 30,
        last,
        last + 5,
    ] {
        fs::write(&journal, &whole[..at]).expect("it is writable");
        assert_same(
            &holding.reports(&words),
            &expected,
            &format!("torn at {at}"),
        );
        assert!(
            fs::read(&journal).expect("it is there") == whole,
            "torn at {at}"
        );
    }
    // Zeros, as some file systems leave them after a power cut.
    let mut torn = whole[..ends[9] + 12].to_vec();
    torn.extend([0; 4096]);
    fs::write(&journal, torn).expect("it is writable");
    assert_same(&holding.reports(&words), &expected, "zeros");
}

#[test]
fn parts_that_are_joined_tell_what_one_run_tells() {
    let holding = Holding::new(5);
    for more in [&[][..], &["--no-redact", "--statistics"]] {
        let expected = holding.undisturbed(more);
        let text = |name: &str| {
            let found = expected.1.iter().find(|(known, _)| known == name);
            String::from_utf8_lossy(&found.expect("it is written").1).into_owned()
        };
        for remark in [
            "config/unused-allow",
            "config/unmatched-pattern",
            "config/stale-baseline",
        ] {
            assert!(text("concise").contains(remark), "{}", text("concise"));
        }
        for of in [1, 2, 7] {
            let journals: Vec<String> = (1..=of)
                .map(|number| {
                    let name = format!("journal-{}-{number}-of-{of}", more.len());
                    let journal = holding.aside(&name).display().to_string();
                    let threads = if number % 2 == 0 {
                        "--threads=4"
                    } else {
                        "--threads=1"
                    };
                    let (word, shard) = (
                        format!("--journal={journal}"),
                        format!("--shard={number}/{of}"),
                    );
                    let words = ["audit", ".", "-s", threads, &word, &shard];
                    holding.run(&[&words, more].concat());
                    journal
                })
                .collect();
            let mut words = vec!["merge"];
            words.extend(journals.iter().rev().map(String::as_str));
            words.extend(more.iter().filter(|word| **word != "--no-redact"));
            assert_same(
                &holding.reports(&words),
                &expected,
                &format!("{of} parts, {more:?}"),
            );
        }
    }
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_are_no_utf8_are_gone_on_with_and_joined_in_order() {
    use std::os::unix::ffi::OsStrExt as _;
    let holding = Holding::new(4);
    for name in [
        &b"desk/1/a\xff.txt"[..],
        b"desk/1/a\xfe",
        b"desk/1/\xc3\xa9.txt",
        b"desk/2/\xff",
    ] {
        let name = Path::new(std::ffi::OsStr::from_bytes(name));
        let from = holding.path("desk/odd");
        let from = fs::read_dir(from)
            .expect("it is there")
            .flatten()
            .next()
            .expect("a draft");
        fs::copy(from.path(), holding.path("").join(name)).expect("it can be copied");
    }
    std::thread::sleep(SETTLED);
    let expected = holding.undisturbed(&[]);
    let mut words = vec!["merge".to_owned()];
    for number in 1..=2 {
        let journal = holding
            .aside(&format!("journal-{number}"))
            .display()
            .to_string();
        let (word, shard) = (
            format!("--journal={journal}"),
            format!("--shard={number}/2"),
        );
        for _ in 0..2 {
            holding.run(&["audit", ".", "-s", &word, &shard, "--resume"]);
        }
        words.push(journal);
    }
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    assert_same(&holding.reports(&words), &expected, "joined");
}

#[test]
fn a_journal_holds_no_text_of_a_draft_unless_it_says_so_first_and_last() {
    let holding = Holding::new(3);
    let of = |more: &[&str]| {
        let journal = holding.aside(&format!("journal-{}", more.len()));
        let word = format!("--journal={}", journal.display());
        holding.run(&[&["audit", ".", "-s", &word], more].concat());
        String::from_utf8(fs::read(journal).expect("it is there")).expect("UTF-8")
    };
    // A word of a draft that stands on a line with a finding.
    let word = "Graustark";
    let (silent, quoting) = (of(&[]), of(&["--no-redact"]));
    assert!(!silent.contains(word) && !silent.contains("notice"));
    assert!(quoting.contains(word));
    let (first, last) = (quoting.lines().next(), quoting.lines().last());
    for line in [first, last] {
        assert!(
            line.is_some_and(|line| line.contains("\"notice\":\"this ")),
            "{line:?}"
        );
    }
}

#[test]
fn a_journal_has_one_writer_at_a_time() {
    let holding = Holding::new(3);
    let journal = holding.aside("journal");
    let word = format!("--journal={}", journal.display());
    holding.run(&["audit", ".", "-s", &word]);
    let before = fs::read(&journal).expect("it is there");
    let other = File::open(&journal).expect("it is there");
    other.lock().expect("nobody else has it");
    let (code, _, err) = holding.run(&["audit", ".", "-s", &word, "--resume"]);
    assert_eq!(code, 2);
    assert!(err.contains("is being written by another run"), "{err}");
    drop(other);
    assert!(fs::read(&journal).expect("it is there") == before);
    let (code, ..) = holding.run(&["audit", ".", "-s", &word, "--resume"]);
    assert_eq!(code, 1);
}

#[test]
fn parts_that_met_other_paths_are_not_joined() {
    let holding = Holding::new(3);
    let part = |number: usize| {
        let journal = holding
            .aside(&format!("journal-{number}"))
            .display()
            .to_string();
        let (word, shard) = (
            format!("--journal={journal}"),
            format!("--shard={number}/2"),
        );
        holding.run(&["audit", ".", "-s", &word, &shard, "--resume"]);
        journal
    };
    let one = part(1);
    fs::write(holding.path("desk/new.txt"), "new\n").expect("it is writable");
    let two = part(2);
    let (code, out, err) = holding.run(&["merge", &one, &two]);
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(err.contains("run both audits again with --resume"), "{err}");
    part(1);
    let (code, ..) = holding.run(&["merge", &one, &two]);
    assert_eq!(code, 1);
}
