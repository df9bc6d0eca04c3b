//! `data/escalation.toml`: the steps of the ladder, the forms of the letters, the digest. What cannot be meant stops the program at
//! its start: a draft without a form, a blank that nothing fills.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    escalation::{Draft, Step, ladder},
    hazard::{Determination, InitialLevel, StageName},
    time::{DAY, HOUR},
};
use serde::Deserialize;

use super::{fault, read_toml};
use crate::Outcome;

const FILE: &str = "escalation.toml";

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EscalationTable {
    /// Whole days without an act after which a hazard is called stuck.
    pub stuck_after_days: i64,
    #[serde(rename = "step")]
    pub steps: Vec<Step>,
    #[serde(rename = "letter")]
    pub letters: Vec<LetterForm>,
    pub wording: Wording,
    pub digest: DigestTable,
}

/// How letters name stages and levels, and what was explained.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wording {
    pub no_explanation: String,
    pub explanations: String,
    pub explanation: String,
    stages: BTreeMap<String, String>,
    levels: BTreeMap<String, String>,
}

/// A kind of letter as the city writes it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LetterForm {
    pub drafts: Draft,
    pub name_zh: String,
    pub name_en: String,
    pub number: String,
    pub title: String,
    pub text: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DigestTable {
    /// `08:30`, in +08:00.
    at: String,
    pub days: DigestDays,
    pub most_lines: usize,
    pub first_looks_back_days: i64,
    pub retry_after_minutes: Vec<i64>,
    pub subject: String,
    pub greeting: String,
    pub line: String,
    pub more: String,
    pub stuck: String,
    pub letters: String,
    pub letter_line: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DigestDays {
    WorkingDays,
    CalendarDays,
}

impl EscalationTable {
    pub fn step(&self, id: &str) -> Option<&Step> {
        self.steps.iter().find(|step| step.id == id)
    }

    pub fn letter(&self, drafts: Draft) -> Option<&LetterForm> {
        self.letters.iter().find(|letter| letter.drafts == drafts)
    }
}

impl Wording {
    pub fn stage(&self, stage: StageName) -> &str {
        self.stages.get(stage.as_str()).map_or("", String::as_str)
    }

    /// Major by determination, else as it was first seen.
    pub fn level(&self, level: InitialLevel, determination: Determination) -> &str {
        let word = match determination {
            Determination::Major => determination.as_str(),
            _ => level.as_str(),
        };
        self.levels.get(word).map_or("", String::as_str)
    }
}

impl DigestTable {
    /// Milliseconds after midnight.
    pub fn time_of_day(&self) -> i64 {
        time_of_day(&self.at).unwrap_or_default()
    }
}

/// `08:30`
fn time_of_day(text: &str) -> Option<i64> {
    let (hour, minute) = text.split_once(':')?;
    let (hour, minute): (i64, i64) = (hour.parse().ok()?, minute.parse().ok()?);
    let fits = text.len() == 5 && (0..24).contains(&hour) && (0..60).contains(&minute);
    fits.then_some(hour * HOUR + minute * 60_000)
}

/// Fills `{blanks}`. What is filled in is not looked at again: a description that holds `{n}` stays as it was typed.
pub fn filled(form: &str, values: &[(&str, &str)]) -> String {
    let mut text = String::with_capacity(form.len() * 2);
    let mut rest = form;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let Some((name, behind)) = after.split_once('}') else {
            text.push('{');
            rest = after;
            continue;
        };
        match values.iter().find(|(key, _)| *key == name) {
            Some((_, value)) => text.push_str(value),
            None => text.push_str(&format!("{{{name}}}")),
        }
        rest = behind;
    }
    text + rest
}

fn blanks(form: &str) -> BTreeSet<&str> {
    form.split('{')
        .skip(1)
        .map(|rest| rest.split_once('}').map_or(rest, |(name, _)| name))
        .collect()
}

const IN_NUMBERS: &[&str] = &["place", "year", "n"];
pub const IN_LETTERS: &[&str] = &[
    "number",
    "subject",
    "description",
    "stage",
    "level",
    "due",
    "days_over",
    "idle_days",
    "waits_for",
    "addressee",
    "sender",
    "today",
    "explanations",
];

