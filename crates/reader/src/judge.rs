//! Which sentences lay a duty on somebody, and what the others are.
//!
//! The rules ask, in this order: is somebody quoted, is it why the paper is written, is it courtesy, does it tell what was, what is
//! wrong; only then whether it orders. What a heading says of its section counts, and so does what the passage before was about.

use std::ops::Range;

use crate::{
    cues::{Cue, Hit},
    deadline,
    outline::Role,
    text::{blank, han},
};

/// What the passage is about, until something ends it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mood {
    Plain,
    /// What was reached, or how things are
    Looking,
    /// What is wrong
    Wrong,
}

#[derive(Debug)]
pub(crate) struct Setting<'a> {
    pub role: Role,
    pub mood: Mood,
    pub kind: Option<&'a str>,
    pub orders: bool,
    /// Somebody has begun to demand things (in news and minutes, which tell of it)
    pub demanded: bool,
    /// The sentence is the only one of its numbered item
    pub item: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// From this byte of the sentence on
    Task {
        from: usize,
        strong: bool,
    },
    Passage(&'static str),
    Nothing,
}

/// Byte ranges of the clauses of a sentence.
pub(crate) fn clauses(words: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut start = 0;
    let mut depth = 0i32;
    let mut done = false;
    std::iter::from_fn(move || {
        if done {
            return None;
        }
        for (at, c) in words[start..].char_indices() {
            match c {
                '（' | '(' | '《' | '“' => depth += 1,
                '）' | ')' | '》' | '”' => depth = (depth - 1).max(0),
                '，' | ',' | '：' | ':' if depth == 0 => {
                    let range = start..start + at;
                    start += at + c.len_utf8();
                    return Some(range);
                }
                _ => {}
            }
        }
        done = true;
        Some(start..words.len())
    })
}

/// How many clauses are looked at for a subject.
const CLAUSES: usize = 5;
/// Bytes that a subject has at most.
const SUBJECT: usize = 150;

/// Who the sentence is about, and whether a duty word follows at once.
#[derive(Debug, Clone)]
pub(crate) struct Subject {
    pub range: Range<usize>,
    pub modal: bool,
}

pub(crate) fn subject(words: &str, hits: &[Hit]) -> Option<Subject> {
    let mut plain = None;
    for clause in clauses(words).take(CLAUSES) {
        let lead = words[clause.clone()].len() - words[clause.clone()].trim_start_matches(blank).len();
        let mut start = clause.start + lead;
        // 请市应急局, 由市应急局: the word before is not of the name.
        for word in ["并由", "由", "敬请", "请"] {
            if words[start..clause.end].starts_with(word) {
                start += word.len();
                break;
            }
        }
        let from = hits.partition_point(|hit| (hit.start as usize) < start);
        // 积极发挥市安委会…职能 begins with what is done, and the bodies in it are its object.
        let opens = |word: &str| words[start..clause.end].starts_with(word);
        if ["积极发挥", "充分发挥", "更好发挥", "发挥"]
            .into_iter()
            .any(opens)
        {
            continue;
        }
        for (place, hit) in hits[from..].iter().enumerate() {
            let end = hit.end as usize;
            if end > clause.end || end - start > SUBJECT {
                break;
            }
            if hit.is(Cue::Modal) || hit.is(Cue::Past) || (hit.is(Cue::Verb) && hit.start as usize == start) {
                break;
            }
            if !hit.is(Cue::BodyEnd) {
                continue;
            }
            // 部门（单位）要: what stands in brackets belongs to the name.
            let mut after = end;
            if words[after..].starts_with(['（', '(']) {
                match words[after..].find(['）', ')']) {
                    Some(close) if close < 60 => {
                        after +=
                            close + 3.min(words[after + close..].chars().next().map_or(1, char::len_utf8))
                    }
                    _ => continue,
                }
            }
            let Some(next) = hits[from + place + 1..]
                .iter()
                .find(|next| next.start as usize >= after)
            else {
                continue;
            };
            if next.start as usize != after {
                continue;
            }
            let name = &words[start..after];
            if !name
                .chars()
                .all(|c| han(c) || c.is_ascii_alphanumeric() || "、（）()和及与×*/·“” ".contains(c))
            {
                break;
            }
            // 措施到位、责任人到位: a row of things is no row of bodies.
            if !crate::bodies::listed(name)
                .iter()
                .all(|name| crate::bodies::is_body(&crate::bodies::without_person(name)))
            {
                continue;
            }
            let modal = next.is(Cue::Modal)
                || (next.is(Cue::Adverb)
                    && hits[from + place + 1..]
                        .iter()
                        .skip_while(|hit| (hit.start as usize) < after)
                        .take_while(|hit| hit.is(Cue::Adverb) || hit.is(Cue::Modal))
                        .any(|hit| hit.is(Cue::Modal)));
            if modal {
                return Some(Subject {
                    range: start..after,
                    modal: true,
                });
            }
            let acts =
                next.is(Cue::Adverb) || next.is(Cue::Verb) || next.is(Cue::Opener) || next.is(Cue::Plans);
            if acts && plain.is_none() {
                plain = Some(Subject {
                    range: start..after,
                    modal: false,
                });
            }
        }
    }
    plain
}

