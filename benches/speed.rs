//! How fast a draft is decoded, read and judged, on one thread and in memory: `cargo bench`.
//!
//! The drafts are made up from a fixed seed, so figures of two days can be compared.

#[path = "corpus/mod.rs"]
#[expect(
    dead_code,
    reason = "each kind of draft is measured apart, not the mixture"
)]
mod corpus;

use caveat::document::Document;
use caveat::engine::{Options, check};
use caveat::marking::{Marking, RollUp, Scheme, Surface, parse};
use caveat::rules::RuleSet;
use caveat::text::{Source, decode};
use caveat::{lexer, telegram};
use criterion::measurement::WallTime;
use criterion::{
    BatchSize, BenchmarkGroup, Criterion, Throughput, criterion_group, criterion_main,
};
use std::hint::black_box;
use std::time::Duration;

const SEED: u64 = 1;

/// Drafts of one kind; some 1.5 MB of telegrams.
const DRAFTS: u64 = 256;

/// Markings as they stand in portions of telegrams and documents.
const MARKINGS: &[&str] = &[
    "U",
    "SBU",
    "C",
    "S",
    "C/NF",
    "S//NF",
    "TS//NF",
    "SBU/NF",
    "S//REL TO USA, GBR, NZL",
    "U//FOUO",
];

/// Makes a draft from a seed and a number.
type Maker = fn(u64, u64) -> corpus::Draft;

fn shipped() -> RuleSet {
    RuleSet::shipped().expect("the shipped packs are valid")
}

fn sources(make: Maker) -> Vec<Source> {
    let texts = (0..DRAFTS).map(|number| make(SEED, number).text);
    texts
        .map(|text| Source::from_text("made up", text))
        .collect()
}

fn bytes(sources: &[Source]) -> Throughput {
    Throughput::Bytes(
        sources
            .iter()
            .map(|source| source.text().len() as u64)
            .sum(),
    )
}

/// Few samples over a short time: all benches together stay below two minutes.
fn group<'c>(criterion: &'c mut Criterion, name: &str) -> BenchmarkGroup<'c, WallTime> {
    let mut group = criterion.benchmark_group(name);
    group.sample_size(20);
    group.warm_up_time(Duration::from_secs(1));
    group.measurement_time(Duration::from_secs(3));
    group
}

fn decoding(criterion: &mut Criterion) {
    let text: String = sources(corpus::telegram).iter().map(Source::text).collect();
    let latin: Vec<u8> = text
        .chars()
        .map(|letter| u8::try_from(letter).unwrap_or(b'?'))
        .collect();
    let wide: Vec<u8> = std::iter::once('\u{feff}')
        .chain(text.chars())
        .collect::<String>()
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let mut group = group(criterion, "decode");
    for (name, bytes) in [
        ("utf-8", text.into_bytes()),
        ("windows-1252", latin),
        ("utf-16", wide),
    ] {
        group.throughput(Throughput::Bytes(bytes.len() as u64));
        group.bench_function(name, |bencher| {
            bencher.iter_batched(|| bytes.clone(), decode, BatchSize::LargeInput);
        });
    }
    group.finish();
}

fn reading(criterion: &mut Criterion) {
    let rules = shipped();
    let telegrams = sources(corpus::telegram);
    let mut group = group(criterion, "read");
    group.throughput(bytes(&telegrams));
    group.bench_function("lex", |bencher| {
        bencher.iter(|| {
            for source in &telegrams {
                for line in source.text().lines() {
                    lexer::lexemes(line, 0).for_each(|lexeme| {
                        black_box(lexeme);
                    });
                }
            }
        });
    });
    group.bench_function("lines", |bencher| {
        bencher.iter(|| {
            telegrams
                .iter()
                .map(|source| Document::of(source.text()).lines().len())
                .sum::<usize>()
        });
    });
    group.bench_function("telegrams", |bencher| {
        bencher.iter(|| {
            for source in &telegrams {
                let document = Document::of(source.text());
                black_box(telegram::read(&document, rules.scheme(), rules.lexicon()));
            }
        });
    });
    group.finish();
}

fn checking(criterion: &mut Criterion) {
    let rules = shipped();
    let options = Options::default();
    let kinds: [(&str, Maker); 3] = [
        ("sound telegrams", corpus::telegram),
        ("faulty telegrams", corpus::faulty_telegram),
        ("documents", corpus::document),
    ];
    let mut group = group(criterion, "check");
    for (name, make) in kinds {
        let drafts = sources(make);
        group.throughput(bytes(&drafts));
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                for source in &drafts {
                    black_box(check(source, &rules, &options));
                }
            });
        });
    }
    group.finish();
}

fn markings(criterion: &mut Criterion) {
    let rules = shipped();
    let mut group = group(criterion, "marking");
    group.throughput(Throughput::Elements(MARKINGS.len() as u64));
    group.bench_function("parse", |bencher| {
        bencher.iter(|| {
            for text in MARKINGS {
                black_box(parse(black_box(text), 0, rules.scheme(), Surface::Portion));
            }
        });
    });
    group.bench_function("parse and check", |bencher| {
        bencher.iter(|| {
            for text in MARKINGS {
                let marking = parse(black_box(text), 0, rules.scheme(), Surface::Portion);
                black_box((marking.is_understood(), marking.is_right()));
            }
        });
    });
    let (text, portions) = thousand(rules.scheme());
    group.throughput(Throughput::Elements(portions.len() as u64));
    group.bench_function("roll up 1,000 portions", |bencher| {
        bencher.iter(|| {
            let mut state = RollUp::default();
            state.add_all(black_box(&portions), &text, rules.scheme());
            state.demand(rules.scheme())
        });
    });
    group.finish();
}

/// A thousand portions of one document, of some thirty kinds.
fn thousand(scheme: &Scheme) -> (String, Vec<Marking>) {
    let countries = ["AUS", "CAN", "GBR", "NZL", "FVEY"];
    let mut kinds: Vec<String> = MARKINGS.iter().map(|own| (*own).to_owned()).collect();
    for level in ["C", "S", "TS"] {
        let lists = countries
            .iter()
            .map(|country| format!("{level}//REL TO USA, {country}"));
        kinds.extend(lists);
        kinds.push(format!("{level}//OC/NF"));
        kinds.push(format!("{level}//SI//NF"));
    }
    let (mut text, mut places) = (String::new(), Vec::new());
    for index in 0..1000 {
        // The same order every time, and not the same kind twice in a row.
        let kind = kinds
            .get(index * 7 % kinds.len())
            .map_or("", String::as_str);
        let start = text.len();
        text.push_str(kind);
        places.push((start, text.len()));
        text.push('\n');
    }
    let read = |&(start, end): &(usize, usize)| {
        let words = text.get(start..end).unwrap_or_default();
        parse(
            words,
            u32::try_from(start).unwrap_or(u32::MAX),
            scheme,
            Surface::Portion,
        )
    };
    let portions = places.iter().map(read).collect();
    (text, portions)
}

fn loading(criterion: &mut Criterion) {
    let mut group = group(criterion, "rules");
    group.bench_function("load the shipped packs", |bencher| {
        bencher.iter(RuleSet::shipped);
    });
    group.finish();
}

criterion_group!(speed, decoding, reading, checking, markings, loading);
criterion_main!(speed);
