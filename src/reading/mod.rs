//! L4: what a draft holds: its elements, each with its place, whatever the form.

pub mod moment;
