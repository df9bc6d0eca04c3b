//! The text of a saved page. Blocks become lines, cells of a row are parted by tabs, scripts and styles are left out.
//!
//! No tree is built: one pass over the page, so that an unclosed or hostile page costs no more than its length.

pub(super) fn is(start: &str) -> bool {
    [
        "<!doctype html",
        "<html",
        "<head",
        "<body",
        "<div",
        "<p>",
        "<p ",
        "<table",
    ]
    .iter()
    .any(|opening| start.starts_with(opening))
        || (start.starts_with("<?xml") || start.starts_with("<!--")) && start.contains("<html")
}

const SILENT: [&str; 7] = [
    "script", "style", "noscript", "template", "svg", "iframe", "title",
];
const BLOCKS: [&str; 27] = [
    "p",
    "div",
    "br",
    "li",
    "ul",
    "ol",
    "tr",
    "table",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "section",
    "article",
    "header",
    "footer",
    "blockquote",
    "pre",
    "dl",
    "dt",
    "dd",
    "hr",
    "form",
    "nav",
    "aside",
];

pub(super) fn text(page: &str) -> String {
    let mut out = String::with_capacity(page.len() / 2);
    let mut at = 0;
    while let Some(found) = page[at..].find('<') {
        words(&page[at..at + found], &mut out);
        at += found;
        if page[at..].starts_with("<!--") {
            at = page[at..].find("-->").map_or(page.len(), |end| at + end + 3);
            continue;
        }
        let inside = &page[at + 1..];
        if !inside.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')) {
            out.push('<');
            at += 1;
            continue;
        }
        let end = inside.find('>').map_or(page.len(), |end| at + 1 + end);
        let name = tag(&page[at + 1..end]);
        at = (end + 1).min(page.len());
        let closing = name.starts_with('/');
        let bare = name.trim_start_matches('/');
        if !closing && SILENT.contains(&bare) {
            at = silent_end(page, at, bare);
        } else if closing && (bare == "td" || bare == "th") {
            if !out.ends_with(['\t', '\n']) {
                out.push('\t');
            }
        } else if BLOCKS.contains(&bare) {
            while out.ends_with([' ', '\t']) {
                out.pop();
            }
            if !out.is_empty() && !out.ends_with('\n') {
                out.push('\n');
            }
        }
    }
    words(&page[at.min(page.len())..], &mut out);
    out
}

fn tag(inside: &str) -> String {
    let name: String = inside
        .chars()
        .enumerate()
        .take_while(|(place, c)| c.is_ascii_alphanumeric() || (*place == 0 && *c == '/'))
        .map(|(_, c)| c.to_ascii_lowercase())
        .take(12)
        .collect();
    name
}

/// Where the closing tag of an element without text ends. Looked for once; what is never closed hides the rest.
fn silent_end(page: &str, from: usize, name: &str) -> usize {
    let bytes = page.as_bytes();
    let mut at = from;
    while let Some(found) = page[at..].find("</") {
        let start = at + found + 2;
        let end = start + name.len();
        if end <= bytes.len() && bytes[start..end].eq_ignore_ascii_case(name.as_bytes()) {
            return page[end..].find('>').map_or(page.len(), |close| end + close + 1);
        }
        at = start;
    }
    page.len()
}

fn words(raw: &str, out: &mut String) {
    let mut rest = raw;
    while let Some(c) = rest.chars().next() {
        if c == '&'
            && let Some((decoded, used)) = entity(rest)
        {
            out.push(decoded);
            rest = &rest[used..];
            continue;
        }
        rest = &rest[c.len_utf8()..];
        match c {
            '\n' | '\r' | '\t' | ' ' => {
                if !out.is_empty() && !out.ends_with([' ', '\n', '\t']) {
                    out.push(' ');
                }
            }
            _ => out.push(c),
        }
    }
}

fn entity(text: &str) -> Option<(char, usize)> {
    let end = text.bytes().take(12).position(|b| b == b';')?;
    let name = &text[1..end];
    let decoded = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => ' ',
        "ensp" | "emsp" => '\u{3000}',
        "ldquo" => '“',
        "rdquo" => '”',
        "lsquo" => '‘',
        "rsquo" => '’',
        "mdash" => '—',
        "ndash" => '–',
        "hellip" => '…',
        "middot" => '·',
        "times" => '×',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code).filter(|c| !c.is_control() || *c == '\n')?
        }
    };
    Some((decoded, end + 1))
}
