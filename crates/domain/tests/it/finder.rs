//! What a finder does at once, and which way it then goes: who looks, what is demanded, how it ends.

use domain::{
    EventId,
    authority::Act,
    hazard::{
        Determination, EndedAs, Hazard, InitialLevel, Moment, Outcome, Source, StageName, WaitsFor,
        confirm::Confirm,
        event::Ordered,
        plan::FilePlan,
        report::{Report, Then},
    },
    refusal::Refusal,
    route::Recheck,
};
use uuid::Uuid;

use crate::given::*;

fn route_of(hazard: &Hazard) -> &str {
    let confirmation = hazard.stage.confirmation().expect("its route is known");
    confirmation.route.id.as_str()
}

fn found(who: &domain::actor::Actor, level: InitialLevel, source: Source, then: Then) -> String {
    let report = Report {
        initial_level: level,
        source,
        then,
        ..said()
    };
    let change = Hazard::report(
        report,
        "HB-1".into(),
        the_subject(),
        Vec::new(),
        offices(),
        &times(),
        &graded(),
        moment(who),
    );
    refused(change)
}

fn rectified(hazard: Hazard) -> Hazard {
    let unit = unit();
    after(hazard.rectify("已整改", vec![photo(0x31, &unit)], &times(), moment(&unit)))
}

fn returned(hazard: Hazard) -> Hazard {
    after(hazard.accept_rectification(failed(), Vec::new(), &times(), &graded(), moment(&county())))
}

#[test]
fn a_unit_closes_its_own_only_on_the_route_that_says_so() {
    let own = self_found(an_order());
    assert_eq!(
        (own.stage.name(), route_of(&own)),
        (StageName::Rectifying, "self")
    );
    assert_eq!(own.waits_for(), Some(WaitsFor::Unit(subject_id())));
    let closed = after(own.rectify("已清理", Vec::new(), &times(), moment(&unit())));
    assert_eq!(
        (closed.stage.name(), closed.stage.ended_as()),
        (StageName::Closed, Some(EndedAs::Fixed))
    );

    let towns = after(found_by(&town(), Source::Patrol, an_order()));
    assert_eq!(route_of(&towns), "town");
    let unshown = towns
        .clone()
        .rectify("已清理", Vec::new(), &times(), moment(&unit()));
    assert_eq!(refused(unshown), "evidence: required");
    assert_eq!(rectified(towns).stage.name(), StageName::Submitted);
}

#[test]
fn a_unit_does_not_close_what_may_still_be_major() {
    let said = Confirm {
        initial_level: InitialLevel::General,
        determination: Determination::Pending,
        ..confirmation()
    };
    let mut hazard = reported();
    hazard.source = Source::SelfCheck;
    let confirmed = after(hazard.confirm(said, None, &graded(), moment(&county())));
    assert_eq!(route_of(&confirmed), "self");
    let planned = after(confirmed.plan(plan(), moment(&unit())));
    let close = |hazard: Hazard| hazard.rectify("已清理", Vec::new(), &times(), moment(&unit()));
    assert_eq!(refused(close(planned.clone())), "determination-pending");
    let cleared = planned.determine(determination(Determination::NotMajor), &graded(), moment(&city()));
    assert_eq!(after(close(after(cleared))).stage.name(), StageName::Closed);
}

#[test]
fn an_order_needs_measure_person_and_a_day_that_is_still_to_come() {
    let order = |measures: &str, person: &str, days| {
        Then::Orders(Ordered {
            measures: measures.into(),
            responsible_person: person.into(),
            deadline: in_days(days),
            order_no: None,
        })
    };
    let asked = |then| refused(found_by(&town(), Source::Patrol, then));
    assert_eq!(
        asked(order("", "", 5)),
        "order.measures: required, order.responsible_person: required"
    );
    assert_eq!(asked(order("清理", "高志松", -1)), "order.deadline: too-early");
    assert_eq!(asked(order("清理", "高志松", 732)), "order.deadline: too-late");
    assert!(found_by(&town(), Source::Patrol, order("清理", "高志松", 0)).is_ok());
}

