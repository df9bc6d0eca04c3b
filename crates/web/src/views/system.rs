//! 系统: who holds which post, who may do what, and how the record stands.
//!
//! Read only: nothing is changed here. Account names appear on this page alone, for the person
//! who keeps them.

use askama::Template;

use super::frame::Frame;

#[derive(Clone, Debug, Default, Template)]
#[template(path = "system.html")]
pub struct SystemPage {
    pub frame: Frame,
    pub people: Vec<PersonRow>,
    pub matrix: AuthorityMatrix,
    pub record: RecordStatus,
    pub delivery: DeliveryStatus,
}

/// How digests come to people, and what did not arrive.
#[derive(Clone, Debug, Default)]
pub struct DeliveryStatus {
    pub channels: Vec<DeliveryChannel>,
    /// Given up, the newest first.
    pub failed: Vec<FailedNotice>,
    /// How often a delivery is tried.
    pub tries: u64,
}

#[derive(Clone, Debug, Default)]
pub struct DeliveryChannel {
    pub name: String,
    pub set: bool,
    /// How it is, or what to do to have it.
    pub note: String,
    pub waiting: u64,
    pub delivered: u64,
    pub failed: u64,
}

#[derive(Clone, Debug, Default)]
pub struct FailedNotice {
    pub person: String,
    /// 邮件 11-23 08:31 未送达（550 no such mailbox）.
    pub receipt: String,
}

#[derive(Clone, Debug, Default)]
pub struct PersonRow {
    pub person: String,
    /// What waits for them, and the end of their appointment.
    pub hand_over: String,
    pub account: String,
    pub post: String,
    /// Code of the role.
    pub role: String,
    pub agency: String,
    pub place: String,
    /// `2026-01-01 起`, `2026-01-01 至 2026-12-31`.
    pub period: String,
}

/// Acts down, roles across.
#[derive(Clone, Debug, Default)]
pub struct AuthorityMatrix {
    /// Codes of the roles.
    pub roles: Vec<String>,
    pub rows: Vec<AuthorityRow>,
}

#[derive(Clone, Debug, Default)]
pub struct AuthorityRow {
    /// Code of the act.
    pub act: String,
    pub cells: Vec<AuthorityCell>,
}

#[derive(Clone, Debug, Default)]
pub struct AuthorityCell {
    pub allowed: bool,
    /// Under which relation to the subject: 本辖区, 本单位, 主管行业.
    pub condition: String,
}

#[derive(Clone, Debug, Default)]
pub struct RecordStatus {
    pub events: u64,
    pub unsealed: u64,
    pub checkpoint_at: Option<String>,
    pub checkpoint_size: Option<u64>,
    /// First characters of the root, to compare with a bulletin.
    pub checkpoint_root: Option<String>,
    /// Name the checkpoint is signed under.
    pub signer: Option<String>,
    pub sound: bool,
    /// Code of the reason why nothing is sealed any more.
    pub stopped: Option<String>,
}
