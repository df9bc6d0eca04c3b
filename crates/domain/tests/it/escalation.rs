//! Steps of the ladder: which hazards they are about, what is seen, and what becomes of a draft.

use domain::{
    AgencyId, EscalationId, EventId,
    agency::Role,
    authority::{Act, TABLE, roles_that_may},
    change::{Change, Require, Row},
    deadline::ClockUnit,
    escalation::{Draft, Escalation, Offset, Reach, SendLetter, SendingRest, Standing, Step, ladder},
    hazard::{Determination, Hazard, InitialLevel, StageName, WaitsFor},
    refusal::Refusal,
    time::DAY,
};
use uuid::Uuid;

use crate::given::*;

fn step(id: &str, days: i32, drafts: Draft) -> Step {
    Step {
        id: id.into(),
        name_zh: id.into(),
        name_en: id.into(),
        offset: Offset {
            days,
            unit: ClockUnit::CalendarDays,
        },
        stages: vec![StageName::Confirmed, StageName::Rectifying, StageName::Submitted],
        levels: Vec::new(),
        determinations: Vec::new(),
        drafts,
        reaches: vec![Reach::Awaited, Reach::Supervisor, Reach::CountyOffice],
        source: "市设，非法定".into(),
    }
}

fn raised(hazard: &Hazard, drafts: Draft) -> Escalation {
    let due = hazard.due.as_ref().expect("it waits for a date").at;
    let (id, event) = (
        EscalationId(Uuid::from_u128(0xe5)),
        EventId(Uuid::from_u128(0xe6)),
    );
    let change = Escalation::raise(hazard, &step("red", 0, drafts), id, event, due.plus(2 * DAY));
    let change = change.expect("it waits for a date");
    assert_eq!(change.event().by, None, "the system raises");
    assert_eq!(
        change.requires(),
        [Require::hazard(hazard.id, hazard.seen.version)]
    );
    assert!(change.hazard().is_none(), "the hazard is not written");
    stands(change)
}

fn stands(change: Change) -> Escalation {
    let row = change.rows().iter().find_map(|row| match row {
        Row::Escalation(one) => Some((**one).clone()),
        _ => None,
    });
    let mut one = row.expect("it is about an escalation");
    one.seen.version += 1;
    one
}

fn rest(hazard: &Hazard, addressees: Vec<WaitsFor>) -> SendingRest {
    SendingRest {
        hazard: hazard.clone(),
        addressees,
        explained_elsewhere: Vec::new(),
        number: "汉滨安委办督〔2026〕1号".into(),
    }
}

fn said(addressee: impl ToString) -> SendLetter {
    SendLetter {
        addressee: addressee.to_string(),
        title: "督办函".into(),
        text: "请限期办结。".into(),
    }
}

#[test]
fn what_the_ladder_saw_stands_in_the_step() {
    let hazard = at(StageName::Rectifying, Determination::NotMajor);
    let one = raised(&hazard, Draft::Supervision);
    assert_eq!(
        (one.saw.days_over, one.saw.stage, one.saw.waits_for),
        (2, StageName::Rectifying, hazard.waits_for())
    );
    assert_eq!(one.standing, Standing::Drafted);
    assert_eq!(
        one.reached(),
        [
            WaitsFor::Unit(subject_id()),
            WaitsFor::Agency(hazard.offices.county)
        ]
    );
    assert!(one.applies_to(&hazard));
    let unit = unit();
    let submitted = after(hazard.rectify("已整改", vec![photo(0x31, &unit)], &times(), moment(&unit)));
    assert!(!one.applies_to(&submitted), "it has moved on");
    assert_eq!(raised(&submitted, Draft::Nothing).standing, Standing::Told);
}

#[test]
fn what_waits_for_nothing_is_never_raised() {
    for stage in [StageName::SignedOff, StageName::Closed, StageName::Void] {
        let hazard = at(stage, Determination::NotMajor);
        let (id, event) = (EscalationId(Uuid::nil()), EventId(Uuid::nil()));
        assert!(
            Escalation::raise(&hazard, &step("red", 0, Draft::Nothing), id, event, now()).is_none(),
            "{stage}"
        );
    }
}

#[test]
fn a_step_is_about_its_stages_and_any_of_its_levels_or_determinations() {
    let hazard = at(StageName::Rectifying, Determination::Major);
    let mut one = step("leader", 7, Draft::LeaderSheet);
    assert!(one.is_about(&hazard));
    one.levels = vec![InitialLevel::SuspectedMajor];
    assert!(!one.is_about(&hazard));
    one.determinations = vec![Determination::Major];
    assert!(one.is_about(&hazard));
    one.stages = vec![StageName::Submitted];
    assert!(!one.is_about(&hazard));
    let due = hazard.due.as_ref().expect("a date").at;
    let reminder = step("reminder", -3, Draft::Nothing);
    let falls = |now| reminder.falls_on(&hazard, now, &times().calendar);
    assert_eq!(
        [
            falls(due.plus(-4 * DAY)),
            falls(due.plus(-3 * DAY)),
            falls(due.plus(-1)),
            falls(due)
        ],
        [false, true, true, false]
    );
}

