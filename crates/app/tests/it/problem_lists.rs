//! Problem lists: from a visit to the last sign-off, what is refused and to whom, and what goes on after a crash.

use app::{hazard::Receipt, sign_off_list::ListReceipt};
use domain::{
    hazard::InitialLevel,
    problem_list::{HandOver, Looked, StateName},
    time::DAY,
};
use testkit::{City, World, on_both_engines};

const COUNTY: &str = "610902";

/// What a visit found, on a list that is not sent yet.
async fn a_list(w: &World, n: usize) -> (ListReceipt, Vec<Receipt>) {
    let mut found = Vec::new();
    for at in 0..n {
        let of = format!("疏散通道堆物第{at}处");
        found.push(w.city().finds_on_a_visit(&of).await);
        w.time_passes(1_000);
    }
    let items: Vec<&Receipt> = found.iter().collect();
    let list = w.city().opens_a_problem_list(COUNTY, &items).await.good();
    (list, found)
}

async fn sent(w: &World, n: usize) -> (ListReceipt, Vec<Receipt>) {
    let (list, found) = a_list(w, n).await;
    let to = w.county().agency().await;
    let done = w.city().sends_the_problem_list(&list, to).await.good();
    assert!(done.refused.is_empty(), "{:?}", done.refused);
    (list, found)
}

async fn received(w: &World, n: usize) -> (ListReceipt, Vec<Receipt>) {
    let (list, found) = sent(w, n).await;
    let done = w.county().receives_the_problem_list(&list).await.good();
    assert!(done.refused.is_empty(), "{:?}", done.refused);
    (list, found)
}

/// Confirmed, planned and reported as rectified.
async fn rectify(w: &World, found: &[Receipt]) {
    for h in found {
        w.county().confirms(h).await.good();
        w.unit().plans(h).await.good();
        w.unit().rectifies(h).await.good();
    }
}

async fn acts(w: &World, h: &Receipt) -> Vec<String> {
    let events = w.city().looks_at(h).await.good().events;
    events.into_iter().map(|event| event.act).collect()
}