#[test]
fn where_another_has_to_confirm_the_finder_orders_nothing() {
    let code = found(&town(), InitialLevel::SuspectedMajor, Source::Patrol, an_order());
    assert_eq!(code, "order: needs-confirmation");
}

#[test]
fn only_what_is_general_is_closed_on_the_spot() {
    let closed = after(found_by(&town(), Source::Patrol, on_the_spot()));
    assert_eq!(
        (closed.stage.name(), closed.stage.ended_as()),
        (StageName::Closed, Some(EndedAs::Fixed))
    );
    assert_eq!((closed.due.as_ref(), closed.waits_for()), (None, None));
    for level in [InitialLevel::Serious, InitialLevel::SuspectedMajor] {
        assert_eq!(
            found(&town(), level, Source::Patrol, on_the_spot()),
            "fixed: only-general"
        );
    }
    let silent = Then::Fixed { summary: " ".into() };
    assert_eq!(
        found(&town(), InitialLevel::General, Source::Patrol, silent),
        "fixed.summary: required"
    );
}

/// A share of what is closed is looked at again, whether a unit closed it or its finder on the spot.
#[test]
fn what_is_closed_on_the_spot_is_drawn_like_everything_else() {
    let with = |sample, last: u128| {
        let mut table = graded();
        for route in &mut table.routes {
            route.sample = sample;
        }
        let who = town();
        let drawn_by = Moment {
            event: EventId(Uuid::from_u128(last)),
            ..moment(&who)
        };
        let report = Report {
            initial_level: InitialLevel::General,
            then: on_the_spot(),
            ..said()
        };
        let files = Vec::new();
        after(Hazard::report(
            report,
            "HB-1".into(),
            the_subject(),
            files,
            offices(),
            &times(),
            &table,
            drawn_by,
        ))
        .course
        .drawn
    };
    assert!(with(100, 99) && with(20, 19) && with(20, 119));
    assert!(!with(20, 20) && !with(0, 0));
    let waits = after(found_by(&town(), Source::Patrol, Then::Waits));
    assert!(!waits.course.drawn, "what has not ended is not drawn");
}

#[test]
fn a_light_plan_needs_measure_person_and_date_alone() {
    let hazard = self_found(an_order());
    let light = FilePlan {
        target: String::new(),
        responsible_unit: String::new(),
        emergency_plan: String::new(),
        funds: domain::money::Fen(0),
        ..plan()
    };
    assert!(hazard.clone().plan(light.clone(), moment(&unit())).is_ok());
    let empty = FilePlan {
        measures: " ".into(),
        responsible_person: String::new(),
        deadline: in_days(6),
        ..light.clone()
    };
    let told = refused(hazard.plan(empty, moment(&unit())));
    assert_eq!(
        told,
        "measures: required, responsible_person: required, deadline: too-late"
    );
    let long_way = at(StageName::Confirmed, Determination::NotMajor);
    let told = refused(long_way.plan(light, moment(&unit())));
    assert_eq!(
        told,
        "target: required, responsible_unit: required, emergency_plan: required"
    );
}

#[test]
fn the_town_looks_at_what_it_ordered_and_the_county_may() {
    let hazard = rectified(after(found_by(&town(), Source::Patrol, an_order())));
    assert_eq!(hazard.waits_for(), Some(WaitsFor::Agency(agency(TOWN_OFFICE))));
    assert_eq!(town().may(Act::Accept, &hazard), Ok(()));
    assert_eq!(county().may(Act::Accept, &hazard), Ok(()));
    assert!(neighbouring_town().may(Act::Accept, &hazard).is_err());
    let mut stewarded = hazard;
    stewarded.subject.steward = Some(agency(TOWN_OFFICE));
    assert_eq!(
        stewarded.rechecker(),
        Some((Recheck::County, agency(COUNTY_OFFICE)))
    );
    assert_eq!(
        town().may(Act::Accept, &stewarded),
        Err(Refusal::RecheckedByAnother { by: Recheck::County }),
        "nobody re-checks what they rectified themselves"
    );
}

