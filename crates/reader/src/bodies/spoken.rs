//! What a sentence itself says of who leads and who helps, without any mark: 由…负责, 会同…, 甲牵头实施.

use super::{NAME, NAMES, ends_as_body, is_body, listed, without_person};
use crate::{
    cues::Hit,
    judge,
    reading::Bodies,
    text::blank,
    words::{MARKS, Relation},
};

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
    for (relation, names) in clauses_that_name(words) {
        let names: Vec<String> = names
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
fn clauses_that_name(words: &str) -> Vec<(Relation, Vec<String>)> {
    let mut out = Vec::new();
    for clause in judge::clauses(words).take(40) {
        let text = &words[clause];
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
                out.push((relation, names));
                break;
            }
        }
    }
    out
}
