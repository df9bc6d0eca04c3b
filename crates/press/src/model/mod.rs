//! The block model: what a paper consists of, before it is a file or a page. Nothing here knows DOCX or HTML.

mod page;
mod table;

pub use page::{
    BODY_PT, CHARS_PER_LINE, LINES_PER_PAGE, Margins, ORGAN_BELOW_AREA, Page, RULE_BELOW_NUMBER,
    SIGN_BELOW_AREA, twips,
};
pub use table::{Align, Cell, Kind, Line, MOST_ROWS, Placed, Row, Table};

/// A paper: parts with pages of their own, one after the other, and the mark that stands at the foot of each page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Paper {
    /// Title of the file, as a folder shows it.
    pub name: String,
    pub parts: Vec<Part>,
    pub mark: Mark,
}

/// Blocks on pages of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    pub page: Page,
    pub blocks: Vec<Block>,
}

/// When the facts were read and how they stand on the record. Empty texts are not printed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Mark {
    /// `2026-11-24 20:12`
    pub as_of: String,
    /// `存证序号 4711`, `检查点 2026-11-24 07:00`
    pub record: Vec<String>,
    /// Printed in a frame at the head of every page.
    pub demo: bool,
}

impl Mark {
    pub const DEMO: &str = "演示数据，不作为依据";

    /// `数据截至 2026-11-24 20:12　存证序号 4711`; empty when nothing is known.
    pub fn line(&self) -> String {
        let as_of = (!self.as_of.is_empty()).then(|| format!("数据截至 {}", self.as_of));
        let parts: Vec<String> = as_of
            .into_iter()
            .chain(self.record.iter().filter(|one| !one.is_empty()).cloned())
            .collect();
        parts.join("　")
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// 发文机关标志, red over a red rule. Only for an organ whose true name a city has confirmed.
    Organ(String),
    /// 发文字号. Under an organ it is centred above the red rule, without one it stands at the right.
    Number(String),
    Title(String),
    /// 主送机关, without its colon.
    Addressee(String),
    Heading(Level, String),
    /// 正文, indented by two characters.
    Paragraph(String),
    /// A line of a form above or below its table: label and value side by side, as many as fit.
    Line(Vec<String>),
    Table(Table),
    /// 附件说明: the names of what is attached.
    Attachments(Vec<String>),
    /// 「附件 1」 above the title of what is attached.
    AttachmentMark(String),
    Signature(Signature),
    /// 附注, in brackets.
    Note(String),
}

/// 一、 （一） 1. （1）
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    First,
    Second,
    Third,
    Fourth,
}

/// 落款: the organ that signs, with room for its seal, and the date under it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Signature {
    pub organ: String,
    /// As [`date`] writes it; empty where a pen will.
    pub date: String,
}

/// Names of the faces, for an office may have others. They are named in the file and never embedded: most are licensed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Faces {
    /// 小标宋: title and organ.
    pub title: String,
    /// 仿宋: text.
    pub body: String,
    /// 楷体: headings of the second level.
    pub second: String,
    /// 黑体: headings of the first level, labels.
    pub first: String,
    /// 宋体: page numbers.
    pub figures: String,
}

impl Default for Faces {
    fn default() -> Self {
        Self {
            title: "方正小标宋简体".into(),
            body: "仿宋_GB2312".into(),
            second: "楷体_GB2312".into(),
            first: "黑体".into(),
            figures: "宋体".into(),
        }
    }
}

/// `2026-11-04` as official papers write a date: `2026年11月4日`, without leading zeros. What is no date stays as it is.
pub fn date(day: &str) -> String {
    let parts: Vec<&str> = day.split('-').collect();
    let [year, month, day_of] = parts[..] else {
        return day.to_owned();
    };
    match (year.parse::<u16>(), month.parse::<u8>(), day_of.parse::<u8>()) {
        (Ok(year), Ok(month), Ok(day_of)) => format!("{year}年{month}月{day_of}日"),
        _ => day.to_owned(),
    }
}

/// The date, or room for a pen to write it.
pub fn date_or_room(day: &str) -> String {
    if day.is_empty() {
        "　　年　　月　　日".to_owned()
    } else {
        date(day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_have_no_leading_zeros_and_what_is_none_stays() {
        assert_eq!(date("2026-11-04"), "2026年11月4日");
        assert_eq!(date("当日"), "当日");
        assert_eq!(date("2026-1x-04"), "2026-1x-04");
        assert_eq!(date_or_room(""), "　　年　　月　　日");
    }

    #[test]
    fn a_mark_says_only_what_is_known() {
        assert_eq!(Mark::default().line(), "");
        let mark = Mark {
            as_of: "2026-11-24 20:12".into(),
            record: vec!["".into(), "存证序号 7".into()],
            demo: false,
        };
        assert_eq!(mark.line(), "数据截至 2026-11-24 20:12　存证序号 7");
    }
}
