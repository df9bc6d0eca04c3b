//! Acceptance of a rectification, or its return.

use app::{
    App, Caller, Outcome,
    hazard::{Receipt, accept_rectification::accept_rectification},
};
use domain::{
    HazardId, PersonId,
    authority::Act,
    field::Checks,
    hazard::{Cause, accept::Accept},
    time::{Day, Instant},
};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{Said, word};

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AcceptanceSaid {
    pub passed: bool,
    pub opinion: String,
    /// When the place was visited.
    pub visited_at: Option<String>,
    pub place: Option<String>,
    /// Ids of certified persons, different ones, as many as the route demands.
    #[serde(default)]
    pub inspectors: Vec<String>,
    /// What it came from, where the route asks: `person`, `thing`, `environment`, `management`, `planning`, `design`, `permit` or
    /// `contractor`.
    pub cause: Option<String>,
}

impl Said for AcceptanceSaid {
    const ACT: Act = Act::Accept;
    type Understood = (Accept, Vec<PersonId>);

    fn understood(self) -> Outcome<(Accept, Vec<PersonId>)> {
        let mut checks = Checks::default();
        let visited_at = self
            .visited_at
            .as_deref()
            .map(str::trim)
            .filter(|at| !at.is_empty())
            .map(instant_or_day);
        if visited_at == Some(None) {
            checks.fail("visited_at", "not-an-instant");
        }
        let inspectors: Option<Vec<PersonId>> =
            self.inspectors.iter().map(|id| PersonId::parse(id)).collect();
        if inspectors.is_none() {
            checks.fail("inspectors", "unknown-person");
        }
        let named = self
            .cause
            .as_deref()
            .map(str::trim)
            .filter(|word| !word.is_empty());
        let cause = named.and_then(|named| word(&mut checks, "cause", named, Cause::parse));
        checks.done()?;
        let said = Accept {
            passed: self.passed,
            opinion: self.opinion,
            visited_at: visited_at.flatten(),
            place: self.place,
            cause,
        };
        Ok((said, inspectors.unwrap_or_default()))
    }

    async fn run(app: &App, who: &Caller, id: HazardId, said: (Accept, Vec<PersonId>)) -> Outcome<Receipt> {
        accept_rectification(app, who, id, said.0, &said.1).await
    }
}

/// A visit may be told to the minute or just by its day.
pub(super) fn instant_or_day(text: &str) -> Option<Instant> {
    Instant::parse(text).or_else(|| Day::parse(text).map(Day::start))
}
