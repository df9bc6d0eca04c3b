//! Sentences: where a reader of the document would draw breath and a clerk would begin a new row.
//!
//! A sentence ends at 。！？； and at a line's end, not inside brackets or quotation marks. It also ends before an item that begins in the
//! middle of a line (：一是…，二是…).

use std::ops::Range;

use crate::{
    outline::mark,
    text::{blank, han},
};

#[derive(Debug, Clone)]
pub(crate) struct Segment {
    /// Bytes of the view, without blanks around, with the stop at its end.
    pub range: Range<usize>,
    /// The line it stands in, counted from 0.
    pub line: usize,
    /// First of its line.
    pub first: bool,
    /// What ended it: a stop, or '\n'.
    pub stop: char,
}

/// Bytes after which an open bracket is taken for a slip of the pen.
const BRACKET: usize = 900;

pub(crate) fn segments(text: &str) -> Vec<Segment> {
    let mut out = Vec::new();
    let mut line_start = 0;
    for (line, content) in text.split('\n').enumerate() {
        cut_line(content, line_start, line, &mut out);
        line_start += content.len() + 1;
    }
    out
}

fn cut_line(content: &str, base: usize, line: usize, out: &mut Vec<Segment>) {
    let mut start = 0;
    let mut first = true;
    let mut open: Vec<(char, usize)> = Vec::new();
    let mut push = |range: Range<usize>, stop: char| {
        let piece = &content[range.clone()];
        let lead = piece.len() - piece.trim_start_matches(blank).len();
        let tail = piece.len() - piece.trim_end_matches(blank).len();
        if lead + tail >= piece.len() {
            return;
        }
        out.push(Segment {
            range: base + range.start + lead..base + range.end - tail,
            line,
            first: std::mem::take(&mut first),
            stop,
        });
    };
    let mut previous = '\n';
    for (place, c) in content.char_indices() {
        if open.last().is_some_and(|(_, since)| place - since > BRACKET) {
            open.clear();
        }
        let after = place + c.len_utf8();
        match c {
            '（' | '(' | '“' | '《' | '〈' if open.len() < 16 => open.push((c, place)),
            '）' | ')' | '”' | '》' | '〉' => {
                let partner = match c {
                    '）' | ')' => ['（', '('],
                    '”' => ['“', '“'],
                    '》' => ['《', '《'],
                    _ => ['〈', '〈'],
                };
                if let Some(found) = open.iter().rposition(|(opened, _)| partner.contains(opened)) {
                    open.truncate(found);
                    // …做好准备。” ends with its quotation.
                    if c == '”' && open.is_empty() && matches!(previous, '。' | '！' | '？') && after > start
                    {
                        push(start..after, '。');
                        start = after;
                    }
                }
            }
            '。' | '！' | '？' | '；' if open.is_empty() => {
                push(start..after, c);
                start = after;
            }
            ';' | '!' | '?'
                if open.is_empty() && (han(previous) || matches!(previous, '）' | ')' | '”' | '》')) =>
            {
                push(start..after, if c == ';' { '；' } else { '。' });
                start = after;
            }
            '：' | ':' | '，' | ',' if open.is_empty() => {
                // After a colon any item may begin; after a comma only 二是, 二要 and the like do.
                let begins = mark(&content[after..]).is_some_and(|found| match c {
                    '：' | ':' => found.order.opens_inside(),
                    _ => found.order.joined(),
                });
                if begins {
                    push(start..after, c);
                    start = after;
                }
            }
            _ => {}
        }
        if !blank(c) {
            previous = c;
        }
    }
    push(start..content.len(), '\n');
}
