//! What a town records for a small unit: in the head's name and the clerk's, and worth nothing before the unit has confirmed it.

use domain::{
    PersonId,
    actor::Actor,
    authority::Act,
    change::{Change, Require, Row},
    hazard::{Hazard, Source, StageName, confirm_proxy::Confirming, course::Part},
    proxy::{Issue, IssueRest, LASTS_DAYS, UnitProxy},
    refusal::Refusal,
    subject::{Subject, SubjectKind},
};
use uuid::Uuid;

use crate::given::*;

fn clerk() -> Actor {
    arrangement().stand_in(&town())
}

/// Found by the unit itself, ordered, and rectified by the town for it, on a route that the unit closes.
fn rectified() -> Hazard {
    let hazard = after(found_by(&unit(), Source::SelfCheck, an_order()));
    after(hazard.rectify("已清理", Vec::new(), &times(), moment(&clerk())))
}

fn accept(hazard: Hazard, who: &Actor) -> Result<Change, Refusal> {
    hazard.accept_rectification(passed(), Vec::new(), &times(), &graded(), moment(who))
}

fn with_code(hazard: Hazard, code: usize, who: &Actor) -> Result<Change, Refusal> {
    let proxy = Box::new(arrangement());
    hazard.confirm_proxy(Confirming::Code { proxy, code }, moment(who))
}

#[test]
fn the_town_may_do_for_the_unit_what_only_the_unit_may() {
    let hazard = after(found_by(&unit(), Source::SelfCheck, an_order()));
    for act in [Act::Plan, Act::Rectify, Act::Tell, Act::PutInPlace] {
        assert!(
            town().may(act, &hazard).is_err(),
            "{act}: without an arrangement it is the unit's"
        );
        assert_eq!(clerk().may(act, &hazard), Ok(()), "{act}");
        assert!(
            neighbouring_town().may_stand_in(act) && !county().may_stand_in(act),
            "{act}"
        );
    }
    assert!(
        clerk().may(Act::AskExtension, &hazard).is_err(),
        "and nothing else"
    );
    let another = UnitProxy {
        subject: domain::SubjectId(Uuid::from_u128(0xb2)),
        ..arrangement()
    };
    assert!(
        another.stand_in(&town()).may(Act::Plan, &hazard).is_err(),
        "of another unit"
    );
    let mut stewarded = hazard;
    stewarded.subject.steward = Some(agency(0xc9));
    assert!(
        clerk().may(Act::Plan, &stewarded).is_err(),
        "a steward acts itself"
    );
}

#[test]
fn it_is_the_act_of_both_and_rests_on_the_arrangement() {
    let hazard = after(found_by(&unit(), Source::SelfCheck, an_order()));
    let change = hazard.rectify("已清理", Vec::new(), &times(), moment(&clerk()));
    let change = change.expect("it is recorded");
    let by = change.event().by.as_ref().expect("by somebody");
    assert_eq!(
        (by.person, by.principal),
        (town().person, Some(arrangement().head))
    );
    let arranged = Require::Version {
        table: "unit_proxy",
        id: arrangement().id.to_string(),
        version: 1,
    };
    assert!(
        change.requires().contains(&arranged),
        "an arrangement that ended meanwhile is a conflict"
    );
    let hazard = after(Ok(change));
    assert_eq!(hazard.course.unconfirmed().count(), 1);

    // The clerk and the head have both had a hand in it.
    assert_eq!(
        town().may(Act::Accept, &hazard),
        Err(Refusal::SameHands {
            act: Act::Accept,
            earlier: Act::Rectify
        })
    );
    let head = Actor {
        person: arrangement().head,
        ..second_town_officer()
    };
    assert!(
        head.may(Act::Accept, &hazard).is_err(),
        "whoever the head is, in whatever post"
    );
    assert_eq!(second_town_officer().may(Act::Accept, &hazard), Ok(()));
    assert!(!hazard.may_be_judged_by(arrangement().head) && !hazard.may_be_judged_by(town().person));
}