/// Whether the sentence begins as an order without a subject: 全面开展…, 对…，严格…, 5年内重点扶持….
pub(crate) fn imperative(words: &str, hits: &[Hit]) -> bool {
    for (count, clause) in clauses(words).enumerate() {
        if count >= 4 {
            return false;
        }
        let text = &words[clause.clone()];
        let mut start = clause.start + (text.len() - text.trim_start_matches(blank).len());
        let times = if text
            .starts_with(|c: char| crate::text::digit(c).is_some() || matches!(c, '今' | '年' | '每'))
        {
            deadline::times(text, None).0
        } else {
            Vec::new()
        };
        if let Some(time) = times
            .first()
            .filter(|time| clause.start + time.range.start <= start)
        {
            start = clause.start + time.range.end;
            if start >= clause.end {
                continue;
            }
        }
        let from = hits.partition_point(|hit| (hit.start as usize) < start);
        let mut at = start;
        for hit in &hits[from..] {
            if hit.start as usize != at || hit.end as usize > clause.end {
                break;
            }
            if hit.is(Cue::Verb) {
                return true;
            }
            if !hit.is(Cue::Adverb) {
                break;
            }
            at = hit.end as usize;
        }
        let opens = hits
            .get(from)
            .is_some_and(|hit| hit.start as usize == start && hit.is(Cue::Opener));
        if !opens {
            return false;
        }
        // 按照进度保质保量完成: the order stands in the same clause.
        let inside = hits[from..]
            .iter()
            .take_while(|hit| hit.end as usize <= clause.end);
        let pairs = inside.clone().zip(inside.skip(1));
        if pairs
            .into_iter()
            .any(|(one, two)| one.is(Cue::Adverb) && two.is(Cue::Verb) && one.end == two.start)
        {
            return true;
        }
    }
    false
}

/// Where the name of a body ends that begins here: what follows it acts or is told when, what or how.
pub(crate) fn name_end(words: &str, hits: &[Hit], from: usize) -> Option<usize> {
    let first = hits.partition_point(|hit| hit.start as usize <= from);
    hits[first..]
        .iter()
        .take_while(|hit| (hit.start as usize) < from + SUBJECT)
        .filter(|hit| {
            [Cue::Verb, Cue::Adverb, Cue::Opener, Cue::Modal]
                .into_iter()
                .any(|cue| hit.is(cue))
        })
        .map(|hit| hit.start as usize)
        .find(|end| {
            let name = &words[from..*end];
            name.chars()
                .all(|c| han(c) || c.is_ascii_alphanumeric() || "、（）()和及与".contains(c))
                && (crate::bodies::ends_as_body(name)
                    || crate::bodies::without_person(name).len() < name.len())
        })
}

