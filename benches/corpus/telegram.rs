//! A telegram written from its plan.

use super::chance::Chance;
use super::plan::{Level, POSTS, Plan, Rendering};
use super::{prose, put};
use jiff::ToSpan as _;
use jiff::civil::{Date, DateTime, date};

pub(super) const MONTHS: &[&str] = &[
    "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC",
];

const SUBJECT_TAGS: &[&str] = &[
    "PREL", "PGOV", "ECON", "ETRD", "EAGR", "EFIN", "EINV", "EAIR", "ELTN", "EWWT", "ENRG", "EFIS",
    "SENV", "SOCI", "SCUL", "TSPL", "PHUM", "EIND", "ELAB", "EMIN",
];

pub(super) const CLASSIFIERS: &[&str] = &[
    "Fritz Tarlenheim, DCM",
    "Helga Sapt, Political Counselor",
    "Anton Strofzin, Ambassador",
    "Rosa Holf, Economic Counselor",
];

pub(super) const SIGNATURES: &[&str] = &["SAPT", "TARLENHEIM", "STROFZIN", "HOLF", "BERNENSTEIN"];

/// Writes the telegram of a plan.
pub(super) fn write(plan: &Plan, chance: &mut Chance) -> String {
    let mut text = String::with_capacity(plan.size + 2_000);
    let own = Writer {
        plan,
        info: chance.between(0, 3) as usize,
    };
    match plan.rendering {
        Rendering::Transmission => own.transmission(&mut text, chance),
        Rendering::FromDtg => own.addresses(&mut text, chance),
        Rendering::Extract => {}
        Rendering::Journal => own.journal(&mut text, chance),
        Rendering::Fields => own.fields(&mut text, chance),
    }
    if plan.rendering != Rendering::Fields {
        own.reference_line(&mut text, 1);
        own.captions(&mut text, chance);
        own.administrative(&mut text, chance);
    }
    own.before_the_text(&mut text, chance);
    own.paragraphs(&mut text, chance);
    own.ending(&mut text, chance);
    text
}

pub(super) struct Writer<'p> {
    pub(super) plan: &'p Plan,
    /// How many other posts get a copy.
    info: usize,
}

pub(super) fn dtg(moment: DateTime) -> String {
    let month = usize::try_from(moment.month() - 1).map_or("JAN", |at| MONTHS[at]);
    let (day, hour, minute) = (moment.day(), moment.hour(), moment.minute());
    format!(
        "{day:02}{hour:02}{minute:02}Z {month} {:02}",
        moment.year() % 100
    )
}

