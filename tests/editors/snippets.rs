//! The snippets of `docs/editors.md`.

const PAGE: &str = include_str!("../../docs/editors.md");

/// A snippet of the page, by the words behind its fence.
pub(crate) fn snippet(name: &str) -> &'static str {
    let fence = format!("```{name}\n");
    let (_, rest) = PAGE
        .split_once(&fence)
        .unwrap_or_else(|| panic!("{name} is on the page"));
    rest.split_once("```").expect("the fence is closed").0
}

#[test]
fn snippets_of_editors_that_no_test_starts_are_what_they_say_they_are() {
    let helix: toml::Table = snippet("toml helix").parse().expect("TOML");
    let server = &helix["language-server"]["caveat"];
    assert_eq!(server["command"].as_str(), Some("caveat"));
    let languages = helix["language"].as_array().expect("languages");
    for language in languages {
        assert_eq!(language["language-servers"][0].as_str(), Some("caveat"));
    }
    let sublime: serde_json::Value = serde_json::from_str(snippet("json sublime")).expect("JSON");
    let client = &sublime["clients"]["caveat"];
    assert_eq!(client["command"], serde_json::json!(["caveat", "lsp"]));
}
