//! A case that changes hands: transferred to another county, handed to an agency, opened again; and each way of the graded city to
//! its end.

use app::sweep;
use domain::{
    HazardId,
    authority::Act,
    change::Change,
    hazard::{
        Determination, DismissedAs, EndedAs, Hazard, InitialLevel, LookedAgain, Moment, Source, ToldTo,
        confirm::Confirm,
        course::{Fact, Part},
        report::Then,
    },
    time::DAY,
};
use store::Stamp;
use testkit::{City, Named, PersonInOffice, World, on_both_engines};

pub const THERE: &str = "610981";

/// The one record that names this one.
async fn linked(w: &World, h: &impl Named) -> Hazard {
    let mut linked = w.city().looks_at(h).await.good().linked;
    assert_eq!(linked.len(), 1, "opened once");
    linked.remove(0)
}

/// The change of a transfer as it is decided, for a process that is killed once it is recorded.
pub async fn a_transfer(w: &World, by: &PersonInOffice, h: &impl Named, to: &str) -> (Change, HazardId) {
    let (caller, now) = (by.caller().await, w.now());
    let hazard = by.looks_at(h).await.good().hazard;
    let to = w
        .app
        .reference
        .jurisdiction(&to.into())
        .expect("the county is known");
    let there = HazardId(w.app.ids.derived(&["transfer", &hazard.id.to_string()]));
    let moment = Moment {
        who: &caller.actor,
        event: w.app.ids.event(now),
        now,
    };
    let change = hazard
        .transfer(to, "点位不在本区。", there, moment)
        .expect("it may be transferred");
    (change, there)
}

async fn route_of(w: &World, h: &impl Named) -> String {
    let hazard = w.city().looks_at(h).await.good().hazard;
    hazard
        .stage
        .confirmation()
        .expect("its route is known")
        .route
        .id
        .to_string()
}

async fn ended_as(w: &World, h: &impl Named) -> Option<EndedAs> {
    w.city().looks_at(h).await.good().hazard.stage.ended_as()
}