pub(super) fn read(text: &str) -> Outcome<EscalationTable> {
    let mut table: EscalationTable = read_toml(FILE, text)?;
    if let Some(why) = ladder::fault(&table.steps) {
        return Err(fault(FILE, why));
    }
    for step in table.steps.iter().filter(|step| step.drafts != Draft::Nothing) {
        if table.letter(step.drafts).is_none() {
            let why = format!("step {} drafts {}, which has no form", step.id, step.drafts);
            return Err(fault(FILE, why));
        }
    }
    let digest = &table.digest;
    let mut forms: Vec<(&str, &[&str])> = vec![
        (&digest.subject, &["day", "n"]),
        (&digest.greeting, &["name"]),
        (&digest.line, &["number", "subject", "due"]),
        (&digest.more, &["n"]),
        (&digest.stuck, &["days"]),
        (&digest.letter_line, &["letter", "title"]),
        (&table.wording.explanations, &["n"]),
        (&table.wording.explanation, &["n", "agency", "day", "text"]),
    ];
    for letter in &table.letters {
        forms.extend([
            (letter.number.as_str(), IN_NUMBERS),
            (letter.title.as_str(), IN_LETTERS),
            (letter.text.as_str(), IN_LETTERS),
        ]);
        if !IN_NUMBERS
            .iter()
            .all(|name| blanks(&letter.number).contains(name))
        {
            let why = format!(
                "letter {}: a number holds {{place}}, {{year}} and {{n}}",
                letter.drafts
            );
            return Err(fault(FILE, why));
        }
    }
    for (form, known) in forms {
        if let Some(blank) = blanks(form).into_iter().find(|blank| !known.contains(blank)) {
            return Err(fault(FILE, format!("nothing fills {{{blank}}} in {form:?}")));
        }
    }
    let numbers: BTreeSet<&str> = table
        .letters
        .iter()
        .map(|letter| letter.number.as_str())
        .collect();
    if numbers.len() < table.letters.len() {
        return Err(fault(FILE, "two kinds of letters share a series of numbers"));
    }
    let figures = [
        ("stuck_after_days", table.stuck_after_days, 1, 365),
        (
            "digest.first_looks_back_days",
            digest.first_looks_back_days,
            1,
            30,
        ),
        (
            "digest.most_lines",
            i64::try_from(digest.most_lines).unwrap_or(i64::MAX),
            1,
            100,
        ),
        (
            "digest.retry_after_minutes",
            i64::try_from(digest.retry_after_minutes.len()).unwrap_or(i64::MAX),
            1,
            20,
        ),
    ];
    for (name, figure, least, most) in figures {
        if !(least..=most).contains(&figure) {
            return Err(fault(
                FILE,
                format!("{name} is {figure}, not between {least} and {most}"),
            ));
        }
    }
    let a_week = 7 * DAY / 60_000;
    if digest
        .retry_after_minutes
        .iter()
        .any(|minutes| !(1..=a_week).contains(minutes))
    {
        return Err(fault(
            FILE,
            "digest.retry_after_minutes: from one minute to a week each",
        ));
    }
    let open = StageName::ALL.iter().filter(|stage| stage.is_open());
    if let Some(stage) = open
        .into_iter()
        .find(|stage| table.wording.stage(**stage).is_empty())
    {
        return Err(fault(FILE, format!("wording.stages names no {stage}")));
    }
    for (level, determination) in [
        (InitialLevel::General, Determination::NotMajor),
        (InitialLevel::Serious, Determination::NotMajor),
        (InitialLevel::SuspectedMajor, Determination::Pending),
        (InitialLevel::General, Determination::Major),
    ] {
        if table.wording.level(level, determination).is_empty() {
            return Err(fault(
                FILE,
                format!("wording.levels names no {level} ({determination})"),
            ));
        }
    }
    if time_of_day(&digest.at).is_none() {
        return Err(fault(FILE, "digest.at is written 08:30"));
    }
    for letter in &mut table.letters {
        letter.text = letter.text.trim().to_owned();
    }
    Ok(table)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHIPPED: &str = include_str!("../../../../data/escalation.toml");

    fn told(from: &str, to: &str) -> String {
        assert!(SHIPPED.contains(from), "{from}");
        let refused = read(&SHIPPED.replacen(from, to, 1)).expect_err("this cannot be meant");
        refused.to_string()
    }

    #[test]
    fn the_shipped_ladder_can_be_read() {
        let table = read(SHIPPED).unwrap();
        let ids: Vec<&str> = table.steps.iter().map(|step| step.id.as_str()).collect();
        assert_eq!(
            ids,
            ["reminder", "yellow", "red", "red_sign_off", "leader", "referral"]
        );
        assert!(
            table
                .steps
                .iter()
                .all(|step| step.source.starts_with("市设，非法定"))
        );
        assert_eq!(table.digest.time_of_day(), 8 * HOUR + HOUR / 2);
    }

    #[test]
    fn what_cannot_be_meant_is_told_with_its_place() {
        for (from, to, why) in [
            ("id = \"yellow\"", "id = \"reminder\"", "used once"),
            ("days = -3", "days = -300", "at most 180"),
            (
                "stages = [\"accepted\"]",
                "stages = [\"void\"]",
                "still to be done",
            ),
            (
                "drafts = \"reminder\"\nname_zh",
                "drafts = \"nothing\"\nname_zh",
                "has no form",
            ),
            ("{waits_for}办理。\n\n请你", "{whom}办理。\n\n请你", "{whom}"),
            ("督〔{year}〕{n}号", "督〔{year}〕号", "{n}"),
            ("安委办督〔", "安委办提〔", "share a series"),
            ("serious = \"较大隐患\"", "", "names no serious"),
            ("at = \"08:30\"", "at = \"8.30\"", "08:30"),
            ("stuck_after_days = 7", "stuck_after_days = 0", "stuck_after_days"),
            ("[1, 5, 30, 120, 360]", "[0]", "retry_after_minutes"),
            (
                "reaches = [\"awaited\"]",
                "reaches = [\"everybody\"]",
                "everybody",
            ),
        ] {
            let said = told(from, to);
            assert!(
                said.contains(why) && said.contains("escalation.toml"),
                "{to}: {said}"
            );
        }
    }

    #[test]
    fn blanks_are_filled_once_and_what_was_typed_stays() {
        let values = [("a", "{b}"), ("b", "二")];
        assert_eq!(filled("{a}和{b}，{c}{", &values), "{b}和二，{c}{");
    }
}
