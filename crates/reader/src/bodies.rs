//! Who does what: explicit marks (责任单位：…，（…牵头，…配合）), and what a sentence says by itself (由…负责, 会同…).
//!
//! Names are taken as written. Nothing is looked up, completed or guessed.

use std::{ops::Range, sync::LazyLock};

use aho_corasick::AhoCorasick;

use crate::{
    cues::machine,
    reading::Bodies,
    text::{blank, tight},
    words::{MARKS, Relation},
};

mod names;
mod spoken;

pub(crate) use names::{ends_as_body, is_body, listed, without_person};
pub(crate) use spoken::{Spoken, spoken};

/// Names that one mark lists at most, and characters that a name has.
const NAMES: usize = 60;
const NAME: usize = 40;

/// What a mark says.
#[derive(Debug, Clone, Default)]
pub(crate) struct Said {
    pub bodies: Bodies,
    pub leaders: Vec<String>,
    pub due: Vec<String>,
    pub measures: Vec<String>,
    pub targets: Vec<String>,
}

impl Said {
    pub(crate) fn is_empty(&self) -> bool {
        self.bodies == Bodies::default() && self.leaders.is_empty() && self.due.is_empty()
    }

    pub(crate) fn put(&mut self, relation: Relation, value: &str) {
        let (text, into) = match relation {
            Relation::Lead => (value, &mut self.bodies.lead),
            Relation::CarryOut => (value, &mut self.bodies.carry_out),
            Relation::Cooperate => (value, &mut self.bodies.cooperate),
            Relation::Coordinate => (value, &mut self.bodies.coordinate),
            Relation::FollowUp => (value, &mut self.bodies.follow_up),
            Relation::Leader => (value, &mut self.leaders),
            Relation::Due => return self.due.push(value.trim().to_owned()),
            Relation::Measure => return self.measures.push(value.trim().to_owned()),
            Relation::Target => return self.targets.push(value.trim().to_owned()),
            Relation::Problem | Relation::Other => return,
        };
        for name in listed(text) {
            if !into.contains(&name) && into.len() < NAMES {
                into.push(name);
            }
        }
    }

    pub(crate) fn add(&mut self, other: Said) {
        let all = |into: &mut Vec<String>, from: Vec<String>| {
            for name in from {
                if !into.contains(&name) && into.len() < NAMES {
                    into.push(name);
                }
            }
        };
        all(&mut self.bodies.lead, other.bodies.lead);
        all(&mut self.bodies.carry_out, other.bodies.carry_out);
        all(&mut self.bodies.cooperate, other.bodies.cooperate);
        all(&mut self.bodies.coordinate, other.bodies.coordinate);
        all(&mut self.bodies.follow_up, other.bodies.follow_up);
        all(&mut self.leaders, other.leaders);
        self.due.extend(other.due);
        self.measures.extend(other.measures);
        self.targets.extend(other.targets);
    }
}

struct Labels {
    machine: AhoCorasick,
    relation: Vec<Relation>,
}

static LABELS: LazyLock<Labels> = LazyLock::new(|| {
    let pairs: Vec<(&String, Relation)> = MARKS
        .label
        .iter()
        .flat_map(|label| label.labels.iter().map(|word| (word, label.relation)))
        .collect();
    Labels {
        machine: machine(&pairs.iter().map(|(word, _)| *word).collect::<Vec<_>>()),
        relation: pairs.iter().map(|(_, relation)| *relation).collect(),
    }
});

/// What a column is called, if this is a name of one.
pub(crate) fn column(cell: &str) -> Option<Relation> {
    let cell = tight(cell);
    let labels = &*LABELS;
    let found = labels.machine.find(&cell)?;
    (found.end() - found.start() + 12 >= cell.len() && found.start() <= 6)
        .then(|| labels.relation[found.pattern().as_usize()])
}

/// A mark and what it says: bracketed at the end of an item, or a line of its own.
#[derive(Debug)]
pub(crate) struct Mark {
    pub range: Range<usize>,
    pub said: Said,
}

/// Marks in brackets.
pub(crate) fn bracketed(text: &str) -> Vec<Mark> {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(open) = text[at..].find(['（', '(', '【', '[']).map(|found| at + found) {
        let opener = text[open..].chars().next().map_or(1, char::len_utf8);
        let Some(close) = closing(text, open + opener) else {
            at = open + opener;
            continue;
        };
        let inner = &text[open + opener..close];
        let end = close + text[close..].chars().next().map_or(1, char::len_utf8);
        // A line is never crossed, and a mark says more than a word.
        let said = if inner.contains('\n') {
            Said::default()
        } else {
            inside(inner)
        };
        if said.is_empty() {
            at = open + opener;
        } else {
            out.push(Mark {
                range: open..end,
                said,
            });
            at = end;
        }
    }
    out
}

