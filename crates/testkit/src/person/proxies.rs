//! What people of a town do for a small unit.

use app::{
    hazard::{Receipt, confirm_proxy::confirm_proxy},
    proxy::{ProxyReceipt, end, issue},
};
use domain::{SubjectId, proxy::Issue};

use super::{Named, PersonInOffice, file_id};
use crate::Answer;

impl PersonInOffice {
    /// Hands out a slip; its codes are in the answer.
    pub async fn hands_out_a_slip(&self, unit: SubjectId) -> Answer<issue::Issued> {
        let said = Issue {
            head: "文春舟".to_owned(),
            reason: "无智能手机。".to_owned(),
        };
        Answer(issue::issue(&self.app, &self.caller().await, unit, said).await)
    }

    pub async fn no_longer_records_for(&self, unit: SubjectId) -> Answer<ProxyReceipt> {
        Answer(end::end(&self.app, &self.caller().await, unit, "已配手机。").await)
    }

    /// The head of the unit enters a code at this person's screen.
    pub async fn lets_confirm(&self, hazard: &impl Named, code: &str) -> Answer<Receipt> {
        let who = self.caller().await;
        Answer(confirm_proxy(&self.app, &who, hazard.hazard(), Some(code), &[]).await)
    }

    /// Attaches a photo of the page that the head signed.
    pub async fn brings_the_signed_page(&self, hazard: &impl Named) -> Answer<Receipt> {
        let file = self.uploads().await.good();
        let who = self.caller().await;
        Answer(confirm_proxy(&self.app, &who, hazard.hazard(), None, &[file_id(&file)]).await)
    }
}
