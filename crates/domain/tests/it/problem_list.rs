//! Problem lists without a store: their states in turn, who may take which step, and what each item is found to be.

use domain::{
    ProblemListId,
    authority::Act,
    change::{Change, Row, Seen},
    hazard::{Determination, Hazard, Outcome, Source, StageName},
    place::Home,
    problem_list::{
        HandOver, Looked, MOST_ITEMS, Printed, ProblemList, SendList, StateName, Visit, VisitKind, looked,
    },
    refusal::Refusal,
    route::{RouteRule, RouteTable},
};
use uuid::Uuid;

use crate::given::*;

fn visit() -> Visit {
    Visit {
        kind: VisitKind::Unannounced,
        from: in_days(0),
        until: in_days(0),
        team: vec!["陈静".into()],
        basis: "年度督查计划".into(),
    }
}

fn home() -> Home {
    Home {
        town: None,
        ..the_subject().home
    }
}

fn id() -> ProblemListId {
    ProblemListId(Uuid::from_u128(77))
}

/// What the city found itself.
fn found() -> Hazard {
    after(found_by(
        &city(),
        Source::Oversight,
        domain::hazard::report::Then::Waits,
    ))
}

fn open_with(hazards: &[Hazard]) -> Result<Change, Refusal> {
    ProblemList::open(id(), home(), &visit(), hazards, &[], moment(&city()))
}

fn then(change: Result<Change, Refusal>) -> ProblemList {
    let change = change.expect("it may be done");
    let list = change.rows().iter().find_map(|row| match row {
        Row::ProblemList(list) => Some((**list).clone()),
        _ => None,
    });
    let mut list = list.expect("the change is about a list");
    list.seen = Seen {
        version: list.seen.next(),
        head: [0; 32],
    };
    list
}

fn letter() -> SendList {
    SendList {
        reply_by: in_days(10),
        number: "安安办函〔2026〕1号".into(),
        demands: String::new(),
        contact: String::new(),
        telephone: String::new(),
    }
}

fn sent(hazard: &Hazard) -> ProblemList {
    let list = then(open_with(std::slice::from_ref(hazard)));
    then(list.send(&letter(), &a_department(), Vec::new(), moment(&city())))
}

#[test]
fn states_follow_one_another_and_each_step_is_taken_once() {
    let hazard = found();
    let open = then(open_with(std::slice::from_ref(&hazard)));
    assert_eq!(open.state_name(), StateName::Open);
    let code = |change| refused(change);
    let who = county_department();
    assert_eq!(code(open.clone().receive(moment(&who))), "problem-list-not-sent");
    let sent = then(
        open.clone()
            .send(&letter(), &a_department(), Vec::new(), moment(&city())),
    );
    assert_eq!(
        code(
            sent.clone()
                .send(&letter(), &a_department(), Vec::new(), moment(&city()))
        ),
        "problem-list-sent"
    );
    let none: &[Hazard] = &[];
    assert_eq!(
        code(sent.clone().answer_with(&[], "", none, moment(&who))),
        "problem-list-not-received"
    );
    let received = then(sent.receive(moment(&who)));
    assert_eq!(
        code(received.clone().receive(moment(&who))),
        "problem-list-received"
    );
    let answered = then(received.answer_with(&[], "", &[hazard], moment(&who)));
    assert_eq!(answered.state_name(), StateName::Answered);
    assert_eq!(
        code(answered.answer_with(&[], "", none, moment(&who))),
        "problem-list-answered"
    );
    let empty = then(open_with(&[]));
    assert_eq!(
        code(empty.send(&letter(), &a_department(), Vec::new(), moment(&city()))),
        "problem-list-empty"
    );
}

/// What is told of an item is kept as it was; of what is not on the list nothing is.
#[test]
fn the_letter_keeps_what_its_list_said() {
    let hazard = found();
    let list = then(open_with(std::slice::from_ref(&hazard)));
    let printed = |hazard: &Hazard| Printed::of(hazard, "汉滨区".into(), "区住建局".into());
    let told = vec![printed(&hazard), printed(&another())];
    let sent = then(list.send(&letter(), &a_department(), told, moment(&city())));
    let kept = &sent.sending().expect("it is sent").printed;
    assert_eq!(kept, &[printed(&hazard)]);
    assert_eq!(
        (kept[0].description.as_str(), kept[0].deadline),
        (hazard.description.as_str(), None)
    );
}