impl Writer<'_> {
    /// Posts that get a copy: never the sender.
    pub(super) fn others(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        let own = self.plan.post;
        let count = if self.plan.narrow { 0 } else { self.info };
        (1..=count).map(move |step| POSTS[(own + step) % POSTS.len()])
    }

    fn transmission(&self, into: &mut String, chance: &mut Chance) {
        let plan = self.plan;
        let (_, indicator) = POSTS[plan.post];
        let channel = chance.pick(&["ZXI", "XRO", "SXO", "GXI"]);
        put(
            into,
            format_args!("VZCZC{channel}{:04}\n", chance.below(10_000)),
        );
        put(into, format_args!("{0}{0} RUEHC", plan.precedence));
        for (_, other) in self.others() {
            put(into, format_args!(" {other}"));
        }
        let suffix = if plan.sections > 1 { "/01" } else { "" };
        let filed = plan.moment + i64::from(chance.between(0, 90)).minutes();
        put(
            into,
            format_args!(
                "\nDE {indicator} #{:04}{suffix} {:03}{:02}{:02}\n",
                plan.serial % 10_000,
                filed.day_of_year(),
                filed.hour(),
                filed.minute()
            ),
        );
        into.push_str(match plan.level {
            Level::Unclassified | Level::Official => "ZNR UUUUU ZZH\n",
            Level::Efto => "ZNY EEEEE ZZH\n",
            Level::Confidential => "ZNY CCCCC ZZH\n",
            Level::Secret => "ZNY SSSSS ZZH\n",
        });
        self.addresses(into, chance);
    }

    pub(super) fn addresses(&self, into: &mut String, chance: &mut Chance) {
        let plan = self.plan;
        let journal = plan.rendering == Rendering::Journal;
        put(
            into,
            format_args!("{} {}\n", plan.precedence, dtg(plan.moment)),
        );
        put(into, format_args!("FM AMEMBASSY {}\n", plan.post()));
        let department = if journal { "" } else { "RUEHC/" };
        let word = match plan.precedence {
            'O' => " IMMEDIATE",
            'P' => " PRIORITY",
            _ => "",
        };
        let count = chance.between(10, 9_800);
        put(
            into,
            format_args!("TO {department}SECSTATE WASHDC{word} {count:04}\n"),
        );
        let mut first = "INFO ";
        for (other, indicator) in self.others() {
            let route = if journal {
                String::new()
            } else {
                format!("{indicator}/")
            };
            let count = chance.between(10, 900);
            put(
                into,
                format_args!("{first}{route}AMEMBASSY {other} {count:04}\n"),
            );
            first = "";
        }
        if !journal && first.is_empty() && chance.percent(30) {
            let gateway = if plan.classified() {
                "RHMFISS"
            } else {
                "RHMFIUU"
            };
            put(into, format_args!("{gateway}/CDR USGRUNDY\n"));
        }
        if plan.rendering == Rendering::Transmission && chance.percent(60) {
            into.push_str("BT\n");
        } else if !journal {
            into.push('\n');
        }
    }

    pub(super) fn level(&self, spaced: bool) -> &'static str {
        match (self.plan.level, spaced) {
            (Level::Unclassified, true) => "UNCLAS",
            (Level::Unclassified, false) => "UNCLASSIFIED",
            (Level::Efto, _) => "UNCLAS E F T O",
            (Level::Official, _) => "LIMITED OFFICIAL USE",
            (Level::Confidential, true) => "C O N F I D E N T I A L",
            (Level::Confidential, false) => "CONFIDENTIAL",
            (Level::Secret, true) => "S E C R E T",
            (Level::Secret, false) => "SECRET",
        }
    }

    pub(super) fn reference_line(&self, into: &mut String, section: u32) {
        let plan = self.plan;
        put(into, format_args!("{}", self.level(true)));
        if plan.sections > 1 {
            put(
                into,
                format_args!(" SECTION {section:02} OF {:02}", plan.sections),
            );
        }
        let width = if plan.moment.date() < date(1992, 1, 1) {
            4
        } else {
            6
        };
        put(
            into,
            format_args!(" {} {:0width$}\n\n", plan.post(), plan.serial),
        );
    }

    fn captions(&self, into: &mut String, chance: &mut Chance) {
        for caption in &self.plan.captions {
            put(into, format_args!("{caption}\n"));
        }
        if !self.plan.captions.is_empty() {
            into.push('\n');
        }
        if self.plan.moment.date() >= date(1995, 1, 1) && chance.percent(40) {
            let office = chance.pick(&["EUR/RUR", "EEB/TPP", "OES", "EUR/PPD"]);
            put(into, format_args!("DEPT FOR {office}\n"));
            if let Some((other, _)) = self.others().next() {
                put(into, format_args!("{other} FOR ECON\n"));
            }
            into.push('\n');
        }
    }

    fn administrative(&self, into: &mut String, chance: &mut Chance) {
        let order = order(self.plan.moment.date());
        let instruction = self.instruction(chance);
        put(into, format_args!("E.O. {order}: {instruction}\n"));
        let separator = chance.pick(&[", ", " "]);
        put(
            into,
            format_args!("TAGS: {}\n", tags(chance).join(separator)),
        );
        let mark = if self.plan.classified() && self.plan.modern() {
            "(U) "
        } else {
            ""
        };
        let subject = format!("SUBJECT: {mark}{}", prose::subject(chance));
        prose::wrap(&subject, self.plan.width, into);
        into.push('\n');
        self.references(into, chance);
    }

    /// What stands after the number of the order.
    fn instruction(&self, chance: &mut Chance) -> String {
        let day = self.plan.moment.date();
        if !self.plan.classified() {
            return "N/A".to_owned();
        }
        let years = i64::from(chance.between(2, 9));
        let until = day.saturating_add(years.years());
        let us = |day: Date| format!("{:02}/{:02}/{}", day.month(), day.day(), day.year());
        let short = |day: Date| format!("{}/{}/{:02}", day.month(), day.day(), day.year() % 100);
        if day < date(1978, 12, 1) {
            "GDS".to_owned()
        } else if day < date(1982, 8, 1) {
            format!("GDS {} (SAPT, HELGA)", short(day.saturating_add(6.years())))
        } else if day < date(1995, 10, 14) {
            "DECL: OADR".to_owned()
        } else if day < date(2003, 9, 22) {
            let code = chance.pick(&["X1", "X5", "X6"]);
            if chance.percent(30) {
                format!("DECL: {code}")
            } else {
                format!("DECL: {}", us(until))
            }
        } else {
            format!("DECL: {}", us(day.saturating_add((years + 1).years())))
        }
    }

    fn references(&self, into: &mut String, chance: &mut Chance) {
        let plan = self.plan;
        let year = (plan.moment.year() - 1).rem_euclid(100);
        let earlier = chance.between(1, plan.serial - 1);
        let (other, _) = POSTS[(plan.post + 1) % POSTS.len()];
        match chance.below(3) {
            0 => {}
            1 => put(
                into,
                format_args!("REF: {year:02} {other} {}\n\n", chance.between(3, 990)),
            ),
            _ => put(
                into,
                format_args!(
                    "REF: A. {} {earlier}\n     B. {year:02} {other} {} (NOTAL)\n\n",
                    plan.post(),
                    chance.between(3, 990)
                ),
            ),
        }
    }
}

/// The order in force on a day.
pub(super) fn order(day: Date) -> &'static str {
    let starts = [
        (date(1972, 6, 1), "11652"),
        (date(1978, 12, 1), "12065"),
        (date(1982, 8, 1), "12356"),
        (date(1995, 10, 14), "12958"),
        (date(2010, 6, 27), "13526"),
    ];
    let started = starts.iter().rev().find(|(start, _)| *start <= day);
    started.map_or("11652", |(_, number)| number)
}

/// Two to six tags, at least one of them a subject.
pub(super) fn tags(chance: &mut Chance) -> Vec<&'static str> {
    let mut tags = Vec::new();
    let start = chance.below(20) as usize;
    for step in 0..chance.between(1, 4) as usize {
        tags.push(SUBJECT_TAGS[(start + step * 3) % SUBJECT_TAGS.len()]);
    }
    tags.push(chance.pick(&["XG", "XH", "XT"]));
    if chance.percent(25) {
        tags.push("KPAO");
    }
    tags
}
