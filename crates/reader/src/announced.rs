//! What a document announces and does not hold: 我再强调三点 with two, 一、二、四 without three, an attachment that is only mentioned.

use crate::{
    outline::{Order, Outline},
    reading::Missing,
    segment::Segment,
    text::{clip, number},
    view::View,
};

/// A gap in bytes of the view.
pub(crate) struct Gap {
    pub range: std::ops::Range<usize>,
    pub missing: Missing,
}

/// Gaps that are told at most.
const MOST: usize = 100;

pub(crate) fn missing(view: &View, segments: &[Segment], outline: &Outline) -> Vec<Gap> {
    let text = &view.text;
    let mut out = Vec::new();
    for (place, segment) in segments.iter().enumerate() {
        if out.len() >= MOST {
            break;
        }
        let words = &text[segment.range.clone()];
        if let Some((count, what)) = announces(words) {
            counted(text, segments, outline, place, count, &what, &mut out);
        }
    }
    rows(text, outline, &mut out);
    attachments(text, segments, &mut out);
    out.truncate(MOST);
    out
}

/// 强调三点, 提四点要求, 从以下五个方面: how many, and in which words.
fn announces(words: &str) -> Option<(u32, String)> {
    const CUES: [&str; 14] = [
        "强调", "讲", "谈", "提出", "提", "以下", "如下", "下面", "做好", "抓好", "突出", "重点", "从", "分",
    ];
    const UNITS: [&str; 14] = [
        "点要求",
        "点意见",
        "点",
        "个方面",
        "方面",
        "条意见",
        "条要求",
        "条措施",
        "项重点工作",
        "项工作",
        "项任务",
        "件事",
        "个问题",
        "项措施",
    ];
    if !words.ends_with(['：', ':', '。', '，']) || words.chars().count() > 90 {
        return None;
    }
    for unit in UNITS {
        let Some(at) = words.rfind(unit) else {
            continue;
        };
        // Nothing but the end of the sentence follows.
        let tail = &words[at + unit.len()..];
        if tail.chars().count() > 10 {
            continue;
        }
        let before: Vec<(usize, char)> = words[..at].char_indices().rev().take(3).collect();
        let start = before
            .iter()
            .take_while(|(_, c)| crate::text::digit(*c).is_some() || *c == '十')
            .last()
            .map(|(at, _)| *at)?;
        let (value, used) = number(&words[start..])?;
        let near: String = words[..start]
            .chars()
            .rev()
            .take(12)
            .collect::<Vec<_>>()
            .into_iter()
            .rev()
            .collect();
        let cued = CUES.iter().any(|cue| near.contains(cue));
        if start + used == at && (2..=30).contains(&value) && cued {
            return Some((value, words[start..at + unit.len()].to_owned()));
        }
    }
    None
}

/// Counts the items of the order that opens next.
fn counted(
    text: &str,
    segments: &[Segment],
    outline: &Outline,
    place: usize,
    expected: u32,
    what: &str,
    out: &mut Vec<Gap>,
) {
    let from = outline
        .headings
        .partition_point(|heading| heading.segment <= place);
    let Some(first) = outline.headings.get(from) else {
        out.push(gap(
            segments[place].range.clone(),
            &text[segments[place].range.clone()],
            expected,
            0,
            format!("文中宣布“{what}”，其后未见分列内容"),
        ));
        return;
    };
    // An announcement is answered at once, or it announces something else.
    if first.segment > place + 3 || matches!(first.order, Order::Plain | Order::RunIn) || first.number > 1 {
        return;
    }
    let mut found = 0;
    for heading in &outline.headings[from..] {
        if heading.order == first.order && heading.level == first.level {
            if heading.number <= found {
                break;
            }
            found = heading.number;
        } else if heading.level < first.level {
            break;
        }
    }
    if found < expected {
        out.push(gap(
            segments[place].range.clone(),
            &text[segments[place].range.clone()],
            expected,
            found,
            match expected - found {
                1 => format!("文中宣布“{what}”，只见{found}，缺第{expected}"),
                _ => format!("文中宣布“{what}”，只见{found}，缺第{}至第{expected}", found + 1),
            },
        ));
    }
}

fn gap(range: std::ops::Range<usize>, announced: &str, expected: u32, found: u32, note: String) -> Gap {
    Gap {
        range,
        missing: Missing {
            start: 0,
            end: 0,
            announced: clip(announced, 60),
            expected,
            found,
            note,
        },
    }
}

/// Rows of numbers that skip: told once for each place.
fn rows(text: &str, outline: &Outline, out: &mut Vec<Gap>) {
    let mut last: Vec<(Order, usize, u32)> = Vec::new();
    for heading in &outline.headings {
        if out.len() >= MOST {
            return;
        }
        last.retain(|(_, level, _)| *level <= heading.level);
        if matches!(heading.order, Order::Plain | Order::RunIn | Order::First) {
            continue;
        }
        let known = last
            .iter_mut()
            .find(|(order, level, _)| *order == heading.order && *level == heading.level);
        let before = match known {
            Some(entry) => std::mem::replace(&mut entry.2, heading.number),
            None => {
                last.push((heading.order, heading.level, heading.number));
                0
            }
        };
        // Arabic numbers may count on over chapters; only 一、 and （一） must begin at one.
        let begins =
            before == 0 && !matches!(heading.order, Order::Chinese | Order::Bracketed | Order::Ordinal);
        if heading.number > before + 1 && heading.number - before < 20 && !begins {
            out.push(gap(
                heading.range.clone(),
                &text[heading.range.clone()],
                heading.number - before - 1,
                0,
                match heading.number - before {
                    2 => format!("编号不连续：缺第{}", before + 1),
                    _ => format!("编号不连续：缺第{}至第{}", before + 1, heading.number - 1),
                },
            ));
        }
    }
}

/// 见附件1, and no line that begins with 附件.
fn attachments(text: &str, segments: &[Segment], out: &mut Vec<Gap>) {
    let mut mentioned: Option<usize> = None;
    for (place, segment) in segments.iter().enumerate() {
        let words = &text[segment.range.clone()];
        if !words.contains("附件") {
            continue;
        }
        if segment.first && words.starts_with("附件") {
            return;
        }
        if mentioned.is_none()
            && (words.contains("见附件") || words.contains("（附件") || words.contains("(附件"))
        {
            mentioned = Some(place);
        }
    }
    if let Some(place) = mentioned {
        let range = segments[place].range.clone();
        let words = text[range.clone()].to_owned();
        out.push(gap(range, &words, 1, 0, "提到附件，文件中没有附件".to_owned()));
    }
}
