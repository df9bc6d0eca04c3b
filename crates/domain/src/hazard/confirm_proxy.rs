//! A small unit confirms what its town recorded for it: its head enters a code of the slip at the clerk's screen, or the signed page
//! is attached instead; a unit that has got an account of its own says so itself. Each confirms all that waits. Until then nothing
//! of it is accepted. What was recorded for a unit that turned out not to be the owner is nobody's to confirm.

use crate::{
    authority::Act,
    change::{Change, Row},
    evidence::EvidenceFile,
    field::Checks,
    hazard::{
        Hazard, HazardEvent, Moment,
        course::{ConfirmedBy, Proxied, ProxyConfirmed},
    },
    proxy::UnitProxy,
    refusal::Refusal,
};

/// What the unit confirms with.
#[derive(Debug, Clone, PartialEq)]
pub enum Confirming {
    /// The arrangement as it was read, and which of its codes was entered.
    Code {
        proxy: Box<UnitProxy>,
        code: usize,
    },
    Page(Vec<EvidenceFile>),
    /// Its own people do it.
    Itself,
}

impl Hazard {
    pub fn confirm_proxy(mut self, how: Confirming, moment: Moment) -> Result<Change, Refusal> {
        self.expects(Act::ConfirmProxy)?;
        let mut checks = Checks::default();
        let (by, page, rows) = match how {
            Confirming::Code { proxy, code } => {
                let row = self.use_code(*proxy, code, &moment)?;
                (ConfirmedBy::Code, Vec::new(), vec![row])
            }
            Confirming::Page(files) => {
                let (ids, files) = self.attach("signed_page", files, true, &mut checks, &moment);
                (ConfirmedBy::Page, ids, files.into_iter().map(Row::File).collect())
            }
            Confirming::Itself => (ConfirmedBy::Itself, Vec::new(), Vec::new()),
        };
        checks.done()?;

        let before = self.cell();
        let confirmed = ProxyConfirmed {
            how: by,
            page: page.clone(),
            by: moment.signature(),
        };
        let since = self.course.owned_since();
        let mut acts = Vec::new();
        for one in &mut self.course.proxied {
            if one.confirmed.is_none() && one.by.at >= since {
                one.confirmed = Some(confirmed.clone());
                acts.push(one.act);
            }
        }
        let told = HazardEvent::ProxyConfirmed { how: by, acts, page };
        let change = self.recorded(before, &moment, Act::ConfirmProxy, told);
        Ok(rows.into_iter().fold(change, Change::and))
    }

    /// A code is worth something only while nobody who has seen it can have recorded with it.
    fn use_code(&self, mut proxy: UnitProxy, code: usize, moment: &Moment) -> Result<Row, Refusal> {
        let issuer = proxy.issued.person;
        let recorded = |one: &&Proxied| one.by.person == issuer;
        if issuer == moment.who.person || self.course.unconfirmed().any(|one| recorded(&one)) {
            return Err(Refusal::SameHands {
                act: Act::ConfirmProxy,
                earlier: Act::IssueProxy,
            });
        }
        let entered = proxy.codes.get_mut(code).filter(|code| code.used.is_none());
        match entered {
            Some(code) => code.used = Some(moment.now),
            None => return Err(Refusal::field("code", "wrong-code")),
        }
        Ok(Row::UnitProxy(Box::new(proxy)))
    }

    /// Whether its acceptance would rest on something that was recorded for a unit and that nobody has confirmed: plan and
    /// rectification as they stand, and what was told or put in place for the unit that answers for it now.
    pub(super) fn rests_on_unconfirmed(&self) -> bool {
        let plan = self.stage.plan().map(|plan| &plan.by);
        let rectification = self.stage.rectification().map(|done| &done.by);
        let waiting = self.course.proxied.iter().filter(|one| one.confirmed.is_none());
        let mut waiting = waiting.filter(|one| match one.act {
            Act::Plan => plan == Some(&one.by),
            Act::Rectify => rectification == Some(&one.by),
            _ => one.by.at >= self.course.owned_since(),
        });
        waiting.next().is_some()
    }

    /// Notes that an act was done for the unit, where it was.
    pub(super) fn note_proxy(&mut self, act: Act, moment: &Moment) {
        if moment.who.stands_in.is_some() && act != Act::ConfirmProxy {
            self.course.proxied.push(Proxied {
                act,
                by: moment.signature(),
                confirmed: None,
            });
        }
    }

    /// The rectification as it stands was recorded by the town for the unit.
    pub fn is_rectified_by_proxy(&self) -> bool {
        let by = self.stage.rectification().map(|done| &done.by);
        by.is_some_and(|by| self.course.proxied.iter().any(|one| one.by == *by))
    }
}
