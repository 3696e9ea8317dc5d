//! Writes the tree of a TOML file. The build script does this for the packs that are compiled in.

use super::format::{ARRAY, DATE, FLOAT, INTEGER, TABLE, TEXT, TRUTH};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The tree of a file as bytes: the same for the same text.
///
/// # Errors
/// Where the text is no TOML, or a number in it does not fit into eight bytes.
pub(crate) fn write(text: &str) -> Result<Vec<u8>, String> {
    let table = DeTable::parse(text).map_err(|error| error.to_string())?;
    let mut keys = Vec::new();
    let mut root = Vec::new();
    write_table(table.get_ref(), &mut keys, &mut root)?;
    let mut tree = Vec::new();
    write_number(keys.len(), &mut tree);
    for key in keys {
        write_number(key.len(), &mut tree);
        tree.extend_from_slice(key.as_bytes());
    }
    tree.append(&mut root);
    Ok(tree)
}

fn write_table<'t>(
    table: &'t DeTable<'_>,
    keys: &mut Vec<&'t str>,
    out: &mut Vec<u8>,
) -> Result<(), String> {
    for (key, value) in table {
        let key: &str = key.get_ref();
        let known = keys.iter().position(|own| *own == key);
        write_number(known.unwrap_or(keys.len()), out);
        if known.is_none() {
            keys.push(key);
        }
        write_value(value, keys, out)?;
    }
    Ok(())
}

fn write_value<'t>(
    value: &'t Spanned<DeValue<'_>>,
    keys: &mut Vec<&'t str>,
    out: &mut Vec<u8>,
) -> Result<(), String> {
    let mut content = Vec::new();
    let kind = match value.get_ref() {
        DeValue::String(text) => {
            content.extend_from_slice(text.as_bytes());
            TEXT
        }
        DeValue::Integer(number) => {
            let number = i64::from_str_radix(number.as_str(), number.radix());
            let number = number.map_err(|error| error.to_string())?;
            content.extend_from_slice(&number.to_le_bytes());
            INTEGER
        }
        DeValue::Float(number) => {
            let number = number.as_str().parse::<f64>();
            let number = number.map_err(|error| error.to_string())?;
            content.extend_from_slice(&number.to_le_bytes());
            FLOAT
        }
        DeValue::Boolean(truth) => {
            content.push(u8::from(*truth));
            TRUTH
        }
        DeValue::Datetime(date) => {
            content.extend_from_slice(date.to_string().as_bytes());
            DATE
        }
        DeValue::Array(values) => {
            for value in values {
                write_value(value, keys, &mut content)?;
            }
            ARRAY
        }
        DeValue::Table(table) => {
            write_table(table, keys, &mut content)?;
            TABLE
        }
    };
    let place = value.span();
    out.push(kind);
    write_number(place.start, out);
    write_number(place.len(), out);
    write_number(content.len(), out);
    out.append(&mut content);
    Ok(())
}

fn write_number(mut number: usize, out: &mut Vec<u8>) {
    while number >= 0x80 {
        out.push(u8::try_from(number & 0x7f).unwrap_or_default() | 0x80);
        number >>= 7;
    }
    out.push(u8::try_from(number).unwrap_or_default());
}
