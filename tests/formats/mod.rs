//! The forms of report that tests go through, in one place.

/// Every form of report.
pub(crate) const FORMATS: [&str; 10] = [
    "full",
    "concise",
    "grouped",
    "json",
    "json-lines",
    "sarif",
    "github",
    "gitlab",
    "junit",
    "html",
];
