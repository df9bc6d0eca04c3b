//! The acts beside the stages, over the API: each with what fits, and with fields that do not.

use serde_json::{Value, json};
use testkit::on_both_engines;

use crate::{
    browser::hidden,
    people::{self, People},
};

on_both_engines! {
    async fn more_time_is_asked_for_and_decided(w: &World) {
        let p = People::of(w).await;
        let id = p.hazard_at("confirmed").await;
        let path = format!("/hazards/{id}/extension");
        let empty = json!({ "to": "2026-03-20", "reason": " " });
        p.unit.posts(&path, &empty).await.is_refused_for("reason: required, to: too-early");
        p.unit.posts(&path, &json!({ "to": "soon", "reason": "供货延迟。" })).await.is_refused_for("to: not-a-date");
        let asked = p.unit.acts(&id, "extension", &json!({ "to": "2026-04-10", "reason": "供货延迟。" })).await;
        assert_eq!(asked["due_at"], "2026-03-21T00:00:00+08:00");
        p.unit.posts(&path, &json!({ "to": "2026-04-11", "reason": "供货延迟。" })).await.is_problem(409, "not-now");
        p.unit.posts(&format!("/hazards/{id}/extension-decision"), &decision()).await.is_problem(403, "not-your-act");
        let moved = p.county.acts(&id, "extension-decision", &decision()).await;
        assert_eq!(moved["due_at"], "2026-04-11T00:00:00+08:00");
        let paused = p.county.acts(&id, "pause", &json!({ "reason": "山洪致道路中断。" })).await;
        assert_eq!(paused["due_at"], json!(null));
        let on = p.county.acts(&id, "resumption", &json!({ "reason": "道路抢通。" })).await;
        assert_eq!(on["due_at"], moved["due_at"]);
        p.county.posts(&format!("/hazards/{id}/resumption"), &json!({ "reason": "道路抢通。" })).await.is_problem(409, "not-now");
    }

    async fn what_was_ordered_to_stop_starts_again_after_a_review(w: &World) {
        let p = People::of(w).await;
        let id = p.hazard_at("submitted").await;
        let nothing = json!({ "order_no": "", "scope": " " });
        p.county.posts(&format!("/hazards/{id}/suspension"), &nothing).await.is_refused_for("order_no: required, scope: required");
        let order = json!({ "order_no": "汉滨应急现决〔2026〕1号", "scope": "二楼裁剪车间" });
        p.county.acts(&id, "suspension", &order).await;
        let inspectors = p.second.inspectors_of(&id).await;
        let path = format!("/hazards/{id}/acceptance");
        p.second.posts(&path, &people::acceptance(&inspectors)).await.is_problem(409, "restart-review-demanded");
        let unshown = json!({ "summary": "已整改。", "evidence": [] });
        p.unit.posts(&format!("/hazards/{id}/restart-application"), &unshown).await.is_refused_for("evidence: required");
        let shown = json!({ "summary": "已整改。", "evidence": [p.unit.photo().await] });
        p.unit.acts(&id, "restart-application", &shown).await;
        p.county.acts(&id, "restart-review", &decision()).await;
        p.second.acts(&id, "acceptance", &people::acceptance(&inspectors)).await;
    }

    async fn it_is_handed_over_declined_settled_and_received(w: &World) {
        let p = People::of(w).await;
        let id = p.hazard_at("reported").await;
        let housing = p.api.signs_in("department-610902-housing").await;
        let agency = housing.gets("/session").await.is(200)["agency"]["id"].clone();
        let to = |agency: &Value, basis: Value| json!({ "agency": agency, "reply_by": "2026-03-06", "basis": basis });
        let path = format!("/hazards/{id}/assignment");
        p.county.posts(&path, &to(&json!("nobody"), json!(null))).await.is_refused_for("agency: not-a-regulator-here");
        let handed = p.county.acts(&id, "assignment", &to(&agency, json!(null))).await;
        assert_eq!(handed["waits_for"], agency);
        p.county.posts(&format!("/hazards/{id}/receipt"), &json!({})).await.is_problem(403, "not-your-act");
        housing.acts(&id, "declining", &json!({ "reason": "不属本单位职责。" })).await;
        housing.gets(&format!("/hazards/{id}")).await.is_problem(404, "not-found");
        p.county.posts(&path, &to(&agency, json!(null))).await.is_refused_for("basis: disputed-needs-basis");
        p.county.acts(&id, "assignment", &to(&agency, json!("区安委会职责分工"))).await;
        housing.posts(&format!("/hazards/{id}/declining"), &json!({ "reason": "不属本单位职责。" })).await.is_problem(409, "duty-settled");
        housing.acts(&id, "receipt", &json!({})).await;
    }

    async fn it_ends_by_transfer_merging_or_dismissal(w: &World) {
        let p = People::of(w).await;
        let (one, two, three) = (p.hazard_at("reported").await, p.hazard_at("confirmed").await, p.hazard_at("reported").await);
        let transfer = |to: &str| json!({ "to": to, "reason": "点位不在本区。" });
        let path = format!("/hazards/{one}/transfer");
        p.county.posts(&path, &transfer("610902")).await.is_refused_for("to: lies-here");
        p.county.posts(&path, &transfer("nowhere")).await.is_refused_for("to: not-a-county");
        assert_eq!(p.county.acts(&one, "transfer", &transfer("610981")).await["stage"], "transferred");
        let path = format!("/hazards/{two}/merging");
        let merging = |into: &str| json!({ "into": into, "reason": "同一处。" });
        p.county.posts(&path, &merging(&one)).await.is_refused_for("into: has-ended");
        p.county.posts(&path, &merging("none")).await.is_refused_for("into: no-such-hazard");
        assert_eq!(p.county.acts(&two, "merging", &merging(&three)).await["stage"], "merged");
        let path = format!("/hazards/{three}/dismissal");
        let unread = json!({ "ended_as": "fixed", "reason": "" });
        p.county.posts(&path, &unread).await.is_refused_for("ended_as: not-a-choice");
        assert_eq!(p.county.acts(&three, "dismissal", &json!({ "ended_as": "site_gone", "reason": "已拆除。" })).await["stage"], "closed");
    }

    async fn it_is_looked_at_again_and_corrected(w: &World) {
        let p = People::of(w).await;
        let id = p.hazard_at("signed_off").await;
        let second = p.api.signs_in("city-2").await;
        let look = |passed: bool, evidence: Value| json!({
            "passed": passed, "opinion": "回头看。", "visited_at": "2026-03-04T09:00:00+08:00", "evidence": evidence,
        });
        let path = format!("/hazards/{id}/revisit");
        p.city.posts(&path, &look(true, json!([]))).await.is_problem(403, "same-hands");
        second.posts(&path, &look(false, json!([]))).await.is_refused_for("evidence: required");
        second.acts(&id, "revisit", &look(false, json!([second.photo().await]))).await;
        second.posts(&path, &look(true, json!([]))).await.is_problem(409, "not-now");

        let open = p.hazard_at("reported").await;
        let correct = |fact: &str, value: &str| json!({ "fact": fact, "value": value, "reason": "填报有误。" });
        let path = format!("/hazards/{open}/correction");
        p.county.posts(&path, &correct("found_at", "yesterday")).await.is_refused_for("value: not-an-instant");
        p.county.posts(&path, &correct("level", "general")).await.is_refused_for("fact: not-a-choice");
        p.county.acts(&open, "correction", &correct("place", "三楼")).await;
        assert_eq!(p.county.gets(&format!("/hazards/{open}")).await.is(200)["location"]["text"], "三楼");
    }

    async fn a_spot_that_was_nobodys_gets_its_owner(w: &World) {
        let p = People::of(w).await;
        let spot = json!({
            "subject": { "kind": "unowned", "name": "香溪路旁边坡" }, "description": "边坡有新近滚石。", "location": { "text": "香溪路K0+300" },
            "initial_level": "general", "source": "patrol",
        });
        let id = p.town.posts("/hazards", &spot).await.is(201)["id"].as_str().expect("an id").to_owned();
        let path = format!("/hazards/{id}/owner");
        let owner = |owner: &str, basis: &str| json!({ "owner": owner, "basis": basis });
        p.unit.posts(&path, &owner("青屿毛绒玩具（演示）有限公司", "自认")).await.is_problem(404, "not-found");
        p.town.posts(&path, &owner("nobody", "养护协议")).await.is_refused_for("owner: not-on-the-list");
        p.town.posts(&path, &owner("青屿毛绒玩具（演示）有限公司", " ")).await.is_refused_for("basis: required");
        let offered = p.town.gets(&format!("/hazards/{id}/acts")).await.is(200);
        assert!(offered.to_string().contains("owner"), "{offered}");
        p.town.acts(&id, "owner", &owner("青屿毛绒玩具（演示）有限公司", "厂区建设开挖形成")).await;
        let seen = p.unit.gets(&format!("/hazards/{id}")).await.is(200);
        assert_eq!(seen["subject"]["name"], "青屿毛绒玩具（演示）有限公司");
        p.town.posts(&path, &owner("青屿毛绒玩具（演示）有限公司", "再次")).await.is_refused_for("owner: already-theirs");
        let other = p.hazard_at("reported").await;
        p.county.posts(&format!("/hazards/{other}/owner"), &owner("青屿毛绒玩具（演示）有限公司", "养护协议")).await.is_problem(409, "not-now");
    }

    /// Nobody waits for a register: the owner is entered in the same step, after one look at units of a like name.
    async fn an_owner_on_no_list_is_entered_over_the_api_and_by_form(w: &World) {
        let p = People::of(w).await;
        let spot = |name: &str| json!({
            "subject": { "kind": "unowned", "name": name }, "description": "边坡有新近滚石。", "location": { "text": name },
            "initial_level": "general", "source": "patrol",
        });
        let id = p.town.posts("/hazards", &spot("香溪路旁边坡")).await.is(201)["id"].as_str().expect("an id").to_owned();
        let path = format!("/hazards/{id}/owner");
        let with = |kind: &str, code: Value| json!({
            "owner": "香溪路养护有限公司", "basis": "养护协议", "enter": { "kind": kind, "credit_code": code, "address": "香溪路1号" },
        });
        p.town.posts(&path, &with("company", Value::Null)).await.is_refused_for("enter.kind: not-a-choice");
        p.town.posts(&path, &with("enterprise", json!("123"))).await.is_refused_for("enter.credit_code: not-a-credit-code");
        p.unit.posts(&path, &with("company", Value::Null)).await.is_problem(404, "not-found");
        p.town.acts(&id, "owner", &with("enterprise", Value::Null)).await;
        let alike = "/subjects?county=610902&alike=%E9%A6%99%E6%BA%AA%E8%B7%AF%E5%85%BB%E6%8A%A4%E5%85%AC%E5%8F%B8";
        let found = p.town.gets(alike).await.is(200);
        assert_eq!(found["items"][0]["name"], "香溪路养护有限公司");
        assert_eq!(found["items"][0]["status"], "unverified");
        p.town.gets("/subjects?alike=x").await.is_refused_for("county: not-a-choice");
        let timeline = p.api.reader("town-610902001").await.reads(&format!("/hazards/{id}")).await.text();
        assert!(timeline.contains("香溪路养护有限公司（新登记，未核实）"));

        let other = p.town.posts("/hazards", &spot("香溪路北段边坡")).await.is(201)["id"].as_str().expect("an id").to_owned();
        let path = format!("/hazards/{other}/owner");
        let mut town = p.api.reader("town-610902001").await;
        let page = town.reads(&format!("/hazards/{other}")).await.text();
        let (version, key) = (hidden(&page, &path, "version"), hidden(&page, &path, "idempotency_key"));
        let mut typed = vec![
            ("version", version.as_str()), ("idempotency_key", key.as_str()), ("owner", "香溪路养护公司"), ("basis", "养护协议"),
            ("enter_kind", "enterprise"), ("enter_credit_code", "91350100M000100Y44"), ("enter_principal_head", "赵安"),
        ];
        let events = w.events().await;
        let back = town.sends_form(&path, &typed).await;
        let page = back.text();
        assert_eq!(back.status, 422);
        assert!(page.contains("名录中有名称相近的单位：香溪路养护有限公司"), "which it may be");
        assert!(page.contains("统一社会信用代码校验位不符") && page.contains("value=\"赵安\""), "nothing typed is lost");
        assert_eq!(w.events().await, events, "nothing has happened yet");
        typed.push(("enter_sure", "yes"));
        let key = format!("{key}-2");
        typed[1].1 = &key;
        assert_eq!(town.sends_form(&path, &typed).await.status, 303);
        let seen = p.town.gets(&format!("/hazards/{other}")).await.is(200);
        assert_eq!(seen["subject"]["name"], "香溪路养护公司");
        assert_eq!(w.events().await, events + 1);
    }
}

fn decision() -> Value {
    json!({ "passed": true, "opinion": "情况核实。" })
}
