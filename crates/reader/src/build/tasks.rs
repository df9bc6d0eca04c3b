//! What is told of each task: path, kind, bodies, time, target, steps, and whom to report to.

use std::ops::Range;

use super::{Draft, Page};
use crate::{
    bodies::{self, Said},
    cues::{self, Hit},
    deadline::{self, Time},
    judge,
    outline::Order,
    reading::{Bodies, Cycle, Deadline, Due, Kind, LeadBasis, Task},
    text::{Ruler, blank, clip, tight},
    words::WORDS,
};

/// Characters of a task's text that are shown; its place says the rest.
const TEXT: usize = 2000;
const MEASURES: usize = 30;

pub(super) fn tasks(
    page: &Page,
    original: &str,
    ruler: &Ruler,
    drafts: &[Draft],
    cut: Option<Range<usize>>,
) -> Vec<Task> {
    let mut out: Vec<Task> = Vec::with_capacity(drafts.len());
    let mut hits: Vec<Hit> = Vec::new();
    // The last subject under which heading: what follows without one inherits it.
    let mut spoken_to: Option<(Option<usize>, Vec<String>)> = None;
    for (number, draft) in drafts.iter().enumerate() {
        let words = &page.view.text[draft.range.clone()];
        cues::find(words, &mut hits);
        let path = page.outline.path(draft.segment);
        let path: Vec<usize> = path
            .into_iter()
            .filter(|heading| page.outline.headings[*heading].range.start < draft.range.start)
            .collect();
        let section = path.first().copied();
        let span = page.view.span(&draft.range);
        let spoken = bodies::spoken(words, &hits);
        let (bodies, lead, basis) = answers(&draft.said, &spoken, &spoken_to, section);
        if !spoken.subject.is_empty() {
            spoken_to = Some((section, spoken.subject.clone()));
        } else if draft.mark.is_some() {
            spoken_to = None;
        }
        let truncated = cut.as_ref().is_some_and(|cut| {
            cut.start <= draft.range.end && draft.range.start <= cut.end && draft.range.end >= cut.end
        });
        let (deadline, cycle) = time(page, draft, words, &path);
        let report_to = report_to(words);
        let kind = kind(
            page,
            words,
            &path,
            truncated,
            report_to.is_some(),
            deadline.as_ref(),
        );
        let mut actors = Vec::new();
        for name in [
            &bodies.coordinate,
            &bodies.lead,
            &bodies.carry_out,
            &bodies.cooperate,
        ]
        .into_iter()
        .flatten()
        .chain(&lead)
        {
            if !actors.contains(name) {
                actors.push(name.clone());
            }
        }
        let (target, measures) = content(&draft.said, words, &hits);
        out.push(Task {
            number: number + 1,
            start: ruler.chars(span.start),
            end: ruler.chars(span.end),
            text: clip(&original[span], TEXT),
            heading_path: path
                .iter()
                .map(|heading| {
                    clip(
                        page.view.text[page.outline.headings[*heading].range.clone()].trim_matches(blank),
                        120,
                    )
                })
                .collect(),
            kind,
            light: kind != Kind::GeneralRequirement,
            cooperating: bodies.cooperate.clone(),
            lead,
            lead_basis: basis,
            actors,
            bodies,
            leaders: draft.said.leaders.clone(),
            deadline,
            cycle,
            target,
            measures,
            report_to,
            mark: draft
                .mark
                .clone()
                .map(|mark| clip(&original[page.view.span(&mark)], 300)),
        });
    }
    out
}

/// Who answers for a task: the mark, else the sentence, else its subject, else the subject before it.
fn answers(
    said: &Said,
    spoken: &bodies::Spoken,
    before: &Option<(Option<usize>, Vec<String>)>,
    section: Option<usize>,
) -> (Bodies, Vec<String>, LeadBasis) {
    let marked = &said.bodies;
    if *marked != Bodies::default() {
        let lead = match (marked.lead.is_empty(), marked.carry_out.is_empty()) {
            (false, _) => marked.lead.clone(),
            (true, false) => marked.carry_out.clone(),
            (true, true) => marked.coordinate.clone(),
        };
        return (marked.clone(), lead, LeadBasis::Mark);
    }
    let mut bodies = spoken.bodies.clone();
    let all: Vec<&String> = bodies
        .lead
        .iter()
        .chain(&bodies.cooperate)
        .chain(&bodies.coordinate)
        .chain(&bodies.follow_up)
        .collect();
    let subject: Vec<String> = spoken
        .subject
        .iter()
        .filter(|name| !all.contains(name))
        .cloned()
        .collect();
    bodies.carry_out =
        bodies
            .carry_out
            .into_iter()
            .chain(subject.clone())
            .fold(Vec::new(), |mut names, name| {
                if !names.contains(&name) {
                    names.push(name);
                }
                names
            });
    for (list, basis) in [
        (&bodies.lead, LeadBasis::Sentence),
        (&bodies.coordinate, LeadBasis::Sentence),
        (&subject, LeadBasis::Subject),
        (&bodies.carry_out, LeadBasis::Sentence),
    ] {
        if !list.is_empty() {
            return (bodies.clone(), list.clone(), basis);
        }
    }
    match before {
        Some((under, names)) if *under == section => (bodies, names.clone(), LeadBasis::Inherited),
        _ => (bodies, Vec::new(), LeadBasis::None),
    }
}

