//! What was found as nobody's goes on with its real owner, and the spot that was reported stays visible.

use domain::{
    AgencyId,
    authority::Act,
    hazard::{Hazard, Outcome, Stage, StageName, WaitsFor},
    subject::{Subject, SubjectKind},
};

use crate::given::*;

const SPOT: &str = "香溪路旁边坡";

/// Found as nobody's: the town stands in for whoever it belongs to.
fn a_slope() -> Subject {
    Subject {
        kind: SubjectKind::Unowned,
        name: SPOT.into(),
        sector: String::new(),
        steward: Some(agency(TOWN_OFFICE)),
        ..the_subject()
    }
}

fn found() -> Hazard {
    let mut hazard = reported();
    let slope = a_slope();
    hazard.subject.kind = slope.kind;
    hazard.subject.name = slope.name;
    hazard.subject.sector = slope.sector;
    hazard.subject.steward = slope.steward;
    hazard
}

fn regulated_by(regulator: Option<AgencyId>) -> Subject {
    Subject {
        regulator,
        ..an_owner()
    }
}

#[test]
fn the_next_step_is_the_owners_and_the_spot_stays_visible() {
    let confirmed = after(found().confirm(confirmation(), None, &routes(), moment(&county())));
    assert_eq!(confirmed.waits_for(), Some(WaitsFor::Agency(agency(TOWN_OFFICE))));
    let due = confirmed.due.clone();
    let named = after(confirmed.name_owner(an_owner(), "养护协议", moment(&town())));
    assert_eq!(named.waits_for(), Some(WaitsFor::Unit(an_owner().id)));
    assert_eq!((named.stage.name(), &named.due), (StageName::Confirmed, &due));
    assert_eq!(
        (named.subject.name, named.subject.steward),
        (an_owner().name, None)
    );
    let kept = &named.course.owners[0];
    assert_eq!((kept.was.name.as_str(), kept.basis.as_str()), (SPOT, "养护协议"));
    assert_eq!(named.location, found().location);
    // Who was responsible on a day: the town until then, the owner from then on.
    let spans: Vec<WaitsFor> = named.course.spans.iter().map(|span| span.waits_for).collect();
    assert_eq!(spans.last(), Some(&WaitsFor::Unit(an_owner().id)));
    assert!(spans.contains(&WaitsFor::Agency(agency(TOWN_OFFICE))));
}

#[test]
fn the_cell_it_is_counted_in_moves_to_the_owners_sector() {
    let change = found()
        .name_owner(an_owner(), "养护协议", moment(&county()))
        .expect("it is named");
    let (left, entered) = (change.event().left.as_ref(), change.event().entered.as_ref());
    assert_eq!(left.map(|cell| cell.sector.as_str()), Some(""));
    assert_eq!(entered.map(|cell| cell.sector.as_str()), Some("E48"));
}

#[test]
fn who_regulates_the_owner_judges_a_report_and_takes_no_case_from_another() {
    let housing = Some(agency(COUNTY_HOUSING));
    let named = after(found().name_owner(regulated_by(housing), "养护协议", moment(&county())));
    assert_eq!(named.regulator, housing);
    let confirmed =
        after(found().confirm(confirmation(), Some(a_department()), &routes(), moment(&county())));
    let before = confirmed.regulator;
    let named = after(confirmed.name_owner(
        regulated_by(Some(agency(COUNTY_OFFICE))),
        "养护协议",
        moment(&county()),
    ));
    assert_eq!((named.regulator, before), (before, Some(a_department().id)));
}

#[test]
fn what_was_ordered_of_the_spot_its_owner_has_to_do() {
    let mut ordered = self_found(an_order());
    ordered.subject.kind = SubjectKind::Unowned;
    ordered.subject.name = SPOT.into();
    if let Stage::Rectifying { plan: Some(plan), .. } = &mut ordered.stage {
        plan.responsible_unit = SPOT.into();
    }
    let named = after(ordered.name_owner(an_owner(), "养护协议", moment(&county())));
    assert_eq!(
        named.stage.plan().map(|plan| plan.responsible_unit.clone()),
        Some(an_owner().name)
    );
    // Another unit that the plan names by itself is left as it was.
    let plan = after(act(found_and_planned(), Act::NameOwner, Outcome::Done));
    assert_eq!(plan.stage.plan(), found_and_planned().stage.plan());
}

fn found_and_planned() -> Hazard {
    let mut planned = at(StageName::Rectifying, domain::hazard::Determination::NotMajor);
    planned.subject.kind = SubjectKind::Unowned;
    planned.subject.name = SPOT.into();
    planned
}

#[test]
fn an_owner_named_wrongly_is_named_again_and_both_stay() {
    let once = after(found().name_owner(an_owner(), "养护协议", moment(&town())));
    let again = after(once.name_owner(the_real_one(), "权属登记", moment(&county())));
    let kept: Vec<&str> = again
        .course
        .owners
        .iter()
        .map(|one| one.was.name.as_str())
        .collect();
    assert_eq!(kept, [SPOT, an_owner().name.as_str()]);
    assert_eq!(again.subject.name, the_real_one().name);
}

fn the_real_one() -> Subject {
    Subject {
        id: domain::SubjectId(uuid::Uuid::from_u128(0x0f)),
        name: "香溪物业（演示）有限公司".into(),
        ..an_owner()
    }
}

#[test]
fn what_has_an_owner_is_not_given_another() {
    assert_eq!(
        refused(reported().name_owner(an_owner(), "养护协议", moment(&county()))),
        "not-now"
    );
    assert!(!reported().open_acts().any(|act| act == Act::NameOwner));
    assert!(found().open_acts().any(|act| act == Act::NameOwner));
}

#[test]
fn nobody_another_county_and_no_basis_are_no_answer() {
    let name = |owner: Subject, basis: &str| refused(found().name_owner(owner, basis, moment(&county())));
    assert_eq!(name(an_owner(), " "), "basis: required");
    let spot = Subject {
        id: an_owner().id,
        ..a_slope()
    };
    assert_eq!(name(spot, "养护协议"), "owner: unowned-itself");
    let mut elsewhere = an_owner();
    elsewhere.home.county = "610981".into();
    assert_eq!(name(elsewhere, "养护协议"), "owner: lies-elsewhere");
    let once = after(found().name_owner(an_owner(), "养护协议", moment(&town())));
    assert_eq!(
        refused(once.name_owner(an_owner(), "养护协议", moment(&town()))),
        "owner: already-theirs"
    );
    for who in [
        unit(),
        discipline(),
        neighbour(),
        neighbouring_town(),
        city_department(),
        admin(),
    ] {
        assert!(who.may(Act::NameOwner, &found()).is_err(), "{:?}", who.role);
    }
    for who in [town(), county(), city()] {
        assert_eq!(who.may(Act::NameOwner, &found()), Ok(()), "{:?}", who.role);
    }
}
