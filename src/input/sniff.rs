//! Containers, known by their first bytes; mail, by the ending of its name.

use super::{Cause, Refusal};
use memchr::memmem::find;

const ZIP: &[u8] = b"PK\x03\x04";
const ZIP_END: &[u8] = b"PK\x05\x06";
const COMPOUND: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
const PDF: &[u8] = b"%PDF-";
const RICH_TEXT: &[u8] = b"{\\rtf";

/// Packed files: a draft may lie in each.
const PACKED: [(&[u8], &str); 5] = [
    (&[0x1F, 0x8B], "a gzip file"),
    (b"7z\xBC\xAF\x27\x1C", "a 7z archive"),
    (b"Rar!\x1A\x07", "a rar archive"),
    (b"BZh", "a bzip2 file"),
    (&[0xFD, b'7', b'z', b'X', b'Z', 0x00], "an xz file"),
];

/// The name of the stream in which a locked office document lies, as a compound file spells it.
const ENCRYPTED_PACKAGE: &str = "EncryptedPackage";

/// Bytes of the tail in which a zip file names its end.
const ZIP_TAIL: usize = 66_000;

/// Why the bytes are a container that is not read; `None` where they are none.
pub(super) fn container(bytes: &[u8], name: &str) -> Option<Refusal> {
    if bytes.starts_with(ZIP) {
        return Some(zip(bytes));
    }
    if bytes.starts_with(COMPOUND) {
        return Some(compound(bytes));
    }
    if bytes.starts_with(PDF) {
        let locked = find(bytes, b"/Encrypt").is_some();
        return Some(if locked {
            Refusal::new(Cause::Encrypted, "a PDF file with a password")
        } else {
            unsupported("a PDF file")
        });
    }
    if bytes.starts_with(RICH_TEXT) {
        return Some(unsupported("a rich text file"));
    }
    let packed = PACKED.iter().find(|(magic, _)| bytes.starts_with(magic));
    if let Some((_, what)) = packed {
        return Some(unsupported(what));
    }
    let mail = name
        .rsplit_once('.')
        .is_some_and(|(_, ending)| ending.eq_ignore_ascii_case("eml"));
    mail.then(|| unsupported("a mail file"))
}

fn zip(bytes: &[u8]) -> Refusal {
    let tail = bytes.len().saturating_sub(ZIP_TAIL);
    let ended = bytes
        .get(tail..)
        .is_some_and(|tail| find(tail, ZIP_END).is_some());
    // The lowest bit of the seventh byte says that the first entry is locked.
    let locked = bytes.get(6).is_some_and(|flags| flags & 1 == 1);
    match (ended, locked) {
        (false, _) => Refusal::new(Cause::Damaged, "a zip file that ends early"),
        (true, true) => Refusal::new(Cause::Encrypted, "a zip file with a password"),
        (true, false) if find(bytes, b"word/document.xml").is_some() => {
            unsupported("a Word document")
        }
        (true, false) => unsupported("a zip archive"),
    }
}

fn compound(bytes: &[u8]) -> Refusal {
    let wide: Vec<u8> = ENCRYPTED_PACKAGE
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    if find(bytes, &wide).is_some() {
        Refusal::new(Cause::Encrypted, "an office document with a password")
    } else {
        unsupported("an old office document or message file")
    }
}

fn unsupported(what: &str) -> Refusal {
    let detail = format!("{what}, not read yet: save its text as a text file");
    Refusal::new(Cause::Unsupported, detail)
}