/// 由某单位负责, 提供, 完成.
pub(crate) fn by_whom(words: &str, hits: &[Hit]) -> Option<Range<usize>> {
    hits.iter()
        .filter(|hit| &words[hit.range()] == "由")
        .find_map(|hit| name_end(words, hits, hit.end as usize).map(|end| hit.end as usize..end))
}

/// The word that asks somebody, where it begins a clause or follows its speaker.
pub(crate) fn demand<'a>(words: &str, hits: &'a [Hit]) -> Option<&'a Hit> {
    hits.iter().find(|hit| {
        hit.is(Cue::Demand) && {
            let before = words[..hit.start as usize].chars().next_back();
            // 要求 with nothing after it is a noun; 提出要求 too.
            let followed = words[hit.end as usize..]
                .chars()
                .next()
                .is_some_and(|c| han(c) || c == '：' || c == '，');
            followed && before.is_none_or(|c| !han(c))
        }
    })
}

pub(crate) fn has(hits: &[Hit], cue: Cue) -> bool {
    hits.iter().any(|hit| hit.is(cue))
}

/// Whether a line that could be a heading lays a duty on somebody instead.
pub(crate) fn lays_duty(words: &str, hits: &[Hit]) -> bool {
    has(hits, Cue::Modal)
        || demand(words, hits).is_some()
        || by_whom(words, hits).is_some()
        || subject(words, hits).is_some_and(|subject| subject.modal)
        || words.contains("负责") && subject(words, hits).is_some()
}

/// A line that only says who has promised the line before it, and by when: 软件公司承诺：2月27日前完成.
pub(crate) fn promise(words: &str) -> bool {
    words.chars().count() <= 40
        && ["承诺", "负责人", "责任人"]
            .iter()
            .any(|word| words.contains(word))
        && deadline::times(words, None)
            .0
            .iter()
            .any(|time| time.weight >= deadline::BARE)
}

/// A line that tells how an earlier decision turned out.
pub(crate) fn outcome(words: &str) -> bool {
    ["结果", "完成情况", "落实情况", "办理结果", "进展情况", "办理情况"]
        .iter()
        .any(|word| {
            words
                .strip_prefix(word)
                .is_some_and(|rest| rest.starts_with(['：', ':']))
        })
}

pub(crate) fn names_subject(words: &str, hits: &[Hit]) -> bool {
    subject(words, hits).is_some_and(|subject| subject.modal)
}

/// A duty word in earnest: not 应…未….
fn modal(words: &str, hits: &[Hit]) -> bool {
    hits.iter().any(|hit| {
        hit.is(Cue::Modal) && {
            let weak = matches!(&words[hit.range()], "应" | "需" | "须");
            let rest: String = words[hit.end as usize..].chars().take(8).collect();
            !(weak && (rest.contains('未') || rest.contains('没')))
        }
    })
}

