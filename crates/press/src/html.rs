//! A paper as a fragment for a page: the same blocks, with classes that `frontend/css/paper.css` sets. No style and no script.

use std::fmt::Write;

use crate::{
    model::{Align, Block, Cell, Kind, Level, Mark, Paper, Part, Placed, Signature, Table, date_or_room},
    text::escaped,
};

pub fn write(paper: &Paper) -> String {
    let mut html = String::from("<article class=\"paper\" lang=\"zh-CN\">");
    paper
        .parts
        .iter()
        .for_each(|part| self::part(&mut html, part, &paper.mark));
    html.push_str("</article>");
    html
}

fn part(html: &mut String, part: &Part, mark: &Mark) {
    let _ = write!(html, "<section class=\"paper-part paper-{}\">", part.page.code());
    if mark.demo {
        element(html, "p", "paper-demo", Mark::DEMO);
    }
    for (at, block) in part.blocks.iter().enumerate() {
        let under_organ = at > 0 && matches!(part.blocks[at - 1], Block::Organ(_));
        self::block(html, block, under_organ);
    }
    let line = mark.line();
    if !line.is_empty() {
        element(html, "p", "paper-mark", &line);
    }
    html.push_str("</section>");
}

fn block(html: &mut String, block: &Block, under_organ: bool) {
    match block {
        Block::Organ(name) => element(html, "p", "paper-organ", name),
        Block::Number(number) => {
            let class = if under_organ {
                "paper-number paper-ruled"
            } else {
                "paper-number"
            };
            element(html, "p", class, number);
        }
        Block::Title(title) => element(html, "h1", "paper-title", title),
        Block::Addressee(name) => element(html, "p", "paper-to", &format!("{name}：")),
        Block::Heading(level, text) => match level {
            Level::First => element(html, "h2", "paper-h1", text),
            Level::Second => element(html, "h3", "paper-h2", text),
            Level::Third => element(html, "h4", "paper-h3", text),
            Level::Fourth => element(html, "h5", "paper-h4", text),
        },
        Block::Paragraph(text) => element(html, "p", "paper-text", text),
        Block::Line(parts) => {
            html.push_str("<p class=\"paper-line\">");
            parts.iter().for_each(|part| element(html, "span", "", part));
            html.push_str("</p>");
        }
        Block::Table(content) => table(html, content),
        Block::Attachments(names) => {
            let alone = if names.len() == 1 {
                " class=\"paper-alone\""
            } else {
                ""
            };
            let _ = write!(
                html,
                "<div class=\"paper-attached\"><span>附件：</span><ol{alone}>"
            );
            names.iter().for_each(|name| element(html, "li", "", name));
            html.push_str("</ol></div>");
        }
        Block::AttachmentMark(text) => element(html, "p", "paper-attachment", text),
        Block::Signature(signature) => sign(html, signature),
        Block::Note(text) => element(html, "p", "paper-text", &format!("（{text}）")),
    }
}

fn sign(html: &mut String, signature: &Signature) {
    html.push_str("<div class=\"paper-sign\"><div>");
    if !signature.organ.is_empty() {
        element(html, "p", "", &signature.organ);
    }
    element(html, "p", "", &date_or_room(&signature.date));
    html.push_str("</div></div>");
}

fn table(html: &mut String, table: &Table) {
    let dense = if table.dense { " paper-dense" } else { "" };
    let _ = write!(html, "<table class=\"paper-table{dense}\"><colgroup>");
    let whole: u32 = table.columns.iter().sum::<u32>().max(1);
    for width in &table.columns {
        // In thousandths of the table: the sheet on a screen may be narrower than paper.
        let share = width * 1_000 / whole;
        let _ = write!(html, "<col width=\"{}.{}%\">", share / 10, share % 10);
    }
    html.push_str("</colgroup>");
    let rows = table.placed();
    let head = table.head.min(rows.len());
    if head > 0 {
        html.push_str("<thead>");
        rows[..head]
            .iter()
            .enumerate()
            .for_each(|(at, row)| self::row(html, row, table.rows[at].least));
        html.push_str("</thead>");
    }
    html.push_str("<tbody>");
    rows[head..]
        .iter()
        .enumerate()
        .for_each(|(at, row)| self::row(html, row, table.rows[head + at].least));
    html.push_str("</tbody></table>");
}

fn row(html: &mut String, row: &[Placed], least: u32) {
    // 96 to the inch, as a browser counts.
    let _ = match least {
        0 => write!(html, "<tr>"),
        least => write!(html, "<tr height=\"{}\">", least * 960 / 254),
    };
    for placed in row.iter().filter(|placed| !placed.covered) {
        let label = placed.cell.is_some_and(|cell| cell.kind == Kind::Label);
        let tag = if label { "th" } else { "td" };
        let _ = write!(html, "<{tag}");
        for (name, span) in [("colspan", placed.across), ("rowspan", placed.down)] {
            if span > 1 {
                let _ = write!(html, " {name}=\"{span}\"");
            }
        }
        html.push('>');
        placed.cell.into_iter().for_each(|cell| lines(html, cell));
        let _ = write!(html, "</{tag}>");
    }
    html.push_str("</tr>");
}

fn lines(html: &mut String, cell: &Cell) {
    if let [line] = &cell.lines[..]
        && (line.align == Align::Start || cell.kind == Kind::Label)
    {
        html.push_str(&broken(&line.text));
        return;
    }
    for line in &cell.lines {
        let class = match line.align {
            Align::Start => "",
            Align::Centre => "paper-centre",
            Align::End => "paper-end",
        };
        element(html, "p", class, &line.text);
    }
}

fn element(html: &mut String, tag: &str, class: &str, text: &str) {
    let class = if class.is_empty() {
        String::new()
    } else {
        format!(" class=\"{class}\"")
    };
    let _ = write!(html, "<{tag}{class}>{}</{tag}>", broken(text));
}

/// Line ends of the text are line ends on paper.
fn broken(text: &str) -> String {
    escaped(text).replace('\n', "<br>")
}
