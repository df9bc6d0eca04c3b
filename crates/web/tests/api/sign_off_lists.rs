//! Sign-off lists over the API and on the pages: opened, the sample decided, the rest signed off, sent again.

use serde_json::{Value, json};
use testkit::{City, World, on_both_engines};

use crate::{client::Api, people};

async fn accepted(w: &World, n: usize) {
    for at in 0..n {
        let of = format!("疏散通道堆物第{at}处");
        w.county().brings_to_acceptance(&w.unit(), &of).await;
        w.time_passes(1_000);
    }
}

fn ids(list: &Value, drawn: bool) -> Vec<String> {
    let rows = list["rows"].as_array().expect("rows").iter();
    rows.filter(|row| row["drawn"] == drawn)
        .map(|row| row["id"].as_str().expect("an id").to_owned())
        .collect()
}

on_both_engines! {
    async fn a_list_from_its_opening_to_the_last_sign_off(w: &World, City::Graded) {
        accepted(w, 4).await;
        let api = Api::of(w);
        let (city, county) = (api.signs_in("city").await, api.signs_in("county-610902").await);
        let said = json!({ "county": "610902" });
        county.posts("/sign-off-lists", &said).await.is_problem(403, "not-your-act");
        let opener = city.with_key("open-1");
        let list = opener.posts("/sign-off-lists", &said).await.is(201);
        assert_eq!(opener.posts("/sign-off-lists", &said).await.is(201), list, "the same request, the same list");
        opener.posts("/sign-off-lists", &json!({ "county": "610981" })).await.is_problem(422, "key-reused");
        city.posts("/sign-off-lists", &said).await.is_problem(409, "list-open");
        city.posts("/sign-off-lists", &json!({ "county": "x" })).await.is_refused_for("county: not-a-choice");
        assert_eq!((list["items"].as_u64(), list["drawn"].as_u64(), list["waiting"].as_u64()), (Some(4), Some(1), Some(4)));

        let path = format!("/sign-off-lists/{}", list["id"].as_str().expect("an id"));
        let decision = format!("{path}/decision");
        let passed = json!({ "passed": true, "opinion": "抽查属实，同意销号。" });
        let early = city.posts(&decision, &passed).await.is_problem(409, "sample-undecided");
        assert!(early["detail"].as_str().is_some_and(|detail| detail.contains('1')));
        for id in ids(&list, true) {
            city.acts(&id, "sign-off", &people::sign_off()).await;
        }
        city.posts(&decision, &json!({ "passed": true, "opinion": " " })).await.is_refused_for("opinion: required");
        let keyed = city.with_key("decide-1");
        let done = keyed.posts(&decision, &passed).await.is(200);
        assert_eq!((done["state"].as_str(), done["waiting"].as_u64()), (Some("passed"), Some(0)));
        for id in ids(&done, false) {
            let row = done["rows"].as_array().expect("rows").iter().find(|row| row["id"] == *id).expect("its row");
            assert_eq!((row["standing"].as_str(), &row["problem"]), (Some("on_the_list"), &Value::Null));
        }
        let events = w.events().await;
        assert_eq!(keyed.posts(&decision, &passed).await.is(200), done);
        city.posts(&decision, &json!({ "passed": false, "opinion": "反悔。" })).await.is_problem(409, "list-decided");
        assert_eq!(w.events().await, events);
        assert_eq!(county.gets(&path).await.is(200)["seed"], list["seed"]);
        assert_eq!(city.gets("/sign-off-lists?limit=1").await.is(200)["items"][0]["id"], list["id"]);
    }
}
