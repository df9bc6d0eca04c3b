//! 领导一页纸, on the screen and on A4: one content, two frames. On paper nothing is a link, and no draft is written out.
//!
//! Never here: a rank beside a line, or a person beside a number.

use askama::Template;

use super::{
    frame::Frame,
    marks::{Due, Light, Severity},
    one_page::Figure,
    stock::Cell,
};

#[derive(Clone, Debug, Default, Template)]
#[template(path = "leader.html")]
pub struct LeaderPage {
    pub frame: Frame,
    pub leader: Leader,
}

#[derive(Clone, Debug, Default, Template)]
#[template(path = "leader_print.html")]
pub struct LeaderPrint {
    pub frame: Frame,
    pub leader: Leader,
    /// The agency that filled it in.
    pub viewer: String,
}

/// Cases that have room on one A4 beside the figures and a city's dozen counties.
const ON_PAPER: usize = 3;

#[derive(Clone, Debug, Default)]
pub struct Leader {
    pub name: String,
    /// Lines are counties, with a last column for what was true on revisit.
    pub is_city: bool,
    pub period: String,
    /// Eight of them.
    pub figures: Vec<Figure>,
    pub heading: String,
    pub rows: Vec<Line>,
    pub total: Line,
    pub cases: Vec<CaseTold>,
    /// Overdue cases that are not told here, and where all of them are.
    pub more: Option<(i64, String)>,
    pub as_of: String,
    pub uncounted: i64,
    pub unbalanced: bool,
    pub checkpoint: Option<(u64, String)>,
}

impl Leader {
    /// In the order of the cells, by key.
    pub fn columns(&self) -> Vec<&'static str> {
        let mut columns = vec![
            "one_page.closing",
            "one_page.major",
            "one_page.overdue",
            "leader.overdue_major",
            "part.overdue_rate",
            "one_page.new",
            "one_page.closed",
            "one_page.returned",
        ];
        if self.is_city {
            columns.push("one_page.true_rate");
        }
        columns
    }

    /// Keys of the rules of counting.
    pub fn rules(&self) -> [&'static str; 8] {
        [
            "stock_rule.when",
            "stock_rule.new",
            "stock_rule.closed",
            "stock_rule.overdue",
            "leader_rule.rates",
            "leader_rule.lights",
            "leader_rule.responsible",
            "stock_rule.scope",
        ]
    }

    /// As it is printed: one page, so fewer cases, and a number for the others.
    pub fn unlinked(mut self) -> Self {
        let left = self.cases.len().saturating_sub(ON_PAPER);
        self.cases.truncate(ON_PAPER);
        if left > 0 {
            let more = self.more.map_or(0, |(n, _)| n);
            self.more = Some((more + i64::try_from(left).unwrap_or_default(), String::new()));
        }
        let lines = self.rows.iter_mut().chain([&mut self.total]);
        for line in lines {
            line.href = None;
            for cell in &mut line.cells {
                cell.href = None;
            }
        }
        for figure in &mut self.figures {
            figure.href = None;
        }
        for case in &mut self.cases {
            if let Some(draft) = &mut case.draft {
                draft.text = None;
            }
        }
        self
    }
}

#[derive(Clone, Debug, Default)]
pub struct Line {
    pub name: String,
    pub href: Option<String>,
    /// Red where something major is overdue, orange where anything is.
    pub light: Light,
    /// Nobody has more that is major and overdue, or else more that is overdue.
    pub reddest: bool,
    pub cells: Vec<Cell>,
}

#[derive(Clone, Debug, Default)]
pub struct CaseTold {
    pub n: usize,
    pub href: String,
    pub number: String,
    pub description: String,
    pub unit: String,
    pub place: String,
    pub severity: Severity,
    pub due: Option<Due>,
    /// Why it is due on that date, in one sentence.
    pub why: Option<String>,
    /// Tenures before those that are told.
    pub earlier: usize,
    pub tenures: Vec<Tenure>,
    pub waits_for: Option<String>,
    pub draft: Option<Draft>,
}

/// Who was responsible from when to when.
#[derive(Clone, Debug, Default)]
pub struct Tenure {
    pub when: String,
    pub whom: String,
    /// The date passed while it lay with them.
    pub at_due: bool,
    pub now: bool,
}

#[derive(Clone, Debug, Default)]
pub struct Draft {
    pub href: String,
    /// 督办函待发.
    pub state: String,
    pub title: String,
    /// What the draft says, while nobody has sent it.
    pub text: Option<String>,
}
