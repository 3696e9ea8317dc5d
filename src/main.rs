//! The `caveat` program: parses, runs, returns its exit code.

fn main() {}
