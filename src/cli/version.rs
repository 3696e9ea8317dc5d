//! `caveat --version`: the program, and by which schemes and documents it judges.

use crate::rules::RuleSet;

/// The version, the shipped schemes, and the documents that they rest on with their dates.
pub(super) fn long() -> String {
    let mut lines = vec![concat!("caveat ", env!("CARGO_PKG_VERSION")).to_owned()];
    let rules = RuleSet::shipped();
    for scheme in rules.iter().flat_map(RuleSet::schemes) {
        lines.push(format!("scheme {}: {}", scheme.name(), scheme.title()));
        let authority = scheme.authority().iter();
        lines.extend(authority.map(|document| format!("  {document}")));
    }
    lines.push(String::new());
    lines.join("\n")
}
