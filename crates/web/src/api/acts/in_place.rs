//! Of a major hazard: who was told, and what is in place.

use app::{
    App, Caller, Failure, Outcome,
    hazard::{Receipt, put_in_place, tell},
};
use domain::{
    FileId, HazardId,
    authority::Act,
    field::Checks,
    hazard::{ToldTo, course::Part},
    time::Day,
};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{Said, day, files_of, word};

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TellingSaid {
    /// `regulator` or `workers_congress`.
    pub to: String,
    pub on: String,
    /// By which meeting, notice or letter.
    pub how: String,
}

impl Said for TellingSaid {
    const ACT: Act = Act::Tell;
    type Understood = (ToldTo, Day, String);

    fn understood(self) -> Outcome<(ToldTo, Day, String)> {
        let mut checks = Checks::default();
        let to = word(&mut checks, "to", &self.to, ToldTo::parse);
        let on = day(&mut checks, "on", &self.on);
        checks.done()?;
        let (Some(to), Some(on)) = (to, on) else {
            return Err(Failure::field("to", "not-a-choice"));
        };
        Ok((to, on, self.how))
    }

    async fn run(app: &App, who: &Caller, id: HazardId, said: (ToldTo, Day, String)) -> Outcome<Receipt> {
        tell::tell(app, who, id, said.0, said.1, &said.2).await
    }
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct InPlaceSaid {
    /// `target`, `measures`, `deadline`, `funds` or `person`.
    pub part: String,
    pub note: String,
    /// Ids of one's own uploads; funds need a voucher.
    #[serde(default)]
    pub evidence: Vec<String>,
}

impl Said for InPlaceSaid {
    const ACT: Act = Act::PutInPlace;
    type Understood = (Part, String, Vec<FileId>);

    fn understood(self) -> Outcome<(Part, String, Vec<FileId>)> {
        let mut checks = Checks::default();
        let part = word(&mut checks, "part", &self.part, Part::parse);
        checks.done()?;
        let part = part.ok_or_else(|| Failure::field("part", "not-a-choice"))?;
        Ok((part, self.note, files_of("evidence", &self.evidence)?))
    }

    async fn run(
        app: &App,
        who: &Caller,
        id: HazardId,
        said: (Part, String, Vec<FileId>),
    ) -> Outcome<Receipt> {
        put_in_place::put_in_place(app, who, id, said.0, &said.1, &said.2).await
    }
}
