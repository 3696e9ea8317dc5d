//! Faults of the world around the program, each made to happen: what it says then, and what it leaves
//! behind. `docs/reliability.md` lists them.
#![cfg(unix)]

mod changing;
mod disk;
#[path = "../formats/mod.rs"]
mod formats;
mod killed;
mod large;
mod listed;
mod pipes;
mod program;
mod same;
mod tree;
