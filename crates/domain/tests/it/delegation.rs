//! Delegations: what can be given to whom and for how long, what an actor may do under one, whose hands it then is; and leaving a
//! post.

use domain::{
    AppointmentId, DelegationId,
    actor::Actor,
    agency::Role,
    authority::{Act, Relation, TABLE},
    change::{Change, Require, Row, Seen},
    delegation::{Colleague, Delegation, Give, MOST_DAYS, NOT_DELEGABLE, delegable},
    directory::{END_AHEAD, Leave, LeaveRest, Waiting},
    hazard::{Determination, StageName},
    person::Appointment,
    refusal::Refusal,
};
use uuid::Uuid;

use crate::given::*;

fn appointment(of: &Actor) -> Appointment {
    Appointment {
        id: of.appointment.0,
        seen: Seen {
            version: of.appointment.1,
            head: [0; 32],
        },
        city: "6109".into(),
        person: of.person,
        post: of.post,
        from: in_days(-100),
        to: None,
        successor: None,
    }
}

fn colleague(of: &Actor) -> Colleague {
    Colleague {
        appointment: appointment(of),
        agency: of.agency,
    }
}

fn a_week(acts: &[Act]) -> Give {
    Give {
        acts: acts.to_vec(),
        from: in_days(0),
        until: in_days(6),
        reason: " 外出培训 ".into(),
    }
}

fn given_by(who: &Actor, to: Colleague, said: Give) -> Result<Change, Refusal> {
    Delegation::give(DelegationId(Uuid::from_u128(0xde)), said, to, moment(who))
}

fn delegation(change: &Change) -> Delegation {
    let [Row::Delegation(row)] = change.rows() else {
        panic!("one delegation")
    };
    let written = Seen {
        version: row.seen.next(),
        head: [1; 32],
    };
    Delegation {
        seen: written,
        ..(**row).clone()
    }
}

/// The second county officer, under a delegation of the first.
fn under(acts: &[Act]) -> Actor {
    let change = given_by(&county(), colleague(&second_county_officer()), a_week(acts));
    delegation(&change.expect("it can be given")).taken_up(&second_county_officer(), &county())
}

#[test]
fn a_colleague_signs_with_their_own_name_and_post_and_the_giver_as_principal() {
    let actor = under(&[Act::Accept]);
    let signature = actor.signs(now());
    assert_eq!(signature.person, second_county_officer().person);
    assert_eq!(signature.post, second_county_officer().post);
    assert_eq!(signature.principal, Some(county().person));
    assert_eq!(actor.scope(), county().scope());
}

#[test]
fn the_event_tells_to_whom_what_and_until_when() {
    let change = given_by(
        &county(),
        colleague(&second_county_officer()),
        a_week(&[Act::Accept]),
    );
    let change = change.expect("it can be given");
    assert_eq!(change.event().act, Act::Delegate);
    let told = serde_json::to_value(&change.event().body).expect("it is JSON");
    let told = &told["delegated"];
    assert_eq!(told["taker"], second_county_officer().person.to_string());
    assert_eq!(told["acts"], serde_json::json!(["accept"]));
    assert_eq!(told["reason"], "外出培训");
    assert_eq!(told["until"], in_days(6).to_string());
    let takers = Require::appointment(second_county_officer().appointment.0, 1);
    assert!(
        change.requires().contains(&takers),
        "the colleague is still there"
    );
}

#[test]
fn whatever_is_decided_under_it_rests_on_it_and_on_both_appointments() {
    let actor = under(&[Act::Accept]);
    let hazard = at(StageName::Submitted, Determination::NotMajor);
    let change = hazard.accept_rectification(passed(), two_inspectors(), &times(), &routes(), moment(&actor));
    let change = change.expect("it was delegated");
    let delegation = Require::Version {
        table: "delegation",
        id: Uuid::from_u128(0xde).to_string(),
        version: 1,
    };
    for rests_on in [
        delegation,
        Require::appointment(county().appointment.0, 1),
        Require::appointment(second_county_officer().appointment.0, 1),
    ] {
        assert!(change.requires().contains(&rests_on), "{rests_on:?}");
    }
}

#[test]
fn no_more_than_was_given_and_never_more_than_the_post_has() {
    let hazard = at(StageName::Submitted, Determination::NotMajor);
    let actor = under(&[Act::Accept]);
    assert_eq!(actor.may(Act::Accept, &hazard), Ok(()));
    assert_eq!(
        actor.may(Act::Dismiss, &reported()),
        Err(Refusal::NotDelegated { act: Act::Dismiss })
    );
    assert!(matches!(
        actor.may(Act::SignOff, &at(StageName::Accepted, Determination::NotMajor)),
        Err(Refusal::NotYourAct { .. })
    ));
    assert!(!actor.may_somewhere(Act::Confirm) && actor.may_somewhere(Act::Accept));
    assert_eq!(actor.may_at_all(Act::UploadFile), Ok(()), "papers come with it");
    assert_eq!(
        actor.may_at_all(Act::Complain),
        Ok(()),
        "complaints are one's own"
    );

    let beyond = given_by(
        &county(),
        colleague(&second_county_officer()),
        a_week(&[Act::Accept, Act::SignOff]),
    );
    assert_eq!(refused(beyond), "acts: not-delegable");
}

