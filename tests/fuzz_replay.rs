//! The inputs that fuzzing kept, run again: those that reach the most with the least bytes, and each that
//! once found a fault. `fuzz/README.md` says how they come to be.

#[path = "../fuzz/bodies/mod.rs"]
#[expect(clippy::string_slice, reason = "a test may stop at once")]
mod bodies;

use std::fs;
use std::panic::{catch_unwind, set_hook};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

/// Bytes that the kept inputs may have in all.
const MOST_KEPT: u64 = 200_000;

/// Panics so far, those included that somebody caught.
static PANICS: AtomicUsize = AtomicUsize::new(0);

fn fuzz() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz")
}

/// The files of a folder, in order.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries =
        fs::read_dir(folder).unwrap_or_else(|_| panic!("{} is not here", folder.display()));
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths
}

/// One test, as the count of panics is that of the whole process.
#[test]
fn what_fuzzing_kept_holds_still() {
    set_hook(Box::new(|info| {
        PANICS.fetch_add(1, Ordering::Relaxed);
        eprintln!("{info}");
    }));
    let mut wrong = Vec::new();
    for (target, body) in bodies::ALL {
        let kept = files(&fuzz().join("corpus").join(target));
        assert!(!kept.is_empty(), "no input of {target} is kept");
        for path in kept {
            let bytes = fs::read(&path).expect("the input is readable");
            let before = PANICS.load(Ordering::Relaxed);
            let ended = catch_unwind(|| body(&bytes));
            if ended.is_err() || PANICS.load(Ordering::Relaxed) > before {
                wrong.push(path);
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_target_is_replayed_and_little_is_kept() {
    let targets = files(&fuzz().join("targets"));
    let names: Vec<_> = targets.iter().filter_map(|path| path.file_stem()).collect();
    let replayed = bodies::ALL.map(|(name, _)| name);
    assert_eq!(names, replayed);
    let kept = replayed
        .iter()
        .flat_map(|name| files(&fuzz().join("corpus").join(name)));
    let bytes: u64 = kept
        .map(|path| fs::metadata(path).expect("it is there").len())
        .sum();
    assert!(bytes <= MOST_KEPT, "{bytes} bytes are kept");
}
