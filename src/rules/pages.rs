//! The pages of shipped rules, read when the first is asked for of a rule that was loaded without its own.

use super::PackFile;
use serde::Deserialize;
use std::collections::HashMap;
use std::sync::LazyLock;

/// A file of a pack, as far as the pages of its rules go.
#[derive(Deserialize)]
struct Pages {
    #[serde(default, rename = "rule")]
    rules: Vec<Page>,
}

#[derive(Deserialize)]
struct Page {
    name: String,
    #[serde(default)]
    explain: String,
}

/// The pages by the ids of their rules.
static SHIPPED: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
    let files = PackFile::shipped(false).into_iter();
    let pages = files.flat_map(|file| {
        let read = toml::from_str::<Pages>(&file.text).ok();
        let rules = read.into_iter().flat_map(|pages| pages.rules);
        let of_pack = move |page: Page| (format!("{}/{}", file.pack, page.name), page.explain);
        rules.map(of_pack).collect::<Vec<_>>()
    });
    pages.collect()
});

/// The page of a shipped rule; empty where none is called so.
pub(super) fn page(id: &str) -> &'static str {
    SHIPPED.get(id).map_or("", String::as_str)
}
