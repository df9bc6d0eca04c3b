//! Headings: which orders of numbers there are, what is a heading and what only an item, and how they lie in each other.
//!
//! The rank of an order is not fixed: an order that appears while others stand open lies inside them, and one that is already open
//! closes all that opened after it. So 一是 under （一） and （一） under 一是 both come out as their writer meant them.

use std::ops::Range;

use crate::{
    cues::{self, Cue, Hit},
    judge,
    segment::Segment,
    text::{blank, number, stop},
    words::WORDS,
};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    /// 第一章 第二节 第三条
    Chapter,
    Article,
    /// 一、
    Chinese,
    /// （一）
    Bracketed,
    /// 1. 1、
    Arabic,
    /// （1） ⑴ ①
    Circled,
    /// 第一，
    Ordinal,
    /// 一是 第一个是
    Shi,
    /// 一要
    Yao,
    /// 首先 其次 最后
    First,
    /// A line without a number
    Plain,
    /// The first short sentence of a paragraph without a number
    RunIn,
}

impl Order {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Order::Chapter => "chapter",
            Order::Article => "article",
            Order::Chinese => "chinese",
            Order::Bracketed => "bracketed",
            Order::Arabic => "arabic",
            Order::Circled => "circled",
            Order::Ordinal => "ordinal",
            Order::Shi => "shi",
            Order::Yao => "yao",
            Order::First => "first",
            Order::Plain | Order::RunIn => "plain",
        }
    }

    /// May begin in the middle of a line, after a colon.
    pub(crate) fn opens_inside(self) -> bool {
        !matches!(
            self,
            Order::Chapter | Order::Article | Order::Arabic | Order::Chinese
        )
    }

    /// May follow a comma.
    pub(crate) fn joined(self) -> bool {
        matches!(self, Order::Shi | Order::Yao)
    }
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct Mark {
    pub order: Order,
    pub number: u32,
    /// Bytes that the mark takes, blanks after it included.
    pub length: usize,
}

/// The mark that a sentence begins with.
pub(crate) fn mark(text: &str) -> Option<Mark> {
    let lead = text.len() - text.trim_start_matches(blank).len();
    let text = &text[lead..];
    let found = bare(text)?;
    let rest = &text[found.length..];
    let blanks = rest.len() - rest.trim_start_matches(blank).len();
    Some(Mark {
        length: lead + found.length + blanks,
        ..found
    })
}

fn bare(text: &str) -> Option<Mark> {
    let first = text.chars().next()?;
    let at = |order, number, length| {
        Some(Mark {
            order,
            number,
            length,
        })
    };
    match first {
        '（' | '(' => {
            let inner = &text[first.len_utf8()..];
            let (value, used) = number(inner)?;
            let close = inner[used..].chars().next().filter(|c| matches!(c, '）' | ')'))?;
            let arabic = inner.starts_with(|c: char| c.is_ascii_digit() || ('０'..='９').contains(&c));
            let order = if arabic { Order::Circled } else { Order::Bracketed };
            at(order, value, first.len_utf8() + used + close.len_utf8())
        }
        '①'..='⑳' => at(Order::Circled, first as u32 - '①' as u32 + 1, first.len_utf8()),
        '⑴'..='⒇' => at(Order::Circled, first as u32 - '⑴' as u32 + 1, first.len_utf8()),
        '㈠'..='㈩' => at(Order::Bracketed, first as u32 - '㈠' as u32 + 1, first.len_utf8()),
        '首' | '其' | '再' | '最' => {
            let words = [("首先", 1), ("其次", 2), ("再次", 3), ("最后", 4)];
            let (word, value) = words.into_iter().find(|(word, _)| text.starts_with(word))?;
            let after = text[word.len()..].chars().next()?;
            let used = word.len() + if stop(after) { after.len_utf8() } else { 0 };
            (stop(after) || after == '是' || after == '要').then_some(())?;
            at(Order::First, value, used)
        }
        '第' => {
            let inner = &text[first.len_utf8()..];
            let (value, used) = number(inner)?;
            let rest = &inner[used..];
            let before = first.len_utf8() + used;
            for (word, order) in [
                ("章", Order::Chapter),
                ("节", Order::Chapter),
                ("条", Order::Article),
                ("个是", Order::Shi),
                ("是", Order::Shi),
                ("，", Order::Ordinal),
                (",", Order::Ordinal),
                ("、", Order::Ordinal),
                ("：", Order::Ordinal),
            ] {
                if rest.starts_with(word) {
                    return at(order, value, before + word.len());
                }
            }
            None
        }
        _ => {
            let (value, used) = number(text)?;
            let rest = &text[used..];
            let next = rest.chars().next()?;
            let arabic = first.is_ascii_digit() || ('０'..='９').contains(&first);
            match (arabic, next) {
                (false, '、' | '．' | '.') if value <= 60 => {
                    at(Order::Chinese, value, used + next.len_utf8())
                }
                (false, '是') if value <= 20 => at(Order::Shi, value, used + next.len_utf8()),
                (false, '要') if value <= 20 => at(Order::Yao, value, used + next.len_utf8()),
                (true, '、' | '．') if value <= 300 => at(Order::Arabic, value, used + next.len_utf8()),
                (true, '.') if value <= 300 => {
                    // 3.5 is a number, 2021.1.22 a date, 1.1 an item of a lower order.
                    match rest[1..].chars().next() {
                        Some(c) if c.is_ascii_digit() => None,
                        _ => at(Order::Arabic, value, used + 1),
                    }
                }
                (true, ')' | '）') if value <= 300 => at(Order::Circled, value, used + next.len_utf8()),
                _ => None,
            }
        }
    }
}

