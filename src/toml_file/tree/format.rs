//! How a tree lies in bytes.
//!
//! A tree begins with its keys, each once: how many, and then each as its length and its bytes. The table
//! of the whole file follows. A value is its kind, the bytes of the file that it stands at (start and
//! length), the length of its content, and the content:
//!
//! - text and dates as they are written in UTF-8;
//! - whole numbers and fractions as eight bytes, the lowest first; truth as one byte;
//! - arrays as one value after the other;
//! - tables as number of the key and value, one pair after the other.
//!
//! Numbers that are no values take seven bits a byte, the lowest first, and the eighth says that more follow.

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
