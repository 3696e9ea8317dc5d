//! The schemas in `docs/schema/` are those that the program prints. `UPDATE=1 cargo test --test schemas` writes them.

mod in_process;

use std::ffi::OsString;
use std::path::Path;

fn printed(kind: &str) -> String {
    let (code, out, _) = in_process::run(&in_process::around(""), ["schema", kind]);
    assert_eq!(code, 0);
    out
}

#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "a test is told through the environment to write"
)]
fn the_schemas_in_the_documentation_are_those_of_the_program() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/schema");
    for kind in [
        "config",
        "policy",
        "rules",
        "scheme",
        "vocabulary",
        "baseline",
        "output",
        "output-lines",
        "inventory",
    ] {
        let (path, text) = (folder.join(format!("{kind}.json")), printed(kind));
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(&path, &text).expect("the folder is writable");
        }
        let known = std::fs::read(&path).expect("the schema is there");
        assert!(
            known == text.as_bytes(),
            "{kind}.json is old: UPDATE=1 cargo test --test schemas"
        );
    }
}

/// The keys that an object of the report may have.
fn keys(schema: &serde_json::Value, of: &str) -> Vec<String> {
    let object = if of.is_empty() {
        schema
    } else {
        &schema["$defs"][of]
    };
    let keys = object["properties"]
        .as_object()
        .expect("an object has keys");
    keys.keys().cloned().collect()
}

#[test]
fn a_report_has_the_keys_of_its_schema() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli");
    let words = [
        "check",
        "check.in",
        "bad-input.in",
        "--output-format",
        "json",
        "--isolated",
        "--statistics",
    ];
    let paths = words.map(|word| match word {
        "check.in" | "bad-input.in" => folder.join(word).into_os_string(),
        word => OsString::from(word),
    });
    let (code, out, _) = in_process::run(&in_process::around(""), paths);
    assert_eq!(code, 3);
    let report: serde_json::Value = serde_json::from_str(&out).expect("it is JSON");
    let schema = serde_json::from_str(&printed("output")).expect("it is JSON");
    let of = |value: &serde_json::Value| {
        let keys = value.as_object().expect("an object").keys();
        keys.cloned().collect::<Vec<_>>()
    };
    assert_eq!(of(&report), keys(&schema, ""));
    let finding = &report["diagnostics"][0];
    assert_eq!(of(finding), keys(&schema, "Finding"));
    assert_eq!(of(&finding["span"]), keys(&schema, "Bytes"));
    assert_eq!(of(&finding["end"]), keys(&schema, "Position"));
    assert_eq!(of(&finding["related"][0]), keys(&schema, "Related"));
    assert_eq!(of(&report["documents"][0]), keys(&schema, "Document"));
    assert_eq!(of(&report["not_examined"][0]), keys(&schema, "NotExamined"));
    assert_eq!(of(&report["summary"]), keys(&schema, "Counts"));
    let count = |list: &str| report[list].as_array().expect("a list").len();
    assert_eq!(report["summary"]["examined"], count("documents"));
    assert_eq!(report["summary"]["not_examined"], count("not_examined"));
}