on_both_engines! {
    async fn a_transfer_ends_it_here_and_goes_on_there(w: &World) {
        let h = w.town().reports("界河桥头护栏缺失").await.good();
        w.county().transfers(&h, "610902").await.refused_with("to: lies-here");
        w.county().transfers(&h, "610902001").await.refused_with("to: not-a-county");
        w.county().transfers(&h, "nowhere").await.refused_with("to: not-a-county");
        let gone = w.county().transfers(&h, THERE).await.good();
        assert_eq!((gone.stage.as_str(), gone.due_at, gone.waits_for), ("transferred", None, None));
        assert_eq!(ended_as(w, &h).await, Some(EndedAs::Transferred));

        let there = linked(w, &h).await;
        assert_eq!((there.home.county.as_str(), there.source), (THERE, Source::Transfer));
        assert_ne!(there.number, h.number);
        assert!(w.neighbour().sees(&there).await && w.neighbour().has_on_the_desk(&there).await);
        assert!(!w.neighbour().sees(&h).await && !w.county().sees(&there).await, "each county sees its own record");
        w.neighbour().declines(&there).await.refused_with("not-your-act");
        w.county().acknowledges(&there).await.refused_with("not-found");
        w.neighbour().acknowledges(&there).await.good();
        w.neighbour().acknowledges(&there).await.refused_with("not-now");
        let confirmed = w.neighbour().confirms(&there).await.good();
        assert_eq!(confirmed.stage, "confirmed");
        w.county().confirms(&h).await.refused_with("wrong-stage");
        let acts: Vec<String> = w.neighbour().looks_at(&there).await.good().events.into_iter().map(|event| event.act).collect();
        assert_eq!(acts, ["open", "acknowledge", "confirm"]);
    }

    /// Whoever is handed a case over the border of a county is handed its photos, and nobody else over there.
    async fn the_photos_of_a_transferred_case_go_with_it(w: &World) {
        let photo = w.town().uploads().await.good();
        let mut said = w.town().a_report("界河桥头护栏缺失").await;
        said.photos = vec![testkit::file_id(&photo)];
        let h = w.town().reports_as(said).await.good();
        w.neighbour().opens_file(&photo).await.refused_with("not-found");
        w.county().transfers(&h, THERE).await.good();

        let there = linked(w, &h).await;
        let seen = w.neighbour().looks_at(&there).await.good();
        assert_eq!(seen.photos, [testkit::file_id(&photo)]);
        assert_eq!(seen.files.len(), 1);
        w.neighbour().opens_file(&photo).await.good();
        w.county().opens_file(&photo).await.good();
        w.town().looks_at(&there).await.refused_with("not-found");
    }

    /// Killed between the act and the opening: the sweep opens it, once, however many sweep at once.
    async fn what_a_killed_process_left_is_opened_once(w: &World) {
        let other = w.opened_again().await;
        for round in 0..6 {
            let h = w.town().reports(&format!("第{round}处界桩倒伏")).await.good();
            let (change, there) = a_transfer(w, &w.county(), &h, THERE).await;
            w.app.store.record(&change, Stamp { salt: [round; 32], answer: None }).await.expect("it is recorded");
            assert!(!w.city().sees(&there).await, "the process was killed before it opened anything");
            if round == 0 {
                sweep::once(&w.app).await.expect("the sweep succeeds");
            } else {
                let (a, b) = tokio::join!(sweep::once(&w.app), sweep::once(&other));
                a.expect("the first sweep succeeds");
                b.expect("the second sweep succeeds");
            }
            let opened = linked(w, &h).await;
            assert_eq!(opened.id, there);
            assert_eq!((opened.seen.version, opened.hands.len()), (1, 1));
            let events = w.events().await;
            sweep::once(&other).await.expect("the sweep succeeds");
            assert_eq!(w.events().await, events, "what is open is not opened again");
            assert!(w.neighbour().has_on_the_desk(&there).await);
        }
    }

    async fn what_is_found_untrue_is_opened_again_once(w: &World) {
        let h = w.town().reports("安全出口被货架堵塞").await.good();
        w.county().confirms(&h).await.good();
        w.unit().plans(&h).await.good();
        w.unit().rectifies(&h).await.good();
        w.second_county_officer().accepts(&h).await.good();
        w.city().revisits(&h, true).await.refused_with("wrong-stage");
        w.city().signs_off(&h).await.good();
        w.time_passes(3 * DAY);

        w.second_county_officer().revisits(&h, true).await.refused_with("same-hands");
        w.city().revisits(&h, true).await.refused_with("same-hands");
        w.unit().revisits(&h, true).await.refused_with("not-your-act");
        w.neighbour().revisits(&h, false).await.refused_with("not-found");
        let looked = w.second_city_officer().revisits(&h, true).await.good();
        assert_eq!(looked.stage, "signed_off");
        w.second_city_officer().revisits(&h, false).await.good();
        w.second_city_officer().revisits(&h, false).await.refused_with("not-now");
        let hazard = w.city().looks_at(&h).await.good().hazard;
        assert_eq!((hazard.looked_at_again(), hazard.stage.ended_as()), (Some(LookedAgain::Untrue), Some(EndedAs::Fixed)));

        let again = linked(w, &h).await;
        assert_eq!(again.home, hazard.home);
        assert_eq!(again.reporter().map(|by| by.person), Some(w.second_city_officer().person().await));
        assert!(w.county().has_on_the_desk(&again).await && w.unit().sees(&again).await && !w.neighbour().sees(&again).await);
        w.second_city_officer().confirms(&again).await.refused_with("same-hands");
        w.county().confirms(&again).await.good();
        assert!(w.unit().has_on_the_desk(&again).await);
    }

    /// Whoever is asked has it on the desk, until they have answered.
    async fn what_is_handed_over_lies_on_the_right_desk(w: &World) {
        let housing = w.person("department-610902-housing");
        let to = housing.agency().await;
        let h = w.town().reports("在建楼梯间无护栏").await.good();
        assert!(!housing.sees(&h).await);
        w.county().assigns(&h, to, None).await.good();
        assert!(housing.has_on_the_desk(&h).await && !w.neighbour().sees(&h).await);
        w.county().assigns(&h, to, None).await.refused_with("not-now");
        w.county().acknowledges(&h).await.refused_with("not-your-act");

        housing.declines(&h).await.good();
        assert!(!housing.sees(&h).await, "it is theirs no longer");
        assert!(w.county().has_on_the_desk(&h).await);
        w.county().assigns(&h, to, None).await.refused_with("basis: disputed-needs-basis");
        w.county().assigns(&h, to, Some("区安委会职责分工第十二项")).await.good();
        assert!(housing.has_on_the_desk(&h).await);
        housing.declines(&h).await.refused_with("duty-settled");
        housing.acknowledges(&h).await.good();
        housing.confirms(&h).await.good();
        let told = housing.looks_at(&h).await.good().hazard.course.assignments;
        assert!(told[0].declined.is_some() && told[1].receipt.is_some() && told[1].basis.is_some());
        w.county().assigns(&h, w.neighbour().agency().await, None).await.refused_with("agency: not-a-regulator-here");
    }

    async fn an_extension_lies_on_the_desk_of_whoever_decides(w: &World) {
        let h = w.town().reports("防火门损坏").await.good();
        w.county().confirms(&h).await.good();
        assert!(!w.county().has_on_the_desk(&h).await);
        w.unit().asks_extension(&h, w.unit().in_days(9)).await.refused_with("to: too-early");
        w.unit().asks_extension(&h, w.unit().in_days(20)).await.good();
        assert!(w.county().has_on_the_desk(&h).await && w.unit().has_on_the_desk(&h).await);
        assert!(!w.county().may_now(&h).await.contains(&Act::Pause), "what is asked is answered first");
        w.unit().decides_extension(&h, true).await.refused_with("not-your-act");
        let moved = w.county().decides_extension(&h, true).await.good();
        assert_eq!(moved.due_at, Some(w.unit().in_days(20).end().0));
        assert!(!w.county().has_on_the_desk(&h).await);

        assert_eq!(w.county().pauses(&h).await.good().due_at, None);
        w.time_passes(4 * DAY);
        let on = w.county().resumes(&h).await.good();
        assert_eq!(on.due_at, Some(w.unit().in_days(20).end().0), "twenty days from then, four of which stood still");
        w.time_passes(30 * DAY);
        w.unit().asks_extension(&h, w.unit().in_days(9)).await.refused_with("asked-too-late");
    }

    async fn what_is_stopped_is_accepted_after_the_review_alone(w: &World) {
        let h = w.town().reports("喷胶间通风不足").await.good();
        w.county().suspends(&h).await.good();
        w.county().confirms(&h).await.good();
        w.unit().plans(&h).await.good();
        w.unit().rectifies(&h).await.good();
        w.county().accepts(&h).await.refused_with("restart-review-demanded");
        w.unit().asks_restart(&h).await.good();
        w.county().reviews_restart(&h, false).await.good();
        w.county().reviews_restart(&h, true).await.refused_with("not-now");
        w.unit().asks_restart(&h).await.good();
        w.unit().reviews_restart(&h, true).await.refused_with("not-your-act");
        w.county().reviews_restart(&h, true).await.good();
        assert_eq!(w.county().accepts(&h).await.good().stage, "accepted");
    }

    async fn duplicates_and_what_is_none_end_without_being_rectified(w: &World) {
        let (one, two, none) = (
            w.town().reports("配电箱敞开").await.good(),
            w.town().reports("车间配电箱无门").await.good(),
            w.town().reports("疑似裂缝").await.good(),
        );
        w.county().merges(&one, &one.number).await.refused_with("into: itself");
        w.county().merges(&one, "HB-0000-00000").await.refused_with("into: no-such-hazard");
        let merged = w.county().merges(&two, &one.number).await.good();
        assert_eq!((merged.stage.as_str(), ended_as(w, &two).await), ("merged", Some(EndedAs::Duplicate)));
        assert_eq!(linked(w, &one).await.id, two.hazard());
        w.county().merges(&one, &two.id).await.refused_with("into: has-ended");
        w.county().corrects(&one, Fact::Place, "三楼").await.good();
        w.county().corrects(&one, Fact::Place, "三楼").await.refused_with("value: unchanged");

        w.town().dismisses(&none, DismissedAs::NotHazard).await.refused_with("not-your-act");
        let dismissed = w.county().dismisses(&none, DismissedAs::NotHazard).await.good();
        assert_eq!((dismissed.stage.as_str(), ended_as(w, &none).await), ("closed", Some(EndedAs::NotHazard)));
        w.city().revisits(&none, true).await.refused_with("not-now");
    }

    /// The same id, reporter and content: the first answer, whatever the finder did beside reporting.
    async fn a_report_that_orders_or_fixes_comes_again_as_it_was(w: &World, City::Graded) {
        let town = w.town();
        let mut fixed = town.a_report("通道堆物").await;
        fixed.report.then = Then::Fixed { summary: "当场移开。".to_owned() };
        for said in [town.an_order("灭火器过期").await, fixed] {
            let first = town.reports_as(said.clone()).await.good();
            let events = w.events().await;
            w.time_passes(DAY);
            assert_eq!(town.reports_as(said.clone()).await.good(), first);
            let mut waits = said.clone();
            waits.report.then = Then::Waits;
            town.reports_as(waits).await.refused_with("id-taken");
            if let Then::Orders(order) = &said.report.then {
                let mut other = said.clone();
                let order_no = Some("汉滨应急责改〔2026〕9号".to_owned());
                other.report.then = Then::Orders(domain::hazard::event::Ordered { order_no, ..order.clone() });
                town.reports_as(other).await.refused_with("id-taken");
            }
            assert_eq!(w.events().await, events);
        }
    }

    async fn a_unit_closes_what_it_found_itself(w: &World, City::Graded) {
        let h = w.unit().orders("插座破损").await.good();
        assert_eq!((h.stage.as_str(), route_of(w, &h).await.as_str()), ("rectifying", "self"));
        assert!(w.unit().has_on_the_desk(&h).await && !w.county().has_on_the_desk(&h).await);
        let closed = w.unit().rectifies_with(&h, "已更换。", &[]).await.good();
        assert_eq!((closed.stage.as_str(), ended_as(w, &h).await), ("closed", Some(EndedAs::Fixed)));
        w.unit().revisits(&h, true).await.refused_with("not-your-act");
        w.county().revisits(&h, true).await.good();
        let spot = w.unit().fixes_on_the_spot("通道堆物").await.good();
        assert_eq!((spot.stage.as_str(), ended_as(w, &spot).await), ("closed", Some(EndedAs::Fixed)));
    }

    async fn the_town_closes_what_it_found_and_looked_at(w: &World, City::Graded) {
        let h = w.town().orders("消防通道堆放原料").await.good();
        assert_eq!(route_of(w, &h).await, "town");
        w.unit().rectifies_with(&h, "已清理。", &[]).await.refused_with("evidence: required");
        w.unit().rectifies(&h).await.good();
        assert!(w.town().has_on_the_desk(&h).await && !w.county().has_on_the_desk(&h).await);
        let back = w.town().returns(&h, "仍有堆物。").await.good();
        assert_eq!((back.stage.as_str(), route_of(w, &h).await.as_str()), ("rectifying", "town"));
        w.unit().rectifies(&h).await.good();
        w.town().returns(&h, "又有堆物。").await.good();
        assert_eq!(route_of(w, &h).await, "items", "twice is enough");
        w.unit().rectifies(&h).await.refused_with("plan-demanded");

        let other = w.town().orders("灭火器过期").await.good();
        w.unit().rectifies(&other).await.good();
        assert_eq!(w.town().accepts(&other).await.good().stage, "closed");
    }

    async fn whoever_ordered_looks_and_the_city_signs_off(w: &World, City::Graded) {
        let mut said = w.county().an_order("电气线路私拉乱接").await;
        said.report.source = Source::CountyCheck;
        let h = w.county().reports_as(said).await.good();
        assert_eq!(route_of(w, &h).await, "ordered");
        w.unit().rectifies(&h).await.good();
        assert!(w.county().has_on_the_desk(&h).await);
        w.town().accepts(&h).await.refused_with("rechecked-by-another");
        w.county().accepts(&h).await.good();
        assert!(w.city().has_on_the_desk(&h).await);
        assert_eq!(w.city().signs_off(&h).await.good().stage, "signed_off");
    }

    async fn what_is_serious_is_confirmed_by_another_and_its_cause_named(w: &World, City::Graded) {
        let mut said = w.county().a_report("原料库与车间未分隔").await;
        (said.report.source, said.report.initial_level) = (Source::CountyCheck, InitialLevel::Serious);
        let mut ordered = w.county().an_order("原料库与车间未分隔").await;
        (ordered.report.source, ordered.report.initial_level) = (Source::CountyCheck, InitialLevel::Serious);
        w.county().reports_as(ordered).await.refused_with("order: needs-confirmation");
        let h = w.county().reports_as(said).await.good();
        w.county().confirms(&h).await.refused_with("same-hands");
        let second = w.second_county_officer();
        let serious = Confirm { initial_level: InitialLevel::Serious, ..second.a_confirmation() };
        second.confirms_as(&h, serious).await.good();
        assert_eq!(route_of(w, &h).await, "serious");
        w.unit().plans(&h).await.good();
        w.unit().rectifies(&h).await.good();
        let two = second.two_inspectors(&h).await;
        let silent = domain::hazard::accept::Accept { cause: None, ..second.an_acceptance() };
        second.accepts_as(&h, silent, &two).await.refused_with("cause: required");
        second.accepts(&h).await.good();
        assert_eq!(w.city().signs_off(&h).await.good().stage, "signed_off");
    }

    async fn what_the_city_found_is_signed_off_item_by_item(w: &World, City::Graded) {
        let mut said = w.second_city_officer().a_report("有限空间未辨识").await;
        said.report.source = Source::Oversight;
        let h = w.second_city_officer().reports_as(said).await.good();
        w.county().confirms(&h).await.good();
        assert_eq!(route_of(w, &h).await, "items");
        w.unit().plans(&h).await.good();
        w.unit().rectifies(&h).await.good();
        w.county().accepts(&h).await.good();
        w.second_city_officer().signs_off(&h).await.refused_with("same-hands");
        assert_eq!(w.city().signs_off(&h).await.good().stage, "signed_off");
    }

    async fn a_major_is_told_put_in_place_and_signed_off(w: &World, City::Graded) {
        let mut said = w.town().a_report("喷胶间未设防爆电气").await;
        said.report.initial_level = InitialLevel::SuspectedMajor;
        let h = w.town().reports_as(said).await.good();
        let suspected = Confirm {
            initial_level: InitialLevel::SuspectedMajor,
            determination: Determination::Pending,
            ..w.county().a_confirmation()
        };
        w.county().confirms_as(&h, suspected).await.good();
        assert_eq!(route_of(w, &h).await, "major");
        w.county().dismisses(&h, DismissedAs::NotHazard).await.refused_with("major-decided-by-city");
        w.unit().asks_extension(&h, w.unit().in_days(20)).await.good();
        w.county().decides_extension(&h, true).await.refused_with("major-decided-by-city");
        assert!(w.city().has_on_the_desk(&h).await);
        w.city().decides_extension(&h, true).await.good();
        w.city().determines(&h, Determination::Major).await.good();
        w.unit().plans(&h).await.good();
        w.unit().rectifies(&h).await.good();
        w.county().accepts(&h).await.refused_with("not-told");
        for to in ToldTo::ALL.iter().copied() {
            w.unit().tells(&h, to).await.good();
        }
        w.county().accepts(&h).await.refused_with("not-in-place");
        for part in Part::ALL.iter().copied() {
            w.unit().puts_in_place(&h, part).await.good();
        }
        w.county().accepts(&h).await.good();
        let end = w.city().signs_off(&h).await.good();
        assert_eq!((end.stage.as_str(), end.determination.as_str()), ("signed_off", "major"));
    }
}