/// Bytes that a bracket holds at most.
const BRACKET: usize = 1500;

fn closing(text: &str, from: usize) -> Option<usize> {
    let mut depth = 0usize;
    for (at, c) in text[from..].char_indices() {
        if at > BRACKET || c == '\n' {
            return None;
        }
        match c {
            '（' | '(' | '【' | '[' => depth += 1,
            '）' | ')' | '】' | ']' if depth == 0 => return Some(from + at),
            '）' | ')' | '】' | ']' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// A line that is a mark without brackets.
pub(crate) fn line(text: &str) -> Option<Said> {
    let text = text.trim_matches(blank);
    let labels = &*LABELS;
    let first = labels.machine.find(text)?;
    let relation = labels.relation[first.pattern().as_usize()];
    let named = matches!(
        relation,
        Relation::Lead
            | Relation::CarryOut
            | Relation::Cooperate
            | Relation::Coordinate
            | Relation::FollowUp
            | Relation::Leader
            | Relation::Due
    );
    let lead = &text[..first.start()];
    let colon = text[first.end()..]
        .trim_start_matches(blank)
        .starts_with(['：', ':']);
    if !named || !colon || lead.chars().any(crate::text::han) || lead.chars().count() > 6 {
        return None;
    }
    let said = labelled(text);
    (!said.is_empty()).then_some(said)
}

/// The label that a line begins with, and the bytes before what it says.
pub(crate) fn label(text: &str) -> Option<(Relation, usize)> {
    let labels = &*LABELS;
    let found = labels.machine.find(text).filter(|found| found.start() < 30)?;
    let colon = text[found.end()..]
        .chars()
        .next()
        .filter(|c| matches!(c, '：' | ':'))?;
    Some((
        labels.relation[found.pattern().as_usize()],
        found.end() + colon.len_utf8(),
    ))
}

fn inside(inner: &str) -> Said {
    let said = labelled(inner);
    match said.is_empty() {
        true => tails(inner),
        false => said,
    }
}

/// 牵头单位：甲；配合单位：乙、丙
fn labelled(text: &str) -> Said {
    let labels = &*LABELS;
    let mut said = Said::default();
    let mut open: Option<(Relation, usize)> = None;
    for found in labels.machine.find_iter(text) {
        let after = &text[found.end()..];
        let blanks = after.len() - after.trim_start_matches(blank).len();
        let Some(colon) = after[blanks..].chars().next().filter(|c| matches!(c, '：' | ':')) else {
            continue;
        };
        if let Some((relation, from)) = open {
            said.put(relation, value(&text[from..found.start()]));
        }
        open = Some((
            labels.relation[found.pattern().as_usize()],
            found.end() + blanks + colon.len_utf8(),
        ));
    }
    if let Some((relation, from)) = open {
        said.put(relation, value(&text[from..]));
    }
    said
}

fn value(text: &str) -> &str {
    let text = text.split('。').next().unwrap_or_default();
    text.trim_matches(|c| blank(c) || matches!(c, '，' | ',' | '；' | ';' | '。' | '|' | '、'))
}

/// 甲牵头，乙、丙按职责分工负责
fn tails(text: &str) -> Said {
    let mut said = Said::default();
    let mut names: Vec<String> = Vec::new();
    for clause in text.split(['，', ',', '；', ';', '。']) {
        let clause = clause.trim_matches(blank);
        let found = MARKS
            .tail
            .iter()
            .flat_map(|tail| tail.words.iter().map(|word| (tail.relation, word.as_str())))
            .filter(|(_, word)| clause.ends_with(word))
            .max_by_key(|(_, word)| word.len());
        match found {
            Some((relation, word)) => {
                names.extend(listed(&clause[..clause.len() - word.len()]));
                if names.is_empty() || !names.iter().all(|name| is_body(name)) {
                    return Said::default();
                }
                said.put(relation, &names.join("、"));
                names.clear();
            }
            None => names.extend(listed(clause)),
        }
    }
    match names.is_empty() {
        true => said,
        false => Said::default(),
    }
}
