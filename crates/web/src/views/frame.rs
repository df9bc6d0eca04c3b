//! The frame around every page: whose eyes, where in the house, as of when.
//!
//! The menu holds only what the viewer has; the notice says what the last act did. Pages without a
//! viewer (sign-in, an error before sign-in) leave the navigation away.

use crate::words::Words;

/// Entries at the foot of a phone beside 更多: five targets fit a thumb on 360 pixels.
const AT_THE_FOOT: usize = 4;

#[derive(Clone, Debug, Default)]
pub struct Frame {
    pub words: Words,
    /// The page's own title, without the system's name.
    pub title: String,
    /// 安康市: stands beside the wordmark.
    pub city: String,
    /// Marks every page and print as demonstration data.
    pub demo: bool,
    pub viewer: Option<Viewer>,
    pub section: Option<Section>,
    pub sections: Vec<Section>,
    pub csrf: String,
    /// Path and query of this page, to come back to after switching the language.
    pub here: String,
    /// `2026-11-23 07:05`.
    pub as_of: String,
    /// The same instant in milliseconds, so that the browser counts on from the server's clock.
    pub now_ms: i64,
    pub notice: Option<Notice>,
    /// Where whoever looks at this page says what is wrong with it, or with what it demands; none without a viewer.
    pub complain: Option<String>,
    /// Digest of the bundle, appended to its addresses so that browsers may keep it for ever; empty in development.
    pub bundle: String,
}

/// The person and the one post chosen at sign-in.
#[derive(Clone, Debug, Default)]
pub struct Viewer {
    /// Person and post by their ids: what a browser keeps, it keeps under this and shows to nobody else.
    pub key: String,
    pub person: String,
    /// Where the viewer's own record stands.
    pub record: Option<String>,
    pub post: String,
    /// Agency or unit the post belongs to.
    pub agency: String,
    /// Where the post's scope lies: 安康市, 汉滨区, 汉滨区建民街道.
    pub place: String,
    /// Whom the viewer stands in for, when acting under a delegation.
    pub principal: Option<String>,
    /// Sees and changes nothing.
    pub read_only: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    Desk,
    Hazards,
    Escalations,
    Report,
    Stock,
    System,
    Routes,
    Leader,
    ProblemLists,
}

impl Section {
    pub fn href(self) -> &'static str {
        match self {
            Self::Desk => "/",
            Self::Hazards => "/hazards",
            Self::Escalations => "/escalations",
            Self::Report => "/report",
            Self::Stock => "/stock",
            Self::System => "/system",
            Self::Routes => "/system/routes",
            Self::Leader => "/leader",
            Self::ProblemLists => "/problem-lists",
        }
    }

    pub fn group(self) -> Group {
        match self {
            Self::Desk => Group::Desk,
            Self::Hazards | Self::ProblemLists | Self::Escalations | Self::Report => Group::Hazards,
            Self::Stock | Self::Leader => Group::Figures,
            Self::System | Self::Routes => Group::Setup,
        }
    }

    /// What is wanted in the field has a place of its own at the foot of a phone.
    fn in_the_field(self) -> bool {
        matches!(self, Self::Desk | Self::Hazards | Self::Report)
    }

    /// The code under which the catalogue and the icon sheet know it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Desk => "desk",
            Self::Hazards => "hazards",
            Self::Escalations => "escalations",
            Self::Report => "report",
            Self::Stock => "stock",
            Self::System => "system",
            Self::Routes => "routes",
            Self::Leader => "leader",
            Self::ProblemLists => "problem_lists",
        }
    }
}

/// Entries of one kind of work stand together; the menu is too long to be read as one list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    Desk,
    Hazards,
    Figures,
    Setup,
}

impl Group {
    /// None for the one that needs no heading.
    pub fn code(self) -> Option<&'static str> {
        match self {
            Self::Desk => None,
            Self::Hazards => Some("hazards"),
            Self::Figures => Some("figures"),
            Self::Setup => Some("setup"),
        }
    }
}

/// What the last act did, shown once on the page it led to.
#[derive(Clone, Debug, Default)]
pub struct Notice {
    pub text: String,
    /// What happens next, and by whom.
    pub next: Option<String>,
    /// The idempotency key of the form that arrived: the browser drops the draft kept under it.
    pub delivered: Option<String>,
}

impl Frame {
    /// The desk looks again by itself, and then its time is another one too.
    pub fn is_live(&self) -> bool {
        self.section == Some(Section::Desk)
    }

    pub fn is_here(&self, section: &Section) -> bool {
        self.section == Some(*section)
    }

    /// The menu, each group's entries in their order.
    pub fn menu(&self) -> Vec<(Group, Vec<Section>)> {
        let mut menu: Vec<(Group, Vec<Section>)> = Vec::new();
        for section in &self.sections {
            match menu.iter_mut().find(|(group, _)| *group == section.group()) {
                Some((_, entries)) => entries.push(*section),
                None => menu.push((section.group(), vec![*section])),
            }
        }
        menu
    }

    /// What stands at the foot of a phone beside 更多: what is wanted in the field, then what comes first.
    pub fn at_the_foot(&self) -> Vec<Section> {
        let (field, others): (Vec<Section>, Vec<Section>) = self
            .sections
            .iter()
            .copied()
            .partition(|section| section.in_the_field());
        let mut foot: Vec<Section> = field.into_iter().chain(others).take(AT_THE_FOOT).collect();
        foot.sort_by_key(|section| self.sections.iter().position(|one| one == section));
        foot
    }

    /// Whether there is more than stands at the foot.
    pub fn has_more(&self) -> bool {
        self.sections.len() > AT_THE_FOOT
    }

    /// Whether this page is one of those that do not stand at the foot.
    pub fn is_further(&self) -> bool {
        self.section
            .is_some_and(|section| !self.at_the_foot().contains(&section))
    }
}
