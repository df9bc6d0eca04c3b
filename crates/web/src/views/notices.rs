//! 催办摘要: what I was told, day by day, with what became of it on its way; and where I want to be mailed.

use askama::Template;

use super::frame::Frame;

#[derive(Clone, Debug, Default, Template)]
#[template(path = "notices.html")]
pub struct NoticesPage {
    pub frame: Frame,
    /// When digests are made: 每个工作日 08:30.
    pub when: String,
    pub days: Vec<NoticeDay>,
    pub mail_address: String,
    pub mail_error: Option<String>,
    /// The installation has a mail server.
    pub mails: bool,
}

#[derive(Clone, Debug, Default)]
pub struct NoticeDay {
    pub day: String,
    pub count: u64,
    pub sections: Vec<NoticeSection>,
    /// 邮件 11-23 08:31 已送达.
    pub receipts: Vec<String>,
}

#[derive(Clone, Debug, Default)]
pub struct NoticeSection {
    pub title: String,
    pub lines: Vec<NoticeLine>,
    pub more: Option<u64>,
}

#[derive(Clone, Debug, Default)]
pub struct NoticeLine {
    pub text: String,
    pub href: String,
}
