//! Names of bodies in a list, as written. Nothing is looked up or completed.

use super::{NAME, NAMES};
use crate::{
    text::{blank, tight},
    words::WORDS,
};

/// Whether a name could be a body's.
pub(crate) fn is_body(name: &str) -> bool {
    let words = &*WORDS;
    name.chars().count() <= NAME
        && (words
            .body_end
            .iter()
            .any(|end| name.ends_with(end.as_str()) || name.ends_with(&format!("{end}等")))
            || words
                .body_start
                .iter()
                .any(|start| name.starts_with(start.as_str()))
            || name.ends_with(['）', ')']))
}

/// Whether a text ends in what bodies end in.
pub(crate) fn ends_as_body(text: &str) -> bool {
    WORDS.body_end.iter().any(|end| text.ends_with(end.as_str()))
}

/// The names of a list as written: 、 and commas part them, words of joining where what stands before is a whole name.
pub(crate) fn listed(text: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut depth = 0usize;
    let mut start = 0;
    let mut cut = Vec::new();
    for (at, c) in text.char_indices() {
        match c {
            '（' | '(' => depth += 1,
            '）' | ')' => depth = depth.saturating_sub(1),
            '、' | '，' | ',' | '；' | ';' | '/' | '\n' if depth == 0 => {
                cut.push(start..at);
                start = at + c.len_utf8();
            }
            _ => {}
        }
    }
    cut.push(start..text.len());
    for range in cut {
        for name in joined(&text[range]) {
            let name = name.trim_matches(|c| blank(c) || matches!(c, '。' | '：' | ':' | '|'));
            let name = tight(name.strip_suffix('等').unwrap_or(name));
            if !name.is_empty() && name.chars().count() <= NAME && out.len() < NAMES {
                out.push(name);
            }
        }
    }
    out
}

fn joined(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut rest = text;
    loop {
        let place = rest.char_indices().find(|(at, c)| {
            matches!(c, '和' | '及' | '与' | ' ' | '\u{3000}')
                && ends_as_body(rest[..*at].trim_end_matches(blank))
                && rest[at + c.len_utf8()..].chars().count() >= 2
        });
        let Some((at, c)) = place else {
            break;
        };
        out.push(&rest[..at]);
        rest = &rest[at + c.len_utf8()..];
        // 及其办公室 is part of the body before it.
        if rest.starts_with('其') {
            return out;
        }
    }
    out.push(rest);
    out
}

/// 软件公司杨经理 is the company: whoever holds a post there is not a body.
pub(crate) fn without_person(name: &str) -> String {
    const POSTS: [&str; 9] = [
        "经理", "主任", "局长", "处长", "科长", "部长", "同志", "总工", "书记",
    ];
    if POSTS.iter().any(|post| name.ends_with(post)) {
        let end = WORDS
            .body_end
            .iter()
            .filter(|end| end.chars().count() > 1 && !POSTS.contains(&end.as_str()))
            .filter_map(|end| name.rfind(end.as_str()).map(|at| at + end.len()))
            .filter(|end| *end < name.len() && name[*end..].chars().count() <= 6)
            .max();
        if let Some(end) = end {
            return name[..end].to_owned();
        }
    }
    name.to_owned()
}
