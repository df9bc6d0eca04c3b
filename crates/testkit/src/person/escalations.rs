//! What people do about escalations, and what they see of them.

use app::escalation::{
    Receipt, draft,
    explain::explain,
    list::{Seen, count, list},
    send_letter::send_letter,
    set_aside::set_aside,
};
use domain::{
    EscalationId, FileId,
    escalation::{Escalation, SendLetter},
};
use store::escalation::EscalationFilter;

use super::{Named, PersonInOffice};
use crate::Answer;

/// Whatever names an escalation.
pub trait Raised {
    fn raised(&self) -> EscalationId;
}

impl Raised for EscalationId {
    fn raised(&self) -> EscalationId {
        *self
    }
}

impl Raised for Escalation {
    fn raised(&self) -> EscalationId {
        self.id
    }
}

impl Raised for String {
    #[track_caller]
    fn raised(&self) -> EscalationId {
        EscalationId::parse(self).expect("an id")
    }
}

impl PersonInOffice {
    pub async fn explains(&self, raised: &impl Raised, text: &str) -> Answer<Receipt> {
        self.explains_with(raised, text, &[]).await
    }

    pub async fn explains_with(&self, raised: &impl Raised, text: &str, files: &[FileId]) -> Answer<Receipt> {
        Answer(explain(&self.app, &self.caller().await, raised.raised(), text, files).await)
    }

    /// As the ladder drafted it, to the first whom it may go to.
    pub async fn sends_the_draft(&self, raised: &impl Raised) -> Answer<Receipt> {
        let said = self.draft_of(raised).await;
        self.sends_letter(raised, said).await
    }

    pub async fn sends_letter(&self, raised: &impl Raised, said: SendLetter) -> Answer<Receipt> {
        Answer(send_letter(&self.app, &self.caller().await, raised.raised(), said).await)
    }

    /// What the page would propose to this person.
    pub async fn draft_of(&self, raised: &impl Raised) -> SendLetter {
        let caller = self.caller().await;
        let found = app::escalation::find(&self.app, &caller, raised.raised()).await;
        let Ok(escalation) = found else {
            return SendLetter {
                addressee: "x".into(),
                title: "x".into(),
                text: "x".into(),
            };
        };
        let hazard = self.looks_at(&escalation.hazard).await.good().hazard;
        let drafted = draft::draft(&self.app, &caller, &escalation, &hazard).await;
        let drafted = drafted
            .expect("a draft can be made")
            .expect("the step drafts one");
        let addressee = drafted.addressees.first().map(|(id, _)| id.clone());
        SendLetter {
            addressee: addressee.unwrap_or_default(),
            title: drafted.title,
            text: drafted.text,
        }
    }

    pub async fn sets_aside(&self, raised: &impl Raised, reason: &str) -> Answer<Receipt> {
        Answer(set_aside(&self.app, &self.caller().await, raised.raised(), reason).await)
    }

    /// Those of one hazard that this person sees, the newest first.
    pub async fn escalations_of(&self, hazard: &impl Named) -> Vec<Escalation> {
        let filter = EscalationFilter {
            hazard: Some(hazard.hazard()),
            ..EscalationFilter::default()
        };
        let seen = self.escalations_where(&filter).await;
        seen.into_iter().map(|one| one.escalation).collect()
    }

    pub async fn escalations_where(&self, filter: &EscalationFilter) -> Vec<Seen> {
        let caller = self.caller().await;
        let (mut found, mut after) = (Vec::new(), None);
        loop {
            let page = list(&self.app, &caller, filter, after, 10)
                .await
                .expect("lists can be read");
            found.extend(page.items);
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        let counted = count(&self.app, &caller, filter)
            .await
            .expect("they can be counted");
        assert_eq!(
            counted,
            i64::try_from(found.len()).expect("not so many"),
            "the count is that of the list"
        );
        found
    }
}
