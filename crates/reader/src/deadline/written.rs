//! One date in all its writings, and the day it means beside the document's own.

use std::ops::Range;

use crate::text::{digit, number};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Day {
    pub year: u32,
    pub month: u32,
    pub day: u32,
}

impl Day {
    pub(crate) fn iso(self) -> String {
        format!("{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }

    fn real(self) -> Option<Self> {
        ((1900..2200).contains(&self.year)
            && (1..=12).contains(&self.month)
            && (1..=last(self.year, self.month)).contains(&self.day))
        .then_some(self)
    }
}

fn last(year: u32, month: u32) -> u32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && !year.is_multiple_of(100) || year.is_multiple_of(400) => 29,
        2 => 28,
        _ => 31,
    }
}

/// A date as written: any part may be missing.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Written {
    pub year: Option<u32>,
    pub month: Option<u32>,
    pub day: Option<u32>,
    /// 底, 末, or a part of the month
    pub end: bool,
    pub length: usize,
}

pub(super) fn skip(text: &str, at: usize) -> usize {
    let rest = &text[at..];
    at + (rest.len() - rest.trim_start_matches([' ', '\u{3000}']).len())
}

pub(super) fn after<'a>(text: &'a str, at: usize, words: &[&'a str]) -> Option<usize> {
    let at = skip(text, at);
    words
        .iter()
        .find(|word| text[at..].starts_with(**word))
        .map(|word| at + word.len())
}

/// Four digits of a year, in either writing.
fn year_digits(text: &str) -> Option<(u32, usize)> {
    let (mut value, mut used, mut count) = (0, 0, 0);
    for c in text.chars() {
        match digit(c) {
            Some(d) if count < 4 => {
                value = value * 10 + d;
                used += c.len_utf8();
                count += 1;
            }
            Some(_) => return None,
            None => break,
        }
    }
    (count == 4 && (1900..2200).contains(&value)).then_some((value, used))
}

pub(super) fn written(text: &str) -> Option<Written> {
    let mut found = Written::default();
    let mut at = 0;
    let relative = [("今年", 0), ("本年度", 0), ("本年", 0), ("当年", 0), ("明年", 1)];
    if let Some((year, used)) = year_digits(text) {
        if let Some(next) = after(text, used, &["年"]) {
            found.year = Some(year);
            at = next;
        } else if let Some(separator) = text[used..]
            .chars()
            .next()
            .filter(|c| matches!(c, '-' | '.' | '/'))
        {
            let (month, used_month) =
                number(&text[used + 1..]).filter(|(month, _)| (1..=12).contains(month))?;
            let next = used + 1 + used_month;
            let rest = text[next..].strip_prefix(separator)?;
            let (day, used_day) = number(rest).filter(|(day, _)| (1..=31).contains(day))?;
            return Some(Written {
                year: Some(year),
                month: Some(month),
                day: Some(day),
                end: false,
                length: next + 1 + used_day,
            });
        }
    } else if let Some((word, plus)) = relative.iter().find(|(word, _)| text.starts_with(word)) {
        // Told from the document's year by whoever resolves it; 0 and 1 are no years.
        found.year = Some(*plus);
        at = word.len();
    }
    let start = skip(text, at);
    if let Some((month, used)) = number(&text[start..]).filter(|(month, _)| (1..=12).contains(month))
        && let Some(next) = after(text, start + used, &["月份", "月"])
    {
        found.month = Some(month);
        at = next;
        let start = skip(text, at);
        if let Some((day, used)) = number(&text[start..]).filter(|(day, _)| (1..=31).contains(day))
            && let Some(next) = after(text, start + used, &["日", "号"])
        {
            found.day = Some(day);
            at = next;
        } else {
            for (word, day) in [
                ("上旬", Some(10)),
                ("中旬", Some(20)),
                ("下旬", None),
                ("底", None),
                ("末", None),
            ] {
                if let Some(next) = after(text, at, &[word]) {
                    found.day = day;
                    found.end = true;
                    at = next;
                    break;
                }
            }
        }
    } else if found.year.is_some() || text.starts_with('年') {
        let from = at;
        let words: &[&str] = match found.year {
            Some(_) => &["年底", "年末", "底", "末", "年内", "内"],
            None => &["年底", "年末", "年内"],
        };
        if let Some(next) = after(text, from, words) {
            found.end = true;
            found.month = Some(12);
            at = next;
        } else {
            let quarters = [
                ("第一季度", 3),
                ("一季度", 3),
                ("第二季度", 6),
                ("二季度", 6),
                ("第三季度", 9),
                ("三季度", 9),
                ("第四季度", 12),
                ("四季度", 12),
                ("上半年", 6),
                ("下半年", 12),
            ];
            if let Some((word, month)) = quarters.iter().find(|(word, _)| text[at..].starts_with(word)) {
                found.month = Some(*month);
                found.end = true;
                at += word.len();
                at = after(text, at, &["末", "底"]).unwrap_or(at);
            }
        }
    } else {
        let words = [("本月底", true), ("月底", true), ("本月内", true)];
        let (word, _) = words.iter().find(|(word, _)| text.starts_with(word))?;
        found.end = true;
        at = word.len();
    }
    found.length = at;
    (found.year.is_some() || found.month.is_some() || found.end).then_some(found)
}

pub(super) fn resolve(found: &Written, base: Option<Day>, floor: Option<Day>) -> Option<Day> {
    let year = match found.year {
        Some(plus @ 0..=1) => base?.year + plus,
        Some(year) => year,
        None => floor.or(base)?.year,
    };
    let month = match found.month {
        Some(month) => month,
        None if found.end => base?.month,
        None => 12,
    };
    let day = found.day.unwrap_or_else(|| last(year, month));
    let day = Day { year, month, day }.real()?;
    if found.year.is_none() {
        let months = |day: Day| day.year * 12 + day.month;
        if let Some(floor) = floor
            && day < floor
        {
            return Day {
                year: year + 1,
                ..day
            }
            .real();
        }
        if let Some(base) = base
            && months(day) + 6 < months(base)
        {
            return Day {
                year: year + 1,
                ..day
            }
            .real();
        }
    }
    Some(day)
}

/// The first whole date of a text: a document's own date.
pub(crate) fn whole(text: &str) -> Option<(Day, Range<usize>)> {
    let mut at = 0;
    while at < text.len() {
        let c = text[at..].chars().next()?;
        if digit(c).is_some() {
            if let Some(found) = written(&text[at..])
                && let (Some(year), Some(month), Some(day)) = (found.year, found.month, found.day)
                && let Some(day) = (Day { year, month, day }).real()
            {
                return Some((day, at..at + found.length));
            }
            // The rest of this number cannot begin another date.
            at += text[at..]
                .chars()
                .take_while(|c| digit(*c).is_some())
                .map(char::len_utf8)
                .sum::<usize>();
            continue;
        }
        at += c.len_utf8();
    }
    None
}

/// 6日-7日: the second day of a range within one month.
pub(super) fn bare_day(text: &str, first: &Written) -> Option<Written> {
    let (day, used) = number(text).filter(|(day, _)| (1..=31).contains(day))?;
    let length = after(text, used, &["日", "号"])?;
    Some(Written {
        year: first.year,
        month: first.month,
        day: Some(day),
        end: false,
        length,
    })
}
