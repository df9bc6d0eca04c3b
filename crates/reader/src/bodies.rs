//! Who does what: explicit marks (责任单位：…，（…牵头，…配合）), and what a sentence says by itself (由…负责, 会同…).
//!
//! Names are taken as written. Nothing is looked up, completed or guessed.

use std::{ops::Range, sync::LazyLock};

use aho_corasick::AhoCorasick;

use crate::{
    cues::{Hit, machine},
    judge,
    reading::Bodies,
    text::{blank, tight},
    words::{MARKS, Relation, WORDS},
};

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

    fn put(&mut self, relation: Relation, value: &str) {
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

    pub(crate) fn take(&mut self, relation: Relation, value: &str) {
        self.put(relation, value);
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

/// Whether a name could be a body's.
pub(crate) fn is_body(name: &str) -> bool {
    let words = &*WORDS;
    name.chars().count() <= NAME
        && (words
            .body_end
            .iter()
            .any(|end| name.ends_with(end.as_str()) || name.ends_with(&format!("{end}等")))
            || words
                .body_start
                .iter()
                .any(|start| name.starts_with(start.as_str()))
            || name.ends_with(['）', ')']))
}

/// Whether a text ends in what bodies end in.
pub(crate) fn ends_as_body(text: &str) -> bool {
    WORDS.body_end.iter().any(|end| text.ends_with(end.as_str()))
}

/// The names of a list as written: 、 and commas part them, words of joining where what stands before is a whole name.
pub(crate) fn listed(text: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut depth = 0usize;
    let mut start = 0;
    let mut cut = Vec::new();
    for (at, c) in text.char_indices() {
        match c {
            '（' | '(' => depth += 1,
            '）' | ')' => depth = depth.saturating_sub(1),
            '、' | '，' | ',' | '；' | ';' | '/' | '\n' if depth == 0 => {
                cut.push(start..at);
                start = at + c.len_utf8();
            }
            _ => {}
        }
    }
    cut.push(start..text.len());
    for range in cut {
        for name in joined(&text[range]) {
            let name = name.trim_matches(|c| blank(c) || matches!(c, '。' | '：' | ':' | '|'));
            let name = tight(name.strip_suffix('等').unwrap_or(name));
            if !name.is_empty() && name.chars().count() <= NAME && out.len() < NAMES {
                out.push(name);
            }
        }
    }
    out
}

fn joined(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut rest = text;
    loop {
        let place = rest.char_indices().find(|(at, c)| {
            matches!(c, '和' | '及' | '与' | ' ' | '\u{3000}')
                && ends_as_body(rest[..*at].trim_end_matches(blank))
                && rest[at + c.len_utf8()..].chars().count() >= 2
        });
        let Some((at, c)) = place else {
            break;
        };
        out.push(&rest[..at]);
        rest = &rest[at + c.len_utf8()..];
        // 及其办公室 is part of the body before it.
        if rest.starts_with('其') {
            return out;
        }
    }
    out.push(rest);
    out
}

/// 软件公司杨经理 is the company: whoever holds a post there is not a body.
pub(crate) fn without_person(name: &str) -> String {
    const POSTS: [&str; 9] = [
        "经理", "主任", "局长", "处长", "科长", "部长", "同志", "总工", "书记",
    ];
    if POSTS.iter().any(|post| name.ends_with(post)) {
        let end = WORDS
            .body_end
            .iter()
            .filter(|end| end.chars().count() > 1 && !POSTS.contains(&end.as_str()))
            .filter_map(|end| name.rfind(end.as_str()).map(|at| at + end.len()))
            .filter(|end| *end < name.len() && name[*end..].chars().count() <= 6)
            .max();
        if let Some(end) = end {
            return name[..end].to_owned();
        }
    }
    name.to_owned()
}

/// What a sentence itself says of who leads and who helps. The subject is told apart, since it may be no more than who is spoken to.
#[derive(Debug, Default)]
pub(crate) struct Spoken {
    pub bodies: Bodies,
    pub subject: Vec<String>,
}

pub(crate) fn spoken(words: &str, hits: &[Hit]) -> Spoken {
    let mut out = Spoken::default();
    let clean = |text: &str| -> Vec<String> {
        listed(text)
            .into_iter()
            .map(|name| without_person(&name))
            .filter(|name| is_body(name))
            .collect()
    };
    if let Some(subject) = judge::subject(words, hits) {
        out.subject = clean(&words[subject.range]);
    }
    if let Some(range) = judge::by_whom(words, hits) {
        out.bodies.lead = clean(&words[range.clone()]);
        // 由甲会同乙, 由甲与乙
        out.bodies.cooperate = beside(&words[range.end..]);
        if let [lead] = out.bodies.lead.clone().as_slice()
            && let Some((first, rest)) = lead.split_once("会同")
        {
            out.bodies.lead = vec![first.to_owned()];
            out.bodies.cooperate.extend(clean(rest));
        }
    } else if let Some(asked) = judge::demand(words, hits) {
        let rest = &words[asked.end as usize..];
        let from = asked.end as usize;
        let end = judge::name_end(words, hits, from).map(|end| end - from);
        if let Some(end) = end.filter(|end| *end < 120 && rest.is_char_boundary(*end)) {
            let names = clean(&rest[..end]);
            if !names.is_empty() && words[asked.range()] != *"请" {
                out.bodies.cooperate = beside(&rest[end..]);
                out.bodies.lead = names;
            } else if !names.is_empty() {
                out.subject = names;
            }
        }
    }
    for (relation, name, at) in clauses_that_name(words) {
        let names: Vec<String> = name
            .into_iter()
            .map(|name| without_person(&name))
            .filter(|name| is_body(name))
            .collect();
        let into = match relation {
            Relation::Lead => &mut out.bodies.lead,
            Relation::Cooperate => &mut out.bodies.cooperate,
            Relation::Coordinate => &mut out.bodies.coordinate,
            Relation::FollowUp => &mut out.bodies.follow_up,
            _ => &mut out.bodies.carry_out,
        };
        let _ = at;
        for name in names {
            if !into.contains(&name) && into.len() < NAMES {
                into.push(name);
            }
        }
    }
    if out.bodies.cooperate.is_empty() {
        out.bodies.cooperate = beside(words);
    }
    let led = out.bodies.lead.clone();
    out.bodies.cooperate.retain(|name| !led.contains(name));
    out
}

/// 会同乙、丙 · 组织参建各方
fn beside(words: &str) -> Vec<String> {
    for word in ["会同", "组织各", "组织参", "与"] {
        if let Some(at) = words.find(word) {
            let from = match word {
                "组织各" | "组织参" => at + "组织".len(),
                _ => at + word.len(),
            };
            let rest = &words[from..];
            let mut found = None;
            for (end, c) in rest.char_indices().take(NAME) {
                if matches!(c, '，' | '。' | '；' | ',') {
                    break;
                }
                let name = &rest[..end + c.len_utf8()];
                if ends_as_body(name) {
                    found = Some(end + c.len_utf8());
                }
            }
            if let Some(end) = found {
                let names: Vec<String> = listed(&rest[..end])
                    .into_iter()
                    .filter(|name| is_body(name))
                    .collect();
                if !names.is_empty() {
                    return names;
                }
            }
        }
    }
    Vec::new()
}

/// 甲牵头实施，乙积极配合: a clause that ends or begins so after a body. Subjects of 负责 count as leading.
fn clauses_that_name(words: &str) -> Vec<(Relation, Vec<String>, usize)> {
    let mut out = Vec::new();
    for clause in judge::clauses(words).take(40) {
        let text = &words[clause.clone()];
        for tail in &MARKS.tail {
            let Some(at) = tail
                .words
                .iter()
                .filter_map(|word| text.find(word.as_str()))
                .min()
            else {
                continue;
            };
            let relation = match tail.relation {
                // 甲负责…: who is responsible leads.
                Relation::CarryOut
                    if text[at..].starts_with("负责") || text[at..].starts_with("具体负责") =>
                {
                    Relation::Lead
                }
                other => other,
            };
            let before = text[..at].trim_start_matches(blank);
            let before = [
                "由",
                "并由",
                "明确由",
                "请",
                "要求",
                "责成",
                "积极发挥",
                "充分发挥",
                "发挥",
                "在",
                "形成",
            ]
            .iter()
            .filter_map(|word| before.strip_prefix(word))
            .next()
            .unwrap_or(before);
            let before = before.trim_end_matches("要").trim_end_matches("的");
            if before.is_empty() || before.chars().count() > 60 {
                continue;
            }
            let names = listed(before);
            // A name that is none spoils the clause: 按照甲牵头 is no list of bodies.
            if !names.is_empty() && names.iter().all(|name| is_body(&without_person(name))) {
                out.push((relation, names, clause.start));
                break;
            }
        }
    }
    out
}
