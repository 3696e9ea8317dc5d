//! Whoever asks line by line has each answer before the next question.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Command, Stdio};

#[test]
fn a_line_is_answered_before_the_next_is_asked() {
    let questions = [
        (vec!["marking"], ["S//NF", "C"], "\"input\":"),
        (vec!["roll-up"], ["S//NF | C", "U | C"], "\"because\":"),
    ];
    for (arguments, lines, part) in questions {
        let mut asked = Command::new(env!("CARGO_BIN_EXE_caveat"))
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut input = asked.stdin.take().expect("it takes questions");
        let mut answers = BufReader::new(asked.stdout.take().expect("it answers")).lines();
        for line in lines {
            writeln!(input, "{line}").expect("it reads on");
            let answer = answers.next().expect("an answer").expect("UTF-8");
            assert!(answer.contains(part), "{answer}");
        }
        drop(input);
        assert!(asked.wait().expect("it ends").success());
    }
}
