//! How a tree is written down: its words as one text, each once, and values that point into it.
//!
//! A value is its kind in one byte and four numbers of four bytes, the lowest byte first: the bytes of the
//! file that it stands at (start and length), and two that depend on the kind.
//!
//! - Text and dates, as they are written: start and length of the word.
//! - Whole numbers and fractions: the lower and the higher half of their eight bytes.
//! - Truth: one or zero, and zero.
//! - Arrays: how many bytes their values take, and how many these are. They follow one after the other.
//! - Tables: the same. Before each value stand start and length of its key.
//!
//! The table of the whole file is a value like others.

/// What kind of value follows.
pub(crate) const TEXT: u8 = 0;
/// A whole number.
pub(crate) const INTEGER: u8 = 1;
/// A fraction.
pub(crate) const FLOAT: u8 = 2;
/// True or false.
pub(crate) const TRUTH: u8 = 3;
/// A date, a time, or both.
pub(crate) const DATE: u8 = 4;
/// Values in order.
pub(crate) const ARRAY: u8 = 5;
/// Values by key.
pub(crate) const TABLE: u8 = 6;
