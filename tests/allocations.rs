//! Reading a well-formed marking of the usual length leaves the heap alone.

use caveat::marking::{Surface, parse};
use caveat::rules::RuleSet;

const USUAL: &[(&str, Surface)] = &[
    ("S//NF", Surface::Portion),
    ("U//FOUO", Surface::Portion),
    ("TS//SI-G ABCD//OC/NF", Surface::Portion),
    ("TS//SI-G/TK//RS/OC", Surface::Portion),
    ("S//REL TO USA, AUS, CAN, GBR, NZL", Surface::Portion),
    ("//NS//ATOMAL//OC", Surface::Portion),
    ("S//SAR-BP//NF", Surface::Portion),
    ("S//RD-SG 14//NF", Surface::Portion),
    ("//JOINT S CAN GBR USA//REL", Surface::Portion),
    ("SECRET", Surface::Banner),
    ("TOP SECRET//SI/TK//ORCON/NOFORN", Surface::Banner),
    ("SECRET//FGI GBR//REL TO USA, GBR", Surface::Banner),
];

#[test]
fn a_usual_marking_is_read_without_an_allocation() {
    let rules = RuleSet::shipped().expect("the shipped packs are valid");
    // The scheme is set up when it is first asked for.
    assert!(rules.scheme().levels().count() > 0);
    for &(text, surface) in USUAL {
        let found = allocation_counter::measure(|| {
            let marking = parse(text, 0, rules.scheme(), surface);
            assert!(marking.faults.is_empty());
        });
        assert_eq!(found.count_total, 0, "{text}");
    }
    // Otherwise nothing would be counted at all.
    let found = allocation_counter::measure(|| drop(std::hint::black_box(vec![0u8; 64])));
    assert_eq!(found.count_total, 1);
}
