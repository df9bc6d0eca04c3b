//! Who acts for whom: a clerk for a leader, a town for a small unit.

use app::{
    directory::load::subject_id,
    hazard::{Receipt, report},
    proxy::MOST_TRIES,
};
use domain::{SubjectId, authority::Act, hazard::Source};
use store::hazard::HazardFilter;
use testkit::{City, PersonInOffice, World, on_both_engines};

fn instructed() -> HazardFilter {
    HazardFilter {
        instructed: true,
        ..HazardFilter::default()
    }
}

async fn waiting(person: &PersonInOffice) -> Vec<String> {
    let found = person.lists_where(&instructed()).await;
    found.into_iter().map(|one| one.number).collect()
}

/// A bus company without an account, in a town with two officers.
fn small_unit() -> SubjectId {
    subject_id("s-610902-14")
}

async fn found_there(w: &World) -> Receipt {
    let town = w.person("town-610902003");
    let mut said = town.an_order("车辆灭火器过期").await;
    said.subject = report::Named::Id(small_unit());
    said.report.source = Source::Patrol;
    town.reports_as(said).await.good()
}

on_both_engines! {
    async fn an_instruction_waits_until_it_is_answered(w: &World) {
        let (h, other) = (w.town().reports("安全出口被货架堵塞").await.good(), w.town().reports("配电箱门缺失").await.good());
        assert!(waiting(&w.city()).await.is_empty());
        w.town().records_an_instruction(&h).await.refused_with("not-your-act");
        w.city().records_an_instruction(&h).await.good();
        assert_eq!(waiting(&w.city()).await, [h.number.as_str()], "and not the other one");
        assert_eq!(waiting(&w.county()).await, [h.number.as_str()]);
        assert!(waiting(&w.neighbour()).await.is_empty(), "another county sees nothing of it");
        assert!(w.county().may_now(&h).await.contains(&Act::AnswerInstruction));
        assert!(!w.county().may_now(&other).await.contains(&Act::AnswerInstruction));

        // The case goes on, ends, and the answer is still owed.
        w.city().voids(&h, "重复上报").await.good();
        assert_eq!(waiting(&w.county()).await, [h.number.as_str()]);
        w.county().answers_the_instruction(&h).await.good();
        assert!(waiting(&w.city()).await.is_empty());
        w.county().answers_the_instruction(&h).await.refused_with("not-now");

        let dossier = w.city().looks_at(&h).await.good();
        let acts: Vec<&str> = dossier.events.iter().map(|event| event.act.as_str()).collect();
        assert_eq!(acts, ["report", "instruct", "void", "answer_instruction"]);
        let page = &dossier.hazard.course.instructions[0].page;
        assert!(dossier.files.iter().any(|file| page.contains(&file.id)), "the signed page is there");
    }

    async fn a_leader_of_the_directory_is_offered_and_named_as_principal(w: &World) {
        let h = w.town().reports("安全出口被货架堵塞").await.good();
        let dossier = w.county().looks_at(&h).await.good();
        let leader = dossier.leaders.iter().find(|one| !one.person_name.is_empty()).expect("somebody sits at the county");
        let page = w.county().uploads().await.good();
        let said = domain::hazard::instruct::Instruct {
            leader_name: String::new(),
            leader_office: String::new(),
            wording: "请核实。".into(),
            signed_on: w.now().day(),
            answer_by: None,
        };
        let caller = w.county().caller().await;
        let id = testkit::Named::hazard(&h);
        let page = [testkit::file_id(&page)];
        let nobody = domain::PersonId(uuid::Uuid::from_u128(7));
        let unknown = app::hazard::instruct::instruct(&w.app, &caller, id, said.clone(), Some(nobody), &page).await;
        testkit::Answer(unknown).refused_with("leader: unknown-person");
        let done = app::hazard::instruct::instruct(&w.app, &caller, id, said, Some(leader.person), &page).await;
        done.expect("it is recorded");
        let hazard = w.county().looks_at(&h).await.good().hazard;
        let instruction = &hazard.course.instructions[0];
        assert_eq!(instruction.leader.name, leader.person_name);
        assert!(instruction.leader.office.contains(&leader.title), "{:?}", instruction.leader);
        let principal = hazard.hands.last().and_then(|hand| hand.by.principal);
        assert_eq!(principal, (leader.person != caller.actor.person).then_some(leader.person));
    }

    async fn a_town_records_for_a_small_unit_which_confirms_by_a_code(w: &World, City::Graded) {
        let (first, second) = (w.person("town-610902003"), w.person("town-610902003-2"));
        let h = found_there(w).await;
        second.rectifies(&h).await.refused_with("not-your-act");
        w.town().hands_out_a_slip(small_unit()).await.refused_with("not-found");
        w.county().hands_out_a_slip(small_unit()).await.refused_with("not-your-act");
        w.town().hands_out_a_slip(subject_id(testkit::SUBJECT)).await.refused_with("unit-acts-itself");
        let slip = first.hands_out_a_slip(small_unit()).await.good();
        assert_eq!(slip.codes.len(), 5);
        assert!(second.may_now(&h).await.contains(&Act::Rectify));
        assert!(!w.county().may_now(&h).await.contains(&Act::Rectify));

        second.rectifies(&h).await.good();
        let hazard = second.looks_at(&h).await.good().hazard;
        let by = &hazard.hands.last().expect("a hand").by;
        assert_eq!(by.person, second.person().await);
        let proxy = w.app.store.unit_proxies(&second.caller().await.scope).of(small_unit()).await;
        let proxy = proxy.expect("it can be read").expect("it is there");
        assert_eq!(by.principal, Some(proxy.head));
        let dossier = second.looks_at(&h).await.good();
        assert_eq!(dossier.names.person(proxy.head), "文春舟");

        w.county().accepts(&h).await.refused_with("proxy-unconfirmed");
        second.accepts(&h).await.refused_with("same-hands");
        first.lets_confirm(&h, &slip.codes[0]).await.refused_with("same-hands");
        second.lets_confirm(&h, "12345").await.refused_with("code: wrong-code");
        second.lets_confirm(&h, &slip.codes[0]).await.good();
        second.lets_confirm(&h, &slip.codes[1]).await.refused_with("not-now");
        w.county().accepts(&h).await.good();

        // The code was used up with it.
        let other = found_there(w).await;
        second.rectifies(&other).await.good();
        second.lets_confirm(&other, &slip.codes[0]).await.refused_with("code: wrong-code");
        second.brings_the_signed_page(&other).await.good();
        let proxied = second.looks_at(&other).await.good().hazard.course.proxied;
        assert!(proxied.iter().all(|one| one.confirmed.is_some()) && !proxied.is_empty());
    }

    async fn codes_are_not_guessed_and_an_ended_arrangement_gives_no_right(w: &World, City::Graded) {
        let (first, second) = (w.person("town-610902003"), w.person("town-610902003-2"));
        let slip = first.hands_out_a_slip(small_unit()).await.good();
        let h = found_there(w).await;
        let sitting = second.clone().seated().await;
        second.rectifies(&h).await.good();
        let wrong = (0..).map(|n: u32| format!("{n:06}")).find(|code| !slip.codes.contains(code)).expect("there are many");
        for _ in 0..MOST_TRIES {
            second.lets_confirm(&h, &wrong).await.refused_with("code: wrong-code");
        }
        second.lets_confirm(&h, &slip.codes[0]).await.refused_with("codes-locked");
        w.time_passes(25 * domain::time::HOUR);
        second.lets_confirm(&h, &slip.codes[0]).await.good();

        // A new slip voids the old one; an end ends the right.
        let other = found_there(w).await;
        sitting.rectifies(&other).await.good();
        let again = first.hands_out_a_slip(small_unit()).await.good();
        second.lets_confirm(&other, &slip.codes[1]).await.refused_with("code: wrong-code");
        second.lets_confirm(&other, &again.codes[1]).await.good();
        first.no_longer_records_for(small_unit()).await.good();
        first.no_longer_records_for(small_unit()).await.refused_with("proxy-ended");
        let third = found_there(w).await;
        second.rectifies(&third).await.refused_with("not-your-act");
        first.hands_out_a_slip(small_unit()).await.good();
        w.time_passes(181 * domain::time::DAY);
        second.rectifies(&third).await.refused_with("not-your-act");
    }

    /// The same request again is answered, and does not tell the codes again: nothing of them lies anywhere.
    async fn codes_are_told_once(w: &World) {
        let first = w.person("town-610902003").with_key("slip", "{}");
        let slip = first.hands_out_a_slip(small_unit()).await.good();
        let events = w.events().await;
        let again = first.hands_out_a_slip(small_unit()).await.good();
        assert_eq!((again.receipt, again.codes.len()), (slip.receipt, 0));
        assert_eq!(w.events().await, events);
        let raw = w.raw().await;
        for (table, column) in [("event", "body"), ("unit_proxy", "body"), ("answer", "body")] {
            for row in raw.query(&format!("SELECT * FROM {table}"), &[]).await {
                let text = row.text(column);
                assert!(slip.codes.iter().all(|code| !text.contains(&format!("\"{code}\""))), "{table}.{column}: {text}");
            }
        }
    }
}