/// What stands under a heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Work,
    Goal,
    Background,
    Problem,
    Aside,
    Neutral,
}

#[derive(Debug, Clone)]
pub(crate) struct Heading {
    pub order: Order,
    pub number: u32,
    pub level: usize,
    /// Bytes of the view: the mark and the words.
    pub range: Range<usize>,
    /// The words, without the mark and the last stop.
    pub words: Range<usize>,
    pub role: Role,
    /// False for an item that is no heading but counts as one of its order.
    pub titled: bool,
    /// The segment that it is, or begins.
    pub segment: usize,
    pub parent: Option<usize>,
}

#[derive(Debug, Default)]
pub(crate) struct Outline {
    pub headings: Vec<Heading>,
    /// For each segment the heading that it stands under.
    pub under: Vec<Option<u32>>,
    /// For each segment whether it is a heading and nothing else.
    pub is_heading: Vec<bool>,
    /// For each segment the bytes of its mark.
    pub mark: Vec<usize>,
}

/// Characters that a heading with a number has at most.
const HEADING: usize = 46;
const RUN_IN: usize = 32;
const PLAIN: usize = 26;
const DEEPEST: usize = 12;

pub(crate) fn outline(text: &str, segments: &[Segment], body_from: usize) -> Outline {
    let mut outline = Outline {
        under: vec![None; segments.len()],
        is_heading: vec![false; segments.len()],
        mark: vec![0; segments.len()],
        ..Outline::default()
    };
    let mut open: Vec<usize> = Vec::new();
    let mut hits = Vec::new();
    for (place, segment) in segments.iter().enumerate() {
        let words = &text[segment.range.clone()];
        let next = segments.get(place + 1);
        let found = mark(words);
        if place < body_from {
            continue;
        }
        if let Some(found) = found {
            outline.mark[place] = found.length.min(words.len());
            let rest = &words[found.length.min(words.len())..];
            let titled = heads(rest, found.order, segment, next, &mut hits);
            let keep = open
                .iter()
                .position(|&opened| outline.headings[opened].order == found.order);
            // A numbered heading closes lines without a number, unless it stands on a lower rank than the order it counts in.
            let keep = match keep {
                Some(keep) => keep,
                None => open
                    .iter()
                    .position(|&opened| {
                        outline.headings[opened].order == Order::RunIn
                            || top(found.order) && outline.headings[opened].order == Order::Plain
                    })
                    .unwrap_or(open.len()),
            };
            open.truncate(keep.min(DEEPEST));
            push(&mut outline, &mut open, text, place, segment, found, titled);
            outline.is_heading[place] = titled;
        } else if run_in(words, segment, next, &mut hits) {
            let order = Order::RunIn;
            if let Some(keep) = open
                .iter()
                .position(|&opened| outline.headings[opened].order == order)
            {
                open.truncate(keep);
            }
            if open.len() < DEEPEST {
                let found = Mark {
                    order,
                    number: 0,
                    length: 0,
                };
                push(&mut outline, &mut open, text, place, segment, found, true);
                outline.is_heading[place] = true;
            }
        } else if plain(words, segment, next, &mut hits) {
            let order = Order::Plain;
            let found = Mark {
                order,
                number: 0,
                length: 0,
            };
            // Word numbers paragraphs by itself and loses the numbers in copying: such a line opens a section of the first rank.
            let keep = open
                .iter()
                .position(|&opened| matches!(outline.headings[opened].order, Order::Plain));
            let numbered = open.iter().any(|&opened| top(outline.headings[opened].order));
            match keep {
                Some(keep) => open.truncate(keep),
                None if !numbered => open.clear(),
                None => {
                    let tops = open
                        .iter()
                        .take_while(|&&opened| top(outline.headings[opened].order))
                        .count();
                    open.truncate(tops);
                }
            }
            if open.len() < DEEPEST {
                push(&mut outline, &mut open, text, place, segment, found, true);
                outline.is_heading[place] = true;
            }
        } else if segment.first
            && open
                .last()
                .is_some_and(|&opened| outline.headings[opened].order == Order::RunIn)
        {
            // A run-in heading governs its own paragraph.
            open.pop();
        }
        outline.under[place] = open.last().map(|&heading| heading as u32);
    }
    outline
}

fn top(order: Order) -> bool {
    matches!(order, Order::Chapter | Order::Chinese)
}

