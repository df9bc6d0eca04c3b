//! A hazard as it is shown to those who may not know all of it: who reported it, or what leaders wrote on it. It is read, and never
//! decided on or written.

use super::{
    Hazard,
    stage::{Closing, Confirmation, Plan, Rectification, Stage},
};
use crate::{FileId, actor::Signature, authority::Act};

impl Hazard {
    /// Takes away who reported it, and their signature wherever they left it with the report: on an order, or on what was fixed
    /// on the spot. What they did to it later is an act of its own and stays.
    pub fn withhold_reporter(&mut self) {
        let Some(reporter) = self.reporter().cloned() else {
            return;
        };
        let hands = self.hands.iter_mut().map(|hand| &mut hand.by);
        let with_it = hands.chain(reported_with(&mut self.stage));
        for by in with_it.filter(|by| **by == reporter) {
            *by = by.withheld();
        }
    }
}

impl Hazard {
    /// Takes away what leaders wrote and what was answered; gives the files that belong to it, and the pages that leaders signed
    /// for its listing. Hands stay: they are matched with events.
    pub fn withhold_instructions(&mut self) -> Vec<FileId> {
        let instructions = std::mem::take(&mut self.course.instructions);
        let listings = self.course.listings.iter();
        let signed: Vec<FileId> = listings
            .flat_map(|one| {
                let approved = one.approval.iter().flat_map(|it| &it.page);
                approved.chain(one.end.iter().flat_map(|it| &it.page)).copied()
            })
            .collect();
        let files = instructions.into_iter().flat_map(|one| {
            let answered = one.answer.map(|answer| answer.evidence);
            one.page.into_iter().chain(answered.unwrap_or_default())
        });
        files.chain(signed).collect()
    }
}

/// Acts whose events say what a leader wrote.
pub fn tells_of_instructions(act: Act) -> bool {
    matches!(act, Act::Instruct | Act::AnswerInstruction)
}

/// The signatures that a report can bring with it.
fn reported_with(stage: &mut Stage) -> Vec<&mut Signature> {
    fn of<'a>(
        confirmation: Option<&'a mut Confirmation>,
        plan: Option<&'a mut Plan>,
        rectification: Option<&'a mut Rectification>,
    ) -> Vec<&'a mut Signature> {
        let confirmed = confirmation.map(|one| &mut one.by);
        let planned = plan.map(|one| &mut one.by);
        let rectified = rectification.map(|one| &mut one.by);
        confirmed.into_iter().chain(planned).chain(rectified).collect()
    }
    match stage {
        Stage::Reported => Vec::new(),
        Stage::Confirmed { confirmation } => of(Some(confirmation), None, None),
        Stage::Rectifying { confirmation, plan } => of(Some(confirmation), plan.as_mut(), None),
        Stage::Submitted {
            confirmation,
            plan,
            rectification,
        }
        | Stage::Accepted {
            confirmation,
            plan,
            rectification,
            ..
        }
        | Stage::SignedOff {
            confirmation,
            plan,
            rectification,
            ..
        } => of(Some(confirmation), plan.as_mut(), Some(rectification)),
        Stage::Closed { closing } => match closing {
            Closing::OnTheSpot { rectification } => of(None, None, Some(rectification)),
            Closing::ByUnit {
                confirmation,
                plan,
                rectification,
            }
            | Closing::Accepted {
                confirmation,
                plan,
                rectification,
                ..
            } => of(Some(confirmation), plan.as_mut(), Some(rectification)),
            Closing::Dismissed { before, .. } => reported_with(before),
        },
        Stage::Transferred { before, .. } | Stage::Merged { before, .. } | Stage::Void { before, .. } => {
            reported_with(before)
        }
    }
}
