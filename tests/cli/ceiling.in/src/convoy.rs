//! Reads the log of the convoy.

// SECRET//NOFORN
pub fn read() {}
