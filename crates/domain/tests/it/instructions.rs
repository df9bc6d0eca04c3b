//! What leaders wrote: recorded by a clerk with the signed page, answered once, also after the case has ended.

use domain::{
    authority::Act,
    hazard::{Determination, Hazard, Outcome, StageName, instruct::Instruct},
    refusal::Refusal,
};

use crate::given::*;

fn instructed(hazard: Hazard) -> Hazard {
    after(act(hazard, Act::Instruct, Outcome::Done))
}

#[test]
fn a_clerk_records_it_for_the_leader_and_the_case_goes_on_as_it_was() {
    let before = reported();
    let hazard = instructed(before.clone());
    assert_eq!(
        (hazard.stage.name(), &hazard.due),
        (StageName::Reported, &before.due)
    );
    assert_eq!(hazard.waits_for(), before.waits_for());
    assert_eq!(hazard.instructed_at(), Some(now()));
    assert_eq!(hazard.instruction_due(), Some(in_days(7)));
    let hand = hazard.hands.last().expect("it leaves a hand");
    assert_eq!(
        (hand.act, hand.by.person, hand.by.principal),
        (Act::Instruct, city().person, None)
    );
}

#[test]
fn a_leader_whom_the_directory_knows_is_the_principal() {
    let leader = inspector(30);
    let page = vec![photo(0x44, &city())];
    let said = Instruct {
        leader_name: "写错的名字".into(),
        ..instruction()
    };
    let change = reported().instruct(said, Some(leader.clone()), page, moment(&city()));
    let change = change.expect("it is recorded");
    assert_eq!(
        change.event().by.as_ref().and_then(|by| by.principal),
        Some(leader.id)
    );
    let rests_on_the_person = change
        .requires()
        .iter()
        .any(|one| format!("{one:?}").contains("person"));
    assert!(rests_on_the_person, "{:?}", change.requires());
    let hazard = change.hazard().expect("it is about a hazard");
    assert_eq!(hazard.course.instructions[0].leader.name, leader.name);

    // Whoever writes down their own stands in for nobody.
    let own = domain::person::Person {
        id: city().person,
        ..leader
    };
    let page = vec![photo(0x45, &city())];
    let own = reported().instruct(instruction(), Some(own), page, moment(&city()));
    assert_eq!(
        own.expect("it is recorded")
            .event()
            .by
            .as_ref()
            .and_then(|by| by.principal),
        None
    );
}

#[test]
fn without_the_signed_page_there_is_no_instruction() {
    let without = reported().instruct(instruction(), None, Vec::new(), moment(&city()));
    assert_eq!(refused(without), "leader_page: required");
    let anothers = reported().instruct(instruction(), None, vec![photo(0x44, &county())], moment(&city()));
    assert_eq!(refused(anothers), "leader_page: not-attachable");
    let said = Instruct {
        leader_name: " ".into(),
        leader_office: String::new(),
        wording: String::new(),
        signed_on: in_days(1),
        answer_by: Some(in_days(0)),
    };
    let empty = reported().instruct(said, None, vec![photo(0x44, &city())], moment(&city()));
    assert_eq!(
        refused(empty),
        "leader_name: required, leader_office: required, wording: required, signed_on: too-late, answer_by: too-early"
    );
}

#[test]
fn each_is_answered_once_and_the_oldest_that_waits_is_told() {
    let hazard = instructed(instructed(reported()));
    assert_eq!(hazard.course.unanswered().count(), 2);
    let answer = |hazard: &Hazard, no| {
        hazard
            .clone()
            .answer_instruction(no, "已约谈", Vec::new(), moment(&county()))
    };
    assert_eq!(refused(answer(&hazard, 0)), "instruction: not-a-choice");
    assert_eq!(refused(answer(&hazard, 3)), "instruction: not-a-choice");
    let first = after(answer(&hazard, 1));
    assert_eq!(refused(answer(&first, 1)), "instruction: answered-already");
    assert!(first.instructed_at().is_some(), "the other one still waits");
    let both = after(answer(&first, 2));
    assert_eq!((both.instructed_at(), both.instruction_due()), (None, None));
    assert_eq!(
        answer(&both, 2),
        Err(Refusal::NotNow {
            act: Act::AnswerInstruction
        })
    );
}

#[test]
fn it_is_owed_an_answer_even_when_the_case_has_ended() {
    let mut closed = at(StageName::Closed, Determination::NotMajor);
    assert!(!closed.open_acts().any(|act| act == Act::AnswerInstruction));
    assert!(act(closed.clone(), Act::Instruct, Outcome::Done).is_err());
    closed.course.instructions = instructed(reported()).course.instructions;
    assert!(closed.open_acts().any(|act| act == Act::AnswerInstruction));
    let answered = after(act(closed, Act::AnswerInstruction, Outcome::Done));
    assert_eq!((answered.stage.name(), answered.due), (StageName::Closed, None));
}

#[test]
fn offices_record_and_those_who_have_the_case_answer() {
    let hazard = instructed(reported());
    for who in [city(), county()] {
        assert_eq!(who.may(Act::Instruct, &hazard), Ok(()));
        assert_eq!(who.may(Act::AnswerInstruction, &hazard), Ok(()));
    }
    for who in [
        county_department(),
        town(),
        unit(),
        neighbour(),
        discipline(),
        city_department(),
    ] {
        assert!(who.may(Act::Instruct, &hazard).is_err(), "{:?}", who.role);
        assert!(
            who.may(Act::AnswerInstruction, &hazard).is_err(),
            "{:?}",
            who.role
        );
    }
    let handed = after(act(hazard, Act::Assign, Outcome::Done));
    assert_eq!(county_department().may(Act::AnswerInstruction, &handed), Ok(()));
}
