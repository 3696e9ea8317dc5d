//! The bodies of the fuzz targets, each by its name.

#[path = "../bodies/mod.rs"]
mod bodies;

/// Hands bytes to a target.
///
/// # Panics
/// Something does not hold, or there is no such target.
pub fn run(target: &str, bytes: &[u8]) {
    let (_, body) = bodies::ALL
        .iter()
        .find(|(name, _)| *name == target)
        .expect("the target is in the list");
    body(bytes);
}
