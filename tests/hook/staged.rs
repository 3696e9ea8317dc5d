//! What is staged, and nothing else, decides.

use super::repository::{CLEAN, FAULT, Scratch, first_git, gits};
use std::fs;

const ABOVE: &str = "telegram/portion-above-header";

#[test]
fn a_commit_that_would_spill_is_refused_and_says_what_to_do() {
    for git in gits() {
        let scratch = Scratch::hooked(&git);
        scratch.stage("zenda.txt", FAULT);
        let words = [
            ABOVE,
            "zenda.txt:",
            "nothing was committed",
            "git add",
            "[[allow]]",
        ];
        scratch.commit("First").refused(&words);
        assert_ne!(
            scratch.git(&["rev-parse", "-q", "--verify", "HEAD"]).code,
            0
        );
        scratch.stage("zenda.txt", CLEAN);
        let said = scratch.commit("First").done();
        assert_eq!(said.all(), "", "a clean commit is silent");
    }
}

#[test]
fn the_staged_half_of_a_file_counts_and_not_the_work_tree() {
    for git in gits() {
        let scratch = Scratch::hooked(&git);
        scratch.stage("a.txt", CLEAN);
        scratch.write("a.txt", FAULT);
        scratch.commit("Clean in the index").done();
        scratch.stage("a.txt", FAULT);
        scratch.write("a.txt", CLEAN);
        scratch
            .commit("Clean in the work tree")
            .refused(&["a.txt:", ABOVE]);
    }
}

#[test]
fn commits_of_named_paths_and_of_everything_have_an_index_of_their_own() {
    for git in gits() {
        let scratch = Scratch::hooked(&git);
        scratch.stage("a.txt", CLEAN);
        scratch.stage("b.txt", CLEAN);
        scratch.commit("First").done();
        scratch.write("a.txt", FAULT);
        scratch
            .git(&["commit", "-q", "-a", "-m", "x"])
            .refused(&["a.txt:"]);
        scratch
            .git(&["commit", "-q", "-m", "x", "a.txt"])
            .refused(&["a.txt:"]);
        scratch.write("b.txt", format!("{CLEAN}\n"));
        scratch.git(&["commit", "-q", "-m", "x", "b.txt"]).done();
    }
}

#[test]
fn only_what_changes_is_examined() {
    let git = first_git();
    let scratch = Scratch::new(&git);
    scratch.stage("old.txt", FAULT);
    scratch.commit("Before the hooks").done();
    scratch.caveat(&["hook", "install"]).done();
    scratch.stage("new.txt", CLEAN);
    scratch.commit("New").done();
    scratch.git(&["rm", "-q", "old.txt"]).done();
    scratch.commit("Gone").done();
    scratch
        .git(&["commit", "-q", "--allow-empty", "-m", "Nothing"])
        .done();
    let said = scratch.caveat(&["hook", "run"]).done();
    assert_eq!(said.all(), "");
}

#[test]
fn a_file_that_only_moves_is_judged_by_the_settings_of_its_new_place() {
    let git = first_git();
    let scratch = Scratch::hooked(&git);
    scratch.stage("caveat.toml", "require-marking = ['outgoing/**']\n");
    scratch.stage("notes.txt", "The train leaves early.\n");
    scratch.commit("Notes").done();
    fs::create_dir(scratch.path("outgoing")).expect("it is writable");
    scratch
        .git(&["mv", "notes.txt", "outgoing/notes.txt"])
        .done();
    let words = ["outgoing/notes.txt:", "core/marking-missing"];
    scratch.commit("Move").refused(&words);
}

#[test]
fn a_subfolder_and_a_second_work_tree_have_the_same_hooks() {
    for git in gits() {
        let scratch = Scratch::hooked(&git);
        scratch.stage("a.txt", CLEAN);
        scratch.commit("First").done();
        scratch.stage("deep/b.txt", FAULT);
        let deep = scratch.at(&scratch.path("deep"));
        deep.git(&["commit", "-q", "-m", "x"])
            .refused(&["deep/b.txt:"]);
        deep.run(super::repository::CAVEAT, &["hook", "run"], "")
            .refused(&["deep/b.txt:"]);
        let second = scratch.beside("second");
        let path = second.to_str().expect("a plain name");
        scratch
            .git(&["worktree", "add", "-q", "-b", "other", path])
            .done();
        let place = scratch.at(&second);
        super::repository::write(&second.join("c.txt"), FAULT);
        place.git(&["add", "c.txt"]).done();
        place.git(&["commit", "-q", "-m", "x"]).refused(&["c.txt:"]);
    }
}

