//! 清单销号: what waits for a list in each county, and one list with its sample first.
//!
//! How an item stands is a code; why it was not signed off is a sentence. On paper the same table, without what can be pressed.

use askama::Template;

use super::frame::Frame;

#[derive(Clone, Debug, Default, Template)]
#[template(path = "sign_off_lists.html")]
pub struct ListsPage {
    pub frame: Frame,
    /// In official order, those with something waiting.
    pub counties: Vec<CountyWaiting>,
    pub lists: Vec<ListLine>,
    pub next: Option<String>,
    pub may_open: bool,
}

#[derive(Clone, Debug, Default)]
pub struct CountyWaiting {
    pub id: String,
    pub name: String,
    pub n: i64,
    /// There may be more than were looked through.
    pub more: bool,
    /// The list that has to be decided first.
    pub open: Option<String>,
    pub idempotency_key: String,
}

#[derive(Clone, Debug, Default)]
pub struct ListLine {
    pub href: String,
    pub county: String,
    pub opened: String,
    pub items: usize,
    pub drawn: usize,
    /// `open`, `passed`, `refused`.
    pub state: String,
}

#[derive(Clone, Debug, Default, Template)]
#[template(path = "sign_off_list.html")]
pub struct ListPage {
    pub frame: Frame,
    pub list: ListFacts,
    /// What may be done now; none for readers and where all is done.
    pub decide: Option<DecideForm>,
    pub print: String,
}

#[derive(Clone, Debug, Default, Template)]
#[template(path = "sign_off_list_print.html")]
pub struct ListPrint {
    pub frame: Frame,
    pub list: ListFacts,
    pub back: String,
}

#[derive(Clone, Debug, Default)]
pub struct ListFacts {
    pub title: String,
    /// Who opened it, when, how many.
    pub opened: String,
    pub state: String,
    /// What was decided, by whom, when.
    pub decided: Option<String>,
    pub seed: String,
    pub sample: Vec<ListRow>,
    pub rest: Vec<ListRow>,
    /// Of those drawn, while the list is open.
    pub undecided: i64,
    /// Of the rest, once the list was passed.
    pub left: i64,
}

#[derive(Clone, Debug, Default)]
pub struct ListRow {
    pub href: String,
    pub number: String,
    pub description: String,
    pub unit: String,
    pub acceptor: String,
    pub accepted: String,
    /// Code; empty where the route does not ask.
    pub cause: String,
    pub evidence: usize,
    /// Code of how it stands.
    pub standing: String,
    /// Why it cannot be signed off by this viewer.
    pub problem: Option<String>,
}

#[derive(Clone, Debug, Default)]
pub struct DecideForm {
    pub action: String,
    pub idempotency_key: String,
    /// The list was passed and some of it is left: no opinion is asked for again.
    pub goes_on: bool,
    pub opinion: String,
    pub error: Option<String>,
}
