//! Problem lists in their table: who finds which, pages without seams, and a row that does not say what it should.

use domain::{
    problem_list::{ProblemList, StateName},
    scope::{Grant, Scope},
};
use seal::Value;
use store::{StoreError, problem_list::ProblemListFilter};
use testkit::{World, on_both_engines};

async fn lists(w: &World, grants: Vec<Grant>) -> Vec<ProblemList> {
    let scope = Scope { grants };
    let found = w.app.store.problem_lists(&scope);
    found.list(&ProblemListFilter::default(), None, 10).await.unwrap()
}

fn county(id: &str, sectors: Option<Vec<String>>) -> Grant {
    Grant::County {
        county: id.into(),
        sectors,
    }
}

on_both_engines! {
    async fn each_grant_opens_the_lists_it_should(w: &World) {
        let h = w.city().finds_on_a_visit("疏散通道堆物").await;
        let open = w.city().opens_a_problem_list("610902", &[]).await.good();
        let sent = w.city().opens_a_problem_list("610902", &[&h]).await.good();
        let to = w.county().agency().await;
        w.city().sends_the_problem_list(&sent, to).await.good();
        let own = w.county().opens_a_problem_list("610902", &[]).await.good();
        let gone = w.city().opens_a_problem_list("610902", &[]).await.good();
        w.city().withdraws_the_problem_list(&gone, "重复开列。").await.good();
        let opener = w.city().agency().await;
        let all = [&own.id, &sent.id, &open.id, &gone.id];
        let cases: Vec<(Grant, Vec<&String>)> = vec![
            (Grant::City { city: "6109".into(), sectors: None }, all.to_vec()),
            (Grant::City { city: "6109".into(), sectors: Some(vec!["C24".into()]) }, vec![]),
            (county("610902", None), vec![&own.id, &sent.id]),
            (county("610902", Some(vec!["C24".into()])), vec![]),
            (county("610981", None), vec![]),
            (Grant::Town("610902001".into()), vec![]),
            (Grant::Agency(opener), vec![&sent.id, &open.id, &gone.id]),
            (Grant::Agency(to), vec![&own.id, &sent.id]),
        ];
        for (grant, expected) in cases {
            let told = format!("{grant:?}");
            let mut found: Vec<String> = lists(w, vec![grant]).await.iter().map(|list| list.id.to_string()).collect();
            let mut expected: Vec<String> = expected.into_iter().cloned().collect();
            found.sort();
            expected.sort();
            assert_eq!(found, expected, "{told}");
        }
        assert!(lists(w, vec![]).await.is_empty());
    }

    async fn pages_have_no_seam_and_a_filter_filters(w: &World) {
        for _ in 0..5 {
            w.city().opens_a_problem_list("610902", &[]).await.good();
            w.time_passes(1_000);
        }
        let caller = w.city().caller().await;
        let found = w.app.store.problem_lists(&caller.scope);
        let (mut seen, mut after) = (Vec::new(), None);
        loop {
            let page = found.list(&ProblemListFilter::default(), after, 2).await.unwrap();
            let Some(last) = page.last() else { break };
            after = Some((last.opened.at.0, last.id.to_string()));
            seen.extend(page.iter().map(|list| list.opened.at.0));
        }
        assert_eq!(seen.len(), 5);
        assert!(seen.windows(2).all(|pair| pair[0] > pair[1]), "the newest first: {seen:?}");
        let sent = ProblemListFilter { state: Some(StateName::Sent), ..ProblemListFilter::default() };
        assert!(found.list(&sent, None, 10).await.unwrap().is_empty());
    }

    async fn a_state_without_its_letter_is_named(w: &World) {
        let list = w.city().opens_a_problem_list("610902", &[]).await.good();
        let id = Value::Text(list.id.clone());
        w.raw().await.query("UPDATE problem_list SET state = 'sent' WHERE id = $1", &[id]).await;
        w.has_been_tampered_with();
        let caller = w.city().caller().await;
        let id = domain::ProblemListId::parse(&list.id).expect("an id");
        let error = w.app.store.problem_lists(&caller.scope).find(id).await.unwrap_err();
        assert!(matches!(&error, StoreError::Corrupt { table, column, .. } if table == "problem_list" && column == "state"), "{error:?}");
    }
}
