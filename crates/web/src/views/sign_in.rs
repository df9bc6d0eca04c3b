//! The door: name and password, then the post, for a person who holds several.
//!
//! In the demo the accounts stand beside the form by person and post. Posts to `/sign-in`: first
//! `username` and `password`; then `ticket` and `post`; a demo row sends `demo_account`.

use askama::Template;

use super::frame::Frame;

#[derive(Clone, Debug, Default, Template)]
#[template(path = "sign_in.html")]
pub struct SignInPage {
    pub frame: Frame,
    pub username: String,
    pub error: Option<SignInError>,
    /// The second step; none asks for name and password.
    pub posts: Option<PostChoice>,
    pub demo_accounts: Vec<DemoAccount>,
    /// Where to go afterwards; sent as `then`.
    pub then: String,
}

#[derive(Clone, Debug, Default)]
pub struct SignInError {
    pub happened: String,
    pub next_step: String,
}

#[derive(Clone, Debug, Default)]
pub struct PostChoice {
    pub person: String,
    /// Proof of the first step.
    pub ticket: String,
    pub posts: Vec<PostOption>,
}

#[derive(Clone, Debug, Default)]
pub struct PostOption {
    pub id: String,
    pub post: String,
    pub agency: String,
    pub place: String,
    /// 至 2026-12-31, or a delegation: 受张某某委托.
    pub note: Option<String>,
}

#[derive(Clone, Debug, Default)]
pub struct DemoAccount {
    pub account: String,
    pub person: String,
    pub post: String,
    pub agency: String,
    pub place: String,
    /// What one sees with these eyes: 验收、上报.
    pub does: String,
}
