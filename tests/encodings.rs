//! Files of a doubtful encoding are held to their ceiling in each reading that is likely.

mod in_process;

use std::ffi::OsString;

/// Exit code and standard output of a check under a ceiling of what is not classified.
fn guarded(bytes: &[u8], more: &[&str]) -> (u8, String) {
    let folder = tempfile::tempdir().expect("a scratch folder");
    let path = folder.path().join("a.txt");
    std::fs::write(&path, bytes).expect("it is writable");
    let mut words = ["check", "--ceiling", "UNCLASSIFIED"]
        .map(OsString::from)
        .to_vec();
    words.extend(["--output-format", "concise", "--select", "core/ceiling"].map(OsString::from));
    words.extend(more.iter().map(OsString::from));
    words.push(path.into());
    let (code, out, _) = in_process::run(&in_process::around(&folder), words);
    (code, out)
}

fn wide(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(unit).collect()
}

#[test]
fn no_encoding_hides_a_marking() {
    let marking = "// SECRET//NOFORN\nx\n";
    let cyrillic = format!(
        "{marking}{}",
        "\u{43f}\u{430}\u{440}\u{43e}\u{43c} ".repeat(60)
    );
    let mut lying = b"\xff\xfe".to_vec();
    lying.extend_from_slice(marking.as_bytes());
    let mut other = b"\xfe\xff".to_vec();
    other.extend(wide(marking, u16::to_le_bytes));
    let mut latin = marking.as_bytes().to_vec();
    latin.extend_from_slice(b"\xb6\xb6");
    for (bytes, more) in [
        // A mark that is none, and one of the other order.
        (lying, &[][..]),
        (other, &[]),
        (wide(&cyrillic, u16::to_le_bytes), &[]),
        (wide(&cyrillic, u16::to_be_bytes), &[]),
        (latin.clone(), &[]),
        // An encoding that somebody chose.
        (marking.as_bytes().to_vec(), &["--encoding", "utf-16le"]),
        (latin, &["--encoding", "utf-16be"]),
        (
            wide(marking, u16::to_le_bytes),
            &["--encoding", "windows-1252"],
        ),
    ] {
        let (code, out) = guarded(&bytes, more);
        assert_eq!(code, 1, "{more:?}: {out}");
        assert!(out.contains("core/ceiling"), "{out}");
    }
}

#[test]
fn what_holds_none_is_silent_in_every_reading() {
    let plain = "The secret of the harvest, (S) or not.\nA //b SECRET of the king.\n";
    let mut latin = plain.as_bytes().to_vec();
    latin.extend_from_slice(b"\xb6\xe9");
    for (bytes, more) in [
        (wide(plain, u16::to_le_bytes), &[][..]),
        (latin.clone(), &[]),
        (latin, &["--encoding", "windows-1252"]),
        (plain.as_bytes().to_vec(), &["--encoding", "windows-1252"]),
    ] {
        let (code, out) = guarded(&bytes, more);
        assert_eq!(code, 0, "{more:?}: {out}");
    }
    // A program is no text.
    let program: Vec<u8> = (0..4000u16).flat_map(|at| [(at % 29) as u8, 0]).collect();
    assert_eq!(guarded(&program, &["--allow-empty"]).0, 0);
}
