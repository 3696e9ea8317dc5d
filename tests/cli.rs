//! The program in process: what cannot be written down as a case in `tests/cli/`.

mod formats;
mod in_process;

use caveat::cli::Surroundings;
use formats::FORMATS;
use in_process::{around, exchange};
use std::fs;
use std::io::{self, Write};
use std::path::Path;

const FAULT: &str = include_str!("cli/check.in/folder/fault.txt");
const CLEAN: &str = include_str!("cli/check.in/clean.txt");

/// Exit code, standard output, standard error.
fn run(folder: &Path, arguments: &[&str]) -> (u8, String, String) {
    in_process::run(&around(folder), arguments)
}

/// Exit code and standard error of a run that writes elsewhere.
fn run_into(around: &Surroundings, arguments: &[&str], out: &mut dyn Write) -> (u8, String) {
    exchange(around, arguments, &mut io::empty(), out)
}

fn scratch() -> tempfile::TempDir {
    tempfile::tempdir().expect("a scratch folder")
}

fn text_of(path: &Path) -> &str {
    path.to_str().expect("the scratch folder has a plain name")
}

#[test]
fn a_redacted_report_holds_no_word_of_the_draft() {
    let folder = scratch();
    let path = folder.path().join("draft.txt");
    fs::write(&path, FAULT).expect("it is writable");
    for format in FORMATS {
        let path = text_of(&path);
        let (code, out, err) = run(
            folder.path(),
            &["check", path, "--redact", "-v", "--output-format", format],
        );
        assert_eq!(code, 1, "{format}");
        for word in FAULT.split_whitespace().filter(|word| word.len() > 3) {
            // The scheme's own names of levels are no text of the draft; the page sets the header
            // against what the portions require, in the scheme's words.
            let own =
                ["CONFIDENTIAL", "with"].contains(&word) || format == "html" && word == "NOFORN";
            assert!(own || !out.contains(word), "{format}: {word} in {out}");
            assert!(own || !err.contains(word), "{format}: {word} in {err}");
        }
    }
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let folder = scratch();
    for number in 0..60 {
        let text = if number % 3 == 0 { FAULT } else { CLEAN };
        let path = folder
            .path()
            .join(format!("{}/{number:02}.txt", number % 7));
        fs::create_dir_all(path.parent().expect("it has a folder")).expect("it is writable");
        fs::write(path, text).expect("it is writable");
    }
    let root = text_of(folder.path());
    for format in FORMATS {
        let with = |threads: &str| {
            let words = [
                "check",
                root,
                "--output-format",
                format,
                "--threads",
                threads,
            ];
            run(folder.path(), &words)
        };
        let one = with("1");
        assert_eq!(one.0, 1);
        assert_eq!(one, with("2"), "{format}");
        assert_eq!(one, with("16"), "{format}");
    }
}

/// A reader that goes away after so many bytes.
struct Closing(usize);

impl Write for Closing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.0 == 0 {
            return Err(io::ErrorKind::BrokenPipe.into());
        }
        let taken = bytes.len().min(self.0);
        self.0 -= taken;
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_closed_pipe_ends_the_program_quietly_with_the_code_known_so_far() {
    let folder = scratch();
    for number in 0..50 {
        fs::write(folder.path().join(format!("{number}.txt")), FAULT).expect("it is writable");
    }
    let root = text_of(folder.path());
    for format in FORMATS {
        let words = ["check", root, "--output-format", format];
        let (code, err) = run_into(&around(folder.path()), &words, &mut Closing(700));
        assert_eq!((code, err.as_str()), (1, ""), "{format}");
    }
    let (code, err) = run_into(&around(folder.path()), &["rules"], &mut Closing(10));
    assert_eq!((code, err.as_str()), (0, ""));
}