pub(crate) fn judge(words: &str, hits: &[Hit], stop: char, setting: &Setting) -> Verdict {
    let length = words.chars().filter(|c| han(*c)).take(7).count();
    if length < 6 {
        return Verdict::Nothing;
    }
    if words.starts_with(['（', '(', '【', '[']) && words.chars().take(3).any(|c| c == '注') {
        return Verdict::Passage("background");
    }
    if let Some(quoted) = hits.iter().find(|hit| hit.is(Cue::Quoted)) {
        let said = hits
            .iter()
            .any(|hit| hit.is(Cue::Quoting) && hit.start >= quoted.end && hit.start - quoted.end <= 75);
        if said && quoted.start < 90 {
            return Verdict::Passage("quotation");
        }
    }
    let (times, _) = deadline::times(words, None);
    let due = times.iter().any(|time| time.weight >= deadline::BOUND - 1);
    let dated = times.iter().any(|time| time.weight >= deadline::BARE);
    let whom = subject(words, hits);
    let asked = demand(words, hits);
    let by = by_whom(words, hits).is_some();
    let modal = modal(words, hits);
    let ordered = whom.as_ref().is_some_and(|subject| subject.modal && modal);
    let imperative = imperative(words, hits);
    let past = has(hits, Cue::Past);
    let wrong = has(hits, Cue::Problem);

    if has(hits, Cue::Purpose) && !(due && asked.is_some()) {
        return Verdict::Passage("purpose");
    }
    if has(hits, Cue::Courtesy) && !due && !modal {
        return Verdict::Passage("courtesy");
    }
    // Outside of news, a meeting that is to be called is a task like any other.
    let called = setting.kind != Some("news") && (dated || setting.role == Role::Work);
    let attended = hits
        .iter()
        .any(|hit| hit.is(Cue::Attendance) && !(called && &words[hit.range()] == "召开"));
    if attended && !ordered && !due {
        return Verdict::Passage("report");
    }
    if !setting.orders {
        return match setting.kind {
            Some("regulation") if modal || imperative => Verdict::Passage("rule"),
            _ if wrong => Verdict::Passage("problem"),
            _ => Verdict::Nothing,
        };
    }
    if setting.role == Role::Aside {
        return Verdict::Nothing;
    }
    let from = asked.map_or(0, |hit| hit.start as usize);
    // Inside what is wrong, only an order in so many words is one.
    let problems = setting.role == Role::Problem || setting.mood == Mood::Wrong;
    if (wrong || problems) && !ordered {
        let urgent = asked.is_some() || by || (due && !past && (imperative || words.contains("整改")));
        let about = imperative || (modal && words.starts_with(['对', '要', '凡', '针']));
        if urgent && !(setting.mood == Mood::Wrong && asked.is_none()) {
            return Verdict::Task {
                from: if wrong { from } else { 0 },
                strong: true,
            };
        }
        if problems || !about {
            return Verdict::Passage(if wrong || problems {
                "problem"
            } else {
                "background"
            });
        }
    }
    if problems && ordered && words.starts_with("我们") {
        return Verdict::Passage("problem");
    }
    if past && !ordered && !by && asked.is_none() && !(due && imperative) {
        return Verdict::Passage(if setting.mood == Mood::Looking {
            "praise"
        } else {
            "report"
        });
    }
    if setting.mood == Mood::Looking && !ordered && !by && asked.is_none() {
        return Verdict::Passage("praise");
    }
    if has(hits, Cue::Plans) && !modal {
        return Verdict::Passage("plan");
    }
    if setting.role == Role::Goal && !ordered {
        return Verdict::Passage("goal");
    }
    if setting.role == Role::Background && !ordered && !by && asked.is_none() {
        return Verdict::Passage("background");
    }
    let tells = setting.kind == Some("news") && !setting.demanded;
    if ordered || by {
        return Verdict::Task {
            from: 0,
            strong: true,
        };
    }
    if asked.is_some() && stop != '：' {
        return Verdict::Task {
            from: 0,
            strong: true,
        };
    }
    if tells {
        return Verdict::Passage("report");
    }
    if due && (imperative || whom.is_some() || modal) {
        return Verdict::Task {
            from: 0,
            strong: true,
        };
    }
    if stop == '：' {
        return Verdict::Nothing;
    }
    if modal {
        return Verdict::Task {
            from: 0,
            strong: words.starts_with(['要', '应', '须']),
        };
    }
    if imperative {
        return Verdict::Task {
            from: 0,
            strong: false,
        };
    }
    let working = setting.role == Role::Work
        || matches!(
            setting.kind,
            Some("minutes" | "plan" | "feedback" | "instruction")
        );
    if whom.is_some() && (working || dated) && (setting.kind != Some("speech") || setting.item) {
        return Verdict::Task {
            from: 0,
            strong: dated,
        };
    }
    Verdict::Nothing
}
