//! Who acts for whom: a clerk for a leader.

use domain::authority::Act;
use store::hazard::HazardFilter;
use testkit::{PersonInOffice, on_both_engines};

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
        let leader = dossier.leaders.iter().find(|one| one.person_name != "").expect("somebody sits at the county");
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
}
