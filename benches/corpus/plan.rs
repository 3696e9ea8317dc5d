//! What a telegram is to be: decided first, so that all its parts agree.

use super::chance::Chance;
use jiff::ToSpan as _;
use jiff::civil::{Date, DateTime, date};

/// Bounds of equal parts of the sizes: log-normal with a median of 5 KB, cut at 2 and 12 KB.
const SIZES: &[u32] = &[
    2_000, 2_630, 3_250, 3_830, 4_400, 5_000, 5_680, 6_520, 7_650, 9_480, 12_000,
];

/// Posts, their routing indicators and channels. None exists.
pub(super) const POSTS: &[(&str, &str)] = &[
    ("ZENDA", "RUEHZX"),
    ("STRELSAU", "RUEHSX"),
    ("GRAUSTARK", "RUEHGX"),
    ("HENTZAU", "RUEHHX"),
];

/// How a telegram is written down.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Rendering {
    Transmission,
    FromDtg,
    Extract,
    Journal,
    Fields,
}

/// The level, as the reference line writes it without spacing.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Level {
    Unclassified,
    Efto,
    Official,
    Confidential,
    Secret,
}

/// How paragraphs are marked.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Marks {
    Each,
    Entire,
    None,
}

/// What a telegram is to be.
pub(super) struct Plan {
    pub(super) rendering: Rendering,
    /// When it is sent.
    pub(super) moment: DateTime,
    pub(super) level: Level,
    pub(super) sensitive: bool,
    pub(super) noforn: bool,
    pub(super) marks: Marks,
    /// Captions in their order.
    pub(super) captions: Vec<&'static str>,
    /// Index of the sending post.
    pub(super) post: usize,
    pub(super) serial: u32,
    /// Letter of the precedence.
    pub(super) precedence: char,
    /// Only the Department gets it.
    pub(super) narrow: bool,
    pub(super) sections: u32,
    /// Bytes of text to reach.
    pub(super) size: usize,
    /// Everything in capitals.
    pub(super) capitals: bool,
    pub(super) width: Option<usize>,
}

impl Plan {
    pub(super) fn new(chance: &mut Chance) -> Self {
        let rendering = match chance.below(100) {
            0..75 => Rendering::Transmission,
            75..78 => Rendering::FromDtg,
            78..87 => Rendering::Extract,
            87..96 => Rendering::Journal,
            _ => Rendering::Fields,
        };
        let moment = moment(rendering, chance);
        let day = moment.date();
        let level = level(rendering, day, chance);
        let classified = matches!(level, Level::Confidential | Level::Secret);
        let modern = day >= date(1995, 10, 14);
        let unclassified = level == Level::Unclassified;
        let sensitive = unclassified && modern && chance.percent(33);
        let noforn = classified && rendering != Rendering::Journal && chance.percent(15);
        let narrow = classified && chance.percent(8);
        let size = chance.size(SIZES);
        let sections = if size > 7_000 && rendering == Rendering::Transmission {
            2
        } else {
            1
        };
        let mut plan = Self {
            rendering,
            moment,
            level,
            sensitive,
            noforn,
            marks: Marks::None,
            captions: Vec::new(),
            post: chance.below(4) as usize,
            serial: chance.between(12, 4_900),
            precedence: chance.pick(&['R', 'R', 'R', 'P', 'P', 'O']),
            narrow,
            sections,
            size,
            capitals: day < date(2000, 1, 1) || chance.percent(8),
            width: chance.percent(80).then(|| chance.between(55, 68) as usize),
        };
        plan.marks = marks(&plan, chance);
        plan.captions = captions(&plan, chance);
        plan
    }

    /// Whether the level is a classification.
    pub(super) const fn classified(&self) -> bool {
        matches!(self.level, Level::Confidential | Level::Secret)
    }

    /// Whether paragraphs each carry their own level and an authority is named.
    pub(super) fn modern(&self) -> bool {
        self.moment.date() >= date(1995, 10, 14)
    }

    /// The sending post.
    pub(super) fn post(&self) -> &'static str {
        POSTS[self.post].0
    }
}

fn moment(rendering: Rendering, chance: &mut Chance) -> DateTime {
    let (first, last) = match rendering {
        Rendering::Journal => (date(1973, 7, 2), date(1979, 12, 20)),
        Rendering::Fields => (date(2010, 7, 1), date(2017, 12, 20)),
        _ => match chance.below(100) {
            0..22 => (date(1982, 8, 2), date(1995, 9, 28)),
            22..50 => (date(1995, 10, 16), date(2003, 3, 20)),
            50..94 => (date(2003, 9, 24), date(2010, 6, 24)),
            _ => (date(2010, 6, 29), date(2012, 12, 20)),
        },
    };
    let days = first.until(last).map_or(0, |span| span.get_days());
    let ahead = i64::from(chance.below(u32::try_from(days).unwrap_or(1)));
    let day = first.saturating_add(ahead.days());
    let hour = i8::try_from(chance.below(24)).unwrap_or_default();
    let minute = i8::try_from(chance.below(58)).unwrap_or_default();
    day.at(hour, minute, 0, 0)
}

fn level(rendering: Rendering, day: Date, chance: &mut Chance) -> Level {
    let cut = chance.below(100);
    if rendering == Rendering::Fields {
        return Level::Unclassified;
    }
    if rendering == Rendering::Journal {
        return match cut {
            0..36 => Level::Unclassified,
            36..58 => Level::Official,
            58..94 => Level::Confidential,
            _ => Level::Secret,
        };
    }
    // Security letters of the older control are not known, so it has no transmission header here.
    let official = day < date(1995, 9, 30) && rendering != Rendering::Transmission;
    match cut {
        0..50 => Level::Unclassified,
        50..90 => Level::Confidential,
        90..96 => Level::Secret,
        _ if official => Level::Official,
        _ => Level::Efto,
    }
}

fn marks(plan: &Plan, chance: &mut Chance) -> Marks {
    if plan.rendering == Rendering::Journal {
        Marks::None
    } else if plan.sensitive || plan.noforn || plan.classified() && plan.modern() {
        Marks::Each
    } else if plan.classified() {
        chance.pick(&[Marks::Entire, Marks::Each])
    } else if plan.modern() && chance.percent(40) {
        Marks::Each
    } else {
        Marks::None
    }
}

/// Captions, the most restrictive first.
fn captions(plan: &Plan, chance: &mut Chance) -> Vec<&'static str> {
    let mut captions = Vec::new();
    let limited = plan.narrow;
    if limited && plan.rendering == Rendering::Journal {
        captions.push("LIMDIS");
    } else if limited {
        captions.push("EXDIS");
    }
    if plan.noforn {
        captions.push("NOFORN");
    }
    if plan.sensitive {
        captions.push("SENSITIVE");
    }
    let sipdis = plan.moment.date() >= date(2002, 1, 1) && plan.rendering != Rendering::Fields;
    if sipdis && !limited && chance.percent(85) {
        captions.push("SIPDIS");
    }
    captions
}
