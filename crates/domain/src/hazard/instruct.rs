//! Instructions of leaders 领导批示. A leader writes on paper and has no account; a clerk of the office puts it on the record, as it was
//! written, with the signed page. The act is the clerk's and stands for the leader: both are named, and a leader whom the directory
//! knows counts as principal. An answer is an act of its own, and is owed even where the case has ended meanwhile.

use crate::{
    authority::Act,
    change::{Change, Require, Row},
    evidence::EvidenceFile,
    field::Checks,
    hazard::{
        Hazard, HazardEvent, Moment,
        course::{Instruction, InstructionAnswer, Leader},
    },
    person::Person,
    refusal::Refusal,
    time::Day,
};

#[derive(Debug, Clone, PartialEq)]
pub struct Instruct {
    pub leader_name: String,
    pub leader_office: String,
    /// As it was written.
    pub wording: String,
    pub signed_on: Day,
    pub answer_by: Option<Day>,
}

impl Hazard {
    /// `leader` is the person as the directory has them, where it does; their name is then what counts.
    pub fn instruct(
        mut self,
        said: Instruct,
        leader: Option<Person>,
        page: Vec<EvidenceFile>,
        moment: Moment,
    ) -> Result<Change, Refusal> {
        self.expects(Act::Instruct)?;
        let mut checks = Checks::default();
        let name = match &leader {
            Some(person) => person.name.clone(),
            None => checks.text("leader_name", &said.leader_name, 60),
        };
        let office = checks.text("leader_office", &said.leader_office, 120);
        let wording = checks.text("wording", &said.wording, 1_000);
        checks.not_after("signed_on", said.signed_on, moment.now.day());
        if let Some(day) = said.answer_by {
            checks.not_before("answer_by", day, said.signed_on);
            checks.not_after("answer_by", day, moment.now.day().plus_days(366));
        }
        let clerk = moment.who.on_behalf_of(leader.as_ref().map(|person| person.id));
        let moment = Moment {
            who: &clerk,
            ..moment
        };
        let (page, files) = self.attach("leader_page", page, true, &mut checks, &moment);
        checks.done()?;

        let before = self.cell();
        let named = Leader {
            person: leader.as_ref().map(|person| person.id),
            name,
            office,
        };
        let told = HazardEvent::Instructed {
            leader: named.clone(),
            wording: wording.clone(),
            signed_on: said.signed_on,
            answer_by: said.answer_by,
            page: page.clone(),
        };
        self.course.instructions.push(Instruction {
            leader: named,
            wording,
            signed_on: said.signed_on,
            answer_by: said.answer_by,
            page,
            by: moment.signature(),
            answer: None,
        });
        let change = with(self.recorded(before, &moment, Act::Instruct, told), files);
        let rests_on = leader.map(|person| Require::Version {
            table: "person",
            id: person.id.to_string(),
            version: person.seen.version,
        });
        Ok(rests_on.into_iter().fold(change, Change::require))
    }

    /// `instruction` is its number, counted from 1.
    pub fn answer_instruction(
        mut self,
        instruction: usize,
        answer: &str,
        evidence: Vec<EvidenceFile>,
        moment: Moment,
    ) -> Result<Change, Refusal> {
        self.expects(Act::AnswerInstruction)?;
        let mut checks = Checks::default();
        let at = instruction.checked_sub(1);
        let asked = at.and_then(|at| self.course.instructions.get(at));
        match asked {
            None => checks.fail("instruction", "not-a-choice"),
            Some(one) if one.answer.is_some() => checks.fail("instruction", "answered-already"),
            Some(_) => {}
        }
        let leader = asked.map(|one| one.leader.clone());
        let answer = checks.text("answer", answer, 2_000);
        let (evidence, files) = self.attach("evidence", evidence, false, &mut checks, &moment);
        checks.done()?;

        let before = self.cell();
        let (Some(leader), Some(one)) = (leader, at.and_then(|at| self.course.instructions.get_mut(at)))
        else {
            return Err(Refusal::field("instruction", "not-a-choice"));
        };
        one.answer = Some(InstructionAnswer {
            answer: answer.clone(),
            evidence: evidence.clone(),
            by: moment.signature(),
        });
        let told = HazardEvent::InstructionAnswered {
            instruction,
            leader,
            answer,
            evidence,
        };
        Ok(with(
            self.recorded(before, &moment, Act::AnswerInstruction, told),
            files,
        ))
    }
}

fn with(change: Change, files: Vec<EvidenceFile>) -> Change {
    files
        .into_iter()
        .fold(change, |change, file| change.and(Row::File(file)))
}
