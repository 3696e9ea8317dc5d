//! Scheme files: every problem lies in its file, and a sound scheme reads and writes its own words.

use super::marking::holds;
use super::places::problems_lie_in_their_files;
use caveat::marking::{Scheme, Surface, compile_files};

/// What parts the files of an input: a line of this alone.
const BETWEEN: &str = "\n#---\n";

/// Most words of a scheme that are tried.
const MOST: usize = 24;

pub(super) fn run(bytes: &[u8]) {
    let text = super::text(bytes);
    let names = ["scheme.toml", "part.toml", "more.toml"];
    let files: Vec<(&str, &str)> = names.into_iter().zip(text.splitn(3, BETWEEN)).collect();
    match compile_files(&files, None) {
        Ok(scheme) => reads_itself(&scheme),
        Err(problems) => {
            assert!(!problems.is_empty(), "refused without a reason");
            problems_lie_in_their_files(&problems);
        }
    }
}

/// Its words alone and in pairs, as portions and banners.
fn reads_itself(scheme: &Scheme) {
    for surface in Surface::ALL {
        let mut words: Vec<&str> = scheme.spellings(surface).collect();
        words.sort_unstable();
        words.truncate(MOST);
        let alone = words.join("\n");
        holds(&alone, scheme, surface);
        let lead = &scheme.syntax().between_categories;
        let pairs = words.iter().zip(words.iter().skip(1));
        let pairs: Vec<String> = pairs
            .map(|(one, other)| format!("{one}{lead}{other}"))
            .collect();
        holds(&pairs.join("\n"), scheme, surface);
    }
}