#[test]
fn those_of_whom_it_is_asked_may_explain() {
    let hazard = at(StageName::Submitted, Determination::NotMajor);
    let one = raised(&hazard, Draft::Supervision);
    for (who, may) in [
        (unit(), true),
        (county(), true),
        (city(), false),
        (town(), false),
        (county_department(), false),
        (neighbour(), false),
        (discipline(), false),
        (admin(), false),
    ] {
        assert_eq!(
            one.clone().explain("已安排。", Vec::new(), moment(&who)).is_ok(),
            may,
            "{:?}",
            who.role
        );
    }
    let unit = unit();
    let foreign = photo(0x41, &town());
    assert_eq!(
        refused(one.clone().explain("", vec![foreign], moment(&unit))),
        "explanation: required, files: not-attachable"
    );
    let told = stands(
        one.explain(" 已安排。 ", vec![photo(0x42, &unit)], moment(&unit))
            .expect("it may"),
    );
    assert_eq!(
        (
            told.explanations[0].text.as_str(),
            told.explanations[0].files.len()
        ),
        ("已安排。", 1)
    );
}

#[test]
fn a_letter_goes_to_another_while_its_reason_stands() {
    let hazard = at(StageName::Submitted, Determination::NotMajor);
    let one = raised(&hazard, Draft::Supervision);
    let (county, city) = (county(), city());
    let own = WaitsFor::Agency(county.agency);
    let send = |who: &domain::actor::Actor, said: SendLetter, addressees| {
        one.clone()
            .send_letter(said, rest(&hazard, addressees), moment(who))
    };
    assert_eq!(
        refused(send(&county, said(county.agency), vec![own])),
        "addressee: your-own-agency"
    );
    assert_eq!(
        refused(send(&city, said(AgencyId(Uuid::nil())), vec![own])),
        "addressee: not-a-choice"
    );
    let empty = SendLetter {
        addressee: String::new(),
        title: "题".repeat(121),
        text: "\u{7}".into(),
    };
    assert_eq!(
        refused(send(&city, empty, vec![own])),
        "addressee: required, title: too-long, letter: unprintable"
    );
    for who in [unit(), town(), county_department(), neighbour(), discipline()] {
        assert_eq!(
            refused(send(&who, said(county.agency), vec![own])),
            "not-your-act",
            "{:?}",
            who.role
        );
    }
    let told = stands(
        one.clone()
            .explain("人手不足。", Vec::new(), moment(&county))
            .expect("it may"),
    );
    let sent = told
        .send_letter(said(county.agency), rest(&hazard, vec![own]), moment(&city))
        .expect("it may");
    assert!(
        sent.requires()
            .contains(&Require::hazard(hazard.id, hazard.seen.version)),
        "it rests on the hazard"
    );
    let sent = stands(sent);
    assert_eq!(
        sent.standing.letter().expect("sent").explanations,
        sent.explanations
    );
    assert_eq!(
        refused(sent.clone().set_aside("重复", moment(&city))),
        "already-decided"
    );
    let moved = at(StageName::Accepted, Determination::NotMajor);
    assert_eq!(
        refused(
            one.clone()
                .send_letter(said(county.agency), rest(&moved, vec![own]), moment(&city))
        ),
        "moved-on"
    );
    assert_eq!(
        refused(one.clone().set_aside(" ", moment(&county))),
        "reason: required"
    );
    assert_eq!(
        stands(one.set_aside("已约谈。", moment(&county)).expect("it may"))
            .standing
            .code(),
        "set_aside"
    );
}

#[test]
fn leaders_and_discipline_are_the_citys_to_write_to() {
    let hazard = at(StageName::Rectifying, Determination::Major);
    for drafts in [Draft::LeaderSheet, Draft::Referral] {
        let one = raised(&hazard, drafts);
        let refusal = one
            .clone()
            .set_aside("不必", moment(&county()))
            .expect_err("the county may not");
        assert_eq!(
            refusal,
            Refusal::NotYourAct {
                act: Act::SetAside,
                who_may: vec![Role::CityOffice]
            }
        );
        assert!(one.set_aside("已当面报告。", moment(&city())).is_ok());
    }
    let told = raised(&hazard, Draft::Nothing);
    assert_eq!(
        refused(told.set_aside("不必", moment(&city()))),
        "nothing-drafted"
    );
}

#[test]
fn nobody_raises_and_the_machine_does_nothing_else() {
    assert!(!TABLE.iter().any(|row| row.1 == Act::Escalate));
    for act in [Act::Explain, Act::SendLetter, Act::SetAside] {
        assert!(!roles_that_may(act).is_empty(), "{act}");
    }
    assert_eq!(
        roles_that_may(Act::SendLetter),
        [Role::CityOffice, Role::CountyOffice]
    );
}

#[test]
fn a_ladder_that_cannot_be_meant_is_told() {
    let good = step("red", 0, Draft::Nothing);
    assert_eq!(ladder::fault(std::slice::from_ref(&good)), None);
    for (wrong, why) in [
        (
            Step {
                id: "Red".into(),
                ..good.clone()
            },
            "lower-case",
        ),
        (
            Step {
                offset: Offset {
                    days: 1,
                    unit: ClockUnit::Hours,
                },
                ..good.clone()
            },
            "calendar_days",
        ),
        (
            Step {
                stages: vec![StageName::Closed],
                ..good.clone()
            },
            "still to be done",
        ),
        (
            Step {
                reaches: Vec::new(),
                ..good.clone()
            },
            "reaches somebody",
        ),
        (
            Step {
                source: " ".into(),
                ..good.clone()
            },
            "source",
        ),
    ] {
        let told = ladder::fault(&[wrong]).expect("it cannot be meant");
        assert!(told.contains(why), "{told}");
    }
    assert!(
        ladder::fault(&[good.clone(), good])
            .expect("twice")
            .contains("once")
    );
    assert!(ladder::fault(&[]).is_some());
}