#[cfg(unix)]
#[test]
fn pipes_loops_and_dangling_links_are_told_and_stop_nothing() {
    use std::os::unix::fs::symlink;
    let folder = scratch();
    let root = folder.path();
    fs::create_dir(root.join("a")).expect("it is writable");
    fs::write(root.join("a/clean.txt"), CLEAN).expect("it is writable");
    symlink("..", root.join("a/up")).expect("links can be made");
    let made = std::process::Command::new("mkfifo")
        .arg(root.join("pipe"))
        .status();
    let piped = made.is_ok_and(|status| status.success());
    let words = ["check", text_of(root), "--output-format", "json"];
    let (code, out, _) = run(root, &words);
    assert_eq!(code, 0, "{out}");
    assert!(
        out.contains(r#""cause":"ignored","detail":"a link to a folder"#),
        "{out}"
    );
    assert!(
        !piped || out.contains(r#""cause":"not-a-draft","detail":"a named pipe"#),
        "{out}"
    );
    symlink("nowhere", root.join("a/gone.txt")).expect("links can be made");
    symlink("round", root.join("a/round")).expect("links can be made");
    let (code, out, _) = run(root, &words);
    assert_eq!(code, 3, "{out}");
    assert!(out.contains(r#""examined":1,"#), "{out}");
    assert_eq!(out.matches(r#""cause":"unreadable""#).count(), 2, "{out}");
    let named = root.join("a/gone.txt");
    assert_eq!(run(root, &["check", text_of(&named)]).0, 3);
}

#[test]
fn a_draft_of_200_megabytes_is_examined_and_its_long_lines_are_cut() {
    let folder = scratch();
    let path = folder.path().join("huge.txt");
    let before = FAULT.find("2. (S/NF)").expect("the fault is there");
    let (head, tail) = FAULT.split_at(before);
    let mut file = io::BufWriter::new(fs::File::create(&path).expect("it is writable"));
    let line = "the harvest was good in the north and poor in the south of the kingdom ";
    let line = line.repeat((100 << 20) / line.len());
    write!(file, "{head}{line}\n\n{}{line}\n", tail.replace('\n', " ")).expect("it is writable");
    file.flush().expect("it is writable");
    drop(file);
    let (code, out, _) = run(folder.path(), &["check", text_of(&path)]);
    assert_eq!(code, 1);
    assert!(
        out.contains("(S/NF)") && out.contains("1 of 1 examined"),
        "{out}"
    );
    assert!(out.len() < 10_000, "{} bytes", out.len());
    let limit = "max-file-size='100 MB'";
    let (code, out, _) = run(folder.path(), &["check", text_of(&path), "--config", limit]);
    assert_eq!(code, 3);
    assert!(out.contains("1 too-large"), "{out}");
}

#[test]
fn init_writes_a_file_that_changes_nothing_and_never_one_that_is_there() {
    let folder = scratch();
    let root = text_of(folder.path());
    assert_eq!(run(folder.path(), &["init", root]).0, 0);
    let (code, _, err) = run(folder.path(), &["init", root]);
    assert_eq!(code, 2);
    assert!(err.contains("is left as it is"), "{err}");
    let (_, shown, _) = run(folder.path(), &["config", root, "--non-default"]);
    assert_eq!(shown.lines().count(), 1, "{shown}");
}

#[test]
fn the_nearest_configuration_counts_and_a_repository_ends_the_search() {
    let folder = scratch();
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("it has a folder")).expect("it is writable");
        fs::write(path, text).expect("it is writable");
    };
    let off = "[rules]\n'telegram/*' = 'off'\n";
    write("caveat.toml", off);
    write("plain/fault.txt", FAULT);
    write("near/caveat.toml", "fail-on = 'error'\n");
    write("near/deep/fault.txt", FAULT);
    write("repository/.git/HEAD", "x");
    write("repository/deep/fault.txt", FAULT);
    write("home/.config/caveat/caveat.toml", off);
    let root = folder.path().join("home");
    for (path, code) in [("plain", 0), ("near", 1), ("repository", 1), (".", 1)] {
        let path = folder.path().join(path);
        assert_eq!(
            run(folder.path(), &["check", "-s", text_of(&path)]).0,
            code,
            "{path:?}"
        );
    }
    let around = Surroundings {
        home: Some(root),
        ..around(folder.path())
    };
    let path = folder.path().join("repository");
    let words = ["check", text_of(&path)];
    let (code, _) = run_into(&around, &words, &mut io::sink());
    assert_eq!(
        code, 0,
        "the user's own configuration counts where no other does"
    );
}

#[test]
fn a_report_in_a_file_is_replaced_whole_and_standard_output_stays_empty() {
    let folder = scratch();
    let (draft, report) = (
        folder.path().join("draft.txt"),
        folder.path().join("report"),
    );
    fs::write(&draft, FAULT).expect("it is writable");
    fs::write(&report, "old ".repeat(1000)).expect("it is writable");
    let words = ["check", text_of(&draft), "-o", text_of(&report)];
    let (code, out, _) = run(folder.path(), &words);
    assert_eq!((code, out.as_str()), (1, ""));
    let text = String::from_utf8(fs::read(&report).expect("it is there")).expect("it is UTF-8");
    assert!(text.contains("1 finding (1 error)") && !text.contains("old"));
    let left = fs::read_dir(folder.path()).expect("it is readable").count();
    assert_eq!(left, 2, "no draft of the report is left");
}

#[test]
fn the_environment_names_a_configuration_and_a_format_and_flags_go_before_it() {
    let folder = scratch();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::write(&path, text).expect("it is writable");
        path
    };
    let draft = write("draft.txt", FAULT);
    write("caveat.toml", "fail-on = 'error'\n");
    let with = |config: Option<&Path>, format: Option<&str>, more: &[&str]| {
        let around = Surroundings {
            config: config.map(Path::to_owned),
            output_format: format.map(str::to_owned),
            ..around(folder.path())
        };
        let words = [&["check", text_of(&draft)], more].concat();
        let mut out = Vec::new();
        let (code, err) = run_into(&around, &words, &mut out);
        (code, String::from_utf8(out).expect("it is UTF-8"), err)
    };
    let off = write("off.toml", "fail-on = 'never'\n");
    let (code, out, _) = with(Some(&off), Some("json"), &[]);
    assert_eq!(code, 0);
    assert!(out.starts_with("{\"version\":1"), "{out}");
    let (code, out, _) = with(None, Some("json"), &["--output-format", "concise"]);
    assert_eq!(code, 1);
    assert!(out.contains("draft.txt:27:5: error"), "{out}");
    let (code, _, err) = with(None, Some("jsn"), &[]);
    assert_eq!(code, 2);
    assert!(err.contains("did you mean `json`?"), "{err}");
    assert_eq!(with(Some(&off), None, &["--isolated"]).0, 1);
}
