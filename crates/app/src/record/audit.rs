//! What an audit of the record says: the faults it found, each naming its record.

use serde::Serialize;

/// How many rows are read at a time.
pub const PAGE: usize = 2_000;
/// After this many faults, an audit says no more than that there are more.
pub const MOST_FAULTS: usize = 200;

/// One record that is not as it was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fault {
    pub table: String,
    pub id: String,
    pub what: What,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum What {
    /// The columns do not give the digest that the event holds.
    Altered,
    /// An event wrote it, and it is gone.
    Missing,
    /// No event wrote it.
    Unrecorded,
    /// It stands in an older version than its newest event.
    SetBack,
    /// It is not the event before it that it names.
    ChainBroken,
    /// The tree is not that of the events.
    TreeAltered,
    /// The signature is not that of the key, or not of this tree.
    SignatureWrong,
    /// It is neither sealed nor waiting to be.
    Unmarked,
    /// The counts are not those of the events.
    Miscounted,
    /// A checkpoint kept elsewhere speaks of a longer or another history.
    Rewritten,
}

impl What {
    pub fn in_words(self) -> &'static str {
        match self {
            What::Altered => "内容与存证不符，已被改动",
            What::Missing => "有存证而记录不见，已被删除",
            What::Unrecorded => "没有存证，不是经系统写入",
            What::SetBack => "被退回到旧的内容",
            What::ChainBroken => "与前一事件接不上，前后有改动",
            What::TreeAltered => "存证序列与事件不符",
            What::SignatureWrong => "签名不符",
            What::Unmarked => "未入存证序列，也不在待封存之列",
            What::Miscounted => "统计数与事件不符",
            What::Rewritten => "与所持存证摘要不符，历史被改写或倒退",
        }
    }
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    pub events: u64,
    pub rows: u64,
    pub sealed: u64,
    /// Events not yet in the tree: for them, only digests and chains speak.
    pub unsealed: u64,
    pub root: String,
    pub faults: Vec<Fault>,
    /// There are more faults than are listed.
    pub more: bool,
}

impl Report {
    pub fn is_sound(&self) -> bool {
        self.faults.is_empty()
    }

    pub(crate) fn fault(&mut self, table: impl Into<String>, id: impl Into<String>, what: What) {
        let fault = Fault {
            table: table.into(),
            id: id.into(),
            what,
        };
        if self.faults.contains(&fault) {
            return;
        }
        if self.faults.len() < MOST_FAULTS {
            self.faults.push(fault);
        } else {
            self.more = true;
        }
    }
}
