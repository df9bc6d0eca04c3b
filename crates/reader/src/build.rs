//! Puts a reading together: lines in order, head and signature off, headings, marks and tables first, then sentence by sentence.

use std::{collections::HashSet, ops::Range};

use crate::{
    announced, bodies,
    cues::{self, Cue},
    damage::{self, Finding, layout, phrases, twice},
    facts::{self, Facts},
    input::Source,
    judge::{self, Mood, Setting, Verdict},
    outline::{self, Outline, Role},
    reading::{Damage, Document, Passage, Reading, Section},
    segment::{self, Segment},
    table,
    text::{Ruler, blank, clip},
    view::View,
    words::{Relation, WORDS},
};

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
    let mut passages: Vec<(Range<usize>, &'static str)> = Vec::new();
    let drafts = drafts(&page, cut_at.as_ref(), &mut passages);
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
    let mut told = |list: Vec<(Range<usize>, &'static str)>| -> Vec<Passage> {
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
    let sections = sections(&page, original, &ruler);
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

fn sections(page: &Page, original: &str, ruler: &Ruler) -> Vec<Section> {
    let end = page.segments.last().map_or(0, |segment| segment.range.end);
    let titled: Vec<usize> = (0..page.outline.headings.len())
        .filter(|place| page.outline.headings[*place].titled)
        .collect();
    // Where each section ends: at the next heading of its level or above.
    let mut ends = vec![end; titled.len()];
    let mut open: Vec<usize> = Vec::new();
    for (place, &heading) in titled.iter().enumerate() {
        let heading = &page.outline.headings[heading];
        while let Some(&before) = open.last()
            && page.outline.headings[titled[before]].level >= heading.level
        {
            ends[before] = heading.range.start;
            open.pop();
        }
        open.push(place);
    }
    titled
        .iter()
        .zip(ends)
        .map(|(&heading, end)| {
            let heading = &page.outline.headings[heading];
            let span = page.view.span(&(heading.range.start..end.max(heading.range.end)));
            let words = page.view.span(&heading.range);
            let tail = original[span.clone()].len() - original[span.clone()].trim_end_matches(blank).len();
            Section {
                start: ruler.chars(span.start),
                end: ruler.chars(span.end - tail),
                level: heading.level,
                heading: clip(page.view.text[heading.range.clone()].trim_matches(blank), 120),
                order: {
                    let _ = words;
                    heading.order.name()
                },
            }
        })
        .collect()
}

/// What every segment is: a task, a passage, or nothing.
fn drafts(
    page: &Page,
    cut: Option<&Range<usize>>,
    passages: &mut Vec<(Range<usize>, &'static str)>,
) -> Vec<Draft> {
    let text = &page.view.text;
    let mut drafts: Vec<Draft> = Vec::new();
    let rows = table::rows(text);
    let marked = marked_items(page, &mut drafts, passages);
    let by_mark = drafts.len() >= 3;
    let mut mood = Mood::Plain;
    let mut mood_level = 0;
    let mut demanded = false;
    let mut hits = Vec::new();
    let mut row = 0;
    for (place, segment) in page.segments.iter().enumerate() {
        while row < rows.len() && rows[row].line.end <= segment.range.start {
            row += 1;
        }
        if let Some(found) = rows
            .get(row)
            .filter(|found| found.line.start <= segment.range.start)
        {
            // The first segment of the row stands for all of it.
            if drafts.last().is_none_or(|last| last.range != found.range) && segment.first {
                drafts.push(Draft {
                    range: found.range.clone(),
                    segment: place,
                    said: found.said.clone(),
                    mark: Some(found.line.clone()),
                });
                if let Some(problem) = found.problem.clone().filter(|problem| *problem != found.range) {
                    passages.push((problem, "problem"));
                }
            }
            continue;
        }
        if place < page.facts.body_from || place >= page.facts.body_to || marked[place] {
            continue;
        }
        let mark = page.outline.mark[place];
        let mut from = segment.range.start + mark;
        let mut words = &text[from..segment.range.end];
        // 会议强调，…: who speaks is not part of what is asked.
        if let Some(said) = judge::clauses(words).next()
            && said.len() < words.len()
            && said.len() < 60
            && WORDS
                .speaking
                .iter()
                .any(|word| words[said.clone()].ends_with(word.as_str()))
            && !WORDS
                .quoted
                .iter()
                .any(|name| words[said.clone()].contains(name.as_str()))
        {
            let comma = words[said.end..].chars().next().map_or(0, char::len_utf8);
            demanded = demanded || !words[said.clone()].ends_with("指出");
            from += said.end + comma;
            words = &text[from..segment.range.end];
        }
        if words.is_empty() {
            continue;
        }
        cues::find(words, &mut hits);
        let level =
            page.outline.under[place].map_or(0, |heading| page.outline.headings[heading as usize].level);
        // A new section of the same rank or above, or an order in earnest, ends what the passage was about.
        if page.outline.is_heading[place] && level <= mood_level
            || mood_level == 0 && page.outline.is_heading[place] && level == 1
        {
            mood = Mood::Plain;
        }
        let opens = |cue: Cue| hits.iter().any(|hit| hit.is(cue));
        let ordered = judge::names_subject(words, &hits);
        if opens(Cue::ProblemsOpen) && !ordered || ordered && words.contains("清醒看到") {
            mood = Mood::Wrong;
            mood_level = above(page, place, level);
        } else if opens(Cue::LookingBack) && !ordered && !judge::imperative(words, &hits) {
            mood = Mood::Looking;
            mood_level = above(page, place, level);
        } else if (ordered && !words.starts_with("我们")) || words.starts_with(['要', '须']) {
            mood = Mood::Plain;
        }
        if page.outline.is_heading[place] {
            continue;
        }
        let begins = |place: usize| {
            page.segments
                .get(place)
                .filter(|next| next.first)
                .map_or("", |next| &text[next.range.clone()])
        };
        if judge::outcome(begins(place)) || judge::outcome(begins(place + 1)) {
            passages.push((from..segment.range.end, "report"));
            continue;
        }
        if judge::promise(words) && place > page.facts.body_from {
            let before = &page.segments[place - 1];
            match drafts
                .last_mut()
                .filter(|last| last.segment + 1 == place && last.mark.is_none())
            {
                Some(last) => last.range.end = segment.range.end,
                None if !page.outline.is_heading[place - 1] => {
                    // What was promised is the sentence before, whatever it looked like.
                    while passages
                        .last()
                        .is_some_and(|(range, _)| range.start >= before.range.start)
                    {
                        passages.pop();
                    }
                    let start = before.range.start + page.outline.mark[place - 1];
                    drafts.push(Draft {
                        range: start..segment.range.end,
                        segment: place - 1,
                        said: bodies::Said::default(),
                        mark: None,
                    });
                }
                None => {}
            }
            continue;
        }
        let setting = Setting {
            role: page.outline.role(place),
            mood,
            kind: page.facts.kind_id(),
            orders: page.facts.orders(),
            demanded,
            item: mark > 0,
        };
        let verdict = judge::judge(words, &hits, segment.stop, &setting);
        demanded = demanded
            || WORDS
                .speaking
                .iter()
                .any(|word| words.trim_end_matches(['：', ':', '，']).ends_with(word.as_str()))
            || ["会议要求", "会议强调", "要求，", "强调，"]
                .iter()
                .any(|word| words.contains(word));
        match verdict {
            Verdict::Task { from: start, strong } => {
                if by_mark && !strong {
                    passages.push((from..segment.range.end, "background"));
                    continue;
                }
                if start > 0 && opens(Cue::Problem) {
                    passages.push((from..from + start, "problem"));
                }
                for range in parts(words, start) {
                    drafts.push(Draft {
                        range: from + range.start..from + range.end,
                        segment: place,
                        said: bodies::Said::default(),
                        mark: None,
                    });
                }
            }
            Verdict::Passage(kind) => passages.push((from..segment.range.end, kind)),
            Verdict::Nothing => {}
        }
    }
    headings_alone(page, &mut drafts);
    if let Some(cut) = cut.filter(|_| page.facts.orders() && mood == Mood::Plain) {
        cut_task(page, cut, &mut drafts);
    }
    drafts.sort_by_key(|draft| (draft.range.start, draft.range.end));
    drafts
}

/// The sentence that the document ends in is shown as a task that is not whole, where an order was to be expected.
fn cut_task(page: &Page, cut: &Range<usize>, drafts: &mut Vec<Draft>) {
    let last = page
        .segments
        .partition_point(|segment| segment.range.end < cut.end);
    let Some(segment) = page
        .segments
        .get(last)
        .filter(|segment| last >= page.facts.body_from && segment.range.end == cut.end)
    else {
        return;
    };
    let known = drafts
        .iter()
        .any(|draft| draft.range.end > segment.range.start && draft.range.start < segment.range.end);
    let role = page.outline.role(last);
    if !known
        && !page.outline.is_heading[last]
        && matches!(role, Role::Work | Role::Neutral)
        && page.outline.under[last].is_some()
    {
        drafts.push(Draft {
            range: segment.range.clone(),
            segment: last,
            said: bodies::Said::default(),
            mark: None,
        });
    }
}

/// The level of the heading that a mood holds under: that of the section, not of a numbered item in it.
fn above(page: &Page, place: usize, level: usize) -> usize {
    let item = page.outline.mark[place] > 0;
    level - usize::from(item && level > 0)
}

/// 要…，对…，要…: each order of a chain is one.
fn parts(words: &str, start: usize) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut from = start;
    let clauses: Vec<Range<usize>> = judge::clauses(words).collect();
    let orders = |clause: &Range<usize>| {
        words[clause.clone()]
            .trim_matches(blank)
            .starts_with(['要', '应', '须'])
    };
    for (place, clause) in clauses.iter().enumerate() {
        if clause.start < from + 36 || !words[clause.clone()].trim_matches(blank).starts_with('对') {
            continue;
        }
        let follows = clauses.get(place + 1).is_some_and(orders);
        let before = clauses[..place]
            .iter()
            .any(|clause| clause.start >= from && words[clause.clone()].contains('要'));
        if follows && before {
            out.push(from..clauses[place - 1].end);
            from = clause.start;
        }
    }
    out.push(from..words.len());
    out
}

/// Items that carry an explicit mark are tasks as a whole. Returns which segments they take.
fn marked_items(
    page: &Page,
    drafts: &mut Vec<Draft>,
    passages: &mut Vec<(Range<usize>, &'static str)>,
) -> Vec<bool> {
    let text = &page.view.text;
    let mut taken = vec![false; page.segments.len()];
    // Where the current item began.
    let mut from: Option<usize> = None;
    for (place, segment) in page.segments.iter().enumerate() {
        if place < page.facts.body_from {
            continue;
        }
        let words = &text[segment.range.clone()];
        if segment.first && words.contains(['\t', '|']) {
            from = None;
            continue;
        }
        let new_item =
            page.outline.mark[place] > 0 || (page.outline.is_heading[place] && segment.stop == '\n');
        if new_item {
            from = Some(place);
        }
        if page.outline.is_heading[place] && segment.stop == '\n' {
            // The heading's own line is not part of the task that stands under it.
            let alone = bodies::bracketed(words);
            if alone.is_empty() {
                from = None;
                continue;
            }
        }
        let line = if segment.first { bodies::line(words) } else { None };
        if let Some(said) = line {
            // A line of its own belongs to what stands before it.
            if let Some(last) = drafts.last_mut().filter(|last| {
                last.mark
                    .as_ref()
                    .is_some_and(|mark| text[mark.end..segment.range.start].trim_matches(blank).is_empty())
            }) {
                last.said.add(said);
                last.mark = last.mark.take().map(|mark| mark.start..segment.range.end);
                taken[place] = true;
                continue;
            }
            let start = from.unwrap_or_else(|| paragraph_before(page, place));
            if start < place {
                // 反馈问题：… 整改措施：… 责任单位：…: the measures are the task.
                let begin = (start..place).find_map(|at| {
                    let segment = &page.segments[at];
                    let label = bodies::label(&text[segment.range.clone()]).filter(|_| segment.first)?;
                    matches!(label.0, Relation::Measure).then(|| segment.range.start + label.1)
                });
                if let Some(begin) = begin {
                    let problem = page.segments[start].range.start + page.outline.mark[start]..begin;
                    let before = page.segments[start..place]
                        .iter()
                        .rev()
                        .find(|segment| segment.range.end <= begin);
                    if let Some(before) = before {
                        passages.push((problem.start..before.range.end.max(problem.start), "problem"));
                    }
                }
                let range =
                    begin.unwrap_or(page.segments[start].range.start)..page.segments[place - 1].range.end;
                push_marked(
                    drafts,
                    &mut taken,
                    range,
                    start,
                    place,
                    said,
                    segment.range.clone(),
                );
            }
            taken[place] = true;
            from = None;
            continue;
        }
        for mark in bodies::bracketed(words) {
            let range = segment.range.start + mark.range.start..segment.range.start + mark.range.end;
            let start = from.unwrap_or(place).min(place);
            let begin = match drafts.last() {
                Some(last)
                    if last
                        .mark
                        .as_ref()
                        .is_some_and(|before| before.end > page.segments[start].range.start) =>
                {
                    last.mark.as_ref().map_or(range.start, |before| before.end)
                }
                _ => page.segments[start].range.start,
            };
            let words = text[begin..range.start].trim_matches(|c| blank(c) || matches!(c, '。' | '；'));
            if words.chars().filter(|c| crate::text::han(*c)).take(6).count() < 6 {
                // A mark after nothing belongs to a heading, or adds to the mark before it.
                if let Some(last) = drafts.last_mut().filter(|last| {
                    last.mark
                        .as_ref()
                        .is_some_and(|before| before.end + 9 >= range.start)
                }) {
                    last.said.add(mark.said);
                    taken[place] = true;
                }
                continue;
            }
            let lead = text[begin..range.start].len()
                - text[begin..range.start]
                    .trim_start_matches(|c| blank(c) || matches!(c, '。' | '；'))
                    .len();
            push_marked(
                drafts,
                &mut taken,
                begin + lead..range.start,
                start,
                place + 1,
                mark.said,
                range,
            );
        }
        if segment.first && from.is_none()
            || taken[place] && page.segments.get(place + 1).is_some_and(|next| next.first)
        {
            from = None;
        }
        if from.is_none() && !page.outline.is_heading[place] {
            from = Some(place);
        }
        // A mark closes its item at the end of its line.
        if taken[place] && page.segments.get(place + 1).is_some_and(|next| next.first) {
            from = None;
        }
    }
    taken
}

fn paragraph_before(page: &Page, place: usize) -> usize {
    let mut start = place;
    while start > page.facts.body_from && !page.outline.is_heading[start - 1] {
        start -= 1;
        if page.segments[start].first {
            break;
        }
    }
    start
}

fn push_marked(
    drafts: &mut Vec<Draft>,
    taken: &mut [bool],
    range: Range<usize>,
    from: usize,
    to: usize,
    said: bodies::Said,
    mark: Range<usize>,
) {
    taken[from..to].fill(true);
    drafts.push(Draft {
        range,
        segment: from,
        said,
        mark: Some(mark),
    });
}

/// A heading of the lowest rank with nothing under it is a task by itself, in a section of work.
fn headings_alone(page: &Page, drafts: &mut Vec<Draft>) {
    if !page.facts.orders() || drafts.iter().filter(|draft| draft.mark.is_some()).count() >= 3 {
        return;
    }
    let text = &page.view.text;
    let headings = &page.outline.headings;
    let mut hits = Vec::new();
    for (place, heading) in headings.iter().enumerate() {
        if !heading.titled || heading.number == 0 || page.facts.kind_id() == Some("news") {
            continue;
        }
        let next = headings.get(place + 1);
        let last = next.map_or(page.segments.len().min(page.facts.body_to), |next| next.segment);
        let alone = last == heading.segment + 1 && next.is_none_or(|next| next.level <= heading.level);
        let role = heading
            .parent
            .map_or(heading.role, |parent| headings[parent].role);
        if !alone || !matches!(role, Role::Work | Role::Neutral) || heading.parent.is_none() {
            continue;
        }
        let words = &text[heading.words.clone()];
        cues::find(words, &mut hits);
        let wrong = hits.iter().any(|hit| hit.is(Cue::Problem) || hit.is(Cue::Past));
        if judge::imperative(words, &hits) && !wrong && words.chars().count() >= 8 {
            drafts.push(Draft {
                range: heading.words.clone(),
                segment: heading.segment,
                said: bodies::Said::default(),
                mark: None,
            });
        }
    }
}
