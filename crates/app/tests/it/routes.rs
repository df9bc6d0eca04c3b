//! The city's routes as versions: from when they hold, for whom, and what they would have meant.

use domain::{
    hazard::{Determination, HazardEvent, StageName},
    route::{Facts, preview::Went},
    time::DAY,
};
use testkit::{City, Named, World, on_both_engines};

/// The route that a hazard is on, and the version that it was chosen by.
async fn route_of(w: &World, hazard: &impl Named) -> (String, i64) {
    let dossier = w.city().looks_at(hazard).await.good();
    let confirmation = dossier
        .hazard
        .stage
        .confirmation()
        .expect("it was confirmed")
        .clone();
    (confirmation.route.id.to_string(), confirmation.routes_no)
}

on_both_engines! {
    /// Cases on their way keep their route; what is confirmed from the day on goes by the new rules, in every process.
    async fn a_version_holds_from_its_day(w: &World, City::Graded) {
        let other = w.opened_again().await;
        let before = w.town().reports("疏散通道堆物").await.good();
        w.county().confirms(&before).await.good();
        let (route, no) = route_of(w, &before).await;
        assert_eq!(no, 1, "as loaded");

        let city = w.city();
        let day = w.now().day().plus_days(2);
        let set = city.sets_routes(city.routes_with_all_on("literal", day).await).await.good();
        assert_eq!((set.no, set.holds_from.as_str()), (2, day.to_string().as_str()));
        let meanwhile = w.town().reports("配电箱门缺失").await.good();
        w.county().through(&other).confirms(&meanwhile).await.good();
        assert_eq!(route_of(w, &meanwhile).await, (route.clone(), 1), "its day has not come");

        w.time_passes(2 * DAY);
        other.clock.set(w.now());
        let after = w.town().reports("消火栓无水").await.good();
        w.county().through(&other).confirms(&after).await.good();
        assert_eq!(route_of(w, &after).await, ("literal".to_owned(), 2), "in the process that did not set it as well");
        assert_eq!(route_of(w, &before).await, (route, 1), "a case on its way keeps its route");
        let events = w.city().looks_at(&after).await.good().events;
        let told: Vec<HazardEvent> = events.into_iter().filter_map(|event| serde_json::from_value(event.body).ok()).collect();
        assert!(told.iter().any(|told| matches!(told, HazardEvent::Confirmed { routes_no: 2, .. })), "the event says by which version: {told:?}");
    }

    async fn what_was_set_last_among_those_that_hold_is_in_force(w: &World, City::Graded) {
        let city = w.city();
        let today = w.now().day();
        city.sets_routes(city.routes_with_all_on("literal", today.plus_days(10)).await).await.good();
        city.sets_routes(city.routes_with_all_on("items", today).await).await.good();
        assert_eq!(city.routes_in_force().await.no, 3);
        let again = city.sets_routes(city.routes_with_all_on("items", today).await).await;
        again.refused_with("rules: nothing-changed");
        w.time_passes(20 * DAY);
        assert_eq!(w.city().routes_in_force().await.no, 3, "what was set later is not put out of force by what was set before it");
        let standing = app::routes::show(&w.app).await.expect("routes can be read");
        assert!(standing.coming.is_empty());
        let (versions, next) = app::routes::history(&w.app, None).await.expect("versions can be read");
        assert_eq!((versions.iter().map(|one| one.no).collect::<Vec<_>>(), next), (vec![3, 2], None));
        assert_eq!(app::routes::version(&w.app, 1).await.expect("the first").rules, w.app.reference.routes.rules, "what was loaded stays");
    }

    async fn a_version_that_a_later_one_overtakes_is_not_to_come(w: &World, City::Graded) {
        let city = w.city();
        let today = w.now().day();
        for (route, days) in [("literal", 10), ("items", 5), ("literal", 7)] {
            city.sets_routes(city.routes_with_all_on(route, today.plus_days(days)).await).await.good();
        }
        let standing = app::routes::show(&w.app).await.expect("routes can be read");
        assert_eq!(standing.coming.iter().map(|one| one.no).collect::<Vec<_>>(), [4, 3], "the second never holds");
        w.time_passes(12 * DAY);
        assert_eq!(city.routes_in_force().await.no, 4);
    }

    /// Somebody else was faster: whoever had seen the version before is told.
    async fn two_who_set_at_the_same_time(w: &World, City::Graded) {
        let (first, second) = (w.city(), w.second_city_officer());
        let today = w.now().day();
        let (one, other) = (first.routes_with_all_on("literal", today).await, second.routes_with_all_on("items", today).await);
        let seen = app::routes::show(&w.app).await.expect("routes can be read").version();
        let (one_who, other_who) = (first.clone().if_match(seen), second.clone().if_match(seen));
        let (a, b) = tokio::join!(one_who.sets_routes(one.clone()), other_who.sets_routes(other.clone()));
        assert_eq!([a.0.is_ok(), b.0.is_ok()].iter().filter(|ok| **ok).count(), 1, "{a:?} {b:?}");
        let loser = if a.0.is_ok() { b } else { a };
        loser.refused_with("stale");
        let keyed = first.with_key("set-1", "x");
        let said = keyed.routes_with_all_on("county-accepts", today).await;
        let events = w.events().await;
        let set = keyed.sets_routes(said.clone()).await.good();
        assert_eq!(keyed.sets_routes(said).await.good(), set, "the same request, the same answer");
        assert_eq!(w.events().await, events + 1);
    }

    async fn only_the_city_sets_and_looks(w: &World, City::Graded) {
        let said = w.city().routes_with_all_on("literal", w.now().day()).await;
        for other in [w.county(), w.admin(), w.discipline(), w.unit(), w.town()] {
            other.sets_routes(said.clone()).await.refused_with("not-your-act");
            other.previews(&said).await.refused_with("not-your-act");
        }
        let mut unlawful = said.clone();
        unlawful.rules.remove(0);
        w.city().sets_routes(unlawful).await.refused_with("routes: against-the-law");
    }

    /// Counted in the database, it is what sending every hazard down the rules one by one gives.
    async fn the_preview_is_the_past_sent_down_the_rules(w: &World, City::Graded) {
        for n in 0..5 {
            w.county().brings_to_acceptance(&w.unit(), &format!("疏散通道堆物第{n}处")).await;
        }
        let returned = w.county().brings_to_acceptance(&w.unit(), "配电箱门缺失").await;
        w.city().returns(&returned, "缺少照片").await.good();
        let void = w.town().reports("重复上报").await.good();
        w.county().voids(&void, "重复").await.good();
        w.town().reports("消火栓无水").await.good();
        w.time_passes(3 * DAY);

        let said = w.city().routes_with_all_on("literal", w.now().day()).await;
        let preview = w.city().previews(&said).await.good();
        let past = preview.past.clone().expect("there is a past");
        assert_eq!(past.days(), 4, "from the first report to today");
        assert_eq!((past.went(Went::OnARoute), past.went(Went::Elsewhere)), (7, 1));
        let hazards = w.app.store.hazards(&w.city().caller().await.scope).list(&Default::default(), &store::hazard::Order::Newest { after: None }, 100).await.expect("hazards can be read");
        let in_force = w.city().routes_in_force().await;
        let mut by_route = std::collections::BTreeMap::new();
        for hazard in hazards.iter().filter(|hazard| hazard.stage.name() != StageName::Void) {
            let facts = Facts { level: hazard.initial_level, determination: hazard.determination(), source: hazard.source, returns: hazard.returns.len(), on_list: hazard.problem_list().is_some() };
            *by_route.entry(in_force.choose(&facts).id.clone()).or_insert(0) += 1;
        }
        let before = preview.before.expect("the rules in force have no gap");
        assert_eq!(before.by_route, by_route);
        let after = preview.after.expect("nor have the wanted ones");
        assert_eq!((after.counted.items, after.counted.all()), (7, 7), "everything item by item");
        assert_eq!(preview.pace.days_for(after.a_year.looked_at()), (after.a_year.items).div_ceil(6));
        assert!(preview.moved.iter().map(|(_, _, n)| n).sum::<u64>() >= 6, "{:?}", preview.moved);

        let mut open_end = said.clone();
        open_end.rules.pop();
        let preview = w.city().previews(&open_end).await.good();
        assert!(!preview.findings.is_empty() && preview.after.is_none(), "what has a gap is not counted");
    }

    /// What is determined anew goes by the rules then in force, and says which.
    async fn a_determination_chooses_by_what_is_in_force_then(w: &World, City::Graded) {
        let mut confirmation = w.county().a_confirmation();
        confirmation.determination = Determination::Pending;
        let h = w.town().reports("液氨储罐安全阀失效").await.good();
        w.county().confirms_as(&h, confirmation).await.good();
        let city = w.city();
        city.sets_routes(city.routes_with_all_on("items", w.now().day()).await).await.good();
        w.city().determines(&h, Determination::Major).await.good();
        assert_eq!(route_of(w, &h).await, ("major".to_owned(), 2));
    }
}
