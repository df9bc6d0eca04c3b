//! Whoever calls a use case: the actor, what they may see, and the request as it would be repeated.

use domain::{actor::Actor, hazard::Hazard, scope::Scope};
use serde::{Serialize, de::DeserializeOwned};

use crate::{App, Failure, Outcome};

#[derive(Debug, Clone)]
pub struct Caller {
    pub actor: Actor,
    pub scope: Scope,
    pub person_name: String,
    pub title: String,
    pub agency_name: String,
    /// The name of whoever delegated it, for those who act under a delegation.
    pub principal_name: Option<String>,
    /// The idempotency key of this request, with the digest of what it says.
    pub request: Option<Request>,
    /// The version that the caller has seen, where they say so.
    pub if_match: Option<i64>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    pub key: String,
    pub sha256: String,
}

/// Keys longer than this are refused: they are meant to be UUIDs.
pub const LONGEST_KEY: usize = 200;

impl Caller {
    /// In whose name keys are kept: a person in a post, under a delegation where it is one.
    pub fn name(&self) -> String {
        let own = format!("{}:{}", self.actor.person, self.actor.post);
        match &self.actor.delegated {
            Some(delegated) => format!("{own}:{}", delegated.delegation),
            None => own,
        }
    }

    /// The same person, for one of several acts that one request asks for: no answer is kept for it by itself.
    pub(crate) fn without_request(&self) -> Self {
        Self {
            request: None,
            if_match: None,
            ..self.clone()
        }
    }

    pub(crate) fn expects(&self, hazard: &Hazard) -> Outcome<()> {
        self.expects_version(hazard.seen.version)
    }

    pub(crate) fn expects_version(&self, current: i64) -> Outcome<()> {
        match self.if_match {
            Some(version) if version != current => Err(Failure::Stale { current }),
            _ => Ok(()),
        }
    }

    /// The answer that the same request was given before. Looked up before anything else is decided.
    pub async fn repeated<T: DeserializeOwned>(&self, app: &App) -> Outcome<Option<T>> {
        let Some(request) = &self.request else {
            return Ok(None);
        };
        let Some(kept) = store::answer::kept(&app.store.door, &self.name(), &request.key).await? else {
            return Ok(None);
        };
        if kept.request_sha256 != request.sha256 {
            return Err(Failure::KeyReused);
        }
        let body = serde_json::from_str(&kept.body)
            .map_err(|error| Failure::Broken(format!("a kept answer is damaged: {error}")))?;
        Ok(Some(body))
    }

    /// The same request, twice at the same time: the other was recorded after we had looked, and what refuses ours is its doing.
    pub async fn unless_repeated<T: DeserializeOwned>(&self, app: &App, outcome: Outcome<T>) -> Outcome<T> {
        match outcome {
            Err(failure) => self.repeated(app).await?.ok_or(failure),
            done => done,
        }
    }

    /// What to keep with the change, so that the same request gets the same answer.
    pub(crate) fn answers(&self, app: &App, body: &impl Serialize) -> Outcome<Option<store::Answer>> {
        let Some(request) = &self.request else {
            return Ok(None);
        };
        let body = serde_json::to_string(body).map_err(|error| Failure::Broken(error.to_string()))?;
        Ok(Some(store::Answer {
            caller: self.name(),
            key: request.key.clone(),
            request_sha256: request.sha256.clone(),
            body,
            at: app.clock.now(),
        }))
    }
}
