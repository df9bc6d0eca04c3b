//! An official paper on the screen, as it prints. The paper itself comes whole from `press`, with every text escaped there.

use askama::Template;

use super::frame::Frame;

#[derive(Clone, Debug, Default, Template)]
#[template(path = "paper.html")]
pub struct PaperPage {
    pub frame: Frame,
    /// The fragment that `press::html` wrote.
    pub paper: String,
    /// Where the same paper is had as a Word document.
    pub word: String,
    pub back: String,
}