fn time(page: &Page, draft: &Draft, words: &str, path: &[usize]) -> (Option<Deadline>, Option<Cycle>) {
    let base = page.facts.date;
    let (times, cycle) = deadline::times(words, base);
    let cycle = cycle.map(|range| Cycle {
        phrase: words[range].to_owned(),
    });
    if let Some(phrase) = draft.said.due.first() {
        let iso = deadline::times(phrase, base)
            .0
            .into_iter()
            .max_by_key(|time| time.weight)
            .and_then(|time| time.iso);
        return (
            Some(Deadline {
                phrase: clip(phrase, 80),
                iso,
                all: Vec::new(),
                inherited: false,
            }),
            cycle,
        );
    }
    let best = |times: &[Time]| -> Option<Time> {
        times
            .iter()
            .rev()
            .max_by_key(|time| time.weight)
            .filter(|time| time.weight > 0)
            .cloned()
    };
    let own = best(&times);
    if own.as_ref().is_none_or(|time| time.weight < deadline::BARE) {
        // A step of a plan has its time in its heading.
        for heading in path.iter().rev() {
            let words = &page.view.text[page.outline.headings[*heading].words.clone()];
            let times = deadline::times(words, base).0;
            if let Some(time) = best(&times).filter(|time| {
                time.weight > deadline::BARE || time.weight == deadline::BARE && time.iso.is_some()
            }) {
                let phrase = words[time.range].to_owned();
                return (
                    Some(Deadline {
                        phrase,
                        iso: time.iso,
                        all: Vec::new(),
                        inherited: true,
                    }),
                    cycle,
                );
            }
        }
    }
    let deadline = own.map(|time| {
        let dated: Vec<Due> = times
            .iter()
            .filter(|time| time.weight >= deadline::BARE)
            .map(|time| Due {
                phrase: words[time.range.clone()].to_owned(),
                iso: time.iso.clone(),
            })
            .collect();
        Deadline {
            phrase: words[time.range].to_owned(),
            iso: time.iso,
            all: if dated.len() > 1 { dated } else { Vec::new() },
            inherited: false,
        }
    });
    (deadline, cycle)
}

fn kind(
    page: &Page,
    words: &str,
    path: &[usize],
    truncated: bool,
    reports: bool,
    deadline: Option<&Deadline>,
) -> Kind {
    let lists = &*WORDS;
    let has = |list: &[String]| list.iter().any(|word| words.contains(word.as_str()));
    if truncated {
        return Kind::Truncated;
    }
    if deadline.is_some_and(|deadline| deadline.inherited && deadline.iso.is_some())
        && path
            .last()
            .is_some_and(|heading| page.outline.headings[*heading].order != Order::Chinese)
    {
        return Kind::Stage;
    }
    if reports && (deadline.is_some() || has(&lists.report.verbs)) {
        return Kind::Report;
    }
    let inspected = matches!(page.facts.kind_id(), Some("feedback"));
    if has(&lists.rectification.words) && (inspected || words.contains("整改")) && !has(&lists.general.words)
    {
        return Kind::Rectification;
    }
    let concrete = has(&lists.general.concrete);
    if has(&lists.general.words) && !concrete && deadline.is_none() {
        return Kind::GeneralRequirement;
    }
    let mechanism = lists.mechanism.verbs.iter().any(|verb| {
        words.find(verb.as_str()).is_some_and(|at| {
            let near: String = words[at..].chars().take(60).collect();
            lists
                .mechanism
                .objects
                .iter()
                .any(|object| near.contains(object.as_str()))
        })
    });
    if mechanism {
        return Kind::Mechanism;
    }
    Kind::Action
}

/// 报送某单位, 向某单位报告, 报我办.
fn report_to(words: &str) -> Option<String> {
    for verb in [
        "报送至",
        "报送",
        "上报至",
        "上报",
        "反馈至",
        "反馈",
        "报告",
        "抄报",
        "报备",
        "报",
    ] {
        let Some(at) = words.rfind(verb) else {
            continue;
        };
        // 及时向国家能源局报告
        if let Some(from) = words[..at].rfind('向') {
            let name = &words[from + '向'.len_utf8()..at];
            let name = tight(name.split(['书', '及']).next().unwrap_or(name));
            if bodies::is_body(&name) {
                return Some(name);
            }
        }
        let rest = &words[at + verb.len()..];
        let end = rest
            .char_indices()
            .find(|(_, c)| matches!(c, '，' | '。' | '；' | '（' | '(' | ',' | '、' | '：'))
            .map_or(rest.len(), |(end, _)| end);
        let name = tight(&rest[..end]);
        let own = name.starts_with('我') && (2..=8).contains(&name.chars().count());
        if own || (3..=30).contains(&name.chars().count()) && bodies::is_body(&name) {
            return Some(name);
        }
    }
    None
}

/// What it is about and its single steps: of a mark or table where they say so, else the clauses of the sentence.
fn content(said: &Said, words: &str, hits: &[Hit]) -> (Option<String>, Vec<String>) {
    let subject = judge::subject(words, hits);
    let mut measures: Vec<String> = said.measures.clone();
    let mut target = said.targets.first().cloned();
    let mut clauses = Vec::new();
    for clause in judge::clauses(words).take(60) {
        let mut start = clause.start;
        if let Some(subject) = subject
            .as_ref()
            .filter(|subject| clause.contains(&subject.range.start))
        {
            start = subject.range.end;
        }
        let text = words[start..clause.end].trim_matches(|c| blank(c) || matches!(c, '。' | '；' | '、'));
        let text = text.strip_prefix('要').unwrap_or(text);
        let acts = hits
            .iter()
            .skip_while(|hit| (hit.start as usize) < start)
            .take_while(|hit| (hit.end as usize) <= clause.end)
            .any(|hit| hit.is(cues::Cue::Verb));
        if acts && (4..=80).contains(&text.chars().count()) {
            clauses.push(tight(text));
        }
    }
    if target.is_none() {
        target = clauses.first().map(|clause| clip(clause, 60));
    }
    if measures.is_empty() {
        measures = clauses;
    }
    measures.truncate(MEASURES);
    (target, measures)
}
