//! Spans of time as the field says them: 剩 2 天 3 小时, 超期 5 天, 已等 3 小时.
//!
//! Two units at most, the smaller left out where it is nil, because a desk is read at a glance; the full
//! date stands beside it. The same rule runs in the browser (frontend/src/relative-time.ts).
//! Never here: the clock. The span is a parameter, in milliseconds.

use super::Words;

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

impl Words {
    /// `剩 2 天 3 小时` for what is still to come, `超期 5 天` for what has passed.
    pub fn time_left(self, milliseconds: i64) -> String {
        let key = if milliseconds >= 0 {
            "time.left"
        } else {
            "time.overdue"
        };
        self.fill(key, &[("span", &self.span(milliseconds.abs()))])
    }

    /// `3 天 2 小时`: a length without direction.
    pub fn span(self, milliseconds: i64) -> String {
        let (days, hours, minutes) = (
            milliseconds / DAY,
            milliseconds % DAY / HOUR,
            milliseconds % HOUR / MINUTE,
        );
        let unit = |key: &str, n: i64| self.count(key, n);
        match (days, hours) {
            (0, 0) => unit("time.minutes", minutes.max(1)),
            (0, _) if minutes == 0 => unit("time.hours", hours),
            (0, _) => format!("{} {}", unit("time.hours", hours), unit("time.minutes", minutes)),
            (_, 0) => unit("time.days", days),
            (1..=9, _) => format!("{} {}", unit("time.days", days), unit("time.hours", hours)),
            _ => unit("time.days", days),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Language;

    #[test]
    fn spans_read_as_an_officer_says_them() {
        let zh = Words::new(Language::Chinese);
        assert_eq!(zh.time_left(2 * DAY + 3 * HOUR + 59 * MINUTE), "剩 2 天 3 小时");
        assert_eq!(zh.time_left(-5 * DAY), "超期 5 天");
        assert_eq!(zh.time_left(40 * MINUTE), "剩 40 分钟");
        assert_eq!(zh.time_left(3 * HOUR), "剩 3 小时");
        assert_eq!(zh.time_left(25 * DAY + 5 * HOUR), "剩 25 天");
        assert_eq!(zh.time_left(59_000), "剩 1 分钟");
        assert_eq!(
            Words::new(Language::English).time_left(-DAY - HOUR),
            "1 d 1 h late"
        );
    }
}
