//! The lists of a desk: what is mine to do with its first button, what is about to be late, and whom I wait for.

use std::collections::HashMap;

use app::{Failure, hazard::list};
use domain::{
    AgencyId,
    agency::Role,
    authority::Act,
    hazard::{Hazard, StageName},
    refusal::Refusal,
};
use store::hazard::Order;

use super::{Desk, Shown, shown};
use crate::{
    api::acts::resource,
    pages::{
        hazard::forms::opener,
        hazards::{place, waits_for},
        marks,
    },
    views::desk::{DueRow, MoreRows, RowButton, WaitRow},
};
impl Desk<'_> {
    /// What I have passed on and others have to do now.
    pub(super) fn waiting_for(&self) -> Option<Shown> {
        let stage = |name: StageName| shown(|s| s.stage = name.to_string());
        match self.who.actor.role {
            Role::CityOffice => Some(stage(StageName::Submitted)),
            Role::CountyOffice | Role::CountyDepartment => Some(stage(StageName::Accepted)),
            Role::TownOffice => Some(shown(|s| {
                s.only = "by_me".into();
                s.desk = "others".into();
            })),
            Role::Unit | Role::CityDepartment => Some(shown(|s| s.desk = "others".into())),
            Role::Admin | Role::Discipline => None,
        }
    }

    pub(super) async fn rows(&self, shown: &Shown, limit: usize) -> Result<Vec<Hazard>, Failure> {
        let Some(filter) = shown.filter(self.who, self.now) else {
            return Ok(Vec::new());
        };
        let page = list::list(
            &self.site.app,
            self.who,
            &filter,
            Order::Due { after: None },
            limit,
        )
        .await?;
        Ok(page.items)
    }

    pub(super) async fn more(
        &self,
        shown: Option<&Shown>,
        listed: usize,
        limit: usize,
    ) -> Result<Option<MoreRows>, Failure> {
        let Some(shown) = shown.filter(|_| listed == limit) else {
            return Ok(None);
        };
        let count = self.count(shown).await?;
        Ok((count.n > listed as u64).then(|| MoreRows {
            count,
            href: shown.href(),
        }))
    }

    pub(super) fn due_row(&self, hazard: &Hazard, names: &HashMap<AgencyId, String>, mine: bool) -> DueRow {
        let button = mine.then(|| self.first_button(hazard)).flatten();
        DueRow {
            href: format!("/hazards/{}", hazard.id),
            number: hazard.number.clone(),
            description: hazard.description.clone(),
            unit: hazard.subject.name.clone(),
            place: place(self.site, hazard),
            stage: hazard.stage.name().to_string(),
            severity: marks::severity(hazard),
            due: marks::due(hazard, self.words, self.now),
            not_you: (mine && button.is_none()).then(|| self.not_you(hazard)).flatten(),
            button,
            waits_for: if mine { None } else { waits_for(hazard, names) },
            stuck: marks::stuck(
                hazard,
                self.site.app.reference.escalation.stuck_after_days,
                self.words,
                self.now,
            ),
        }
    }

    /// The act that answers what my agency was asked, or else the one that carries the case on; if this person may do it.
    fn first_button(&self, hazard: &Hazard) -> Option<RowButton> {
        const ANSWERS: [Act; 4] = [
            Act::Acknowledge,
            Act::DecideExtension,
            Act::ReviewRestart,
            Act::Assign,
        ];
        const CARRIES_ON: [Act; 5] = [Act::Confirm, Act::Plan, Act::Rectify, Act::Accept, Act::SignOff];
        let asked = hazard.asks() == Some(self.who.actor.agency);
        let answers = ANSWERS.into_iter().filter(|_| asked);
        let open: Vec<Act> = hazard.open_acts().collect();
        let may = |act: &Act| open.contains(act) && self.who.actor.may(*act, hazard).is_ok();
        let act = answers.chain(CARRIES_ON).find(may)?;
        let href = format!("/hazards/{}#act-{}", hazard.id, resource(act)?);
        Some(RowButton {
            label: opener(act, self.words),
            href,
        })
    }

    /// The step that carries it on is open and lies with this agency, but not with this person: whose it is, in a few words.
    fn not_you(&self, hazard: &Hazard) -> Option<String> {
        let mut steps = hazard.open_acts().filter(|act| act.is_a_step());
        let (act, refusal) = steps.find_map(|act| Some((act, self.who.actor.may(act, hazard).err()?)))?;
        let name = |act: Act| self.words.of("act", act.as_str());
        Some(match refusal {
            Refusal::SameHands { earlier, .. } => {
                let told = [("act", name(act)), ("earlier", name(earlier))];
                let told: Vec<(&str, &str)> = told.iter().map(|(key, word)| (*key, word.as_str())).collect();
                self.words.fill("desk.same_hands", &told)
            }
            _ => self.words.fill("desk.not_your_post", &[("act", &name(act))]),
        })
    }

    pub(super) fn wait_row(&self, hazard: &Hazard, names: &HashMap<AgencyId, String>) -> WaitRow {
        let since = hazard.hands.last().map_or(hazard.reported_at, |hand| hand.by.at);
        let span = self.words.span(self.now.0 - since.0);
        WaitRow {
            href: format!("/hazards/{}", hazard.id),
            number: hazard.number.clone(),
            description: hazard.description.clone(),
            unit: hazard.subject.name.clone(),
            stage: hazard.stage.name().to_string(),
            whom: waits_for(hazard, names).unwrap_or_default(),
            since: self.words.fill("desk.waited", &[("span", &span)]),
            since_full: since.to_minute(),
            due: marks::due(hazard, self.words, self.now),
        }
    }
}
