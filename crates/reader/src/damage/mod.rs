//! What is broken in a document: found, shown, a repair proposed. Nothing is applied; what is left out of the reading (marks of pieces,
//! a site's own lines, ends of printed lines, a second printing) is said here too.

pub(crate) mod cut;
pub(crate) mod layout;
pub(crate) mod phrases;
pub(crate) mod twice;

use std::ops::Range;

/// One finding, in bytes of the document.
#[derive(Debug, Clone)]
pub(crate) struct Finding {
    pub range: Range<usize>,
    pub kind: &'static str,
    pub proposed: Option<String>,
    pub confidence: f64,
    pub note: String,
}

/// Ranges sorted, joined and without overlaps.
pub(crate) fn united(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.retain(|range| !range.is_empty());
    ranges.sort_by_key(|range| (range.start, range.end));
    let mut out: Vec<Range<usize>> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match out.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => out.push(range),
        }
    }
    out
}