#[test]
fn merges_show_what_they_bring() {
    for git in gits() {
        let scratch = Scratch::new(&git);
        scratch.stage("a.txt", CLEAN);
        scratch.commit("First").done();
        scratch.git(&["switch", "-q", "-c", "side"]).done();
        scratch.stage("side.txt", FAULT);
        scratch.stage("both.txt", "one\n");
        scratch.commit("Side, before the hooks").done();
        scratch.git(&["switch", "-q", "main"]).done();
        scratch.stage("both.txt", "two\n");
        scratch.commit("Main").done();
        scratch.caveat(&["hook", "install"]).done();
        assert_ne!(scratch.git(&["merge", "-q", "side"]).code, 0);
        let open = scratch.caveat(&["hook", "run"]);
        open.refused(&["not settled", "both.txt", "side.txt:"]);
        scratch.stage("both.txt", "three\n");
        scratch.commit("Merge").refused(&["side.txt:", ABOVE]);
        scratch.stage("side.txt", CLEAN);
        scratch.commit("Merge").done();
    }
}

#[test]
fn a_merge_that_goes_through_by_itself_is_refused_too() {
    for git in gits() {
        let scratch = Scratch::new(&git);
        scratch.stage("a.txt", CLEAN);
        scratch.commit("First").done();
        scratch.git(&["switch", "-q", "-c", "side"]).done();
        scratch.stage("side.txt", FAULT);
        scratch.commit("Side").done();
        scratch.git(&["switch", "-q", "main"]).done();
        scratch.caveat(&["hook", "install"]).done();
        let merge = ["merge", "-q", "--no-ff", "-m", "Merge", "side"];
        scratch
            .git(&merge)
            .refused(&["side.txt:", "nothing was committed"]);
    }
}

#[test]
fn submodules_and_entries_without_content_are_no_drafts() {
    let git = first_git();
    let scratch = Scratch::hooked(&git);
    let inner = scratch.beside("inner");
    fs::create_dir(&inner).expect("it is writable");
    let place = scratch.at(&inner);
    place.git(&["init", "-q"]).done();
    super::repository::write(&inner.join("x.txt"), FAULT);
    place.git(&["add", "x.txt"]).done();
    place.git(&["commit", "-q", "-m", "Inner"]).done();
    let path = inner.to_str().expect("a plain name");
    let add = [
        "-c",
        "protocol.file.allow=always",
        "submodule",
        "--quiet",
        "add",
        path,
        "sub",
    ];
    scratch.git(&add).done();
    scratch.write("later.txt", FAULT);
    scratch.git(&["add", "-N", "later.txt"]).done();
    scratch.commit("Submodule").done();
}

#[test]
fn what_cannot_be_read_is_a_gap_and_refuses() {
    let git = first_git();
    let scratch = Scratch::hooked(&git);
    scratch.stage("scan.pdf", "%PDF-1.7\nanything\n");
    scratch
        .commit("Scan")
        .refused(&["scan.pdf", "not everything could be examined"]);
    scratch.stage(
        "caveat.toml",
        "extend-exclude = ['*.pdf']\nmax-file-size = '2 kB'\n",
    );
    scratch.commit("Scan").done();
    scratch.stage("long.txt", "word ".repeat(1000));
    scratch.commit("Long").refused(&["long.txt", "too-large"]);
}

#[cfg(unix)]
#[test]
fn links_and_names_of_any_bytes_are_taken_as_they_are() {
    use std::ffi::{OsStr, OsString};
    use std::os::unix::ffi::OsStrExt as _;
    let git = first_git();
    let scratch = Scratch::hooked(&git);
    // The link leads to a fault that is not staged: what is committed is the path alone.
    super::repository::write(&scratch.beside("outside.txt"), FAULT);
    let link = scratch.path("link.txt");
    std::os::unix::fs::symlink("../outside.txt", link).expect("links are possible");
    scratch.git(&["add", "link.txt"]).done();
    scratch.commit("Link").done();
    for name in [
        &b"caf\xe9 \xff.txt"[..],
        b"new\nline.txt",
        b"-n.txt",
        b":(top)q.txt",
    ] {
        let name = OsStr::from_bytes(name);
        fs::write(scratch.folder().join(name), FAULT).expect("it is writable");
        let words = ["--literal-pathspecs", "add", "--"].map(OsString::from);
        let words: Vec<OsString> = words.into_iter().chain([name.to_owned()]).collect();
        scratch.git(&words).done();
        let said = scratch.commit("Name").refused(&[ABOVE, ".txt:"]);
        assert!(
            !said.all().contains("new\nline"),
            "a name stays on its line"
        );
        fs::write(scratch.folder().join(name), CLEAN).expect("it is writable");
        scratch.git(&words).done();
        scratch.commit("Name").done();
    }
}

