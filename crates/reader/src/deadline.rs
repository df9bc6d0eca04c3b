//! Times: dates in all their writings, spans of days, seasons and feasts, 立即, and how often.
//!
//! A date without a year takes the document's; one that would lie half a year back takes the next, so that 1月6日 in minutes of December
//! is in January. What the text leaves open (十个工作日内) stays a phrase. No clock is asked.

use std::{ops::Range, sync::LazyLock};

use aho_corasick::AhoCorasick;

use crate::{
    cues::machine,
    text::{digit, number},
    words::WORDS,
};

mod written;

pub(crate) use written::{Day, whole};
use written::{after, bare_day, resolve, skip, written};

/// A time at a place. `weight` orders them: a bounded date before a span, before a bare date, a season, 立即.
#[derive(Debug, Clone)]
pub(crate) struct Time {
    pub range: Range<usize>,
    pub iso: Option<String>,
    pub weight: u8,
}

pub(crate) const BOUND: u8 = 5;
pub(crate) const BARE: u8 = 3;

struct Lists {
    machine: AhoCorasick,
    immediate: usize,
    festivals: usize,
    events: usize,
}

static LISTS: LazyLock<Lists> = LazyLock::new(|| {
    let time = &WORDS.time;
    let words: Vec<&String> = [&time.immediate, &time.festivals, &time.events, &time.cycles]
        .into_iter()
        .flatten()
        .collect();
    Lists {
        machine: machine(&words),
        immediate: time.immediate.len(),
        festivals: time.immediate.len() + time.festivals.len(),
        events: time.immediate.len() + time.festivals.len() + time.events.len(),
    }
});

/// All times of a text, in order, and the first word that says how often.
pub(crate) fn times(text: &str, base: Option<Day>) -> (Vec<Time>, Option<Range<usize>>) {
    let mut out = dates(text, base);
    let mut cycle = None;
    let lists = &*LISTS;
    let mut feast: Option<Range<usize>> = None;
    for found in lists.machine.find_iter(text) {
        let (kind, range) = (found.pattern().as_usize(), found.range());
        if out
            .iter()
            .any(|time| time.range.start < range.end && range.start < time.range.end)
        {
            continue;
        }
        if kind < lists.immediate {
            out.push(Time {
                range,
                iso: None,
                weight: 1,
            });
        } else if kind < lists.events {
            let bound = [
                "期间",
                "前",
                "之前",
                "以前",
                "时段",
                "节点",
                "重要时间",
                "重要节点",
            ];
            let festival = kind < lists.festivals;
            match &mut feast {
                Some(run)
                    if run.end + 12 >= range.start
                        && text[run.end..range.start]
                            .chars()
                            .all(|c| "、和及等”与 ".contains(c)) =>
                {
                    run.end = range.end;
                }
                _ => feast = Some(range.clone()),
            }
            let tail: String = text[range.end..].chars().take(14).collect();
            let tail = tail
                .split(['，', '。', '；', ',', ';'])
                .next()
                .unwrap_or_default();
            let ends = bound
                .iter()
                .find_map(|word| tail.find(word).map(|at| at + word.len()));
            if let (Some(run), Some(ends)) = (feast.clone(), ends) {
                // 重大活动期间 is one expression; a row of feasts is named without what follows it.
                let end = if festival && tail[..ends].chars().count() > 3 {
                    run.end
                } else {
                    range.end + ends
                };
                out.retain(|time: &Time| time.weight != 2 || time.range.start < run.start);
                out.push(Time {
                    range: run.start..end,
                    iso: None,
                    weight: 2,
                });
            }
        } else if cycle.is_none() {
            cycle = Some(range);
        }
    }
    out.sort_by_key(|time| time.range.start);
    (out, cycle)
}

fn dates(text: &str, base: Option<Day>) -> Vec<Time> {
    let mut out: Vec<Time> = Vec::new();
    let mut at = 0;
    let mut floor: Option<Day> = None;
    while at < text.len() {
        let c = text[at..].chars().next().unwrap_or(' ');
        let may = digit(c).is_some()
            || matches!(
                c,
                '今' | '本' | '当' | '明' | '年' | '月' | '十' | '第' | '上' | '下'
            );
        let found = may.then(|| one(&text[at..], base, floor)).flatten();
        match found {
            Some((mut time, used, day)) => {
                time.range = at..at + time.range.end;
                if let Some(day) = day {
                    floor = Some(day);
                }
                // 到2025年 is a time to reach; the year alone is none.
                if time.weight == 0 {
                    let reached = text[..at].ends_with(['到', '至'])
                        && text[at + used..].starts_with(['，', ',', '实']);
                    if reached {
                        out.push(Time { weight: BARE, ..time });
                    }
                } else {
                    out.push(time);
                }
                at += used;
            }
            None if digit(c).is_some() => {
                at += text[at..]
                    .chars()
                    .take_while(|c| digit(*c).is_some())
                    .map(char::len_utf8)
                    .sum::<usize>();
            }
            None => at += c.len_utf8(),
        }
    }
    out
}

