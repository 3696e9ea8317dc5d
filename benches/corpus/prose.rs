//! Sentences about nothing: invented people, invented events, harmless and varied.

use super::chance::Chance;

const ACTORS: &[&str] = &[
    "Count Hentzau",
    "the harbor master",
    "a senior palace official",
    "Minister of Works Strakencz",
    "the chamberlain",
    "Colonel Sapt",
    "the Strelsau town council",
    "a mill owner from the lake district",
    "Fritz von Tarlenheim",
    "the Graustark delegation",
    "an editor of the Strelsau Courier",
    "the head of the railway board",
    "the dean of the forestry school",
    "a member of the Castle party",
    "Deputy Minister Helga Bernenstein",
    "the union of ferrymen",
    "the new mayor of Zenda",
    "the Hentzau chamber of commerce",
    "Bishop Anselm",
    "the director of the state archive",
    "a professor of hydrology",
    "the leader of the Meadow party",
    "the postal administration",
    "the curator of the royal collection",
    "Marshal Luzau-Rischenheim",
    "the grain board",
    "our contact at the observatory",
    "the festival committee",
    "an official of the statistics office",
    "the owner of the largest brewery",
];

const VERBS: &[&str] = &[
    "said that",
    "told poloff that",
    "explained that",
    "hinted that",
    "confirmed that",
    "complained that",
    "expects that",
    "noted with some pride that",
    "conceded that",
    "repeated that",
    "remarked over lunch that",
    "wrote in an open letter that",
    "told the press that",
    "doubts that",
    "made clear that",
    "admitted that",
    "predicted that",
    "assured econoff that",
];

const CLAIMS: &[&str] = &[
    "the bridge at Zenda will open before the first snow",
    "the wheat harvest fell by a fifth",
    "the coronation festival will move to the old market",
    "the ferry fares will not/not rise this year",
    "the railway needs new rolling stock from abroad",
    "the forest survey is complete but unpublished",
    "the budget leaves no room for a second observatory",
    "the council will vote again in spring",
    "tourism has recovered faster than anyone had hoped",
    "the Meadow party has lost its patience",
    "the water level of the lake is the lowest in forty years",
    "a new timetable would calm the commuters",
    "the school reform has the support of both chambers",
    "the customs shed will be rebuilt in brick",
    "the palace prefers a quiet anniversary",
    "the paper mill will hire sixty workers",
    "the Castle party cannot agree on a candidate",
    "the brass band will tour the northern villages",
    "the opera house needs a roof more than it needs a tenor",
    "the dairy cooperative will export cheese",
    "no decision on the airport will fall before the autumn session",
    "the telephone exchange is overloaded",
    "the museum will lend two paintings to Graustark",
    "the fishermen accept the shorter season",
    "the road to Hentzau will be closed for six weeks",
    "the mint will issue a new ten-krone piece",
    "the weather service lacks trained observers",
    "the vineyard owners want a higher tariff",
    "the national library has outgrown its cellar",
    "the regatta drew twelve crews from five countries",
];

const FOLLOWS: &[&str] = &[
    "Others in the room nodded.",
    "He offered no figures.",
    "She did not elaborate.",
    "The local press has reported much the same.",
    "Two other contacts (both long retired) disagree.",
    "We have heard this from several sides since the spring.",
    "Nobody we spoke to could name a date.",
    "The remark drew laughter (and one groan).",
    "Parliament returns from recess next week.",
    "An earlier estimate had been rather lower.",
    "Rural districts see the matter differently.",
    "The finance committee (eleven members) meets on Monday.",
    "Costs were not discussed.",
    "Post will follow the matter and report what it hears.",
    "The palace declined to add anything.",
    "Traders in the capital have already begun to adjust.",
    "It was raining; few came to listen.",
    "A formal reply is promised before the end of the month.",
    "Similar talk was heard a year ago.",
    "The figures are for the first three quarters only.",
];

const LEADS: &[&str] = &[
    "In a meeting on Tuesday,",
    "Over coffee at the Residence,",
    "At the opening of the fair,",
    "During a visit to the mill,",
    "In contrast to last year,",
    "Asked about the delay,",
    "On the margins of the regatta,",
    "Speaking in German,",
    "As in previous seasons,",
    "Before the vote,",
    "After some hesitation,",
    "On a walk through the old town,",
    "By way of background,",
    "According to the morning papers,",
];

const TOPICS: &[&str] = &[
    "HARVEST",
    "FERRY SERVICE",
    "LAKE LEVEL",
    "RAILWAY TIMETABLE",
    "SCHOOL REFORM",
    "CORONATION FESTIVAL",
    "FOREST SURVEY",
    "OPERA ROOF",
    "CHEESE EXPORTS",
    "NEW BRIDGE",
    "REGATTA",
    "CUSTOMS SHED",
    "TELEPHONE EXCHANGE",
    "NATIONAL LIBRARY",
    "PAPER MILL",
    "MEADOW PARTY CONGRESS",
];

const TURNS: &[&str] = &[
    "BELOW FORECAST",
    "TO BE DELAYED AGAIN",
    "DIVIDES THE COUNCIL",
    "WELCOMED IN STRELSAU",
    "ON SCHEDULE",
    "DISCUSSED WITH PALACE OFFICIALS",
    "DRAWS A CROWD",
    "AND THE COUNT'S VIEW OF IT",
    "STILL WITHOUT FUNDS",
    "MOVES TO GRAUSTARK",
    "AFTER THE FIRST SNOW",
    "IN THE LOCAL PRESS",
];

/// A sentence or two.
fn sentence(chance: &mut Chance, into: &mut String) {
    if chance.percent(35) {
        into.push_str(chance.pick(LEADS));
        into.push(' ');
        into.push_str(chance.pick(ACTORS));
    } else {
        let actor = chance.pick(ACTORS);
        let mut letters = actor.chars();
        into.extend(letters.next().map(|first| first.to_ascii_uppercase()));
        into.push_str(letters.as_str());
    }
    let claim = chance.below(u32::try_from(CLAIMS.len()).unwrap_or(1)) as usize;
    for part in [chance.pick(VERBS), CLAIMS[claim]] {
        into.push(' ');
        into.push_str(part);
    }
    if chance.percent(15) {
        into.push_str(" and that ");
        into.push_str(CLAIMS[(claim + 7) % CLAIMS.len()]);
    }
    into.push('.');
    if chance.percent(45) {
        into.push(' ');
        into.push_str(chance.pick(FOLLOWS));
    }
}

/// A paragraph of about this many bytes, on one line, without number or mark.
pub(crate) fn paragraph(chance: &mut Chance, bytes: usize) -> String {
    let mut text = String::with_capacity(bytes + 200);
    while text.len() < bytes || text.is_empty() {
        if !text.is_empty() {
            text.push(' ');
        }
        sentence(chance, &mut text);
    }
    text
}

/// A subject, in capitals.
pub(crate) fn subject(chance: &mut Chance) -> String {
    format!("{} {}", chance.pick(TOPICS), chance.pick(TURNS))
}

/// Appends a text, broken between words before `width` columns where there is one.
pub(crate) fn wrap(text: &str, width: Option<usize>, into: &mut String) {
    let Some(width) = width else {
        into.push_str(text);
        into.push('\n');
        return;
    };
    let mut column = 0;
    for word in text.split(' ') {
        if column > 0 && column + 1 + word.len() > width {
            into.push('\n');
            column = 0;
        } else if column > 0 {
            into.push(' ');
            column += 1;
        }
        into.push_str(word);
        column += word.len();
    }
    into.push('\n');
}
