//! 一隐患一档案: one hazard with its path, its deadline and why, its plan, its photos and its record.
//!
//! Done, now and next are data; the template draws them. Only acts this person may do now are in
//! `acts`; when there is none, `idle` says why and who can.

use askama::Template;

use super::act::ActForm;
use super::escalations::EscalationCard;
use super::frame::Frame;
use super::marks::{Due, FileLink, Photo, Severity, Who};

#[derive(Clone, Debug, Default, Template)]
#[template(path = "hazard.html")]
pub struct HazardPage {
    pub frame: Frame,
    pub id: String,
    pub number: String,
    pub description: String,
    pub stage: String,
    pub severity: Severity,
    pub path: Vec<PathStep>,
    pub due: Option<Due>,
    pub why: Option<WhyThisDate>,
    /// How often it was sent back, and the last reason.
    pub returns: u32,
    pub last_return: Option<String>,
    pub facts: Vec<Fact>,
    /// The clauses the determination rests on.
    pub clauses: Vec<String>,
    pub before: Vec<Photo>,
    pub after: Vec<Photo>,
    pub plan: Option<PlanView>,
    pub measures: Vec<InterimMeasure>,
    pub responsible: ResponsibleOn,
    /// Newest first.
    pub timeline: Vec<TimelineEvent>,
    /// 停滞 9 天: so long without any act.
    pub stuck: Option<String>,
    /// Steps of the ladder, the newest first.
    pub escalations: Vec<EscalationCard>,
    /// Their forms, opened from the step they belong to.
    pub escalation_acts: Vec<ActForm>,
    pub acts: Vec<ActForm>,
    /// A form that came back although its act is no longer open: without buttons, to be read and copied.
    pub stranded: Option<ActForm>,
    pub idle: Option<Idle>,
    pub record: RecordLine,
    /// Address of the 隐患档案卡.
    pub print: String,
    pub papers: Vec<PaperLink>,
}

/// A paper of the case, with the key of its name.
#[derive(Clone, Debug, Default)]
pub struct PaperLink {
    pub href: String,
    pub name: &'static str,
}

impl HazardPage {
    pub fn has_more_acts(&self) -> bool {
        self.acts.iter().any(|act| !act.first)
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StepState {
    Done,
    Now,
    #[default]
    Next,
    /// The route does not ask for it.
    Skipped,
}

impl StepState {
    pub fn code(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Now => "now",
            Self::Next => "next",
            Self::Skipped => "skipped",
        }
    }
}

#[derive(Clone, Debug, Default)]
pub struct PathStep {
    /// `report`, `confirm`, `plan`, `rectify`, `accept`, `sign_off`.
    pub act: String,
    pub state: StepState,
    /// Who did it, has to do it, or will.
    pub who: Option<String>,
    /// `11-20 09:12` when done; the deadline when now.
    pub when: Option<String>,
}

/// 为何是这个期限: the arithmetic, line by line, and the rule each line rests on.
#[derive(Clone, Debug, Default)]
pub struct WhyThisDate {
    pub lines: Vec<WhyLine>,
    /// `2026-11-25 24:00 到期`.
    pub result: String,
}

#[derive(Clone, Debug, Default)]
pub struct WhyLine {
    pub label: String,
    pub text: String,
    pub source: Option<String>,
}

#[derive(Clone, Debug, Default)]
pub struct Fact {
    pub label: String,
    pub value: String,
    pub href: Option<String>,
    /// A second line in smaller type.
    pub note: Option<String>,
}

/// 五到位, each element planned, in place, proven.
#[derive(Clone, Debug, Default)]
pub struct PlanView {
    /// Version of the plan where it was changed, and by whom it was filed.
    pub filed: String,
    pub elements: Vec<PlanElement>,
    /// What belongs to the plan without a box: 责任单位, 应急预案.
    pub others: Vec<Fact>,
}

#[derive(Clone, Debug, Default)]
pub struct PlanElement {
    /// `target`, `measures`, `deadline`, `funds`, `responsible_person`.
    pub element: String,
    pub text: String,
    pub planned: bool,
    pub in_place: bool,
    pub proven: bool,
}

#[derive(Clone, Debug, Default)]
pub struct InterimMeasure {
    /// As the city's table names it: 撤出危险区域人员.
    pub kind: String,
    pub text: String,
    pub ordered: String,
    pub by: Who,
    /// Until the hazard has ended.
    pub in_force: bool,
}

/// 某日责任: who was responsible on a day.
#[derive(Clone, Debug, Default)]
pub struct ResponsibleOn {
    pub day: String,
    /// The days that can be asked about.
    pub first: String,
    pub last: String,
    /// What was asked for is no day.
    pub error: Option<String>,
    pub lines: Vec<OnDay>,
    pub more: usize,
    /// Why nobody was: not reported yet, ended, not come yet.
    pub nobody: Option<String>,
}

#[derive(Clone, Debug, Default)]
pub struct OnDay {
    /// `全天`, `0:00 至 16:30`.
    pub when: String,
    pub whom: String,
    /// 整改责任人 高志松, as the plan has it.
    pub person: Option<String>,
    pub stage: String,
    /// `期限 2026-11-20 24:00，超期 3 天`.
    pub standing: String,
    pub late: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Outcome {
    #[default]
    Plain,
    Passed,
    SentBack,
}

impl Outcome {
    pub fn code(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Passed => "passed",
            Self::SentBack => "sent_back",
        }
    }
}

#[derive(Clone, Debug, Default)]
pub struct TimelineEvent {
    /// Code of the act: `accept`.
    pub act: String,
    pub outcome: Outcome,
    /// `11-20 09:12`.
    pub when: String,
    pub when_full: String,
    pub who: Who,
    /// The person's own record, for those who may open it.
    pub record: Option<String>,
    /// Whom the person stood in for, as a sentence: 受王某委托.
    pub principal: Option<String>,
    pub opinion: Option<String>,
    /// What was settled, as label and value: 整改期限 → 2026-11-25.
    pub details: Vec<Fact>,
    pub files: Vec<FileLink>,
    /// The event's place in the record once it is sealed.
    pub sealed_as: Option<u64>,
}

/// Why the viewer has nothing to do here now.
#[derive(Clone, Debug, Default)]
pub struct Idle {
    pub why: String,
    /// The rule, with its source.
    pub rule: Option<String>,
    /// Who can: agency, and persons where known.
    pub who_can: Option<String>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RecordState {
    /// Written, not yet under a checkpoint.
    #[default]
    Waiting,
    Sound,
    /// Columns and record disagree.
    Broken,
}

impl RecordState {
    pub fn code(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Sound => "sound",
            Self::Broken => "broken",
        }
    }
}

#[derive(Clone, Debug, Default)]
pub struct RecordLine {
    pub events: u64,
    /// Number of the newest sealed event.
    pub sealed_to: Option<u64>,
    pub state: RecordState,
    /// `2026-11-23 07:00`, of the checkpoint that covers it.
    pub checkpoint: Option<String>,
}
