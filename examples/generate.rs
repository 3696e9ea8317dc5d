//! Writes a made-up corpus: `cargo run --release --example generate -- --files 20000 --out DIR`.
//!
//! The same seed gives the same files. `--kind` makes drafts of one kind only, and `--one-file BYTES`
//! joins telegrams into one file of that size.

#[path = "../benches/corpus/mod.rs"]
#[expect(dead_code, reason = "it puts faults in and looks for none")]
mod corpus;

use clap::{Parser, ValueEnum};
use std::fs;
use std::io::{self, BufWriter, Write as _};
use std::path::{Path, PathBuf};

/// Drafts in one folder.
const FOLDER: u64 = 500;

/// Longest short draft, in bytes.
const SHORT: usize = 500;

/// Which drafts are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Kind {
    /// Telegrams, with and without a fault, and documents
    Mixed,
    /// Telegrams without fault
    Telegrams,
    /// Marked documents without fault
    Documents,
    /// Beginnings of telegrams
    Short,
}

impl Kind {
    fn text(self, seed: u64, number: u64) -> String {
        match self {
            Self::Mixed => corpus::draft(seed, number).text,
            Self::Telegrams => corpus::telegram(seed, number).text,
            Self::Documents => corpus::document(seed, number).text,
            Self::Short => {
                let text = corpus::telegram(seed, number).text;
                let lines = text.split_inclusive('\n').scan(0, |length, line| {
                    *length += line.len();
                    (*length <= SHORT).then_some(line)
                });
                lines.collect()
            }
        }
    }
}

/// Writes drafts of invented posts, as many as are asked for.
#[derive(Parser)]
struct Arguments {
    /// How many files
    #[arg(long, default_value_t = 1000)]
    files: u64,
    /// Folder to write into, made where it is not there
    #[arg(long)]
    out: PathBuf,
    /// Another seed, another corpus
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Which drafts
    #[arg(long, value_enum, default_value_t = Kind::Mixed)]
    kind: Kind,
    /// One file of at least this many bytes in place of many files
    #[arg(long, value_name = "BYTES")]
    one_file: Option<u64>,
}

fn main() -> io::Result<()> {
    let arguments = Arguments::parse();
    fs::create_dir_all(&arguments.out)?;
    match arguments.one_file {
        Some(bytes) => one_file(&arguments.out, arguments.seed, bytes),
        None => (0..arguments.files).try_for_each(|number| file(&arguments, number)),
    }
}

/// Draft number `number`, in a folder with 499 others.
fn file(arguments: &Arguments, number: u64) -> io::Result<()> {
    let folder = arguments.out.join(format!("{:04}", number / FOLDER));
    if number.is_multiple_of(FOLDER) {
        fs::create_dir_all(&folder)?;
    }
    let text = arguments.kind.text(arguments.seed, number);
    fs::write(folder.join(format!("{number:07}.txt")), text)
}

fn one_file(out: &Path, seed: u64, bytes: u64) -> io::Result<()> {
    let mut file = BufWriter::new(fs::File::create(out.join("joined.txt"))?);
    let mut written = 0;
    for number in 0.. {
        let text = corpus::telegram(seed, number).text;
        file.write_all(text.as_bytes())?;
        file.write_all(b"\n")?;
        written += text.len() as u64 + 1;
        if written >= bytes {
            break;
        }
    }
    file.flush()
}
