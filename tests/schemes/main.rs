//! A scheme file can say all that marking schemes need, and the library does as it says.
//!
//! One test for each capability, on a scheme that does not exist.
#![expect(clippy::string_slice, reason = "a test may stop at once")]

mod board;
mod files;
mod grammar;
mod order;
mod within;
