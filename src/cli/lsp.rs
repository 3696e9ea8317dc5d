//! `caveat lsp`: serves an editor over standard input and output.

use super::args::LspArguments;
use super::exit::{CLEAN, FINDINGS};
use super::failure::Failure;
use super::typed::Typed;
use super::world::{Surroundings, today};
use crate::lsp::{Ended, Host, serve};
use crate::report::{Look, rule_page};
use lsp_server::{Connection, Message};
use std::io::{self, BufRead, BufReader, BufWriter, Read as _, Write as _, stdin, stdout};
use std::thread;

/// How a page that explains a rule looks in an editor.
const LOOK: Look = Look {
    width: 80,
    unicode: true,
    colour: false,
};

pub(super) fn lsp(arguments: &LspArguments, around: &Surroundings) -> Result<u8, Failure> {
    let (near, far) = Connection::memory();
    let (sender, receiver) = (far.sender, far.receiver);
    // Standard input may stay open when the session is over, so that nobody waits for this thread.
    let reading = move || {
        let mut input = BufReader::new(stdin());
        while let Some(message) = next(&mut input) {
            if sender.send(message).is_err() {
                break;
            }
        }
    };
    let writing = move || {
        let mut out = BufWriter::new(stdout());
        for message in receiver {
            if message.write(&mut out).and_then(|()| out.flush()).is_err() {
                break;
            }
        }
    };
    spawned("reader", reading)?;
    let writer = spawned("writer", writing)?;
    let ended = serve(&near, host(arguments, around));
    drop(near);
    // What was answered last is written before the program ends.
    drop(writer.join());
    Ok(match ended {
        Ended::Orderly => CLEAN,
        Ended::Abandoned => FINDINGS,
    })
}

fn spawned(
    name: &str,
    work: impl FnOnce() + Send + 'static,
) -> Result<thread::JoinHandle<()>, Failure> {
    let thread = thread::Builder::new().name(name.to_owned());
    thread
        .spawn(work)
        .map_err(|error| Failure::Usage(format!("threads could not be started: {error}")))
}

/// The next message that can be read; what cannot is left out, for the error would quote it. `None` at
/// the end.
fn next(input: &mut impl BufRead) -> Option<Message> {
    loop {
        match body(input).ok()? {
            Some(text) => {
                if let Ok(message) = serde_json::from_slice(&text) {
                    return Some(message);
                }
            }
            None => return None,
        }
    }
}

/// The text of the next message, `None` at the end. Room is made as the bytes come, whatever length is said:
/// one that nobody has room for would end the program.
fn body(input: &mut impl BufRead) -> io::Result<Option<Vec<u8>>> {
    let mut length = None;
    let mut line = Vec::new();
    loop {
        line.clear();
        if input.read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        let field = line.trim_ascii_end();
        match length {
            Some(length) if field.is_empty() => {
                let mut text = Vec::new();
                input.take(length).read_to_end(&mut text)?;
                return Ok((text.len() as u64 == length).then_some(text));
            }
            _ => length = length_in(field).or(length),
        }
    }
}

/// The number of bytes that a field of a header says.
fn length_in(field: &[u8]) -> Option<u64> {
    let (name, number) = std::str::from_utf8(field).ok()?.split_once(':')?;
    let own = name.eq_ignore_ascii_case("Content-Length");
    number.trim().parse().ok().filter(|_| own)
}

/// The server's view of what is around it: the same resolver that `check` has, made anew for each reload.
fn host<'h>(arguments: &'h LspArguments, around: &'h Surroundings) -> Host<'h> {
    let resolver = || {
        let around = Surroundings {
            today: today(),
            ..around.clone()
        };
        Typed::judged(&arguments.judging).resolver(&arguments.configured, &around)
    };
    Host {
        resolver: Box::new(resolver),
        today: Box::new(today),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        explain: Box::new(|id, rules| rule_page(id, rules, LOOK)),
    }
}

#[cfg(test)]
mod tests {
    use super::next;
    use std::io::Cursor;

    #[test]
    fn a_message_that_cannot_be_read_is_passed_over() {
        let framed = |text: &str| format!("Content-Length: {}\r\n\r\n{text}", text.len());
        let said = r#"{"jsonrpc":"2.0","method":"exit"}"#;
        let mut stream = framed("{\"no") + "nonsense\r\n\r\n" + &framed("[]") + &framed(said);
        stream += &framed(said).replace("Content-Length", "Content-Type: json\r\ncontent-length");
        stream.push_str("Content-Length: 9\r\n\r\n{");
        let mut input = Cursor::new(stream.into_bytes());
        assert!(next(&mut input).is_some());
        assert!(next(&mut input).is_some());
        assert!(next(&mut input).is_none());
    }

    #[test]
    fn a_length_that_nobody_has_room_for_ends_the_session_and_not_the_program() {
        let stream = format!("Content-Length: {}\r\n\r\n{{}}", u64::MAX);
        assert!(next(&mut Cursor::new(stream.into_bytes())).is_none());
    }
}
