//! What a site or a converter did to the lines: lines of its own around the text, pieces of equal length led by a number, ends of printed
//! lines kept as spaces or as line breaks.

use std::{ops::Range, sync::LazyLock};

use super::Finding;
use crate::{
    outline,
    text::{blank, clip, han, number, stop},
    words::SITES,
};

/// A line of the document, without its end.
type Line = Range<usize>;

pub(crate) struct Layout {
    pub findings: Vec<Finding>,
    /// What a reading leaves out.
    pub out: Vec<Range<usize>>,
    /// Whether the text came in pieces of equal length.
    pub pieces: bool,
    /// Where the text proper ends.
    pub body_end: usize,
}

pub(crate) fn layout(text: &str) -> Layout {
    let lines = lines(text);
    let mut found = Layout {
        findings: Vec::new(),
        out: Vec::new(),
        pieces: false,
        body_end: text.trim_end_matches(blank).len(),
    };
    let kept = site(text, &lines, &mut found);
    pieces(text, &kept, &mut found);
    wraps(text, &kept, &mut found);
    breaks(text, &kept, &mut found);
    found
}

fn lines(text: &str) -> Vec<Line> {
    let mut start = 0;
    text.split('\n')
        .map(|line| {
            let range = start..start + line.len();
            start += line.len() + 1;
            range
        })
        .collect()
}

static CHEAP: LazyLock<aho_corasick::AhoCorasick> = LazyLock::new(|| {
    let words: Vec<&String> = SITES.lines.iter().flatten().chain(&SITES.tail).collect();
    crate::cues::machine(&words)
});

/// Lines of a site are told and left out; returns the others.
fn site(text: &str, lines: &[Line], found: &mut Layout) -> Vec<Line> {
    let suspect = CHEAP.is_match(text);
    let mut kept: Vec<Line> = Vec::with_capacity(lines.len());
    let mut taken: Vec<Line> = Vec::new();
    let mut tail = false;
    let mut any = false;
    for line in lines {
        let words = text[line.clone()].trim_matches(blank);
        if words.is_empty() {
            if tail {
                taken.push(line.clone());
            } else {
                kept.push(line.clone());
            }
            continue;
        }
        // A long line is the text itself, whatever stands in it.
        let short = words.len() < 1200;
        let own = suspect
            && short
            && (SITES
                .lines
                .iter()
                .any(|all| all.iter().all(|word| words.contains(word.as_str())))
                || (kept.iter().any(|line| !line.is_empty()) || any)
                    && SITES.tail.iter().any(|start| words.starts_with(start.as_str())));
        if own && SITES.tail.iter().any(|start| words.starts_with(start.as_str())) {
            tail = true;
        }
        if own || tail {
            any = true;
            taken.push(line.clone());
        } else {
            kept.push(line.clone());
        }
    }
    // A first line that is a file's name.
    if let Some(place) = kept
        .iter()
        .position(|line| !text[line.clone()].trim_matches(blank).is_empty())
    {
        let words = text[kept[place].clone()].trim_matches(blank);
        if words.chars().count() < 90
            && SITES
                .names
                .iter()
                .any(|end| words.to_ascii_lowercase().ends_with(end.as_str()))
            && kept.len() > place + 1
        {
            taken.push(kept.remove(place));
        }
    }
    taken.sort_by_key(|line| line.start);
    let mut block: Option<Range<usize>> = None;
    for line in taken {
        let end = (line.end + 1).min(text.len());
        match &mut block {
            Some(open) if open.end >= line.start => open.end = end,
            _ => {
                flush(text, block.take(), found);
                block = Some(line.start..end);
            }
        }
    }
    flush(text, block, found);
    if let Some(last) = kept
        .iter()
        .rev()
        .find(|line| !text[(*line).clone()].trim_matches(blank).is_empty())
    {
        found.body_end = last.start + text[last.clone()].trim_end_matches(blank).len();
    }
    kept
}

fn flush(text: &str, block: Option<Range<usize>>, found: &mut Layout) {
    let Some(block) = block else {
        return;
    };
    if text[block.clone()].trim_matches(blank).is_empty() {
        return;
    }
    found.out.push(block.clone());
    found.findings.push(Finding {
        range: block,
        kind: "boilerplate",
        proposed: Some(String::new()),
        confidence: 0.95,
        note: "网站附加内容，不属于原文".to_owned(),
    });
}

/// Characters that a piece has at least.
const PIECE: usize = 80;

/// 1、…300 characters… ⏎ 2、…300 characters…: told by equal lengths and by ends in mid-sentence.
fn pieces(text: &str, lines: &[Line], found: &mut Layout) {
    let mut run: Vec<(Range<usize>, usize, bool)> = Vec::new();
    let mut last_line: Option<&Line> = None;
    for line in lines.iter().chain([&(text.len()..text.len())]) {
        let words = &text[line.clone()];
        if words.trim_matches(blank).is_empty() && line.start < text.len() {
            continue;
        }
        let lead = words.len() - words.trim_start_matches(blank).len();
        let led = number(&words[lead..]).filter(|(value, used)| {
            *value as usize == run.len() + 1
                && words[lead + used..].starts_with('、')
                && words[lead..].starts_with(|c: char| c.is_ascii_digit())
        });
        match led {
            Some((_, used)) => {
                let mark = line.start + lead..line.start + lead + used + '、'.len_utf8();
                let body = words.trim_end_matches(blank);
                let length = body.chars().count();
                let whole = body.ends_with(['。', '；', '！', '？', '：', '”', '）']);
                // The mark and the line end before it go together.
                let from = match (run.is_empty(), last_line) {
                    (false, Some(last)) => last.start + text[last.clone()].trim_end_matches(blank).len(),
                    _ => mark.start,
                };
                run.push((from..mark.end, length, whole));
                last_line = Some(line);
            }
            None => {
                close(text, &mut run, found);
                last_line = None;
            }
        }
    }
}

