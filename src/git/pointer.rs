//! Pointers of Git LFS: what is committed in place of a file whose content is kept beside the repository.

use super::repository::{Repository, path_of};
use std::fs;
use std::path::PathBuf;

const VERSION: &str = "version https://git-lfs.github.com/spec/v1";

/// Most bytes of a pointer, as its specification says.
const LARGEST: usize = 1024;

/// Hexadecimal digits of a SHA-256.
const DIGITS: usize = 64;

/// A pointer: by which hash, and how many bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pointer {
    hash: String,
    size: u64,
}

impl Pointer {
    /// The pointer that a content is; `None` where it is none.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(bytes.get(..bytes.len().min(LARGEST))?).ok()?;
        let mut lines = text.lines();
        if bytes.len() > LARGEST || lines.next()? != VERSION {
            return None;
        }
        let mut pointer = (None, None);
        for line in lines {
            match line.split_once(' ')? {
                ("oid", hash) => pointer.0 = hash.strip_prefix("sha256:"),
                ("size", size) => pointer.1 = size.parse().ok(),
                _ => {}
            }
        }
        let (hash, size) = (pointer.0?, pointer.1?);
        let plain = hash.len() == DIGITS && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
        plain.then(|| Self {
            hash: hash.to_owned(),
            size,
        })
    }

    /// The content that it stands for, if that is on this machine.
    pub fn content(&self, repository: &Repository) -> Option<Vec<u8>> {
        let folder = match repository.setting("lfs.storage", "--type=path") {
            Some(folder) => repository.common.join(path_of(&folder)),
            None => repository.common.join("lfs"),
        };
        let path = folder.join("objects").join(self.place()?);
        let facts = fs::metadata(&path).ok()?;
        (facts.is_file() && facts.len() == self.size)
            .then(|| fs::read(path).ok())
            .flatten()
    }

    fn place(&self) -> Option<PathBuf> {
        let (first, second) = (self.hash.get(..2)?, self.hash.get(2..4)?);
        Some([first, second, &self.hash].iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::Pointer;

    #[test]
    fn only_a_whole_pointer_is_one() {
        let hash = "ab".repeat(32);
        let text =
            format!("version https://git-lfs.github.com/spec/v1\noid sha256:{hash}\nsize 12\n");
        let pointer = Pointer::of(text.as_bytes()).unwrap();
        assert_eq!(pointer.size, 12);
        assert!(pointer.place().unwrap().starts_with("ab/ab"));
        assert_eq!(Pointer::of(text.replace("size", "siz").as_bytes()), None);
        assert_eq!(Pointer::of(text.replace("ab", "/.").as_bytes()), None);
        let long = text + &"x 1\n".repeat(400);
        assert_eq!(Pointer::of(long.as_bytes()), None);
        assert_eq!(Pointer::of(b""), None);
    }
}
