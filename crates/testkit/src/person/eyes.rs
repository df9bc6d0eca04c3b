//! What people see.

use app::{
    Failure,
    file::{
        receive::FileReceipt,
        show::{Shown, show},
    },
    hazard::{
        list::list,
        show::{Dossier, dossier, find},
    },
};
use domain::{authority::Act, hazard::Hazard};
use store::hazard::{HazardFilter, Order};

use super::{Named, PersonInOffice, file_id};
use crate::Answer;

impl PersonInOffice {
    pub async fn opens_file(&self, file: &FileReceipt) -> Answer<Shown> {
        Answer(show(&self.app, &self.caller().await, file_id(file)).await)
    }

    pub async fn sees(&self, hazard: &impl Named) -> bool {
        match find(&self.app, &self.caller().await, hazard.hazard()).await {
            Ok(_) => true,
            Err(Failure::NotFound) => false,
            Err(other) => panic!("looking should not fail: {other}"),
        }
    }

    pub async fn looks_at(&self, hazard: &impl Named) -> Answer<Dossier> {
        Answer(dossier(&self.app, &self.caller().await, hazard.hazard()).await)
    }

    /// What the page of the hazard would offer.
    pub async fn may_now(&self, hazard: &impl Named) -> Vec<Act> {
        self.looks_at(hazard).await.good().acts
    }

    /// Everything this person can list, newest first.
    pub async fn lists(&self) -> Vec<Hazard> {
        self.lists_where(&HazardFilter::default()).await
    }

    pub async fn lists_where(&self, filter: &HazardFilter) -> Vec<Hazard> {
        let caller = self.caller().await;
        let (mut found, mut after) = (Vec::new(), None);
        loop {
            let page = list(&self.app, &caller, filter, Order::Newest { after }, 50)
                .await
                .expect("lists can be read");
            found.extend(page.items);
            after = page.next;
            if after.is_none() {
                return found;
            }
        }
    }

    /// What waits on this person's desk.
    pub async fn has_on_the_desk(&self, hazard: &impl Named) -> bool {
        let filter = self.caller().await.on_my_desk();
        self.lists_where(&filter)
            .await
            .iter()
            .any(|one| one.id == hazard.hazard())
    }
}