/// One time at the start of the text: what it is, the bytes that it takes, its day.
fn one(text: &str, base: Option<Day>, floor: Option<Day>) -> Option<(Time, usize, Option<Day>)> {
    if let Some(found) = span_of_days(text) {
        let used = found.range.end;
        return Some((found, used, None));
    }
    let first = written(text)?;
    let mut used = first.length;
    let day = resolve(&first, base, first.year.is_none().then_some(floor).flatten());
    // A range of two dates.
    let joined = ["日至", "至", "到", "—", "－", "-", "～", "~"];
    if first.month.is_some()
        && let Some(next) = after(text, used, &joined)
        && let from = skip(text, next)
        && let Some(mut second) = written(&text[from..]).or_else(|| bare_day(&text[from..], &first))
        && (second.month.is_some() || second.end)
    {
        if second.year.is_none() {
            second.year = day.map(|day| day.year).filter(|_| second.month >= first.month);
        }
        let until = resolve(&second, base, day);
        used = from + second.length;
        let iso = match (day, until) {
            (Some(day), Some(until)) => {
                let day = match first.day {
                    Some(_) => day,
                    None => Day { day: 1, ..day },
                };
                Some(format!("{}/{}", day.iso(), until.iso()))
            }
            _ => None,
        };
        let end = after(text, used, &["期间", "前"]).unwrap_or(used);
        return Some((
            Time {
                range: 0..end,
                iso,
                weight: BOUND,
            },
            end,
            until,
        ));
    }
    let bounded = after(text, used, &["之前", "以前", "前", "止", "内", "之内"]);
    let end = bounded.unwrap_or(used);
    let weight = match (bounded.is_some() || first.end, first.day) {
        (true, _) => BOUND,
        (false, Some(_)) => BARE,
        _ => 0,
    };
    // 12月前 does not say whether December is in.
    let open = bounded.is_some() && first.day.is_none() && !first.end;
    let iso = day.filter(|_| !open || first.month.is_none()).map(Day::iso);
    Some((
        Time {
            range: 0..end,
            iso,
            weight,
        },
        end,
        first.day.and(day),
    ))
}

/// 十个工作日内, 24小时内, 5年内, 一个月之内.
fn span_of_days(text: &str) -> Option<Time> {
    let (_, used) = number(text)?;
    let at = skip(text, used);
    let at = after(text, at, &["个"]).unwrap_or(at);
    let at = after(
        text,
        at,
        &[
            "工作日",
            "自然日",
            "小时",
            "分钟",
            "季度",
            "星期",
            "日",
            "天",
            "周",
            "月",
            "年",
        ],
    )?;
    let end = after(text, at, &["之内", "以内", "内"])?;
    Some(Time {
        range: 0..end,
        iso: None,
        weight: 4,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const BASE: Option<Day> = Some(Day {
        year: 2026,
        month: 11,
        day: 20,
    });

    fn first(text: &str) -> (String, Option<String>) {
        let (times, _) = times(text, BASE);
        let best = times
            .iter()
            .max_by_key(|time| (time.weight, std::cmp::Reverse(time.range.start)))
            .expect("a time");
        (text[best.range.clone()].to_owned(), best.iso.clone())
    }

    #[test]
    fn written_in_every_way() {
        let cases = [
            ("请于12月5日前报送", "12月5日前", Some("2026-12-05")),
            ("于2027年3月底前完成", "2027年3月底前", Some("2027-03-31")),
            ("今年年底前建成", "今年年底前", Some("2026-12-31")),
            ("年底前全部销号", "年底前", Some("2026-12-31")),
            ("1月6日前完成", "1月6日前", Some("2027-01-06")),
            ("本月底前", "本月底前", Some("2026-11-30")),
            ("十二月上旬前完成", "十二月上旬前", Some("2026-12-10")),
            ("接到通知后十个工作日内反馈", "十个工作日内", None),
            ("24小时内上报", "24小时内", None),
            (
                "2026年11月1日至12月20日开展",
                "2026年11月1日至12月20日",
                Some("2026-11-01/2026-12-20"),
            ),
            ("12月20日至次年1月5日", "12月20日", Some("2026-12-20")),
            (
                "12月20日至1月5日",
                "12月20日至1月5日",
                Some("2026-12-20/2027-01-05"),
            ),
            ("2026.12.31前", "2026.12.31前", Some("2026-12-31")),
            ("2027年一季度末完成", "2027年一季度末", Some("2027-03-31")),
            ("元旦、春节期间加强值守", "元旦、春节期间", None),
            ("立即整改", "立即", None),
        ];
        for (text, phrase, iso) in cases {
            assert_eq!(first(text), (phrase.to_owned(), iso.map(str::to_owned)), "{text}");
        }
    }

    #[test]
    fn what_is_no_time() {
        for text in [
            "安委〔2026〕3号",
            "2025年北京冬奥会",
            "3.5万元",
            "30个问题",
            "2月30日前后",
        ] {
            let (times, _) = times(text, BASE);
            assert!(times.iter().all(|time| time.iso.is_none()), "{text}: {times:?}");
        }
    }

    #[test]
    fn a_document_s_own_date() {
        assert_eq!(whole("二〇二六年十一月二十日").map(|(day, _)| day), BASE);
        assert_eq!(whole("(2026年11月20日)").map(|(day, _)| day), BASE);
        assert_eq!(whole("时间：2026-11-20").map(|(day, _)| day), BASE);
        assert_eq!(whole("12345678"), None);
    }
}
