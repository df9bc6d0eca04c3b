//! A table as a file: a title, a head, rows, and notes below it. As XLSX with a frozen head that prints on A4 across, and as CSV with
//! a byte order mark, without which spreadsheets here read UTF-8 as GB 18030. Knows nothing of what stands in it.

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Workbook, XlsxError};

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    Number(i64),
    Text(String),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    pub title: String,
    pub head: Vec<String>,
    pub rows: Vec<Vec<Value>>,
    pub notes: Vec<String>,
}

/// Paper size 9 of the format is A4.
const A4: u8 = 9;

impl Sheet {
    pub fn xlsx(&self) -> Result<Vec<u8>, XlsxError> {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        let framed = Format::new().set_border(FormatBorder::Thin);
        let bold = framed
            .clone()
            .set_bold()
            .set_align(FormatAlign::Center)
            .set_text_wrap();
        let title = Format::new().set_bold().set_font_size(16);
        sheet
            .set_paper_size(A4)
            .set_landscape()
            .set_print_fit_to_pages(1, 0);
        sheet.set_repeat_rows(1, 1)?.set_freeze_panes(2, 1)?;
        sheet.set_column_width(0, 22)?;
        sheet.write_string_with_format(0, 0, &self.title, &title)?;
        for (column, text) in (0..).zip(&self.head) {
            sheet.write_string_with_format(1, column, text, &bold)?;
        }
        let mut at = 2;
        for row in &self.rows {
            for (column, value) in (0..).zip(row) {
                match value {
                    // Up to 2^53, which no count comes near.
                    Value::Number(n) => sheet.write_number_with_format(at, column, *n as f64, &framed)?,
                    Value::Text(text) => sheet.write_string_with_format(at, column, text, &framed)?,
                };
            }
            at += 1;
        }
        for (row, note) in (at + 1..).zip(&self.notes) {
            sheet.write_string(row, 0, note)?;
        }
        book.save_to_buffer()
    }

    pub fn csv(&self) -> String {
        let mut lines = vec![line([self.title.as_str()])];
        lines.push(line(self.head.iter().map(String::as_str)));
        for row in &self.rows {
            let cells: Vec<String> = row
                .iter()
                .map(|value| match value {
                    Value::Number(n) => n.to_string(),
                    Value::Text(text) => text.clone(),
                })
                .collect();
            lines.push(line(cells.iter().map(String::as_str)));
        }
        lines.push(String::new());
        lines.extend(self.notes.iter().map(|note| line([note.as_str()])));
        format!("\u{feff}{}\r\n", lines.join("\r\n"))
    }
}

/// Quoted where it has to be; what a spreadsheet would take for a formula is kept from being one.
fn line<'t>(cells: impl IntoIterator<Item = &'t str>) -> String {
    let cell = |text: &str| {
        let text = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
            format!("'{text}")
        } else {
            text.to_owned()
        };
        if text.contains(['"', ',', '\n', '\r']) {
            format!("\"{}\"", text.replace('"', "\"\""))
        } else {
            text
        }
    };
    cells.into_iter().map(cell).collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet() -> Sheet {
        let text = |text: &str| Value::Text(text.to_owned());
        Sheet {
            title: "2026年11月".into(),
            head: vec!["属地".into(), "新增".into(), "率".into()],
            rows: vec![
                vec![text("汉滨区"), Value::Number(12), text("")],
                vec![text("=1+1,\"x\""), Value::Number(0), text("50.0%")],
            ],
            notes: vec!["口径".into()],
        }
    }

    #[test]
    fn csv_has_its_mark_and_no_formula() {
        let csv = sheet().csv();
        assert!(csv.starts_with('\u{feff}'));
        let lines: Vec<&str> = csv.split("\r\n").collect();
        assert_eq!(lines[2], "汉滨区,12,");
        assert_eq!(lines[3], "\"'=1+1,\"\"x\"\"\",0,50.0%");
        assert_eq!(lines[5], "口径");
    }

    #[test]
    fn xlsx_is_a_file_that_begins_as_one() {
        let bytes = sheet().xlsx().expect("it can be written");
        assert!(bytes.starts_with(b"PK\x03\x04") && bytes.len() > 2_000);
    }
}
