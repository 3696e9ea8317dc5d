//! What tells without reading that a file is still as it was.

use serde::{Deserialize, Serialize};
use std::fs::{self, Metadata};
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// A change as young as this may be followed by one with the same time: no clock of a file is coarser.
const YOUNG: Duration = Duration::from_secs(2);

/// Size and times of a file. Where they are what they were, nothing was written into it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// Bytes.
    size: u64,
    /// When it was last written, in nanoseconds.
    modified: i64,
    /// When anything of it last changed, where the system knows: nobody can set that time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    changed: Option<i64>,
}

impl Stamp {
    /// That of the file at `path`; `None` where there is none that will tell the next change.
    pub fn of(path: &Path, now: SystemTime) -> Option<Self> {
        let facts = fs::metadata(path).ok()?;
        let stamp = Self {
            size: facts.len(),
            modified: nanoseconds(facts.modified().ok()?)?,
            changed: changed(&facts),
        };
        let last = stamp.modified.max(stamp.changed.unwrap_or(i64::MIN));
        (last < nanoseconds(now.checked_sub(YOUNG)?)?).then_some(stamp)
    }
}

/// Nanoseconds since 1970.
fn nanoseconds(time: SystemTime) -> Option<i64> {
    match time.duration_since(UNIX_EPOCH) {
        Ok(since) => i64::try_from(since.as_nanos()).ok(),
        Err(before) => i64::try_from(before.duration().as_nanos())
            .ok()?
            .checked_neg(),
    }
}

#[cfg(unix)]
fn changed(facts: &Metadata) -> Option<i64> {
    use std::os::unix::fs::MetadataExt as _;
    let whole = facts.ctime().checked_mul(1_000_000_000)?;
    whole.checked_add(facts.ctime_nsec())
}

#[cfg(not(unix))]
fn changed(_facts: &Metadata) -> Option<i64> {
    None
}

#[cfg(test)]
mod tests {
    use super::{Stamp, YOUNG};
    use std::fs;
    use std::time::{Duration, SystemTime};

    #[test]
    fn what_was_written_just_now_has_no_stamp_and_another_file_has_another() {
        let folder = tempfile::tempdir().unwrap();
        let (one, two) = (folder.path().join("one"), folder.path().join("two"));
        fs::write(&one, "text").unwrap();
        fs::write(&two, "texts").unwrap();
        assert_eq!(Stamp::of(&one, SystemTime::now()), None);
        let later = SystemTime::now() + YOUNG + Duration::from_secs(1);
        let stamp = Stamp::of(&one, later).unwrap();
        assert_eq!(Stamp::of(&one, later), Some(stamp));
        assert_ne!(Stamp::of(&two, later), Some(stamp));
        assert_eq!(Stamp::of(&folder.path().join("three"), later), None);
        let line = serde_json::to_string(&stamp).unwrap();
        assert_eq!(serde_json::from_str::<Stamp>(&line).unwrap(), stamp);
    }

    #[cfg(unix)]
    #[test]
    fn a_draft_that_takes_the_place_of_another_with_its_size_and_time_shows() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("draft");
        let later = SystemTime::now() + YOUNG + Duration::from_mins(1);
        let old = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
        let write = |text: &str| {
            let file = fs::File::create(&path).unwrap();
            fs::write(&path, text).unwrap();
            file.set_modified(old).unwrap();
            Stamp::of(&path, later).unwrap()
        };
        let before = write("(C) one");
        std::thread::sleep(Duration::from_millis(20));
        assert_ne!(write("(S) one"), before);
    }
}