#[test]
fn line_ends_and_encodings_of_the_work_tree_do_not_matter() {
    for git in gits() {
        let scratch = Scratch::hooked(&git);
        scratch.git(&["config", "core.autocrlf", "true"]).done();
        scratch.stage("a.txt", FAULT.replace('\n', "\r\n"));
        scratch.commit("Windows").refused(&[":27:", ABOVE]);
        scratch.stage("a.txt", CLEAN.replace('\n', "\r\n"));
        scratch.commit("Windows").done();
        let wide = |text: &str| -> Vec<u8> {
            let units = std::iter::once(0xFEFF).chain(text.encode_utf16());
            units.flat_map(u16::to_le_bytes).collect()
        };
        scratch.stage(
            ".gitattributes",
            "*.utf16 text working-tree-encoding=UTF-16LE-BOM eol=lf\n",
        );
        let settings = "[[override]]\nfiles = ['*.utf16']\nencoding = 'utf-16le'\n";
        scratch.stage("caveat.toml", settings);
        scratch.stage("b.utf16", wide(FAULT));
        scratch.commit("Wide").refused(&["b.utf16:", ABOVE]);
        scratch.stage("b.utf16", wide(CLEAN));
        scratch.commit("Wide").done();
        // Without the attribute git keeps the bytes, and the setting holds for them.
        scratch.stage("caveat.toml", "encoding = 'utf-16le'\n");
        scratch.stage("c.txt", wide(FAULT));
        scratch.commit("Raw").refused(&["c.txt:", ABOVE]);
    }
}

#[test]
fn behind_a_pointer_of_lfs_stands_the_content() {
    let git = first_git();
    let scratch = Scratch::hooked(&git);
    let hash = "ab".repeat(32);
    let pointer = |text: &str| {
        let version = "version https://git-lfs.github.com/spec/v1";
        format!("{version}\noid sha256:{hash}\nsize {}\n", text.len())
    };
    scratch.stage("a.txt", pointer(FAULT));
    scratch.commit("Large").refused(&["a.txt", "Git LFS"]);
    let store = format!(".git/lfs/objects/ab/ab/{hash}");
    scratch.write(&store, FAULT);
    scratch.commit("Large").refused(&["a.txt:", ABOVE]);
    scratch.write(&store, CLEAN);
    scratch.stage("a.txt", pointer(CLEAN));
    scratch.commit("Large").done();
}

#[test]
fn text_of_the_draft_is_shown_where_somebody_asks_for_it_alone() {
    let git = first_git();
    let scratch = Scratch::new(&git);
    scratch.stage("a.txt", FAULT);
    scratch.write("caveat.toml", "redact = false\n");
    scratch.caveat(&["hook", "run"]).refused(&[ABOVE]);
    scratch.caveat(&["hook", "run", "-v"]).refused(&[ABOVE]);
    let said = scratch.caveat(&["hook", "run", "--no-redact"]);
    assert!(
        said.code == 1 && said.out.contains("informed"),
        "{}",
        said.all()
    );
    let said = scratch.caveat(&["hook", "run", "--output-format", "json"]);
    let json: serde_json::Value =
        serde_json::from_str(&said.out).expect("standard output is JSON alone");
    assert_eq!(json["version"], 1);
}

#[test]
fn outside_a_repository_nothing_is_clean() {
    let git = first_git();
    let scratch = Scratch::without(&git);
    for action in ["run", "install", "uninstall"] {
        let said = scratch.caveat(&["hook", action]);
        assert_eq!(said.code, 2, "{}", said.all());
        assert!(said.err.contains("not a git repository"), "{}", said.err);
    }
}