fn push(
    outline: &mut Outline,
    open: &mut Vec<usize>,
    text: &str,
    place: usize,
    segment: &Segment,
    found: Mark,
    titled: bool,
) {
    let start = (segment.range.start + found.length).min(segment.range.end);
    let words = text[start..segment.range.end]
        .trim_end_matches(|c| matches!(c, '。' | '：' | ':' | '；' | ';') || blank(c));
    let words = start..start + words.len();
    let parent = open.last().copied();
    let own = match titled {
        true => role(&text[words.clone()]),
        false => Role::Neutral,
    };
    let inherited = parent.map_or(Role::Neutral, |parent| outline.headings[parent].role);
    let role = match (inherited, own) {
        (Role::Problem | Role::Aside | Role::Goal, Role::Work) if found.order != Order::Plain => inherited,
        (_, Role::Neutral) => inherited,
        (_, own) => own,
    };
    outline.headings.push(Heading {
        order: found.order,
        number: found.number,
        level: open.len() + 1,
        range: segment.range.start..words.end,
        words,
        role,
        titled,
        segment: place,
        parent,
    });
    open.push(outline.headings.len() - 1);
}

/// Whether a numbered sentence is the heading of what follows it.
fn heads(rest: &str, order: Order, segment: &Segment, next: Option<&Segment>, hits: &mut Vec<Hit>) -> bool {
    let short = rest.chars().take(HEADING + 1).count() <= HEADING;
    if order == Order::Article {
        return false;
    }
    if !short || rest.is_empty() {
        return false;
    }
    let follows = next.is_some_and(|next| next.line == segment.line && !next.first);
    cues::find(rest, hits);
    match segment.stop {
        '\n' => !judge::lays_duty(rest, hits) || matches!(order, Order::Chapter),
        '。' | '：' | ':' => follows && (segment.stop != '。' || !judge::names_subject(rest, hits)),
        _ => false,
    }
}

/// Whether the first short sentence of a paragraph says what the paragraph is about.
fn run_in(words: &str, segment: &Segment, next: Option<&Segment>, hits: &mut Vec<Hit>) -> bool {
    if !segment.first || segment.stop != '。' || next.is_none_or(|next| next.line != segment.line) {
        return false;
    }
    if words.chars().take(RUN_IN + 1).count() > RUN_IN || words.contains(['，', ',', '：', ':', '“', '（'])
    {
        return false;
    }
    cues::find(words, hits);
    hits.first()
        .is_some_and(|hit| hit.start == 0 && (hit.is(Cue::Verb) || hit.is(Cue::Adverb)))
        && !hits
            .iter()
            .any(|hit| hit.is(Cue::Modal) || hit.is(Cue::Past) || hit.is(Cue::Problem))
}

/// Whether a short line without a number or a stop is a heading.
fn plain(words: &str, segment: &Segment, next: Option<&Segment>, hits: &mut Vec<Hit>) -> bool {
    if !segment.first || segment.stop != '\n' || next.is_none_or(|next| next.line == segment.line) {
        return false;
    }
    let length = words.chars().take(PLAIN + 1).count();
    if !(4..=PLAIN).contains(&length)
        || words.contains(|c: char| stop(c) && !matches!(c, '、' | '“' | '”' | '（' | '）' | '《' | '》'))
    {
        return false;
    }
    if words.contains(['|', '\t', '@', '@', '〔']) || words.chars().any(|c| c.is_ascii_digit()) {
        return false;
    }
    if !words.chars().all(|c| crate::text::han(c) || stop(c) || c == ' ') || words.contains("  ") {
        return false;
    }
    cues::find(words, hits);
    !judge::lays_duty(words, hits)
        && !hits
            .iter()
            .any(|hit| hit.is(Cue::Courtesy) || hit.is(Cue::Attendance))
}

fn role(words: &str) -> Role {
    let roles = &WORDS.role;
    let has = |list: &[String]| list.iter().any(|word| words.contains(word.as_str()));
    if has(&roles.aside) && words.chars().count() < 12 {
        Role::Aside
    } else if has(&roles.goal) {
        Role::Goal
    } else if has(&roles.problem) && !words.contains("整改要求") && !words.contains("整改措施") {
        Role::Problem
    } else if has(&roles.background) {
        Role::Background
    } else if has(&roles.work) {
        Role::Work
    } else {
        Role::Neutral
    }
}

impl Outline {
    /// The headings over a segment, from the outermost in, its own excluded.
    pub(crate) fn path(&self, segment: usize) -> Vec<usize> {
        let mut path = Vec::new();
        let mut at = self.under[segment].map(|heading| heading as usize);
        while let Some(heading) = at {
            if self.headings[heading].titled {
                path.push(heading);
            }
            at = self.headings[heading].parent;
        }
        path.reverse();
        path
    }

    pub(crate) fn role(&self, segment: usize) -> Role {
        self.under[segment].map_or(Role::Neutral, |heading| self.headings[heading as usize].role)
    }
}
