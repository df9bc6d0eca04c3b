//! Items that say themselves who does them: a bracket at their end, or a line 责任单位：… below.

use std::ops::Range;

use super::{Draft, Page, Passages};
use crate::{
    bodies,
    text::{blank, han},
    words::Relation,
};

/// Items that carry an explicit mark are tasks as a whole. Returns which segments they take.
pub(super) fn items(page: &Page, drafts: &mut Vec<Draft>, passages: &mut Passages) -> Vec<bool> {
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
            if words.chars().filter(|c| han(*c)).take(6).count() < 6 {
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
