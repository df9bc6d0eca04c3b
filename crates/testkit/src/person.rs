//! People as verbs: who a person in office is, and how they come to act. What they do stands in `acts` and, beside
//! the stages, in `course`; what they see in `eyes`.

mod acts;
mod course;
mod delegations;
mod escalations;
mod eyes;
mod problem_lists;
mod proxies;
mod routes;

pub use delegations::delegation_id;
pub use escalations::Raised;

use app::{
    App, Caller, Outcome, Request,
    directory::change_password::change_password,
    file::receive::FileReceipt,
    hand_over::leave::{LeaveReceipt, leave},
    hazard::Receipt,
    ids::sha256_hex,
    session::{self, Kind, SignIn, SignedIn},
};
use domain::{
    AgencyId, AppointmentId, FileId, HazardId, PersonId, directory::Leave, hazard::Hazard, time::Day,
};
use store::directory::Holding;

use crate::{Answer, PASSWORD, World};

/// Whatever names a hazard: its id, or the receipt of an act on it.
pub trait Named {
    fn hazard(&self) -> HazardId;
}

impl Named for HazardId {
    fn hazard(&self) -> HazardId {
        *self
    }
}

impl Named for Receipt {
    #[track_caller]
    fn hazard(&self) -> HazardId {
        HazardId::parse(&self.id).expect("a receipt names a hazard")
    }
}

impl Named for Hazard {
    fn hazard(&self) -> HazardId {
        self.id
    }
}

/// A person with an account, who acts from the post held longest.
#[derive(Clone)]
pub struct PersonInOffice {
    app: App,
    username: String,
    /// As they were when they sat down; looked up anew for each act otherwise.
    seated: Option<Caller>,
    request: Option<Request>,
    if_match: Option<i64>,
}

impl PersonInOffice {
    pub(crate) fn of(world: &World, username: &str) -> Self {
        Self {
            app: world.app.clone(),
            username: username.to_owned(),
            seated: None,
            request: None,
            if_match: None,
        }
    }

    /// The same person, through another process.
    #[must_use]
    pub fn through(mut self, app: &App) -> Self {
        self.app = app.clone();
        self
    }

    /// Under an idempotency key, with a request that says `body`.
    #[must_use]
    pub fn with_key(mut self, key: &str, body: &str) -> Self {
        self.request = Some(Request {
            key: key.to_owned(),
            sha256: sha256_hex(body.as_bytes()),
        });
        self
    }

    /// Only if the hazard still is at this version.
    #[must_use]
    pub fn if_match(mut self, version: i64) -> Self {
        self.if_match = Some(version);
        self
    }

    /// Acts from now on as who they are at this moment, whatever becomes of their post.
    pub async fn seated(mut self) -> Self {
        self.seated = Some(self.caller().await);
        self
    }

    async fn holding(&self) -> Option<Holding> {
        let directory = self.app.store.directory();
        let account = directory
            .account_named(&self.username)
            .await
            .expect("accounts can be read");
        let account = account.unwrap_or_else(|| panic!("nobody has the account {}", self.username));
        let day = self.app.clock.now().day();
        directory
            .holdings(account.person, day)
            .await
            .expect("appointments can be read")
            .into_iter()
            .next()
    }

    pub async fn caller(&self) -> Caller {
        let mut caller = match &self.seated {
            Some(caller) => caller.clone(),
            None => {
                let holding = self
                    .holding()
                    .await
                    .unwrap_or_else(|| panic!("{} holds no post today", self.username));
                session::caller(&holding)
            }
        };
        caller.request.clone_from(&self.request);
        caller.if_match = self.if_match;
        caller
    }

    pub async fn person(&self) -> PersonId {
        self.caller().await.actor.person
    }

    pub async fn agency(&self) -> AgencyId {
        self.caller().await.actor.agency
    }

    pub async fn appointment(&self) -> AppointmentId {
        self.caller().await.actor.appointment.0
    }

    async fn signs_in_as(&self, password: &str, from: &str) -> Answer<SignedIn> {
        let said = SignIn {
            username: self.username.clone(),
            password: password.to_owned(),
            post: None,
            delegation: None,
            from: from.to_owned(),
            kind: Kind::Cookie,
        };
        Answer(session::sign_in(&self.app, said).await)
    }

    pub async fn signs_in(&self) -> Answer<SignedIn> {
        self.signs_in_as(PASSWORD, "192.0.2.1").await
    }

    pub async fn signs_in_with(&self, password: &str) -> Answer<SignedIn> {
        self.signs_in_as(password, "192.0.2.1").await
    }

    pub async fn signs_in_from(&self, from: &str) -> Answer<SignedIn> {
        self.signs_in_as(PASSWORD, from).await
    }

    pub async fn ends_the_appointment_of(&self, other: &PersonInOffice, on: Day) -> Answer<LeaveReceipt> {
        self.hands_over_the_post_of(other, on, None).await
    }

    /// With a successor, or to the agency.
    pub async fn hands_over_the_post_of(
        &self,
        other: &PersonInOffice,
        on: Day,
        to: Option<&PersonInOffice>,
    ) -> Answer<LeaveReceipt> {
        let appointment = other.appointment().await;
        let successor = match to {
            Some(to) => Some(to.appointment().await),
            None => None,
        };
        let said = Leave {
            on,
            reason: "岗位调整".to_owned(),
        };
        let who = self.caller().await;
        Answer(leave(&self.app, &who, appointment, successor, said).await)
    }

    pub async fn sets_the_password_of(&self, other: &PersonInOffice, password: &str) -> Answer<()> {
        let directory = self.app.store.directory();
        let account = directory
            .account_named(&other.username)
            .await
            .expect("accounts can be read");
        let account = account.expect("the account is there");
        Answer(change_password(&self.app, &self.caller().await, account.id, password).await)
    }
}

/// Who a token stands for, or what is answered instead.
pub async fn whose(app: &App, token: &str) -> Outcome<Caller> {
    session::who(app, token, Kind::Cookie)
        .await
        .map(|live| live.caller)
}

#[track_caller]
pub fn file_id(file: &FileReceipt) -> FileId {
    FileId::parse(&file.id).expect("a receipt names a file")
}
