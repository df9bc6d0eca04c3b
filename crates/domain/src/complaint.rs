//! A complaint 意见反馈 about the system, or about a demand that reached somebody through it: filled in twice, unreasonable, broken.
//! Whoever works with it may say so on every page, with their name or without. Without means that nobody keeps who it was: neither
//! the complaint nor its event names a person, and it lies with the city, so that no place gives them away.

use serde::{Deserialize, Serialize};

use crate::{
    ComplaintId, JurisdictionId,
    actor::{Actor, Signature},
    authority::Act,
    change::{Body, Change, Event, Row, Seen, Target},
    field::Checks,
    hazard::Moment,
    refusal::Refusal,
    time::Instant,
};

/// Characters of a complaint and of its answer.
pub const LONGEST: usize = 1_000;
const LONGEST_PAGE: usize = 200;

crate::words! {
    /// What it is about.
    ComplaintKind {
        /// The same has to be filled in more than once 重复填报.
        Repeated = "repeated",
        /// What is demanded is unreasonable 要求不合理.
        Unreasonable = "unreasonable",
        /// The system does not work as it should 系统问题.
        System = "system",
        Other = "other",
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Complaint {
    pub id: ComplaintId,
    pub seen: Seen,
    pub city: JurisdictionId,
    pub kind: ComplaintKind,
    pub text: String,
    /// The page it came from; empty where it came from none.
    pub page: String,
    pub at: Instant,
    /// Whoever complained, if they gave their name.
    pub by: Option<Signature>,
    pub answer: Option<Answered>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answered {
    pub text: String,
    pub by: Signature,
}

/// What somebody says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Complain {
    pub id: ComplaintId,
    pub kind: ComplaintKind,
    pub text: String,
    pub page: String,
    pub anonymous: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ComplaintEvent {
    Complained {
        kind: ComplaintKind,
        text: String,
        page: String,
    },
    Answered {
        text: String,
    },
}

/// The page without what could lead to whoever stood on it: of `/persons/0195…?done=x` what is left is `/persons`.
fn nobodys(page: &str) -> String {
    let path = page.split(['?', '#']).next().unwrap_or_default();
    let is_word =
        |part: &&str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    let words = path.split('/').skip(1).filter(is_word);
    match path.starts_with('/') {
        true => format!("/{}", words.collect::<Vec<_>>().join("/")),
        false => String::new(),
    }
}

impl Complaint {
    /// Under a delegation, too, it is one's own.
    pub fn make(said: Complain, moment: Moment) -> Result<Change, Refusal> {
        let own = moment.who.on_behalf_of(None);
        let moment = Moment { who: &own, ..moment };
        let mut checks = Checks::default();
        let text = checks.text("words", &said.text, LONGEST);
        let mut page = checks.optional("page", &said.page, LONGEST_PAGE);
        checks.done()?;
        if said.anonymous {
            page = nobodys(&page);
        }
        let complaint = Complaint {
            id: said.id,
            seen: Seen::NEW,
            city: moment.who.seat.city.clone(),
            kind: said.kind,
            text: text.clone(),
            page: page.clone(),
            at: moment.now,
            by: (!said.anonymous).then(|| moment.signature()),
            answer: None,
        };
        let told = Body::Complaint(ComplaintEvent::Complained {
            kind: said.kind,
            text,
            page,
        });
        let target = complaint.target();
        let event = if said.anonymous {
            Event::by_the_system(moment.event, Act::Complain, target, moment.now, told)
        } else {
            Event::by(moment.who, moment.event, Act::Complain, target, moment.now, told)
        };
        Ok(Change::new(event, Row::Complaint(Box::new(complaint))).resting_on(moment.who))
    }

    /// Answered once; what was said stays.
    pub fn answer(mut self, text: &str, moment: Moment) -> Result<Change, Refusal> {
        if self.answer.is_some() {
            return Err(Refusal::ComplaintAnswered);
        }
        let mut checks = Checks::default();
        let text = checks.text("answer", text, LONGEST);
        checks.done()?;
        self.answer = Some(Answered {
            text: text.clone(),
            by: moment.signature(),
        });
        let told = Body::Complaint(ComplaintEvent::Answered { text });
        let event = Event::by(
            moment.who,
            moment.event,
            Act::AnswerComplaint,
            self.target(),
            moment.now,
            told,
        );
        Ok(Change::new(event, Row::Complaint(Box::new(self))).resting_on(moment.who))
    }

    /// Whoever complained under their name.
    pub fn is_of(&self, who: &Actor) -> bool {
        self.by.as_ref().is_some_and(|by| by.person == who.person)
    }

    fn target(&self) -> Target {
        Target {
            noun: "complaint",
            id: self.id.to_string(),
            home: self.city.clone(),
            seen: self.seen,
        }
    }
}
