//! Sign-off lists: what goes on one, what is drawn, and how the rest is signed off one by one.

use app::{hazard::Receipt, sign_off_list::ListReceipt};
use domain::sign_off_list::{ListState, Standing, draw};
use testkit::{City, World, on_both_engines};

const COUNTY: &str = "610902";

/// That many hazards that wait for a list.
async fn accepted(w: &World, n: usize) -> Vec<Receipt> {
    let mut all = Vec::new();
    for at in 0..n {
        let of = format!("疏散通道堆物第{at}处");
        all.push(w.county().brings_to_acceptance(&w.unit(), &of).await);
        w.time_passes(1_000);
    }
    all
}

async fn standings(w: &World, list: &ListReceipt) -> Vec<(bool, Standing)> {
    let listed = w.city().looks_at_the_list(list).await.good();
    let items = listed.list.items.iter();
    items.map(|item| (item.drawn, listed.standing(item))).collect()
}

async fn sign_off_what_was_drawn(w: &World, list: &ListReceipt) {
    let listed = w.city().looks_at_the_list(list).await.good();
    for item in listed.list.drawn() {
        w.city().signs_off(&item.hazard).await.good();
    }
}

on_both_engines! {
    async fn the_drawn_ones_by_themselves_and_then_the_rest_one_by_one(w: &World, City::Graded) {
        let hazards = accepted(w, 4).await;
        let list = w.city().opens_a_list(COUNTY).await.good();
        let listed = w.city().looks_at_the_list(&list).await.good();
        let numbers: Vec<&str> = listed.list.items.iter().map(|item| item.number.as_str()).collect();
        assert_eq!(numbers, hazards.iter().map(|one| one.number.as_str()).collect::<Vec<_>>(), "oldest acceptance first");
        assert_eq!(listed.list.drawn().count(), 1, "10 % of four, rounded up");

        w.city().decides_the_list(&list, true, "资料齐全。").await.refused_with("sample-undecided");
        w.city().decides_the_list(&list, false, "不同意。").await.refused_with("sample-undecided");
        sign_off_what_was_drawn(w, &list).await;
        w.city().decides_the_list(&list, true, "  ").await.refused_with("opinion: required");
        w.county().decides_the_list(&list, true, "资料齐全。").await.refused_with("not-your-act");
        let events = w.events().await;
        let decided = w.city().decides_the_list(&list, true, "抽查属实，同意销号。").await.good();
        assert!(decided.refused.is_empty());
        assert_eq!(w.events().await, events + 1 + 3, "the decision, and an act for each of the rest");
        for (drawn, standing) in standings(w, &list).await {
            assert_eq!(standing, if drawn { Standing::ByItself } else { Standing::OnTheList });
        }
        let end = w.city().looks_at(&hazards[0]).await.good();
        assert_eq!(end.events.last().map(|event| event.act.as_str()), Some("sign_off"));

        w.city().decides_the_list(&list, true, "另一句。").await.good();
        w.second_city_officer().decides_the_list(&list, false, "反悔。").await.refused_with("list-decided");
        assert_eq!(w.events().await, events + 4, "said again, nothing happens");
        w.city().opens_a_list(COUNTY).await.refused_with("nothing-to-list");
    }

    /// What happened to an item meanwhile is told in its row and stops no other.
    async fn what_has_moved_on_is_left_out(w: &World, City::Graded) {
        accepted(w, 5).await;
        let list = w.city().opens_a_list(COUNTY).await.good();
        sign_off_what_was_drawn(w, &list).await;
        let listed = w.city().looks_at_the_list(&list).await.good();
        let rest: Vec<_> = listed.list.rest().map(|item| item.hazard).collect();
        w.city().returns(&rest[0], "缺少照片。").await.good();
        w.county().voids(&rest[1], "重复。").await.good();
        w.city().signs_off(&rest[2]).await.good();
        let decided = w.city().decides_the_list(&list, true, "同意销号。").await.good();
        assert!(decided.refused.is_empty(), "{:?}", decided.refused);
        let stands: Vec<Standing> = decided.listed.list.rest().map(|item| decided.listed.standing(item)).collect();
        assert_eq!(stands, [Standing::Returned, Standing::MovedOn, Standing::ByItself, Standing::OnTheList]);
        assert_eq!(decided.listed.waiting(), 0);
    }

    async fn a_list_that_is_not_passed_leaves_its_items_for_the_next(w: &World, City::Graded) {
        accepted(w, 3).await;
        let list = w.city().opens_a_list(COUNTY).await.good();
        w.second_city_officer().opens_a_list(COUNTY).await.refused_with("list-open");
        for item in w.city().looks_at_the_list(&list).await.good().list.drawn() {
            w.city().returns(&item.hazard, "现场未整改。").await.good();
        }
        let decided = w.city().decides_the_list(&list, false, "抽中的不属实。").await.good();
        assert!(matches!(decided.listed.list.state, ListState::Refused(_)));
        assert_eq!(decided.listed.waiting(), 2);
        let next = w.city().opens_a_list(COUNTY).await.good();
        assert_eq!(standings(w, &next).await.len(), 2);
    }

    /// The program was killed in the middle: only the decision and some of the rest are there.
    async fn the_same_decision_goes_on_with_what_is_left(w: &World, City::Graded) {
        accepted(w, 4).await;
        let list = w.city().opens_a_list(COUNTY).await.good();
        sign_off_what_was_drawn(w, &list).await;
        let listed = w.city().looks_at_the_list(&list).await.good();
        let now = w.now();
        let caller = w.city().caller().await;
        let moment = domain::hazard::Moment { who: &caller.actor, event: w.app.ids.event(now), now };
        let change = listed.list.clone().decide(true, "同意销号。", &listed.hazards, moment).expect("it can be decided");
        let stamp = store::Stamp { salt: w.app.ids.salt(), answer: None };
        w.app.store.record(&change, stamp).await.expect("it is recorded");
        assert_eq!(w.city().looks_at_the_list(&list).await.good().waiting(), 3);
        let decided = w.second_city_officer().decides_the_list(&list, true, "继续。").await.good();
        assert_eq!(decided.listed.waiting(), 0);
        let hazard = w.city().looks_at(&decided.listed.list.rest().next().expect("a rest").hazard).await.good().hazard;
        let signed = hazard.stage.sign_off().expect("it is signed off");
        assert_eq!((signed.opinion.as_str(), signed.list), ("同意销号。", Some(decided.listed.list.id)));
    }

    /// Each row is an act with the rights of an act: told in its row, left for somebody else.
    async fn whoever_accepted_an_item_does_not_sign_it_off_on_a_list(w: &World, City::Graded) {
        accepted(w, 3).await;
        let list = w.city().opens_a_list(COUNTY).await.good();
        sign_off_what_was_drawn(w, &list).await;
        let mut caller = w.city().caller().await;
        caller.actor.person = w.county().person().await;
        let id = w.city().looks_at_the_list(&list).await.good().list.id;
        let decided = app::sign_off_list::decide::decide(&w.app, &caller, id, true, "同意销号。").await.expect("it is decided");
        let codes: Vec<String> = decided.refused.iter().map(|(_, failure)| testkit::code(failure)).collect();
        assert_eq!((codes, decided.listed.waiting()), (vec!["same-hands".to_owned(); 2], 2));
        let decided = w.city().decides_the_list(&list, true, "同意销号。").await.good();
        assert_eq!((decided.refused.len(), decided.listed.waiting()), (0, 0));
    }

    async fn two_lists_opened_at_once_are_one(w: &World, City::Graded) {
        accepted(w, 2).await;
        let (one, other) = (w.city(), w.second_city_officer());
        let (one, other) = tokio::join!(one.opens_a_list(COUNTY), other.opens_a_list(COUNTY));
        let opened = [&one.0, &other.0].iter().filter(|answer| answer.is_ok()).count();
        assert_eq!(opened, 1);
        assert_eq!(w.count("sign_off_list").await, 1);
    }

    async fn anybody_can_draw_again(w: &World, City::Graded) {
        accepted(w, 3).await;
        let list = w.city().opens_a_list(COUNTY).await.good();
        let listed = w.county().looks_at_the_list(&list).await.good();
        let mut items = listed.list.items.clone();
        items.iter_mut().for_each(|item| item.drawn = false);
        let mut seed = [0; 32];
        for (at, byte) in seed.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&listed.list.seed[2 * at..2 * at + 2], 16).expect("hexadecimal digits");
        }
        draw(&mut items, &seed);
        assert_eq!(items, listed.list.items);
    }

    async fn lists_are_the_citys_and_are_seen_where_the_county_is(w: &World, City::Graded) {
        accepted(w, 1).await;
        w.county().opens_a_list(COUNTY).await.refused_with("not-your-act");
        w.city().opens_a_list("610999").await.refused_with("county: not-a-choice");
        w.city().opens_a_list("610981").await.refused_with("nothing-to-list");
        let list = w.city().opens_a_list(COUNTY).await.good();
        w.discipline().looks_at_the_list(&list).await.good();
        for stranger in [w.neighbour(), w.town(), w.unit()] {
            stranger.looks_at_the_list(&list).await.refused_with("not-found");
        }
    }
}