#[test]
fn a_list_has_an_end() {
    let many: Vec<Hazard> = (0..=MOST_ITEMS as u128)
        .map(|n| Hazard {
            id: domain::HazardId(Uuid::from_u128(1_000 + n)),
            ..found()
        })
        .collect();
    assert_eq!(refused(open_with(&many)), "items: too-many");
    assert_eq!(then(open_with(&many[1..])).items.len(), MOST_ITEMS);
}

#[test]
fn the_opener_sends_and_the_addressee_receives() {
    let open = then(open_with(&[found()]));
    let list = sent(&found());
    let may = |who: domain::actor::Actor, act, list: &ProblemList| who.may_about(act, &list.about()).is_ok();
    assert!(may(city(), Act::SendProblemList, &open) && may(second_city_officer(), Act::ListProblems, &open));
    for other in [
        city_department(),
        county(),
        county_department(),
        neighbour(),
        discipline(),
        town(),
    ] {
        assert!(!may(other, Act::SendProblemList, &open));
    }
    let addressee = domain::actor::Actor {
        agency: a_department().id,
        ..county_department()
    };
    assert!(
        may(addressee.clone(), Act::ReceiveProblemList, &list)
            && may(addressee, Act::AnswerProblemList, &list)
    );
    for other in [city(), county(), neighbour(), discipline()] {
        assert!(!may(other, Act::ReceiveProblemList, &list));
    }
}

#[test]
fn what_was_handed_over_with_a_list_is_told_by_its_hazard() {
    let hazard = found();
    let list = sent(&hazard);
    assert_eq!(list.hand_over(&hazard), HandOver::Waiting);
    let handed = hazard
        .clone()
        .assign_with(&list, handed_over(), a_department(), moment(&city()));
    let handed = after(handed);
    assert_eq!(
        (handed.problem_list(), list.hand_over(&handed)),
        (Some(list.id), HandOver::Unreceived)
    );
    let again = handed
        .clone()
        .assign_with(&list, handed_over(), a_department(), moment(&city()));
    assert_eq!(refused(again), "on-another-list");
    let received = after(act(handed.clone(), Act::Acknowledge, Outcome::Done));
    assert_eq!(list.hand_over(&received), HandOver::Received);
    let declined = after(act(handed, Act::Decline, Outcome::Done));
    assert_eq!(list.hand_over(&declined), HandOver::Declined);
    // Settled by the office, with its basis: what followed counts.
    let settled = domain::hazard::assign::Assign {
        basis: Some("职责分工第十二项".into()),
        ..handed_over()
    };
    let settled = after(declined.assign(settled, a_department(), moment(&second_county_officer())));
    assert_eq!(list.hand_over(&settled), HandOver::Unreceived);
}

/// What becomes of an item after it was received is no matter of the list; what stands in its way before is told.
#[test]
fn a_received_item_may_be_handed_on_and_a_busy_one_waits() {
    let hazard = found();
    let list = sent(&hazard);
    let handed = hazard
        .clone()
        .assign_with(&list, handed_over(), a_department(), moment(&city()));
    let received = after(act(after(handed), Act::Acknowledge, Outcome::Done));
    let another = domain::agency::Agency {
        id: agency(0xdd),
        ..a_department()
    };
    let on = received.assign(handed_over(), another.clone(), moment(&county()));
    assert_eq!(list.hand_over(&after(on)), HandOver::Received);

    let busy = after(hazard.assign(handed_over(), another, moment(&county())));
    assert_eq!(list.hand_over(&busy), HandOver::Blocked);
    let mut taken = busy;
    taken.regulator = None;
    assert_eq!(
        list.hand_over(&taken),
        HandOver::Waiting,
        "somebody else was named"
    );
    let handed = after(taken.assign_with(&list, handed_over(), a_department(), moment(&city())));
    let mut elsewhere = handed;
    elsewhere.regulator = Some(agency(0xdd));
    assert_eq!(list.hand_over(&elsewhere), HandOver::TakenOver);
}

#[test]
fn a_letter_that_was_in_time_may_be_gone_on_with_after_its_day() {
    let hazard = found();
    let list = sent(&hazard);
    let sender = city();
    let late = || domain::hazard::Moment {
        now: handed_over().reply_by.plus_days(3).start(),
        ..moment(&sender)
    };
    let alone = hazard.clone().assign(handed_over(), a_department(), late());
    assert_eq!(refused(alone), "reply_by: too-early");
    let with_it = hazard.assign_with(&list, handed_over(), a_department(), late());
    assert!(with_it.is_ok(), "{with_it:?}");
}

