//! Puts a reading together: lines in order, head and signature off, headings, marks and tables first, then sentence by sentence.

use std::{collections::HashSet, ops::Range};

use crate::{
    announced, bodies,
    damage::{self, Finding, layout, phrases, twice},
    facts::{self, Facts},
    input::Source,
    outline::{self, Outline},
    reading::{Damage, Document, Passage, Reading},
    segment::{self, Segment},
    text::{Ruler, clip},
    view::View,
    words::WORDS,
};

mod drafts;
mod marked;
mod sections;
mod tasks;

/// Entries of each list; a document of 50 MB made of nothing but tasks is not one that a person checks.
const MOST: usize = 20_000;
const SHOWN: usize = 400;

/// Everything that a task is made from.
pub(crate) struct Page<'a> {
    pub view: &'a View,
    pub segments: &'a [Segment],
    pub outline: &'a Outline,
    pub facts: &'a Facts,
}

/// What is no task, and its kind; bytes of the view.
type Passages = Vec<(Range<usize>, &'static str)>;

/// A task before its bodies and times are told.
pub(crate) struct Draft {
    /// Bytes of the view
    pub range: Range<usize>,
    /// The segment that it begins in
    pub segment: usize,
    pub said: bodies::Said,
    pub mark: Option<Range<usize>>,
}

pub(crate) fn reading(source: &Source) -> Reading {
    let original = &source.text;
    let mut layout = layout::layout(original);
    // Ends of printed lines still part the halves of columns, so they stay until the columns have been looked for.
    let wraps: HashSet<usize> = layout
        .findings
        .iter()
        .filter(|finding| finding.kind == "line_wrap")
        .map(|finding| finding.range.start)
        .collect();
    let apart: Vec<Range<usize>> = layout
        .out
        .iter()
        .filter(|range| !wraps.contains(&range.start))
        .cloned()
        .collect();
    let first = View::without(original, &damage::united(apart));
    let (printed, again) = twice::twice(&first.text);
    let mut findings: Vec<Finding> = std::mem::take(&mut layout.findings);
    findings.extend(printed.into_iter().map(|finding| Finding {
        range: first.span(&finding.range),
        ..finding
    }));
    let mut out = layout.out.clone();
    out.extend(again.iter().map(|range| first.span(range)));
    drop(first);
    let view = View::without(original, &damage::united(out));
    findings.extend(phrases::phrases(&view.text).into_iter().map(|finding| Finding {
        range: view.span(&finding.range),
        ..finding
    }));
    let cut = damage::cut::cut(&view.text, layout.pieces);
    let cut_at = cut.as_ref().map(|finding| finding.range.clone());
    findings.extend(cut.map(|finding| Finding {
        range: view.span(&finding.range),
        ..finding
    }));

    let mut segments = segment::segments(&view.text);
    let facts = facts::facts(&view.text, &mut segments);
    let outline = outline::outline(&view.text, &segments, facts.body_from);
    let page = Page {
        view: &view,
        segments: &segments,
        outline: &outline,
        facts: &facts,
    };
    let mut passages = Passages::new();
    let drafts = drafts::drafts(&page, cut_at.as_ref(), &mut passages);
    let ruler = Ruler::new(original);
    let mut left_off = 0;
    let mut limit = |count: usize| {
        left_off += count.saturating_sub(MOST);
        count.min(MOST)
    };
    let kept = limit(drafts.len());
    let tasks = tasks::tasks(&page, original, &ruler, &drafts[..kept], cut_at);
    let place = |range: &Range<usize>| (ruler.chars(range.start), ruler.chars(range.end));

    let (problems, others): (Vec<_>, Vec<_>) = passages.into_iter().partition(|(_, kind)| *kind == "problem");
    let mut told = |list: Passages| -> Vec<Passage> {
        let kept = limit(list.len());
        list.into_iter()
            .take(kept)
            .map(|(range, kind)| {
                let span = view.span(&range);
                let (start, end) = place(&span);
                Passage {
                    start,
                    end,
                    kind,
                    text: clip(&original[span], SHOWN),
                }
            })
            .collect()
    };
    let (problems, passages) = (told(problems), told(others));
    findings.sort_by_key(|finding| (finding.range.start, finding.range.end));
    let kept = limit(findings.len());
    let damage = findings
        .into_iter()
        .take(kept)
        .map(|finding| {
            let (start, end) = place(&finding.range);
            Damage {
                start,
                end,
                kind: finding.kind,
                found: clip(&original[finding.range], SHOWN),
                proposed: finding.proposed.map(|text| clip(&text, SHOWN)),
                confidence: (finding.confidence * 100.0).round() / 100.0,
                note: finding.note,
            }
        })
        .collect();
    let missing = announced::missing(&view, &segments, &outline)
        .into_iter()
        .map(|mut gap| {
            (gap.missing.start, gap.missing.end) = place(&view.span(&gap.range));
            gap.missing
        })
        .collect();
    let sections = sections::sections(&page, original, &ruler);
    let kept = limit(sections.len());
    Reading {
        document: document(source, &facts),
        tasks,
        problems,
        passages,
        sections: sections.into_iter().take(kept).collect(),
        damage,
        missing,
        text: (source.format != "txt").then(|| original.clone()),
        left_off,
    }
}

fn document(source: &Source, facts: &Facts) -> Document {
    let kind = facts.kind.map(|kind| &WORDS.kind[kind]);
    Document {
        format: source.format,
        encoding: source.encoding,
        characters: source.text.chars().count(),
        title: facts.title.clone(),
        kind: kind.map(|kind| kind.id.clone()),
        kind_name: kind.map(|kind| kind.name.clone()),
        speaker: facts.speaker.clone(),
        issuer: facts.issuer.clone(),
        number: facts.number.clone(),
        date: facts.date.map(|day| day.iso()),
        addressees: facts.addressees.clone(),
    }
}
