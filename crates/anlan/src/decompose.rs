//! `anlan decompose`: documents in, their tasks out as JSON, as a table for the eye, or as the workbook that offices pass round.
//!
//! Reading is the crate `reader`'s; here are only files and forms. Nothing of a document is changed, and a workbook that exists is
//! not written over.

use std::{
    io::Write,
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::ValueEnum;
use reader::{Kind, Reading, Task};
use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Workbook, XlsxError};
use serde_json::json;

use crate::{COULD_NOT, Stop};

#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Shape {
    /// One JSON object; an array of them where several files are named
    Json,
    /// A table to look at
    Table,
    /// A workbook, one sheet for each document
    Xlsx,
}

/// Sheets of one workbook.
const MOST_FILES: usize = 200;

pub fn run(files: &[PathBuf], shape: Shape, out: Option<&Path>) -> Result<ExitCode, Stop> {
    if files.len() > MOST_FILES {
        return Err(Stop::new(
            format!("{} files at once", files.len()),
            format!("name at most {MOST_FILES}"),
        ));
    }
    let mut readings: Vec<(&Path, Reading)> = Vec::new();
    let mut failed = false;
    for file in files {
        match read(file) {
            Ok(reading) => readings.push((file, reading)),
            Err(stop) => {
                failed = true;
                eprintln!("anlan: {}", stop.what);
                eprintln!("       {}", stop.next);
            }
        }
    }
    if readings.is_empty() {
        return Ok(ExitCode::from(COULD_NOT));
    }
    match shape {
        Shape::Json => {
            let text = match readings.as_slice() {
                [(_, reading)] if files.len() == 1 => serde_json::to_string_pretty(reading),
                all => {
                    let all: Vec<_> = all
                        .iter()
                        .map(|(file, reading)| json!({"file": file, "reading": reading}))
                        .collect();
                    serde_json::to_string_pretty(&all)
                }
            };
            write(
                out,
                format!("{}\n", text.map_err(std::io::Error::from)?).as_bytes(),
            )?;
        }
        Shape::Table => {
            let text: String = readings
                .iter()
                .map(|(file, reading)| table(file, reading))
                .collect();
            write(out, text.as_bytes())?;
        }
        Shape::Xlsx => {
            let name = out.map_or_else(|| workbook_name(files), Path::to_path_buf);
            let bytes =
                workbook(&readings).map_err(|error| Stop::new(error, "this is a fault of the program"))?;
            write(Some(&name), &bytes)?;
            eprintln!("已写出 / written: {}", name.display());
        }
    }
    Ok(if failed {
        ExitCode::from(COULD_NOT)
    } else {
        ExitCode::SUCCESS
    })
}

fn read(file: &Path) -> Result<Reading, Stop> {
    let cannot = |why: String, next: &str| Stop::new(format!("{}: {why}", file.display()), next);
    let size =
        std::fs::metadata(file).map_err(|error| cannot(error.to_string(), "name a file that can be read"))?;
    if size.len() > reader::LARGEST as u64 {
        return Err(cannot(
            reader::Unreadable::TooLarge.to_string(),
            "split the document",
        ));
    }
    let bytes =
        std::fs::read(file).map_err(|error| cannot(error.to_string(), "name a file that can be read"))?;
    reader::read(&bytes).map_err(|error| {
        cannot(
            format!("{error} ({})", error.code()),
            "plain text, .docx, a saved web page and Word XML are read: docs/reading.md",
        )
    })
}

/// To the file, which must not exist yet, or to standard output.
fn write(out: Option<&Path>, bytes: &[u8]) -> Result<(), Stop> {
    let Some(name) = out else {
        // Whoever reads the output may stop reading it: that is not our failure.
        return match std::io::stdout().write_all(bytes) {
            Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(error.into()),
            _ => Ok(()),
        };
    };
    let written = std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(name)
        .and_then(|mut file| file.write_all(bytes));
    written.map_err(|error| {
        Stop::new(
            format!("{}: {error}", name.display()),
            "name another file with --out",
        )
    })
}

fn workbook_name(files: &[PathBuf]) -> PathBuf {
    let stem = files
        .first()
        .and_then(|file| file.file_stem())
        .unwrap_or_default();
    PathBuf::from(format!("{}-任务分解表.xlsx", stem.to_string_lossy()))
}