#[test]
fn what_was_given_is_not_given_on() {
    let actor = under(&[Act::Accept]);
    let third = Actor {
        person: person(31),
        appointment: (AppointmentId(Uuid::from_u128(0x31)), 1),
        ..county()
    };
    let again = given_by(&actor, colleague(&third), a_week(&[Act::Accept]));
    assert_eq!(again, Err(Refusal::NotDelegated { act: Act::Delegate }));
}

#[test]
fn rights_persons_and_what_is_done_for_another_stay() {
    for (act, why) in NOT_DELEGABLE {
        assert_eq!(act.kept(), Some(*why));
        for role in Role::ALL {
            assert!(!delegable(*role).contains(act), "{role} {act}");
        }
    }
    // What concerns no record is looked at one by one: it may be about the person.
    let known = [Act::AnswerComplaint];
    for (_, act, relation) in TABLE {
        let decided = act.kept().is_some() || known.contains(act);
        assert!(
            *relation != Relation::Any || decided,
            "{act}: can it be delegated?"
        );
    }
    assert!(delegable(Role::Discipline).is_empty());
    assert!(delegable(Role::CountyOffice).contains(&Act::Accept));
}

#[test]
fn an_act_that_does_others_goes_with_them() {
    let to = Actor {
        person: person(32),
        appointment: (AppointmentId(Uuid::from_u128(0x32)), 1),
        ..city()
    };
    let alone = given_by(&city(), colleague(&to), a_week(&[Act::DecideList]));
    assert_eq!(refused(alone), "acts: goes-with");
    let with_it = given_by(&city(), colleague(&to), a_week(&[Act::DecideList, Act::SignOff]));
    assert!(with_it.is_ok(), "{with_it:?}");
}

#[test]
fn to_a_colleague_in_office_for_some_days_with_a_reason() {
    let to = || colleague(&second_county_officer());
    let give = |to, said| refused(given_by(&county(), to, said));
    let accept = || a_week(&[Act::Accept]);
    assert_eq!(give(colleague(&county()), accept()), "taker: oneself");
    assert_eq!(give(colleague(&neighbour()), accept()), "taker: not-a-colleague");
    let mut gone = to();
    gone.appointment.to = Some(in_days(-1));
    assert_eq!(give(gone, accept()), "taker: not-in-office");
    assert_eq!(give(to(), a_week(&[])), "acts: required");
    let days = |from, until| Give {
        from: in_days(from),
        until: in_days(until),
        ..accept()
    };
    assert_eq!(give(to(), days(-1, 6)), "first_day: too-early");
    assert_eq!(give(to(), days(3, 2)), "last_day: too-early");
    assert_eq!(give(to(), days(32, 40)), "first_day: too-late");
    assert_eq!(give(to(), days(0, MOST_DAYS)), "last_day: too-late");
    let longest = given_by(&county(), to(), days(31, 31 + MOST_DAYS - 1));
    assert!(longest.is_ok(), "92 days, the last included: {longest:?}");
    let silent = Give {
        reason: " ".into(),
        ..accept()
    };
    assert_eq!(give(to(), silent), "reason: required");
}

#[test]
fn either_or_the_administrator_ends_it_and_nobody_else() {
    let given = || {
        let change = given_by(
            &county(),
            colleague(&second_county_officer()),
            a_week(&[Act::Accept]),
        );
        delegation(&change.expect("it can be given"))
    };
    for who in [county(), second_county_officer(), admin()] {
        let ended = given().end("已返岗", moment(&who)).expect("theirs to end");
        let ended = delegation(&ended);
        assert!(ended.is_over(in_days(0)) && !ended.is_in_force(in_days(0)));
        assert_eq!(ended.end("再次", moment(&who)), Err(Refusal::DelegationOver));
    }
    for who in [neighbour(), city(), town()] {
        assert!(matches!(
            given().end("不相干", moment(&who)),
            Err(Refusal::NotYourAct { .. })
        ));
    }
    assert!(given().is_in_force(in_days(6)) && !given().is_in_force(in_days(7)));
}