#[test]
fn whoever_ordered_looks() {
    let hazard = rectified(after(found_by(
        &county_department(),
        Source::CountyCheck,
        an_order(),
    )));
    assert_eq!(route_of(&hazard), "ordered");
    assert_eq!(
        hazard.rechecker(),
        Some((Recheck::Orderer, agency(COUNTY_HOUSING)))
    );
    assert_eq!(county_department().may(Act::Accept, &hazard), Ok(()));
    let other = domain::actor::Actor {
        agency: agency(0xcc),
        ..county_department()
    };
    assert!(other.may(Act::Accept, &hazard).is_err());
}

/// A unit that took something on, the city, a department that has it no longer: it waits for somebody who can look.
#[test]
fn where_the_orderer_cannot_look_the_county_does() {
    let by_city = rectified(after(found_by(&city(), Source::Oversight, an_order())));
    let by_unit = {
        let mut own = self_found(an_order());
        if let Some(confirmation) = own.stage.confirmation_mut() {
            confirmation.route = ordered();
        }
        rectified(own)
    };
    let handed_on = {
        let ordered = after(found_by(&county_department(), Source::CountyCheck, an_order()));
        let to = domain::agency::Agency {
            id: agency(0xcc),
            ..a_department()
        };
        rectified(after(ordered.assign(handed_over(), to, moment(&county()))))
    };
    for (hazard, supervisor) in [
        (by_city, COUNTY_OFFICE),
        (by_unit, COUNTY_OFFICE),
        (handed_on, 0xcc),
    ] {
        assert_eq!(hazard.rechecker(), Some((Recheck::County, agency(supervisor))));
        assert_eq!(hazard.waits_for(), Some(WaitsFor::Agency(agency(supervisor))));
        assert_eq!(county().may(Act::Accept, &hazard), Ok(()));
    }
}

#[test]
fn what_comes_back_twice_goes_the_stricter_way() {
    let hazard = rectified(after(found_by(&town(), Source::Patrol, an_order())));
    let once = returned(hazard);
    assert_eq!((route_of(&once), once.returns.len()), ("town", 1));
    let twice = returned(rectified(once));
    assert_eq!((route_of(&twice), twice.returns.len()), ("literal", 2));
    let unit = unit();
    let again = twice
        .clone()
        .rectify("已整改", vec![photo(0x31, &unit)], &times(), moment(&unit));
    assert_eq!(
        refused(again),
        "plan-demanded",
        "three parts are no longer enough"
    );
    let submitted = rectified(after(twice.plan(plan(), moment(&unit))));
    let few = submitted.accept_rectification(passed(), Vec::new(), &times(), &graded(), moment(&county()));
    assert_eq!(refused(few), "inspectors: too-few");
}

#[test]
fn what_is_determined_major_goes_the_major_way() {
    let said = Confirm {
        determination: Determination::Pending,
        ..confirmation()
    };
    let open = after(reported().confirm(said, None, &graded(), moment(&county())));
    assert_eq!(route_of(&open), "ordered");
    let major = after(open.clone().determine(
        determination(Determination::Major),
        &graded(),
        moment(&city()),
    ));
    assert_eq!(route_of(&major), "major");
    let not = after(open.determine(determination(Determination::NotMajor), &graded(), moment(&city())));
    assert_eq!(route_of(&not), "ordered");
}

#[test]
fn a_list_signs_off_only_what_its_route_leaves_to_lists() {
    let decide = domain::hazard::sign_off::Decide {
        list: Some(domain::SignOffListId(Uuid::from_u128(7))),
        ..decision(true)
    };
    let item = at(StageName::Accepted, Determination::NotMajor);
    assert_eq!(
        refused(item.sign_off(decide.clone(), &routes(), moment(&city()))),
        "item-by-item"
    );
    let hazard = rectified(after(found_by(
        &county_department(),
        Source::CountyCheck,
        an_order(),
    )));
    let accept =
        hazard.accept_rectification(passed(), two_inspectors(), &times(), &graded(), moment(&county()));
    let accepted = after(accept);
    let off = after(accepted.sign_off(decide, &graded(), moment(&city())));
    assert_eq!(off.stage.name(), StageName::SignedOff);
    assert!(off.stage.sign_off().is_some_and(|one| one.list.is_some()));
    assert_eq!(refused(act(off, Act::Dismiss, Outcome::Done)), "wrong-stage");
}
