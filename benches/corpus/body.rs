//! The parts of a telegram that are text, and the two renderings that have no transmission header.

use super::chance::Chance;
use super::plan::{Level, Marks, Rendering};
use super::telegram::{CLASSIFIERS, MONTHS, SIGNATURES, Writer, dtg, order, tags};
use super::{prose, put};

/// Bytes of text on a page of a journal copy.
const PAGE: usize = 2_600;

impl Writer<'_> {
    /// Level, page line, offices and addresses of a journal copy.
    pub(super) fn journal(&self, into: &mut String, chance: &mut Chance) {
        let plan = self.plan;
        let received = dtg(plan.moment);
        let received = received.get(..7).unwrap_or_default();
        put(into, format_args!("{}\n\n", self.level(false)));
        put(
            into,
            format_args!(
                "PAGE 01        {}  {:05}  {received}\n\n",
                plan.post(),
                plan.serial
            ),
        );
        let total = chance.between(12, 80);
        put(
            into,
            format_args!("ACTION EUR-12\nINFO  OCT-01  ISO-00  NSC-05  /{total:03} W\n"),
        );
        let number = chance.below(1_000_000);
        put(
            into,
            format_args!("                    --------------------- {number:06}\n"),
        );
        self.addresses(into, chance);
    }

    /// The labelled fields of the newest rendering.
    pub(super) fn fields(&self, into: &mut String, chance: &mut Chance) {
        let plan = self.plan;
        let moment = plan.moment;
        let year = moment.year() % 100;
        let month = usize::try_from(moment.month() - 1).map_or("JAN", |at| MONTHS[at]);
        let (first, rest) = month.split_at(1);
        put(
            into,
            format_args!("MRN: {year:02} {} {}\n", plan.post(), plan.serial),
        );
        put(
            into,
            format_args!(
                "Date/DTG: {first}{} {:02}, {} / {}\n",
                rest.to_ascii_lowercase(),
                moment.day(),
                moment.year(),
                dtg(moment)
            ),
        );
        if chance.percent(50) {
            into.push_str("Classification: UNCLASSIFIED\n");
        }
        put(into, format_args!("From: AMEMBASSY {}\n", plan.post()));
        into.push_str("Action: WASHDC, SECSTATE ROUTINE\n");
        put(into, format_args!("E.O.: {}\n", order(moment.date())));
        put(into, format_args!("TAGS: {}\n", tags(chance).join(", ")));
        if plan.sensitive {
            into.push_str("Captions: SENSITIVE\n");
        }
        let mark = if plan.marks == Marks::Each {
            "(U) "
        } else {
            ""
        };
        put(
            into,
            format_args!("Subject: {mark}{}\n\n", prose::subject(chance)),
        );
    }

    /// Handling notice and classification authority.
    pub(super) fn before_the_text(&self, into: &mut String, chance: &mut Chance) {
        let plan = self.plan;
        if plan.sensitive && plan.rendering != Rendering::Fields {
            into.push_str(chance.pick(&[
                "SENSITIVE BUT UNCLASSIFIED - PLEASE HANDLE ACCORDINGLY\n\n",
                "SENSITIVE BUT UNCLASSIFIED -- NOT FOR INTERNET\nDISTRIBUTION -- PLEASE HANDLE ACCORDINGLY\n\n",
                "SENSITIVE BUT UNCLASSIFIED. PLEASE PROTECT\nACCORDINGLY.\n\n",
            ]));
        }
        if plan.classified() && plan.modern() {
            let section = if plan.moment.date() < jiff::civil::date(2003, 9, 22) {
                "1.5"
            } else {
                "1.4"
            };
            let letters = chance.pick(&["(b), (d)", "(d)", "(b) and (d)"]);
            let between = chance.pick(&[" ", "\n"]);
            let classifier = chance.pick(CLASSIFIERS);
            let authority = format!(
                "(U) Classified By: {classifier}.{between}Reason: {section} {letters}.\n\n"
            );
            into.push_str(&self.cased(authority));
        }
    }

    fn cased(&self, text: String) -> String {
        if self.plan.capitals {
            text.to_ascii_uppercase()
        } else {
            text
        }
    }

    /// Marks that a paragraph may carry; the first is the header's own.
    fn marks(&self) -> &'static [&'static str] {
        let plan = self.plan;
        // The mark for sensitive text came in October 1995.
        let may_be_sensitive = plan.moment.date() >= jiff::civil::date(1995, 10, 1);
        match (plan.level, plan.noforn) {
            (Level::Confidential, false) if !may_be_sensitive => &["C", "C", "C", "U"],
            (Level::Confidential, false) => &["C", "C", "C", "U", "SBU"],
            (Level::Confidential, true) => &["C/NF", "C", "C", "U"],
            (Level::Secret, false) => &["S", "S", "C", "U"],
            (Level::Secret, true) => &["S//NF", "S", "C", "U"],
            _ if plan.sensitive => &["SBU", "SBU", "U"],
            _ => &["U"],
        }
    }

    /// Numbered paragraphs up to the size, with the breaks between pages and sections.
    pub(super) fn paragraphs(&self, into: &mut String, chance: &mut Chance) {
        let plan = self.plan;
        let break_at = into.len() + plan.size.saturating_sub(into.len()) / 2;
        let (mut number, mut section, mut page) = (1, 1, 1);
        while number < 3 || into.len() < plan.size {
            if section < plan.sections && into.len() > break_at {
                section += 1;
                self.new_section(into, section, chance);
            }
            let last = number >= 3 && into.len() + 500 >= plan.size;
            let start = into.len();
            self.paragraph(into, number, last, chance);
            if plan.rendering == Rendering::Journal && into.len() > page * PAGE {
                page += 1;
                self.new_page(into, start + 100, page);
            }
            number += 1;
            if last {
                break;
            }
        }
        if section < plan.sections {
            // Too short for its sections: the last one is the signature's.
            self.reference_line(into, plan.sections);
        }
    }

    /// A paragraph: the first is a summary, the last perhaps a comment.
    fn paragraph(&self, into: &mut String, number: u32, last: bool, chance: &mut Chance) {
        let plan = self.plan;
        let bytes = chance.between(200, 900) as usize;
        let mut text = prose::paragraph(chance, bytes);
        if number == 1 {
            text = format!("SUMMARY: {text} END SUMMARY.");
        } else if last && chance.percent(50) {
            text = format!("COMMENT: {text} END COMMENT.");
        }
        let mark = match plan.marks {
            Marks::Each if number == 1 => format!("({}) ", self.marks()[0]),
            Marks::Each => format!("({}) ", chance.pick(self.marks())),
            Marks::Entire if number == 1 => format!("({} - ENTIRE TEXT) ", self.marks()[0]),
            Marks::Entire | Marks::None => String::new(),
        };
        let publication = plan.width.is_none() && !plan.capitals;
        let pilcrow = if publication { "\u{b6}" } else { "" };
        let text = self.cased(format!("{pilcrow}{number}. {mark}{text}"));
        prose::wrap(&text, plan.width, into);
        if chance.percent(10) {
            self.points(into, chance);
        }
        into.push('\n');
    }

    /// The lines with which a section begins; some copies show the page line before it.
    fn new_section(&self, into: &mut String, section: u32, chance: &mut Chance) {
        let plan = self.plan;
        if chance.percent(50) {
            let (post, before) = (plan.post(), section - 1);
            let (serial, total) = (plan.serial, plan.sections);
            put(
                into,
                format_args!("{post} {serial:08}  {before:03}.{section} OF {total:03}\n\n"),
            );
        }
        self.reference_line(into, section);
        for caption in &plan.captions {
            put(into, format_args!("{caption}\n"));
        }
        into.push('\n');
    }

    /// A page ends after the first line from a place on, wherever its sentence is: the level stands
    /// below and above the break.
    fn new_page(&self, into: &mut String, from: usize, page: usize) {
        let plan = self.plan;
        let (level, received) = (self.level(false), dtg(plan.moment));
        let received = received.get(..7).unwrap_or_default();
        let (post, serial) = (plan.post(), plan.serial);
        let rest = into.get(from..).unwrap_or_default();
        let at = rest.find('\n').map_or(into.len(), |end| from + end + 1);
        let lines = format!(
            "{level}\n\n{level}\n\nPAGE {page:02}        {post}  {serial:05}  {received}\n\n"
        );
        into.insert_str(at, &lines);
    }

    /// A few points below a paragraph, of its own level and so without a mark.
    fn points(&self, into: &mut String, chance: &mut Chance) {
        for _ in 0..chance.between(2, 4) {
            let text = self.cased(format!("-- {}", prose::paragraph(chance, 1)));
            prose::wrap(&text, self.plan.width, into);
        }
    }

    /// Signature and what follows it.
    pub(super) fn ending(&self, into: &mut String, chance: &mut Chance) {
        let plan = self.plan;
        let signature = chance.pick(SIGNATURES);
        match plan.rendering {
            Rendering::Fields => {
                let (first, rest) = signature.split_at(1);
                put(
                    into,
                    format_args!("Signature: {first}{}\n", rest.to_ascii_lowercase()),
                );
            }
            Rendering::Journal => {
                put(
                    into,
                    format_args!("{signature}\n\n{}\n\nNNNN\n", self.level(false)),
                );
            }
            Rendering::Transmission if chance.percent(60) => {
                let serial = plan.serial % 10_000;
                put(into, format_args!("{signature}\nBT\n#{serial:04}\nNNNN\n"));
            }
            _ => put(into, format_args!("{signature}\n")),
        }
    }
}
