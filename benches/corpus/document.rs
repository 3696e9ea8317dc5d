//! A document in numbered and marked paragraphs, with banners and an authority block.

use super::chance::Chance;
use super::{prose, put};

/// Bounds of equal parts of the sizes, from 2 to 40 KB.
const SIZES: &[u32] = &[2_000, 3_200, 4_400, 6_000, 8_200, 11_500, 17_000, 40_000];

/// A banner, the mark of the same meaning, and marks below it.
const BANNERS: &[(&str, &str, &[&str])] = &[
    ("UNCLASSIFIED", "U", &["U"]),
    ("CONFIDENTIAL", "C", &["C", "U"]),
    ("CONFIDENTIAL//NOFORN", "C//NF", &["C//NF", "C", "U"]),
    ("SECRET", "S", &["S", "C", "U"]),
    ("SECRET//NOFORN", "S//NF", &["S//NF", "S", "C", "U"]),
];

const HEADINGS: &[&str] = &[
    "Background",
    "The season so far",
    "What the town expects",
    "Figures",
    "Outlook",
    "Other views",
];

/// Writes one, in Markdown or as plain text.
pub(super) fn write(chance: &mut Chance) -> String {
    let size = chance.size(SIZES);
    let (banner, own, marks) = chance.pick(BANNERS);
    let markdown = chance.percent(50);
    let heading = if markdown { "## " } else { "" };
    let mut text = String::with_capacity(size + 1_500);
    put(&mut text, format_args!("{banner}\n\n"));
    let title = prose::subject(chance);
    put(
        &mut text,
        format_args!("{}(U) {title}\n\n", if markdown { "# " } else { "" }),
    );
    if own != "U" {
        let year = chance.between(2011, 2016);
        put(
            &mut text,
            format_args!(
                "Date: 30 June {year}\n\nClassified By: Helga Sapt, Curator\nReason: 1.4(d)\nDeclassify On: {}0630\n\n",
                year + 10
            ),
        );
    }
    let width = (!markdown).then_some(78);
    let mut number = 1;
    while number < 3 || text.len() < size {
        if number % 4 == 1 {
            put(
                &mut text,
                format_args!("{heading}(U) {}\n\n", chance.pick(HEADINGS)),
            );
        }
        let mark = if number == 1 { own } else { chance.pick(marks) };
        let bytes = chance.between(200, 1_100) as usize;
        let body = format!("{number}. ({mark}) {}", prose::paragraph(chance, bytes));
        prose::wrap(&body, width, &mut text);
        text.push('\n');
        number += 1;
    }
    put(&mut text, format_args!("{banner}\n"));
    text
}
