//! A passage that is printed twice in a row, and columns that were read across instead of down.
//!
//! Two columns read across come out as: the right halves of some lines, the same again, then the left halves. The halves are still parted
//! by the spaces that ended the printed lines, so they can be dealt out again; the result is a proposal and no more.

use std::ops::Range;

use super::Finding;
use crate::text::{blank, clip, tight};

/// Characters of the shortest passage that counts.
const SHORTEST: usize = 16;
/// Characters that may stand between the two printings.
const BETWEEN: usize = 3;
/// Characters of the longest passage that is looked for.
const LONGEST: usize = 400;

/// Finds passages printed twice; the second printing is what a reading leaves out.
pub(crate) fn twice(text: &str) -> (Vec<Finding>, Vec<Range<usize>>) {
    let mut findings = Vec::new();
    let mut out = Vec::new();
    let mut base = 0;
    // Where each group of characters was last seen, by a part of its digest; an entry that is too old or another group's says nothing.
    let mut seen = vec![(0u64, u32::MAX); 1 << 12];
    for line in text.split_inclusive('\n') {
        in_line(text, line, base, &mut seen, &mut findings, &mut out);
        base += line.len();
    }
    (findings, out)
}

fn in_line(
    text: &str,
    line: &str,
    base: usize,
    seen: &mut [(u64, u32)],
    findings: &mut Vec<Finding>,
    out: &mut Vec<Range<usize>>,
) {
    if line.len() < SHORTEST * 4 {
        return;
    }
    // Characters that are no blanks, with their places.
    let chars: Vec<(u32, char)> = line
        .char_indices()
        .filter(|(_, c)| !blank(*c))
        .map(|(at, c)| (at as u32, c))
        .collect();
    if chars.len() < SHORTEST * 2 {
        return;
    }
    const GROUP: usize = 8;
    seen.fill((0, u32::MAX));
    let mut place = 0;
    while place + GROUP <= chars.len() {
        let mut key = 0xcbf2_9ce4_8422_2325u64;
        for (_, c) in &chars[place..place + GROUP] {
            key = (key ^ *c as u64).wrapping_mul(0x0100_0000_01b3);
        }
        let slot = &mut seen[(key >> 52) as usize];
        let earlier = (slot.0 == key && slot.1 != u32::MAX).then_some(slot.1 as usize);
        *slot = (key, place as u32);
        if let Some(first) = earlier.filter(|first| place - first >= SHORTEST && place - first <= LONGEST) {
            let distance = place - first;
            let mut length = 0;
            while length < distance
                && place + length < chars.len()
                && chars[first + length].1 == chars[place + length].1
            {
                length += 1;
            }
            if length >= SHORTEST && distance - length <= BETWEEN && varied(&chars[first..first + length]) {
                let at = |place: usize| base + chars.get(place).map_or(line.len(), |(at, _)| *at as usize);
                let end = |place: usize| {
                    let (at, c) = chars[place];
                    base + at as usize + c.len_utf8()
                };
                let one = at(first)..end(first + length - 1);
                let two = end(first + length - 1)..end(place + length - 1);
                report(text, &one, &two, base + line.len(), findings);
                out.push(two);
                place += length;
                continue;
            }
        }
        place += 1;
    }
}

/// 。。。。 and 一一一一 repeat themselves and say nothing.
fn varied(chars: &[(u32, char)]) -> bool {
    let mut kinds: Vec<char> = chars.iter().map(|(_, c)| *c).collect();
    kinds.sort_unstable();
    kinds.dedup();
    kinds.len() >= SHORTEST / 2
}

fn report(text: &str, one: &Range<usize>, two: &Range<usize>, line_end: usize, findings: &mut Vec<Finding>) {
    findings.push(Finding {
        range: two.clone(),
        kind: "printed_twice",
        proposed: Some(String::new()),
        confidence: 0.9,
        note: format!("与前文重复：“{}”", clip(&tight(&text[one.clone()]), 24)),
    });
    let right: Vec<&str> = text[one.clone()]
        .split(' ')
        .filter(|piece| !piece.is_empty())
        .collect();
    if right.len() < 3 {
        return;
    }
    // The halves that follow, as many as the printed lines had.
    let wanted = right.len() - 1;
    let rest = &text[two.end..line_end];
    let mut left = Vec::with_capacity(wanted);
    let mut at = 0;
    for piece in rest.split(' ').take(wanted) {
        left.push(piece);
        at += piece.len() + 1;
    }
    if left.len() < wanted
        || left
            .iter()
            .any(|piece| piece.is_empty() || piece.chars().count() > 40)
        || left[wanted - 1].ends_with(['。', '\n'])
    {
        return;
    }
    let mut restored = String::from(right[0]);
    for (left, right) in left.iter().zip(&right[1..]) {
        restored.push_str(left);
        restored.push_str(right);
    }
    findings.push(Finding {
        range: one.start..(two.end + at.saturating_sub(1)).min(line_end),
        kind: "columns",
        proposed: Some(restored),
        confidence: 0.7,
        note: "疑为两栏文字横向串行，建议按栏还原，须人工核对原件".to_owned(),
    });
}