/// Neither of the two judges what the other did, as themselves or for the other, in whatever round.
#[test]
fn the_two_are_one_pair_of_hands() {
    let (giver, taker, actor) = (county(), second_county_officer(), under(&[Act::Accept]));
    let mut hazard = at(StageName::Submitted, Determination::NotMajor);
    for _ in 0..2 {
        let hands = hazard.hands.len();
        hazard = after(hazard.accept_rectification(
            failed(),
            two_inspectors(),
            &times(),
            &routes(),
            moment(&actor),
        ));
        let hand = &hazard.hands[hands].by;
        assert_eq!((hand.person, hand.principal), (taker.person, Some(giver.person)));
        let unit = unit();
        hazard = after(hazard.rectify("再次整改", vec![photo(0x32, &unit)], &times(), moment(&unit)));
    }
    let accepted =
        after(hazard.accept_rectification(passed(), two_inspectors(), &times(), &routes(), moment(&actor)));
    for one in [&giver, &taker] {
        let signs = Actor {
            person: one.person,
            ..city()
        };
        assert!(
            matches!(signs.may(Act::SignOff, &accepted), Err(Refusal::SameHands { .. })),
            "{one:?}"
        );
    }
    // The other way round: what the giver did, the taker does not judge for whomever.
    let did = Actor {
        unit: Some(subject_id()),
        role: Role::Unit,
        ..giver.clone()
    };
    let rectifying = at(StageName::Rectifying, Determination::NotMajor);
    let done = after(rectifying.rectify("已整改", vec![photo(0x33, &did)], &times(), moment(&did)));
    assert!(matches!(
        actor.may(Act::Accept, &done),
        Err(Refusal::SameHands { .. })
    ));
    assert_eq!(
        taker.may(Act::Accept, &done),
        Ok(()),
        "as themselves they had no part in it"
    );
}

fn leaving(on: i64, successor: Option<Colleague>) -> Result<Change, Refusal> {
    let said = Leave {
        on: in_days(on),
        reason: "岗位调整".into(),
    };
    let rest = LeaveRest {
        agency: county().agency,
        successor,
        waiting: Waiting {
            cases: 3,
            ..Waiting::default()
        },
    };
    appointment(&county()).end(said, rest, moment(&admin()))
}

#[test]
fn leaving_names_the_successor_and_counts_what_waited() {
    let change = leaving(0, Some(colleague(&second_county_officer()))).expect("the last day is today");
    let told = serde_json::to_value(&change.event().body).expect("it is JSON");
    let successor = second_county_officer().appointment.0;
    assert_eq!(told["appointment_ended"]["successor"], successor.to_string());
    assert_eq!(told["appointment_ended"]["waiting"]["cases"], 3);
    assert!(change.requires().contains(&Require::appointment(successor, 1)));
    let [Row::Appointment(row)] = change.rows() else {
        panic!("one appointment")
    };
    assert_eq!((row.to, row.successor), (Some(in_days(0)), Some(successor)));
    assert!(row.holds_on(in_days(0)) && !row.holds_on(in_days(1)));
}

#[test]
fn an_announced_end_is_set_anew_until_its_day() {
    let change = leaving(10, None).expect("announced");
    let [Row::Appointment(announced)] = change.rows() else {
        panic!("one appointment")
    };
    assert!(announced.holds_on(in_days(10)));
    let again = |row: Appointment, on| {
        let said = Leave {
            on: in_days(on),
            reason: "提前离任".into(),
        };
        let rest = LeaveRest {
            agency: county().agency,
            successor: None,
            waiting: Waiting::default(),
        };
        row.end(said, rest, moment(&admin()))
    };
    let change = again(announced.clone(), 0).expect("its day has not come");
    let [Row::Appointment(ended)] = change.rows() else {
        panic!("one appointment")
    };
    assert_eq!(
        again(ended.clone(), 5),
        Err(Refusal::AlreadyEnded { on: in_days(0) })
    );
}

#[test]
fn a_successor_is_a_colleague_who_is_there_after_the_last_day() {
    assert_eq!(
        refused(leaving(0, Some(colleague(&neighbour())))),
        "successor: not-a-colleague"
    );
    assert_eq!(
        refused(leaving(0, Some(colleague(&county())))),
        "successor: oneself"
    );
    let mut leaves_too = colleague(&second_county_officer());
    leaves_too.appointment.to = Some(in_days(0));
    assert_eq!(refused(leaving(0, Some(leaves_too))), "successor: not-in-office");
    assert_eq!(refused(leaving(END_AHEAD + 1, None)), "on: too-late");
    assert_eq!(refused(leaving(-101, None)), "on: too-early");
    let said = Leave {
        on: in_days(0),
        reason: "岗位调整".into(),
    };
    let rest = LeaveRest {
        agency: county().agency,
        successor: None,
        waiting: Waiting::default(),
    };
    let by_another = appointment(&county()).end(said, rest, moment(&city()));
    assert!(matches!(by_another, Err(Refusal::NotYourAct { .. })));
}
