//! Money: whole fen, so that sums are exact. Papers print 万元 and pages 元; only tables and the API speak fen.

use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Fen(pub i64);

impl Fen {
    /// Nothing the system is asked to hold costs more than ten billion yuan.
    pub const MAX: Fen = Fen(1_000_000_000_000);

    /// `12,345.60`
    pub fn yuan(self) -> String {
        let (yuan, fen) = (self.0 / 100, self.0 % 100);
        let digits = yuan.to_string();
        let mut grouped = String::new();
        for (i, digit) in digits.chars().enumerate() {
            if i > 0 && (digits.len() - i).is_multiple_of(3) {
                grouped.push(',');
            }
            grouped.push(digit);
        }
        format!("{grouped}.{fen:02}")
    }

    /// Yuan as a person types them (`1200`, `1,200.5`) into fen; `None` when it is no amount.
    pub fn from_yuan(text: &str) -> Option<Self> {
        let text: String = text.trim().chars().filter(|c| *c != ',' && *c != '，').collect();
        let (yuan, fen) = text.split_once('.').unwrap_or((&text, ""));
        if yuan.is_empty() || yuan.len() > 12 || fen.len() > 2 {
            return None;
        }
        if !yuan.bytes().chain(fen.bytes()).all(|b| b.is_ascii_digit()) {
            return None;
        }
        let yuan: i64 = yuan.parse().ok()?;
        let fen: i64 = format!("{fen:0<2}").parse().ok()?;
        Some(Self(yuan * 100 + fen))
    }
}

impl Fen {
    /// As [`Fen::from_yuan`], or in ten thousands of yuan 万元, which offices write with up to six decimals.
    pub fn from_yuan_in(text: &str, ten_thousands: bool) -> Option<Self> {
        if !ten_thousands {
            return Self::from_yuan(text);
        }
        let text: String = text.trim().chars().filter(|c| *c != ',' && *c != '，').collect();
        let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
        if whole.is_empty() || whole.len() > 9 || part.len() > 6 {
            return None;
        }
        if !whole.bytes().chain(part.bytes()).all(|b| b.is_ascii_digit()) {
            return None;
        }
        let (whole, part): (i64, i64) = (whole.parse().ok()?, format!("{part:0<6}").parse().ok()?);
        Some(Self(whole * 1_000_000 + part))
    }
}

#[cfg(test)]
mod tests {
    use super::Fen;

    #[test]
    fn yuan_are_read_and_written() {
        assert_eq!(Fen::from_yuan("1,200.5"), Some(Fen(120_050)));
        assert_eq!(Fen(120_050).yuan(), "1,200.50");
        assert_eq!(Fen(80_000_000).yuan(), "800,000.00");
        assert_eq!(Fen::from_yuan_in("1.5", true), Some(Fen(1_500_000)));
        assert_eq!(Fen::from_yuan_in("0.000001", true), Some(Fen(1)));
        for wrong in ["", "-3", "1.234", "一百", "1e9", "."] {
            assert_eq!(Fen::from_yuan(wrong), None, "{wrong}");
        }
    }
}