fn close(text: &str, run: &mut Vec<(Range<usize>, usize, bool)>, found: &mut Layout) {
    let pieces = std::mem::take(run);
    let Some((_, body)) = pieces.split_last() else {
        return;
    };
    let longest = body.iter().map(|(_, length, _)| *length).max().unwrap_or(0);
    let equal = body.iter().filter(|(_, length, _)| length + 6 >= longest).count();
    let cut = body.iter().filter(|(_, _, whole)| !whole).count();
    // One piece alone says nothing, and items of a list end with a stop.
    if body.is_empty() || longest < PIECE || equal < body.len() || cut * 2 < body.len() {
        return;
    }
    found.pieces = true;
    for (range, _, _) in &pieces {
        found.out.push(range.clone());
        found.findings.push(Finding {
            range: range.clone(),
            kind: "piece_mark",
            proposed: Some(String::new()),
            confidence: 0.97,
            note: format!(
                "网站按约{}字切段所加序号“{}”，不是原文编号，前后应相连",
                longest.saturating_sub(2),
                text[range.clone()].trim_matches(blank)
            ),
        });
    }
}

/// Spaces between Chinese characters, at the distances of a printed line.
fn wraps(text: &str, lines: &[Line], found: &mut Layout) {
    let mut at: Vec<Range<usize>> = Vec::new();
    let mut gaps: Vec<usize> = Vec::new();
    let mut counted = [0usize; 81];
    for line in lines {
        let words = &text[line.clone()];
        let mut before = ' ';
        let mut since = 0usize;
        let mut iter = words.char_indices().peekable();
        while let Some((place, c)) = iter.next() {
            if c == ' ' {
                let next = iter.peek().map_or(' ', |(_, c)| *c);
                let inside = (han(before) || stop(before))
                    && (han(next) || stop(next) || next.is_ascii_alphanumeric())
                    || before.is_ascii_alphanumeric() && (han(next) || stop(next));
                if inside {
                    at.push(line.start + place..line.start + place + 1);
                    gaps.push(since.min(80));
                    counted[since.min(80)] += 1;
                }
                since = 0;
            } else {
                since += 1;
            }
            before = c;
        }
    }
    if at.len() < 8 {
        return;
    }
    // The width that most lines have, give or take two.
    let near = |width: usize| {
        (width.saturating_sub(2)..=(width + 2).min(80))
            .map(|gap| counted[gap])
            .sum::<usize>()
    };
    let width = (12..=60).max_by_key(|width| near(*width)).unwrap_or(0);
    if near(width) * 2 < at.len() {
        return;
    }
    for (range, gap) in at.into_iter().zip(gaps) {
        let fits = gap.abs_diff(width) <= 2;
        found.out.push(range.clone());
        found.findings.push(Finding {
            range,
            kind: "line_wrap",
            proposed: Some(String::new()),
            confidence: if fits { 0.95 } else { 0.85 },
            note: format!("原版面约每{width}字换行留下的空格"),
        });
    }
}

/// Printed lines kept as lines: many of nearly one width, ending in the middle of a sentence.
fn breaks(text: &str, lines: &[Line], found: &mut Layout) {
    let width = |line: &Line| text[line.clone()].trim_end_matches(blank).chars().count();
    let mut counted = [0usize; 121];
    let filled: Vec<&Line> = lines
        .iter()
        .filter(|line| !text[(*line).clone()].trim_matches(blank).is_empty())
        .collect();
    let open = |line: &Line| {
        let words = text[line.clone()].trim_end_matches(blank);
        words
            .chars()
            .next_back()
            .is_some_and(|c| (han(c) || matches!(c, '，' | '、' | ',')) && !words.contains(['|', '\t']))
    };
    for line in &filled {
        if open(line) {
            counted[width(line).min(120)] += 1;
        }
    }
    let near = |at: usize| {
        (at.saturating_sub(2)..=(at + 1).min(120))
            .map(|gap| counted[gap])
            .sum::<usize>()
    };
    let Some(full) = (18..=60).max_by_key(|at| near(*at)) else {
        return;
    };
    if near(full) < 6 || near(full) * 2 < filled.len() {
        return;
    }
    for pair in filled.windows(2) {
        let (line, next) = (pair[0], pair[1]);
        let begins = &text[next.clone()];
        let indented = begins.starts_with(['\u{3000}', '\t']) || begins.starts_with("  ");
        let full_line = width(line) + 3 >= full;
        if full_line && open(line) && !indented && outline::mark(begins).is_none() {
            let from = line.start + text[line.clone()].trim_end_matches(blank).len();
            let range = from..next.start;
            found.out.push(range.clone());
            found.findings.push(Finding {
                range,
                kind: "line_wrap",
                proposed: Some(String::new()),
                confidence: 0.9,
                note: format!(
                    "句中换行（版面每行约{full}字），后接“{}”",
                    clip(begins.trim_matches(blank), 8)
                ),
            });
        }
    }
}