#[test]
fn what_may_be_major_is_not_accepted_with_others() {
    let several = at(StageName::Submitted, Determination::NotMajor);
    assert_eq!(several.is_accepted_on_a_list(), Ok(()));
    let alone = Err(Refusal::OneByOne { act: Act::Accept });
    assert_eq!(
        at(StageName::Submitted, Determination::Major).is_accepted_on_a_list(),
        alone
    );
}

#[test]
fn a_party_to_the_dispute_does_not_settle_it() {
    let declined = after(act(
        after(act(reported(), Act::Assign, Outcome::Done)),
        Act::Decline,
        Outcome::Done,
    ));
    let party = county_department();
    let mut theirs = declined.clone();
    theirs.regulator = Some(party.agency);
    assert!(party.may(Act::Assign, &theirs).is_err());
    assert!(city_department().may(Act::Assign, &declined).is_err());
    assert!(county().may(Act::Assign, &declined).is_ok());
}

#[test]
fn the_result_of_an_item_is_where_its_hazard_stands() {
    let stands = |stage| looked(&at(stage, Determination::NotMajor));
    for (stage, result) in [
        (StageName::Reported, Looked::NotDone),
        (StageName::Confirmed, Looked::NotDone),
        (StageName::Rectifying, Looked::NotDone),
        (StageName::Submitted, Looked::Partly),
        (StageName::Accepted, Looked::Done),
        (StageName::SignedOff, Looked::Done),
        (StageName::Void, Looked::Otherwise),
    ] {
        assert_eq!(stands(stage), result, "{stage}");
    }
}

#[test]
fn a_rule_may_ask_whether_a_list_handed_it_over() {
    let on_list = |on_list, route: &str| RouteRule {
        on_list: Some(on_list),
        ..rule(route)
    };
    let table = RouteTable {
        rules: vec![on_list(true, "county"), rule("literal")],
        ..routes()
    };
    assert_eq!(table.fault(), None);
    let route_of = |hazard: Hazard| {
        let confirmed = hazard.confirm(confirmation(), None, &table, moment(&county()));
        let confirmed = after(confirmed);
        confirmed
            .stage
            .confirmation()
            .expect("a route")
            .route
            .id
            .to_string()
    };
    assert_eq!(route_of(found()), "literal");
    let list = sent(&found());
    let handed = found().assign_with(&list, handed_over(), a_department(), moment(&city()));
    assert_eq!(route_of(after(handed)), "county");
    let open_end = RouteTable {
        rules: vec![on_list(false, "county")],
        ..routes()
    };
    assert!(
        open_end.fault().is_some(),
        "a last rule with a condition leaves a hole"
    );
}

#[test]
fn a_list_that_was_opened_by_mistake_is_withdrawn_before_it_is_sent() {
    let hazard = found();
    let open = then(open_with(std::slice::from_ref(&hazard)));
    assert_eq!(
        refused(open.clone().withdraw(" ", moment(&city()))),
        "reason: required"
    );
    let withdrawn = then(open.clone().withdraw("县区选错。", moment(&city())));
    assert_eq!(withdrawn.state_name(), StateName::Withdrawn);
    assert_eq!(withdrawn.items, open.items, "what stood on it can still be read");
    let again = [
        withdrawn.clone().withdraw("县区选错。", moment(&city())),
        withdrawn
            .clone()
            .send(&letter(), &a_department(), Vec::new(), moment(&city())),
        withdrawn
            .clone()
            .list_problems(&[], &[hazard.id], &[], moment(&city())),
    ];
    for change in again {
        assert_eq!(refused(change), "problem-list-withdrawn");
    }
    let sent = then(open.send(&letter(), &a_department(), Vec::new(), moment(&city())));
    assert_eq!(
        refused(sent.withdraw("县区选错。", moment(&city()))),
        "problem-list-sent",
        "the addressee has it"
    );
}

#[test]
fn whoever_opened_a_list_or_its_office_withdraws_it() {
    let list = then(open_with(&[]));
    let may = |who: &domain::actor::Actor| who.may_about(Act::WithdrawProblemList, &list.about()).is_ok();
    assert!(may(&city()));
    assert!(!may(&county_department()), "another agency's");
    assert!(!may(&town()) && !may(&unit()));
    let opener = domain::actor::Actor {
        agency: list.opened.agency,
        ..county_department()
    };
    assert!(may(&opener));
}
