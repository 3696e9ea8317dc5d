//! Where configuration and packs are read from: the disk, or a tree of files that something else keeps.

use crate::input;
use std::fmt::Debug;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Most bytes of a file that settings, rules or known findings are read from.
const LARGEST: u64 = 64 << 20;

/// A tree of files. All paths are given from the root of the file system.
pub trait Tree: Debug + Send + Sync {
    /// Whether a file is there.
    fn is_file(&self, path: &Path) -> bool;

    /// Whether the search for a configuration ends at this folder: it is the root of a repository.
    fn is_root(&self, folder: &Path) -> bool;

    /// The bytes of a file.
    ///
    /// # Errors
    /// It is not there, or may not be read.
    fn read(&self, path: &Path) -> io::Result<Vec<u8>>;

    /// TOML files below a folder, at any depth, in order.
    ///
    /// # Errors
    /// The folder that cannot be read, and why.
    fn toml_files(&self, folder: &Path) -> Result<Vec<PathBuf>, (PathBuf, io::Error)>;
}

/// The files on the disk.
#[derive(Debug, Clone, Copy, Default)]
pub struct Disk;

impl Tree for Disk {
    fn is_file(&self, path: &Path) -> bool {
        path.is_file()
    }

    fn is_root(&self, folder: &Path) -> bool {
        folder.join(".git").exists()
    }

    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        // A file of a repository may name anything to build on: a pipe, a device.
        input::bytes(path, LARGEST).map_err(|refusal| io::Error::other(refusal.detail))
    }

    fn toml_files(&self, folder: &Path) -> Result<Vec<PathBuf>, (PathBuf, io::Error)> {
        let mut paths = Vec::new();
        collect(folder, &mut paths)?;
        Ok(paths)
    }
}

/// Whether a file is one of TOML, by its name.
pub fn is_toml(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "toml")
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) -> Result<(), (PathBuf, io::Error)> {
    let at = |error| (folder.to_owned(), error);
    let mut entries = fs::read_dir(folder)
        .and_then(Iterator::collect::<Result<Vec<_>, _>>)
        .map_err(at)?;
    entries.sort_by_key(fs::DirEntry::path);
    for entry in entries {
        let (path, kind) = (entry.path(), entry.file_type().map_err(at)?);
        if kind.is_dir() {
            collect(&path, paths)?;
        } else if is_toml(&path) && path.is_file() {
            paths.push(path);
        }
    }
    Ok(())
}
