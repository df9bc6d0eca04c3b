//! The shapes of problem lists: what is said in their steps, and how a list and its items are told.

use std::collections::HashMap;

use app::problem_list::Listed;
use domain::{
    AgencyId, HazardId,
    problem_list::{Item, ProblemList},
    time::Instant,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{api::shape::Named, site::Site};

#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProblemListSaid {
    /// Id of the county or zone that was visited.
    pub county: String,
    /// `oversight` or `unannounced`.
    pub visit_kind: String,
    /// First and last day of the visit.
    pub visit_from: String,
    pub visit_until: String,
    /// Names of those who went.
    pub team: Vec<String>,
    /// What the visit was made under.
    pub basis: String,
    /// Ids of hazards of that county that the caller's own agency reported.
    #[serde(default)]
    pub items: Vec<String>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProblemsSaid {
    /// Ids of hazards to put on the list.
    #[serde(default)]
    pub add: Vec<String>,
    /// Ids of hazards to take off it.
    #[serde(default)]
    pub remove: Vec<String>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LetterSaid {
    /// Id of the county's safety office or of a department of the county.
    pub addressee: String,
    /// The day by which it is to answer.
    pub reply_by: String,
    /// Number of the letter in the sender's own register. The city's safety office takes the next of its series instead.
    pub letter_no: Option<String>,
    /// What the answer is to contain beside the results.
    pub demands: Option<String>,
    pub contact: Option<String>,
    pub telephone: Option<String>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ListAcceptanceSaid {
    /// Ids of hazards of the list that are accepted, each by an act of its own.
    pub items: Vec<String>,
    pub opinion: String,
    /// When the places were visited.
    pub visited_at: Option<String>,
    pub place: Option<String>,
    /// Ids of certified persons, different ones, as many as the routes demand.
    #[serde(default)]
    pub inspectors: Vec<String>,
    /// What they came from, where their routes ask.
    pub cause: Option<String>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RemarkSaid {
    /// Id of a hazard of the list.
    pub id: String,
    pub remark: String,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AnswerSaid {
    /// The results are taken from where the hazards stand; this is what is added in words.
    #[serde(default)]
    pub remarks: Vec<RemarkSaid>,
    pub answer_note: Option<String>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ListWithdrawalSaid {
    /// Why it should not have been opened.
    pub reason: String,
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ProblemListsQuery {
    /// Where the page before ended: its `next`.
    pub cursor: Option<String>,
    /// 1 to 50; 50 if not said.
    pub limit: Option<usize>,
    /// `open`, `sent`, `received`, `answered` or `withdrawn`.
    pub state: Option<String>,
    /// Id of a county or zone.
    pub county: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct ProblemListSummary {
    pub id: String,
    pub county: Named,
    /// `oversight` or `unannounced`.
    pub kind: String,
    pub from: String,
    pub until: String,
    /// `open`, `sent`, `received`, `answered` or `withdrawn`.
    pub state: String,
    pub opened_at: String,
    /// The agency that opened it.
    pub opened_by: Named,
    pub items: usize,
    /// To whom it was sent, under which number, to be answered by when.
    pub to: Option<Named>,
    pub number: Option<String>,
    pub reply_by: Option<String>,
    pub sent_at: Option<String>,
    pub received_at: Option<String>,
    pub answered_at: Option<String>,
    pub withdrawn_at: Option<String>,
    /// It was answered late, or is late and not answered.
    pub late: bool,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct ProblemLists {
    pub items: Vec<ProblemListSummary>,
    pub next: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct ProblemListItem {
    pub id: String,
    pub number: String,
    /// Stage of the hazard; absent where the caller does not see it.
    pub stage: Option<String>,
    /// `waiting`, `unreceived`, `received`, `declined` or `ended`.
    pub hand_over: String,
    /// How it stands now: `done`, `partly`, `not_done` or `otherwise`.
    pub result: String,
    /// As it was answered.
    pub answered: Option<String>,
    pub remark: Option<String>,
    /// Why it was not acted on just now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problem: Option<crate::problem::Body>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct ProblemListView {
    #[serde(flatten)]
    pub summary: ProblemListSummary,
    pub version: i64,
    pub team: Vec<String>,
    pub basis: String,
    /// Of the answer.
    pub note: Option<String>,
    /// Why it was withdrawn.
    pub withdrawn_because: Option<String>,
    /// In the order of the letter.
    pub rows: Vec<ProblemListItem>,
    /// Ids of the sign-off lists that were opened for it, the newest first.
    pub sign_off_lists: Vec<String>,
}

pub(super) fn summary(
    site: &Site,
    list: &ProblemList,
    names: &HashMap<AgencyId, String>,
    now: Instant,
) -> ProblemListSummary {
    let agency = |id: AgencyId| Named {
        id: id.to_string(),
        name: names.get(&id).cloned().unwrap_or_default(),
    };
    let sending = list.sending();
    ProblemListSummary {
        id: list.id.to_string(),
        county: Named {
            id: list.home.county.to_string(),
            name: site.app.reference.name(&list.home.county),
        },
        kind: list.visit.kind.to_string(),
        from: list.visit.from.to_string(),
        until: list.visit.until.to_string(),
        state: list.state_name().to_string(),
        opened_at: list.opened.at.rfc3339(),
        opened_by: agency(list.opened.agency),
        items: list.items.len(),
        to: sending.map(|sending| agency(sending.to)),
        number: sending.map(|sending| sending.number.clone()),
        reply_by: sending.map(|sending| sending.reply_by.to_string()),
        sent_at: sending.map(|sending| sending.by.at.rfc3339()),
        received_at: list.receipt().map(|by| by.at.rfc3339()),
        answered_at: list.answer().map(|answer| answer.by.at.rfc3339()),
        withdrawn_at: list.withdrawal().map(|one| one.by.at.rfc3339()),
        late: list.is_late(now),
    }
}

pub(super) fn view(
    site: &Site,
    listed: &Listed,
    names: &HashMap<AgencyId, String>,
    mut refused: HashMap<HazardId, crate::problem::Body>,
) -> ProblemListView {
    let list = &listed.list;
    let row = |item: &Item| {
        let hazard = listed.hazard(item);
        let answered = list.result(item.hazard);
        ProblemListItem {
            id: item.hazard.to_string(),
            number: item.number.clone(),
            stage: hazard.map(|hazard| hazard.stage.name().to_string()),
            hand_over: listed.hand_over(item).to_string(),
            result: listed.looked(item).to_string(),
            answered: answered.map(|one| one.result.to_string()),
            remark: answered.map(|one| one.remark.clone()),
            problem: refused.remove(&item.hazard),
        }
    };
    ProblemListView {
        summary: summary(site, list, names, site.app.clock.now()),
        version: list.seen.version,
        team: list.visit.team.clone(),
        basis: list.visit.basis.clone(),
        note: list.answer().map(|answer| answer.note.clone()),
        withdrawn_because: list.withdrawal().map(|one| one.reason.clone()),
        rows: list.items.iter().map(row).collect(),
        sign_off_lists: listed.sign_offs.iter().map(|one| one.id.to_string()).collect(),
    }
}