on_both_engines! {
    async fn a_visit_makes_a_list_a_county_answers_it_and_the_city_signs_it_off(w: &World, City::Graded) {
        let (list, found) = received(w, 4).await;
        let listed = w.county().looks_at_the_problem_list(&list).await.good();
        let sending = listed.list.sending().expect("it is sent");
        assert_eq!(sending.number, "安安办函〔2026〕1号", "the series gives the number");
        assert_eq!(acts(w, &found[0]).await, ["report", "assign", "acknowledge"]);
        rectify(w, &found[..3]).await;
        let two = w.county().two_inspectors(&found[0]).await;
        let chosen: Vec<&Receipt> = found.iter().collect();
        let done = w.county().accepts_on_the_problem_list(&list, &chosen, &two).await.good();
        let codes: Vec<String> = done.refused.iter().map(|(_, failure)| testkit::code(failure)).collect();
        assert_eq!(codes, ["wrong-stage"], "what is not reported as rectified is told in its row");
        let events = w.events().await;
        let again = w.county().accepts_on_the_problem_list(&list, &chosen[..3], &two).await.good();
        assert!(again.refused.is_empty() && w.events().await == events, "said again, nothing happens");

        w.city().signs_off_the_problem_list(&list).await.refused_with("problem-list-not-answered");
        let remark = [(&found[3], "等待专项资金。")];
        let answered = w.county().answers_the_problem_list(&list, &remark).await.good();
        let answer = answered.list.answer().expect("it is answered");
        let results: Vec<Looked> = answer.results.iter().map(|one| one.result).collect();
        assert_eq!(results, [Looked::Done, Looked::Done, Looked::Done, Looked::NotDone]);
        assert_eq!(answer.results[3].remark, "等待专项资金。");
        assert!(!answered.list.is_late(w.now()));
        w.county().answers_the_problem_list(&list, &[]).await.refused_with("problem-list-answered");

        w.county().signs_off_the_problem_list(&list).await.refused_with("not-your-act");
        let signing = w.second_city_officer().signs_off_the_problem_list(&list).await.good();
        let opened = w.city().looks_at_the_list(&signing).await.good();
        assert_eq!((opened.list.items.len(), opened.list.drawn().count()), (3, 1), "30 % of the three accepted");
        w.second_city_officer().signs_off_the_problem_list(&list).await.refused_with("list-open");
        // The county's other hazards have a list of their own, and none of these on it.
        w.city().opens_a_list(COUNTY).await.refused_with("nothing-to-list");
        for item in opened.list.drawn() {
            w.second_city_officer().signs_off(&item.hazard).await.good();
        }
        let decided = w.second_city_officer().decides_the_list(&signing, true, "抽查属实，同意销号。").await.good();
        assert_eq!((decided.refused.len(), decided.listed.waiting()), (0, 0));
        let end = w.city().looks_at_the_problem_list(&list).await.good();
        assert_eq!((end.sign_offs.len(), end.looked(&end.list.items[3])), (1, Looked::NotDone), "what was not accepted stays");

        // Accepted later, it goes on a further list.
        rectify(w, &found[3..]).await;
        w.county().accepts_on_the_problem_list(&list, &[&found[3]], &two).await.good();
        w.second_city_officer().signs_off_the_problem_list(&list).await.good();
        assert_eq!(w.city().looks_at_the_problem_list(&list).await.good().sign_offs.len(), 2);
    }

    async fn a_list_is_seen_by_its_own_until_it_is_sent(w: &World, City::Graded) {
        let (list, _) = a_list(w, 1).await;
        for stranger in [w.county(), w.neighbour(), w.town(), w.unit()] {
            stranger.looks_at_the_problem_list(&list).await.refused_with("not-found");
        }
        w.discipline().looks_at_the_problem_list(&list).await.good();
        let to = w.county().agency().await;
        w.city().sends_the_problem_list(&list, to).await.good();
        w.county().looks_at_the_problem_list(&list).await.good();
        for stranger in [w.neighbour(), w.town(), w.unit()] {
            stranger.looks_at_the_problem_list(&list).await.refused_with("not-found");
            stranger.receives_the_problem_list(&list).await.refused_with("not-found");
        }
        w.discipline().receives_the_problem_list(&list).await.refused_with("not-your-act");
        w.county().lists_problems(&list, &[], &[]).await.refused_with("not-your-act");
    }

    async fn each_step_is_taken_once_and_in_its_turn(w: &World, City::Graded) {
        let empty = w.city().opens_a_problem_list(COUNTY, &[]).await.good();
        let to = w.county().agency().await;
        w.city().sends_the_problem_list(&empty, to).await.refused_with("problem-list-empty");
        let (list, found) = a_list(w, 2).await;
        let city = w.city();
        city.lists_problems(&empty, &[&found[0]], &[]).await.refused_with("items: on-another-list");
        city.lists_problems(&list, &[], &[&found[1]]).await.good();
        city.lists_problems(&list, &[], &[&found[1]]).await.refused_with("remove: not-on-this-list");
        city.lists_problems(&list, &[&found[1]], &[]).await.good();
        city.sends_the_problem_list(&list, w.neighbour().agency().await).await.refused_with("addressee: not-a-regulator-here");
        city.sends_the_problem_list(&list, to).await.good();
        city.lists_problems(&list, &[], &[&found[1]]).await.refused_with("problem-list-sent");
        let later = domain::problem_list::SendList { reply_by: city.in_days(20), ..city.a_letter() };
        city.sends_the_problem_list_as(&list, to, &later).await.refused_with("problem-list-sent");
        let events = w.events().await;
        city.sends_the_problem_list(&list, to).await.good();
        assert_eq!(w.events().await, events, "said again, nothing happens");
        w.county().answers_the_problem_list(&list, &[]).await.refused_with("problem-list-not-received");
        w.county().accepts_on_the_problem_list(&list, &[&found[0]], &[]).await.refused_with("problem-list-not-received");
        w.county().receives_the_problem_list(&list).await.good();
        w.county().receives_the_problem_list(&list).await.refused_with("problem-list-received");
        w.county().accepts_on_the_problem_list(&list, &[], &[]).await.refused_with("items: required");
        let other = w.city().finds_on_a_visit("配电箱门缺失").await;
        w.county().accepts_on_the_problem_list(&list, &[&other], &[]).await.refused_with("items: not-on-this-list");
        w.county().answers_the_problem_list(&list, &[(&other, "不在清单上")]).await.refused_with("remarks: not-on-this-list");
    }

    async fn only_ones_own_reports_of_the_county_go_on_a_list(w: &World, City::Graded) {
        let own = w.city().finds_on_a_visit("配电箱门缺失").await;
        let towns = w.town().reports("疏散指示灯不亮").await.good();
        w.city().opens_a_problem_list(COUNTY, &[&towns]).await.refused_with("items: not-your-report");
        w.city().opens_a_problem_list("610981", &[&own]).await.refused_with("items: another-county");
        w.city().opens_a_problem_list("610999", &[&own]).await.refused_with("county: not-a-choice");
        w.town().opens_a_problem_list(COUNTY, &[]).await.refused_with("not-your-act");
        w.neighbour().opens_a_problem_list(COUNTY, &[]).await.refused_with("not-your-act");
        let mut visit = w.city().a_visit();
        visit.from = w.city().in_days(1);
        visit.team.clear();
        let refused = w.city().opens_a_problem_list_as(COUNTY, &visit, &[&own]).await;
        refused.refused_with("visit_from: too-late, visit_until: too-early, team: required");
        // What has been handed over with one list does not stand on another.
        let (list, found) = sent(w, 1).await;
        w.city().opens_a_problem_list(COUNTY, &[&found[0]]).await.refused_with("items: on-another-list");
        assert_eq!(w.city().looks_at_the_problem_list(&list).await.good().list.state_name(), StateName::Sent);
    }

    /// Not theirs, item by item; settled by the office; what is suspected of being major goes item by item.
    async fn an_item_is_declined_by_itself(w: &World, City::Graded) {
        let mut said = w.city().a_report("冷库液氨泄漏报警失效").await;
        said.report.source = domain::hazard::Source::Oversight;
        said.report.initial_level = InitialLevel::SuspectedMajor;
        let major = w.city().reports_as(said).await.good();
        let plain = w.city().finds_on_a_visit("疏散通道堆物").await;
        let list = w.city().opens_a_problem_list(COUNTY, &[&major, &plain]).await.good();
        let housing = app::directory::load::agency_id("610902-housing");
        w.city().sends_the_problem_list(&list, housing).await.good();
        let them = w.person("department-610902-housing");
        them.declines(&plain).await.good();
        let done = them.receives_the_problem_list(&list).await.good();
        let stands: Vec<HandOver> = done.listed.list.items.iter().map(|item| done.listed.hand_over(item)).collect();
        assert_eq!(stands, [HandOver::Received, HandOver::Ended], "declined, it is out of their sight");
        let seen = w.city().looks_at_the_problem_list(&list).await.good();
        assert_eq!(seen.hand_over(&seen.list.items[1]), HandOver::Declined);
        w.county().receives_the_problem_list(&list).await.refused_with("not-your-act");
        w.time_passes(11 * DAY);
        let answered = them.answers_the_problem_list(&list, &[]).await.good();
        let results: Vec<Looked> = answered.list.answer().expect("an answer").results.iter().map(|one| one.result).collect();
        assert_eq!(results, [Looked::NotDone, Looked::Otherwise]);
        assert!(answered.list.is_late(w.now()), "a late answer is told to be late");
        w.city().signs_off_the_problem_list(&list).await.refused_with("nothing-to-list");
    }

    /// Killed after the letter was recorded: the same letter, sent again, hands over the items; so does the receipt.
    async fn what_a_killed_process_left_goes_on(w: &World, City::Graded) {
        let (list, found) = a_list(w, 3).await;
        let (caller, now) = (w.city().caller().await, w.now());
        let moment = domain::hazard::Moment { who: &caller.actor, event: w.app.ids.event(now), now };
        let to = w.county().agency().await;
        let agency = w.app.store.directory().agency(to).await.expect("it can be read").expect("it is there");
        let open = w.city().looks_at_the_problem_list(&list).await.good().list;
        let letter = domain::problem_list::SendList { number: "安安办函〔2026〕99号".into(), ..w.city().a_letter() };
        let change = open.send(&letter, &agency, Vec::new(), moment).expect("it may be sent");
        w.app.store.record(&change, store::Stamp { salt: [7; 32], answer: None }).await.expect("it is recorded");
        let left = w.county().receives_the_problem_list(&list).await.good();
        assert_eq!(left.listed.standing(HandOver::Waiting).count(), 3);
        let done = w.second_city_officer().sends_the_problem_list(&list, to).await.good();
        assert_eq!((done.refused.len(), done.listed.standing(HandOver::Unreceived).count()), (0, 3));
        let done = w.county().receives_the_problem_list(&list).await.good();
        assert_eq!(done.listed.standing(HandOver::Received).count(), 3);
        assert_eq!(acts(w, &found[2]).await, ["report", "assign", "acknowledge"]);
    }

    async fn the_same_key_is_the_same_letter(w: &World, City::Graded) {
        let (list, _) = a_list(w, 1).await;
        let to = w.county().agency().await;
        let keyed = w.city().with_key("letter-1", "a letter");
        keyed.sends_the_problem_list(&list, to).await.good();
        let events = w.events().await;
        keyed.sends_the_problem_list(&list, to).await.good();
        assert_eq!(w.events().await, events);
        let (one, other) = (w.county(), w.county());
        let (one, other) = tokio::join!(one.receives_the_problem_list(&list), other.receives_the_problem_list(&list));
        assert!(one.0.is_ok() || other.0.is_ok());
        assert_eq!(w.events().await, events + 2, "one receipt of the list, one of its item");
    }

    async fn a_list_opened_by_mistake_is_withdrawn_and_its_items_are_free(w: &World) {
        let (list, found) = a_list(w, 2).await;
        let items: Vec<&Receipt> = found.iter().collect();
        w.city().opens_a_problem_list(COUNTY, &items).await.refused_with("items: on-another-list, items: on-another-list");
        w.county().withdraws_the_problem_list(&list, "不是我区的。").await.refused_with("not-found");
        let withdrawn = w.second_city_officer().withdraws_the_problem_list(&list, "县区选错。").await.good();
        let (reason, items_left) = (&withdrawn.list.withdrawal().expect("it is").reason, &withdrawn.list.items);
        assert_eq!((reason.as_str(), items_left.len()), ("县区选错。", 2), "it stays to be read");
        let to = w.county().agency().await;
        w.city().sends_the_problem_list(&list, to).await.refused_with("problem-list-withdrawn");
        assert_eq!(acts(w, &found[0]).await, ["report"], "nothing has happened to what stood on it");
        let other = w.city().opens_a_problem_list(COUNTY, &items).await.good();
        w.city().sends_the_problem_list(&other, to).await.good();
        w.city().withdraws_the_problem_list(&other, "发错。").await.refused_with("problem-list-sent");
        w.county().looks_at_the_problem_list(&list).await.refused_with("not-found");
        w.county().looks_at_the_problem_list(&other).await.good();
    }
}
