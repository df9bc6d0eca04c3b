//! Escalations by API: who sees which, in what order answers come, and that what is asked twice is done once.

use serde_json::{Value, json};
use testkit::on_both_engines;

use crate::{client::Eyes, people::People};

async fn listed(eyes: &Eyes, query: &str) -> Vec<Value> {
    let (mut items, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = eyes
            .gets(&format!("/escalations?limit=1{query}{cursor}"))
            .await
            .is(200);
        items.extend(page["items"].as_array().expect("a list").iter().cloned());
        let Some(next) = page["next"].as_str() else {
            return items;
        };
        cursor = format!("&cursor={}", next.replace('~', "%7E"));
    }
}

fn letter(addressee: &Value) -> Value {
    json!({ "addressee": addressee, "title": "督办函", "letter": "请限期办结，并书面反馈。" })
}

on_both_engines! {
    async fn from_the_draft_to_the_letter(w: &World) {
        let p = People::of(w).await;
        let hazard = p.hazard_at("confirmed").await;
        let red = p.escalation_of(&hazard, "red").await;
        p.escalation_of(&hazard, "reminder").await;
        assert_eq!(listed(&p.unit, "").await.len(), 2);
        let [seen] = &listed(&p.unit, "&step=red&applies=true").await[..] else { panic!("one step") };
        assert_eq!((&seen["id"], &seen["state"], &seen["acts"]), (&json!(red), &json!("drafted"), &json!(["explain"])));
        assert_eq!(seen["saw"]["waits_for"]["name"], seen["subject"]["name"]);
        assert!(listed(&p.unit, "&applies=false").await.is_empty() && listed(&p.unit, "&state=sent").await.is_empty());

        let file = p.unit.photo().await;
        let told = json!({ "explanation": "配件已订货，本周内到货。", "files": [file] });
        let path = format!("/escalations/{red}/explanation");
        let key = p.unit.with("idempotency-key", "phone-7");
        let first = key.posts(&path, &told).await;
        assert_eq!(first.header("etag"), "\"2\"");
        let first = first.is(200);
        assert_eq!(key.posts(&path, &told).await.is(200), first);
        key.posts(&path, &json!({ "explanation": "别的。" })).await.is_problem(422, "key-reused");

        let [seen] = &listed(&p.county, &format!("&hazard={hazard}&step=red")).await[..] else { panic!("one step") };
        assert_eq!(seen["explanations"][0]["text"], "配件已订货，本周内到货。");
        assert_eq!(seen["acts"], json!(["send_letter", "set_aside"]));
        let path = format!("/escalations/{red}/letter");
        let said = letter(&seen["subject"]["id"]);
        p.unit.posts(&path, &said).await.is_problem(403, "not-your-act");
        p.county.if_match(1).posts(&path, &said).await.is_problem(412, "stale");
        p.county.posts(&path, &letter(&json!("x"))).await.is_refused_for("addressee: not-a-choice");
        let sent = p.county.if_match(2).posts(&path, &said).await.is(200);
        assert_eq!((&sent["state"], &sent["letter"]), (&json!("sent"), &json!("汉滨安委办督〔2026〕1号")));
        let aside = format!("/escalations/{red}/setting-aside");
        p.city.posts(&aside, &json!({ "reason": "" })).await.is_problem(409, "already-decided");
        let [seen] = &listed(&p.unit, "&state=sent").await[..] else { panic!("one letter") };
        assert_eq!((&seen["letter"]["addressee"]["name"], &seen["letter"]["explanations"]), (&seen["subject"]["name"], &json!(1)));
    }

    async fn what_has_moved_on_and_what_is_set_aside(w: &World) {
        let p = People::of(w).await;
        let hazard = p.hazard_at("confirmed").await;
        let red = p.escalation_of(&hazard, "red").await;
        let [seen] = &listed(&p.county, "").await[..] else { panic!("one step") };
        let said = letter(&seen["subject"]["id"]);
        p.unit.acts(&hazard, "plan", &crate::people::plan()).await;
        let path = format!("/escalations/{red}/letter");
        p.county.posts(&path, &json!({ "addressee": "", "title": "", "letter": "" })).await.is_problem(409, "moved-on");
        p.county.posts(&path, &said).await.is_problem(409, "moved-on");
        let [seen] = &listed(&p.county, "&applies=false").await[..] else { panic!("it is left behind") };
        assert_eq!((&seen["applies"], &seen["acts"]), (&json!(false), &json!([])));
        let aside = format!("/escalations/{red}/setting-aside");
        p.county.posts(&aside, &json!({ "reason": " " })).await.is_refused_for("reason: required");
        p.county.posts(&aside, &json!({ "reason": "已报送方案。" })).await.is(200);
        assert_eq!(listed(&p.county, "").await[0]["set_aside"], "已报送方案。");
    }

    async fn queries_that_name_nothing(w: &World) {
        let p = People::of(w).await;
        for query in ["state=open", "hazard=x", "cursor=x", "cursor=1~x"] {
            p.county.gets(&format!("/escalations?{query}")).await.is_problem(422, "fields");
        }
        p.county.gets("/escalations?nothing=1").await.is_problem(422, "unreadable");
        assert_eq!(p.county.gets("/escalations?step=none").await.is(200)["items"], json!([]));
    }
}
