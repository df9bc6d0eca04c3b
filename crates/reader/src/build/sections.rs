//! The sections of a document: from each titled heading to the next of its level or above.

use super::Page;
use crate::{
    reading::Section,
    text::{Ruler, blank, clip},
};

pub(super) fn sections(page: &Page, original: &str, ruler: &Ruler) -> Vec<Section> {
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
            let tail = original[span.clone()].len() - original[span.clone()].trim_end_matches(blank).len();
            Section {
                start: ruler.chars(span.start),
                end: ruler.chars(span.end - tail),
                level: heading.level,
                heading: clip(page.view.text[heading.range.clone()].trim_matches(blank), 120),
                order: heading.order.name(),
            }
        })
        .collect()
}