#[test]
fn what_the_unit_would_close_itself_is_looked_at_when_the_town_recorded_it() {
    let hazard = rectified();
    assert_eq!(
        hazard.stage.name(),
        StageName::Submitted,
        "not closed on the town's word"
    );
    assert_eq!(
        hazard.rechecker(),
        Some((domain::route::Recheck::Town, agency(TOWN_OFFICE)))
    );
    assert_eq!(
        accept(hazard.clone(), &second_town_officer()),
        Err(Refusal::ProxyUnconfirmed)
    );
    let returned = hazard.clone().accept_rectification(
        failed(),
        Vec::new(),
        &times(),
        &graded(),
        moment(&second_town_officer()),
    );
    assert_eq!(
        after(returned).stage.name(),
        StageName::Rectifying,
        "it may be sent back all the same"
    );
    let confirmed = after(with_code(hazard, 1, &clerk()));
    assert_eq!(
        after(accept(confirmed, &second_town_officer())).stage.name(),
        StageName::Closed
    );
}

#[test]
fn a_code_is_good_once_and_not_in_the_hands_that_gave_it_out() {
    let change = with_code(rectified(), 0, &clerk()).expect("it is confirmed");
    let used = change.rows().iter().find_map(|row| match row {
        Row::UnitProxy(proxy) => Some(proxy.codes.iter().map(|code| code.used).collect::<Vec<_>>()),
        _ => None,
    });
    assert_eq!(
        used,
        Some(vec![Some(now()), None]),
        "the code is used up with the act"
    );
    let hazard = after(Ok(change));
    assert!(hazard.course.unconfirmed().next().is_none());
    assert_eq!(
        with_code(hazard, 1, &clerk()),
        Err(Refusal::NotNow {
            act: Act::ConfirmProxy
        })
    );
    assert_eq!(refused(with_code(rectified(), 2, &clerk())), "code: wrong-code");
    let mut spent = arrangement();
    spent.codes[0].used = Some(now());
    let spent = Confirming::Code {
        proxy: Box::new(spent),
        code: 0,
    };
    assert_eq!(
        refused(rectified().confirm_proxy(spent, moment(&clerk()))),
        "code: wrong-code"
    );

    let same = Err(Refusal::SameHands {
        act: Act::ConfirmProxy,
        earlier: Act::IssueProxy,
    });
    let issuer = arrangement().stand_in(&second_town_officer());
    assert_eq!(
        with_code(rectified(), 0, &issuer),
        same,
        "whoever gave it out does not enter it"
    );
    let hazard = after(found_by(&unit(), Source::SelfCheck, an_order()));
    let by_issuer = after(hazard.rectify("已清理", Vec::new(), &times(), moment(&issuer)));
    assert_eq!(
        with_code(by_issuer.clone(), 0, &clerk()),
        same,
        "nor is it good for what they recorded"
    );
    let page = Confirming::Page(vec![photo(0x46, &issuer)]);
    let on_paper = after(by_issuer.confirm_proxy(page, moment(&issuer)));
    assert!(
        on_paper.course.unconfirmed().next().is_none(),
        "the signed page is good in any hands"
    );
}

/// The arrangement may have ended because the unit has an account now.
#[test]
fn a_unit_that_acts_itself_confirms_what_was_recorded_for_it() {
    assert_eq!(unit().may(Act::ConfirmProxy, &rectified()), Ok(()));
    let confirmed = after(rectified().confirm_proxy(Confirming::Itself, moment(&unit())));
    assert!(accept(confirmed, &second_town_officer()).is_ok());
}

#[test]
fn what_was_recorded_for_another_owner_is_nobodys_to_confirm() {
    let mut hazard = rectified();
    let owner = unit();
    let later = domain::hazard::Moment {
        now: now().plus(2 * domain::time::DAY),
        ..moment(&owner)
    };
    hazard.course.owners.push(domain::hazard::name_owner::OwnerNamed {
        was: hazard.subject.clone(),
        basis: "产权登记".into(),
        by: unit().signs(now().plus(domain::time::DAY)),
    });
    assert_eq!(
        hazard.expects(Act::ConfirmProxy),
        Err(Refusal::NotNow {
            act: Act::ConfirmProxy
        })
    );
    assert_eq!(
        accept(hazard.clone(), &second_town_officer()),
        Err(Refusal::ProxyUnconfirmed),
        "nor is it accepted"
    );
    let back = after(hazard.accept_rectification(
        failed(),
        Vec::new(),
        &times(),
        &graded(),
        moment(&second_town_officer()),
    ));
    let done = after(back.rectify("产权单位已清理", Vec::new(), &times(), later));
    if done.stage.name() == StageName::Submitted {
        assert!(accept(done, &second_town_officer()).is_ok());
    } else {
        assert_eq!(
            done.stage.name(),
            StageName::Closed,
            "its own route lets it close it"
        );
    }
}

