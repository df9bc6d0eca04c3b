//! 为何是这个期限: the arithmetic of a deadline, line by line.

use domain::{
    calendar::ChangedDay,
    deadline::{Because, ClockUnit, Due, SetBy, Why},
    time::Day,
};

use super::marks;
use crate::{
    views::hazard::{WhyLine, WhyThisDate},
    words::{Language, Words},
};

pub fn this_date(due: &Due, words: Words) -> WhyThisDate {
    let line = |label: &str, text: String, source: Option<String>| WhyLine {
        label: words.get(label).to_owned(),
        text,
        source,
    };
    let lines = match &due.why {
        Why::Set { day, by } => {
            let set = match by {
                SetBy::Confirmation => "why.set_by_confirmation",
                SetBy::Plan => "why.set_by_plan",
                SetBy::Report => "why.set_by_report",
                SetBy::Assignment => "why.set_by_assignment",
            };
            vec![
                line("why.start", format!("{} {day}", words.get(set)), None),
                line("why.end", words.get("why.day_ends").to_owned(), None),
            ]
        }
        Why::Clock {
            clock,
            from,
            calendar_known,
        } => {
            let (key, english) = (unit(clock.unit), words.language() == Language::English);
            let name = if english { &clock.name_en } else { &clock.name_zh };
            let mut lines = vec![
                line("why.start", from.to_minute(), None),
                line("why.length", name.clone(), Some(clock.source.trim().to_owned())),
                line("why.count", words.count(key, clock.length), None),
            ];
            if !calendar_known {
                lines.push(line(
                    "why.rule",
                    words.get("why.calendar_unknown").to_owned(),
                    None,
                ));
            }
            lines
        }
    };
    let moved = due.moved.iter().map(|moved| {
        let text = match &moved.because {
            Because::Extended { reason } => words.fill(
                "why.extended",
                &[
                    ("from", &moved.from.to_string()),
                    ("to", &moved.to.to_string()),
                    ("reason", reason),
                ],
            ),
            Because::Paused { on, until, reason } => words.fill(
                "why.paused",
                &[
                    ("on", &on.to_string()),
                    ("until", &until.to_string()),
                    ("from", &moved.from.to_string()),
                    ("to", &moved.to.to_string()),
                    ("reason", reason),
                ],
            ),
            Because::Calendar { days, source } => calendar(moved.from, moved.to, days, source, words),
        };
        line("why.moved", text, None)
    });
    let lines = lines.into_iter().chain(moved).collect();
    WhyThisDate {
        lines,
        result: words.fill("why.result", &[("time", &marks::full(due.at))]),
    }
}

/// 放假安排调整，由 10-09 改为 10-12；10-09 放假，10-10 上班。依据：……
pub fn calendar(from: Day, to: Day, days: &[ChangedDay], source: &str, words: Words) -> String {
    let days = days.iter().map(|one| {
        let key = if one.works {
            "why.day_works"
        } else {
            "why.day_free"
        };
        words.fill(key, &[("day", &one.day.to_string())])
    });
    let days: Vec<String> = days.collect();
    words.fill(
        "why.calendar",
        &[
            ("from", &from.to_string()),
            ("to", &to.to_string()),
            ("days", &days.join(words.get("list.comma"))),
            ("source", source),
        ],
    )
}

fn unit(unit: ClockUnit) -> &'static str {
    match unit {
        ClockUnit::Hours => "why.hours",
        ClockUnit::CalendarDays => "why.calendar_days",
        ClockUnit::WorkingDays => "why.working_days",
    }
}