fn table(file: &Path, reading: &Reading) -> String {
    let facts = &reading.document;
    let mut out = format!("{}\n", file.display());
    for (name, value) in [
        ("标题", &facts.title),
        ("文种", &facts.kind_name),
        ("讲话人", &facts.speaker),
        ("发文机关", &facts.issuer),
        ("文号", &facts.number),
        ("日期", &facts.date),
    ] {
        if let Some(value) = value {
            out.push_str(&format!("  {name}　{value}\n"));
        }
    }
    out.push_str(&format!("  任务 {} 项\n", reading.tasks.len()));
    for task in &reading.tasks {
        out.push_str(&format!(
            "{:>4}  [{}] {}\n",
            task.number,
            kind(task.kind),
            one_line(&task.text)
        ));
        for (name, value) in [
            (
                "位置",
                format!("{}–{}  {}", task.start, task.end, task.heading_path.join(" › ")),
            ),
            ("牵头", task.lead.join("、")),
            ("配合", task.cooperating.join("、")),
            ("时限", due(task)),
        ] {
            if !value.is_empty() {
                out.push_str(&format!("      {name}　{value}\n"));
            }
        }
    }
    if !reading.damage.is_empty() {
        out.push_str(&format!(
            "  文本损坏与疑似错误 {} 处（均未改动原文）\n",
            reading.damage.len()
        ));
        let mut wraps = 0;
        for damage in &reading.damage {
            if damage.kind == "line_wrap" {
                wraps += 1;
                continue;
            }
            let proposed = damage.proposed.as_deref().filter(|text| !text.is_empty());
            let proposed = proposed
                .map(|text| format!(" → {}", one_line(text)))
                .unwrap_or_default();
            out.push_str(&format!(
                "      {}–{}  {}{proposed}  {:.2}  {}\n",
                damage.start,
                damage.end,
                one_line(&damage.found.chars().take(40).collect::<String>()),
                damage.confidence,
                damage.note
            ));
        }
        if wraps > 0 {
            out.push_str(&format!("      换行残留 {wraps} 处\n"));
        }
    }
    for missing in &reading.missing {
        out.push_str(&format!(
            "  {}–{}  {}\n",
            missing.start, missing.end, missing.note
        ));
    }
    out
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Action => "行动",
        Kind::Mechanism => "机制",
        Kind::Rectification => "整改",
        Kind::Report => "报送",
        Kind::Stage => "阶段",
        Kind::GeneralRequirement => "总体要求",
        Kind::Truncated => "残缺",
    }
}

fn due(task: &Task) -> String {
    match &task.deadline {
        Some(deadline) => match &deadline.iso {
            Some(iso) => format!("{}（{iso}）", deadline.phrase),
            None => deadline.phrase.clone(),
        },
        None => task
            .cycle
            .as_ref()
            .map(|cycle| cycle.phrase.clone())
            .unwrap_or_default(),
    }
}

/// The task table as offices print it; what only later work can fill stays empty.
const COLUMNS: [(&str, f64); 11] = [
    ("序号", 6.0),
    ("重点任务", 34.0),
    ("具体举措", 60.0),
    ("牵头领导", 12.0),
    ("牵头单位", 24.0),
    ("责任（配合）单位", 30.0),
    ("完成时限", 20.0),
    ("进展", 16.0),
    ("亮灯", 8.0),
    ("存在问题", 16.0),
    ("下一步", 16.0),
];

fn workbook(readings: &[(&Path, Reading)]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let cell = Format::new()
        .set_border(FormatBorder::Thin)
        .set_text_wrap()
        .set_align(FormatAlign::Top);
    let head = cell.clone().set_bold().set_align(FormatAlign::Center);
    let title = Format::new()
        .set_bold()
        .set_align(FormatAlign::Center)
        .set_font_size(16);
    for (place, (_, reading)) in readings.iter().enumerate() {
        let sheet = book.add_worksheet();
        sheet.set_name(format!("任务分解表{}", place + 1))?;
        sheet
            .set_landscape()
            .set_paper_size(8)
            .set_print_fit_to_pages(1, 0)
            .set_repeat_rows(1, 1)?;
        let name = reading.document.title.as_deref().unwrap_or("文件");
        let last = COLUMNS.len() as u16 - 1;
        sheet.merge_range(0, 0, 0, last, &format!("{name}任务分解表"), &title)?;
        for (column, (name, width)) in COLUMNS.iter().enumerate() {
            sheet.set_column_width(column as u16, *width)?;
            sheet.write_string_with_format(1, column as u16, *name, &head)?;
        }
        for (row, task) in reading.tasks.iter().enumerate() {
            let row = row as u32 + 2;
            sheet.write_number_with_format(row, 0, task.number as f64, &cell)?;
            let helpers: Vec<&str> = task
                .bodies
                .carry_out
                .iter()
                .filter(|name| !task.lead.contains(name))
                .chain(&task.cooperating)
                .map(String::as_str)
                .collect();
            let texts = [
                task.target.clone().unwrap_or_default(),
                one_line(&task.text),
                task.leaders.join("、"),
                task.lead.join("、"),
                helpers.join("、"),
                due(task),
                String::new(),
                if task.light {
                    String::new()
                } else {
                    "不亮灯".to_owned()
                },
                String::new(),
                String::new(),
            ];
            for (column, text) in texts.iter().enumerate() {
                sheet.write_string_with_format(row, column as u16 + 1, text, &cell)?;
            }
        }
    }
    book.save_to_buffer()
}