#[test]
fn a_page_has_to_be_there_and_ones_own() {
    let empty = rectified().confirm_proxy(Confirming::Page(Vec::new()), moment(&clerk()));
    assert_eq!(refused(empty), "signed_page: required");
    let anothers = Confirming::Page(vec![photo(0x46, &county())]);
    assert_eq!(
        refused(rectified().confirm_proxy(anothers, moment(&clerk()))),
        "signed_page: not-attachable"
    );
}

#[test]
fn the_responsible_person_does_not_accept_through_a_clerk_without_paper() {
    let mut hazard = after(found_by(&unit(), Source::SelfCheck, an_order()));
    if let Some(confirmation) = hazard.stage.confirmation_mut() {
        confirmation.route = major();
    }
    let hazard = after(hazard.plan(plan(), moment(&clerk())));
    let put = |files| {
        hazard
            .clone()
            .put_in_place(Part::Person, "已到岗", files, moment(&clerk()))
    };
    assert_eq!(refused(put(Vec::new())), "evidence: required");
    let put = after(put(vec![photo(0x47, &clerk())]));
    assert_eq!(put.course.in_place[0].accepted_by, None);
    assert_eq!(
        put.course.unconfirmed().map(|one| one.act).collect::<Vec<_>>(),
        [Act::Plan, Act::PutInPlace]
    );
}

fn issue(
    subject: &Subject,
    before: Option<UnitProxy>,
    acts_itself: bool,
    head: &str,
) -> Result<Change, Refusal> {
    let said = Issue {
        head: head.into(),
        reason: "无智能手机".into(),
    };
    let rest = IssueRest {
        id: arrangement().id,
        before,
        acts_itself,
        person: PersonId(Uuid::from_u128(0x71)),
        hashes: vec!["$argon2id$1".into()],
    };
    UnitProxy::issue(subject, said, rest, moment(&town()))
}

fn issued(change: &Change) -> (UnitProxy, bool) {
    let proxy = change.rows().iter().find_map(|row| match row {
        Row::UnitProxy(proxy) => Some((**proxy).clone()),
        _ => None,
    });
    let person = change.rows().iter().any(|row| matches!(row, Row::Person(_)));
    (proxy.expect("an arrangement"), person)
}

#[test]
fn an_arrangement_names_a_head_and_a_new_slip_voids_the_old() {
    let (first, new_person) = issued(&issue(&the_subject(), None, false, "高志松").expect("it is entered"));
    assert!(
        new_person && first.is_in_force(in_days(LASTS_DAYS)) && !first.is_in_force(in_days(LASTS_DAYS + 1))
    );
    let (again, new_person) =
        issued(&issue(&the_subject(), Some(arrangement()), false, "高志松").expect("again"));
    assert!(!new_person, "the head is known");
    assert_eq!(
        (again.head, again.codes.len(), again.seen.version),
        (arrangement().head, 1, 1)
    );
    let (other, new_person) =
        issued(&issue(&the_subject(), Some(arrangement()), false, "高小松").expect("again"));
    assert!(
        new_person && other.head != arrangement().head,
        "another head is another person"
    );

    assert_eq!(
        issue(&the_subject(), None, true, "高志松"),
        Err(Refusal::UnitActsItself)
    );
    assert_eq!(refused(issue(&the_subject(), None, false, " ")), "head: required");
    for kind in [
        SubjectKind::Unowned,
        SubjectKind::PublicAsset,
        SubjectKind::Household,
    ] {
        let subject = Subject {
            kind,
            ..the_subject()
        };
        assert_eq!(
            issue(&subject, None, false, "高志松"),
            Err(Refusal::NothingToProxy)
        );
    }
    let stewarded = Subject {
        steward: Some(agency(TOWN_OFFICE)),
        ..the_subject()
    };
    assert_eq!(
        issue(&stewarded, None, false, "高志松"),
        Err(Refusal::NothingToProxy)
    );

    let ended = arrangement().end("已配手机", moment(&town())).expect("it ends");
    let (ended, _) = issued(&ended);
    assert!(!ended.is_in_force(in_days(0)));
    assert_eq!(ended.end("再次", moment(&town())), Err(Refusal::ProxyEnded));
}
