//! What somebody lets a colleague do, and acting under it.

use app::{
    delegation::{DelegationReceipt, end, give},
    hand_over::{self, Left},
    session::{self, Kind, SignIn, SignedIn},
};
use domain::{AppointmentId, DelegationId, authority::Act, delegation::Give};

use super::PersonInOffice;
use crate::{Answer, PASSWORD};

#[track_caller]
pub fn delegation_id(receipt: &DelegationReceipt) -> DelegationId {
    DelegationId::parse(&receipt.id).expect("a receipt names a delegation")
}

impl PersonInOffice {
    /// From today on, for seven days.
    pub async fn delegates(&self, acts: &[Act], to: &PersonInOffice) -> Answer<DelegationReceipt> {
        let today = self.app.clock.now().day();
        let said = Give {
            acts: acts.to_vec(),
            from: today,
            until: today.plus_days(6),
            reason: "外出培训".to_owned(),
        };
        self.gives(said, to.appointment().await).await
    }

    pub async fn gives(&self, said: Give, to: AppointmentId) -> Answer<DelegationReceipt> {
        Answer(give::give(&self.app, &self.caller().await, to, said).await)
    }

    pub async fn ends_the_delegation(&self, receipt: &DelegationReceipt) -> Answer<DelegationReceipt> {
        let id = delegation_id(receipt);
        Answer(end::end(&self.app, &self.caller().await, id, "已返岗").await)
    }

    /// Signs in under it.
    pub async fn signs_in_under(&self, receipt: &DelegationReceipt) -> Answer<SignedIn> {
        let said = SignIn {
            username: self.username.clone(),
            password: PASSWORD.to_owned(),
            post: None,
            delegation: Some(delegation_id(receipt)),
            from: "192.0.2.1".to_owned(),
            kind: Kind::Cookie,
        };
        Answer(session::sign_in(&self.app, said).await)
    }

    /// Acts from now on as whoever this session stands for at this moment.
    pub async fn under(mut self, receipt: &DelegationReceipt) -> Self {
        let signed_in = self.signs_in_under(receipt).await.good();
        let live = session::who(&self.app, &signed_in.token, Kind::Cookie).await;
        self.seated = Some(live.expect("it is in force").caller);
        self
    }

    /// What has passed to this person from those who left.
    pub async fn takes_over(&self) -> Answer<Vec<Left>> {
        Answer(hand_over::passed(&self.app, &self.caller().await).await)
    }
}
