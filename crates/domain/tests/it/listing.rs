//! Listed supervision: proposed, approved, served, reported on, and taken off by an act of its own once the case has ended.

use domain::{
    authority::Act,
    hazard::{
        Determination, Hazard, Outcome, StageName,
        listing::{ListingLevel, ProposeListing},
    },
    refusal::Refusal,
};

use crate::given::*;

fn step(hazard: Hazard, what: Act) -> Hazard {
    after(act(hazard, what, Outcome::Done))
}

fn listed(stage: StageName) -> Hazard {
    let mut hazard = at(stage, Determination::Major);
    let acts = [Act::ProposeListing, Act::ApproveListing, Act::ServeListing];
    let proposed = acts
        .into_iter()
        .fold(at(StageName::Confirmed, Determination::Major), step);
    hazard.course.listings = proposed.course.listings;
    hazard
}

#[test]
fn only_what_is_major_is_listed_and_once_at_each_level() {
    let general = at(StageName::Confirmed, Determination::NotMajor);
    assert_eq!(
        general.expects(Act::ProposeListing),
        Err(Refusal::NotNow {
            act: Act::ProposeListing
        })
    );
    let proposed = step(
        at(StageName::Confirmed, Determination::Major),
        Act::ProposeListing,
    );
    assert_eq!(proposed.listed(), None, "a proposal is no listing");
    let again = proposed
        .clone()
        .propose_listing(a_listing(ListingLevel::City), moment(&city()));
    assert_eq!(refused(again), "listing_level: listed-already");
    let approved_one = step(proposed, Act::ApproveListing);
    assert_eq!(approved_one.listed(), Some(ListingLevel::City));
    let county = approved_one.propose_listing(a_listing(ListingLevel::Province), moment(&city()));
    let both = step(after(county), Act::ApproveListing);
    assert_eq!(both.listed(), Some(ListingLevel::Province), "the highest counts");
}

#[test]
fn what_is_missing_is_told_at_its_field() {
    let major = at(StageName::Confirmed, Determination::Major);
    let said = ProposeListing {
        requirements: " ".into(),
        leader: String::new(),
        plan_by: in_days(-1),
        ..a_listing(ListingLevel::City)
    };
    let wrong = refused(major.clone().propose_listing(said, moment(&city())));
    assert_eq!(
        wrong,
        "requirements: required, overseer: required, plan_by: too-early"
    );
    let proposed = step(major, Act::ProposeListing);
    let without_page = domain::hazard::listing::Decided {
        page: Vec::new(),
        ..approved(&city())
    };
    let wrong = refused(
        proposed
            .clone()
            .approve_listing("", without_page, moment(&city())),
    );
    assert_eq!(wrong, "order_no: required, leader_page: required");
    assert!(
        proposed.expects(Act::ServeListing).is_err(),
        "nothing is served before it is approved"
    );
    let approved = step(proposed, Act::ApproveListing);
    let before = approved.serve_listing(
        None,
        in_days(-1),
        "高志松",
        vec![photo(0x49, &city())],
        moment(&city()),
    );
    assert_eq!(refused(before), "served_on: too-early");
}

#[test]
fn it_stays_on_the_list_until_it_is_taken_off() {
    let in_hand = listed(StageName::Rectifying);
    assert!(
        in_hand.expects(Act::Delist).is_err(),
        "as long as it is not rectified"
    );
    let reported = step(in_hand, Act::ReportProgress);
    assert_eq!(reported.course.listings[0].progress.len(), 1);

    let ended = listed(StageName::SignedOff);
    assert_eq!(
        ended.listed(),
        Some(ListingLevel::City),
        "the end of the case is not its end"
    );
    let unpublished = ended.clone().delist(
        "已销号",
        " ",
        approved(&second_city_officer()),
        moment(&second_city_officer()),
    );
    assert_eq!(refused(unpublished), "published: required");
    let off = step(ended, Act::Delist);
    assert_eq!(off.listed(), None);
    assert!(off.expects(Act::Delist).is_err());

    let cancelled = step(listed(StageName::Transferred), Act::CancelListing);
    assert_eq!(cancelled.listed(), None);
}

#[test]
fn whoever_rectified_does_not_take_it_off_and_a_unit_lists_nothing() {
    let mut ended = listed(StageName::SignedOff);
    ended.hands.push(domain::authority::Hand {
        act: Act::Rectify,
        by: city().signs(now()),
    });
    assert!(city().may(Act::Delist, &ended).is_err());
    for who in [unit(), town(), neighbour(), discipline()] {
        assert!(who.may(Act::ProposeListing, &ended).is_err(), "{:?}", who.role);
    }
    assert!(unit().may(Act::ReportProgress, &ended).is_ok());
}

#[test]
fn the_unit_does_not_see_the_signed_pages() {
    let mut hazard = listed(StageName::Rectifying);
    let pages = hazard.course.listings[0]
        .approval
        .as_ref()
        .expect("approved")
        .page
        .clone();
    let hidden = hazard.withhold_instructions();
    assert!(pages.iter().all(|page| hidden.contains(page)));
}
