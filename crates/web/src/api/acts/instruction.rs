//! A leader's instruction, recorded by a clerk; and the office's answer to it.

use app::{
    App, Caller, Failure, Outcome,
    hazard::{
        Receipt,
        instruct::{answer, instruct},
    },
};
use domain::{FileId, HazardId, PersonId, authority::Act, field::Checks, hazard::instruct::Instruct};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{Said, day, files_of};

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct InstructionSaid {
    /// Id of the leader, where the directory has this person; otherwise the name is needed.
    #[serde(default)]
    pub leader: Option<String>,
    #[serde(default)]
    pub leader_name: String,
    /// May be left out for a person of the directory.
    #[serde(default)]
    pub leader_office: String,
    /// As it was written.
    pub wording: String,
    pub signed_on: String,
    #[serde(default)]
    pub answer_by: Option<String>,
    /// The signed page: ids of one's own uploads, at least one.
    #[serde(default)]
    pub leader_page: Vec<String>,
}

impl Said for InstructionSaid {
    const ACT: Act = Act::Instruct;
    type Understood = (Instruct, Option<PersonId>, Vec<FileId>);

    fn understood(self) -> Outcome<Self::Understood> {
        let mut checks = Checks::default();
        let leader = self.leader.as_deref().map(PersonId::parse);
        if leader == Some(None) {
            checks.fail("leader", "unknown-person");
        }
        let signed_on = day(&mut checks, "signed_on", &self.signed_on);
        let answer_by = self.answer_by.as_deref();
        let answer_by = answer_by.and_then(|text| day(&mut checks, "answer_by", text));
        checks.done()?;
        let signed_on = signed_on.ok_or_else(|| Failure::field("signed_on", "not-a-date"))?;
        let said = Instruct {
            leader_name: self.leader_name,
            leader_office: self.leader_office,
            wording: self.wording,
            signed_on,
            answer_by,
        };
        Ok((
            said,
            leader.flatten(),
            files_of("leader_page", &self.leader_page)?,
        ))
    }

    async fn run(app: &App, who: &Caller, id: HazardId, said: Self::Understood) -> Outcome<Receipt> {
        instruct(app, who, id, said.0, said.1, &said.2).await
    }
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct InstructionAnswerSaid {
    /// Which instruction on this hazard, counted from 1.
    pub instruction: String,
    pub answer: String,
    /// Ids of one's own uploads.
    #[serde(default)]
    pub evidence: Vec<String>,
}

impl Said for InstructionAnswerSaid {
    const ACT: Act = Act::AnswerInstruction;
    type Understood = (usize, String, Vec<FileId>);

    fn understood(self) -> Outcome<Self::Understood> {
        let number = self.instruction.trim();
        let code = if number.is_empty() {
            "required"
        } else {
            "not-a-choice"
        };
        let number = number.parse().map_err(|_| Failure::field("instruction", code))?;
        Ok((number, self.answer, files_of("evidence", &self.evidence)?))
    }

    async fn run(app: &App, who: &Caller, id: HazardId, said: Self::Understood) -> Outcome<Receipt> {
        answer(app, who, id, said.0, &said.1, &said.2).await
    }
}
