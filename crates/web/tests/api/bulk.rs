//! Several at once: a result for each row, in order, and the same request sent again goes on instead of doubling.

use serde_json::{Value, json};
use testkit::{City, on_both_engines};

use crate::{
    browser::hidden,
    client::{Eyes, a_report},
    people::{self, People},
};

const NOBODYS: &str = "0195ffff-0000-7000-8000-00000000ffff";

async fn reported(p: &People, n: usize) -> Vec<String> {
    let mut ids = Vec::new();
    for at in 0..n {
        let report = p.town.reports(&format!("疏散通道堆物第{at}处")).await;
        ids.push(report["id"].as_str().expect("an id").to_owned());
    }
    ids
}

fn said(act: &str, body: &Value, ids: &[String]) -> Value {
    let items: Vec<Value> = ids.iter().map(|id| json!({ "hazard": id })).collect();
    json!({ "act": act, "said": body, "items": items })
}

fn codes(rows: &Value) -> Vec<String> {
    let rows = rows["items"].as_array().expect("rows").iter();
    rows.map(|row| {
        let code = row["problem"]["code"].as_str();
        code.unwrap_or_else(|| row["receipt"]["stage"].as_str().expect("a stage"))
            .to_owned()
    })
    .collect()
}

async fn stage(eyes: &Eyes, id: &str) -> String {
    let shown = eyes.gets(&format!("/hazards/{id}")).await.is(200);
    shown["stage"].as_str().expect("a stage").to_owned()
}

on_both_engines! {
    async fn forty_rows_in_their_order_and_again_under_the_same_key(w: &World) {
        let p = People::of(w).await;
        let ids = reported(&p, 40).await;
        let events = w.events().await;
        let county = p.county.with_key("bulk-1");
        let request = said("confirmation", &people::confirmation(), &ids);
        let rows = county.posts("/hazards/bulk", &request).await.is(200);
        assert_eq!((rows["done"].as_u64(), rows["refused"].as_u64()), (Some(40), Some(0)));
        let named: Vec<&str> = rows["items"].as_array().expect("rows").iter().filter_map(|row| row["receipt"]["id"].as_str()).collect();
        assert_eq!(named, ids);
        assert_eq!(w.events().await, events + 40, "as many acts as rows");
        assert_eq!(county.posts("/hazards/bulk", &request).await.is(200), rows, "the same request, the same answer");
        assert_eq!(w.events().await, events + 40);
        let without = p.county.posts("/hazards/bulk", &request).await.is(200);
        assert!(codes(&without).iter().all(|code| code == "wrong-stage"));
    }

    async fn what_is_refused_is_told_in_its_row_and_stops_nobody(w: &World) {
        let p = People::of(w).await;
        let mut ids = reported(&p, 3).await;
        let mut suspected = a_report("液氨储罐区喷淋末端无水");
        suspected["initial_level"] = json!("suspected_major");
        let major = p.town.posts("/hazards", &suspected).await.is(201);
        ids.push(major["id"].as_str().expect("an id").to_owned());
        ids.push(NOBODYS.into());
        ids.push("no id".into());
        p.county.acts(&ids[1], "confirmation", &people::confirmation()).await;
        let mut request = said("confirmation", &people::confirmation(), &ids);
        request["items"][2]["if_match"] = json!(7);
        let rows = p.county.posts("/hazards/bulk", &request).await.is(200);
        assert_eq!(codes(&rows), ["confirmed", "wrong-stage", "stale", "one-by-one", "not-found", "not-found"]);
        assert_eq!(rows["items"][2]["problem"]["current_version"], 1);
        assert_eq!(stage(&p.county, &ids[3]).await, "reported");
    }

    /// A row that was refused may be tried again under the same key: what was done stays done.
    async fn the_same_key_goes_on_with_what_is_left(w: &World) {
        let p = People::of(w).await;
        let ids = reported(&p, 3).await;
        let county = p.county.with_key("bulk-2");
        let some = said("confirmation", &people::confirmation(), &ids[..2]);
        let first = county.posts("/hazards/bulk", &some).await.is(200);
        let events = w.events().await;
        let all = said("confirmation", &people::confirmation(), &ids);
        let rows = county.posts("/hazards/bulk", &all).await.is(200);
        assert_eq!(w.events().await, events + 1);
        assert_eq!((&rows["items"][0], &rows["items"][1]), (&first["items"][0], &first["items"][1]));
        let mut other = people::confirmation();
        other["deadline"] = json!("2026-03-19");
        let rows = county.posts("/hazards/bulk", &said("confirmation", &other, &ids)).await.is(200);
        assert_eq!(codes(&rows), ["key-reused"; 3]);
        assert_eq!(w.events().await, events + 1);
    }

    async fn pressed_twice_at_once_it_is_done_once(w: &World) {
        let p = People::of(w).await;
        let ids = reported(&p, 12).await;
        let events = w.events().await;
        let county = p.county.with_key("bulk-3");
        let request = said("confirmation", &people::confirmation(), &ids);
        let path = "/hazards/bulk";
        let (one, other) = tokio::join!(county.posts(path, &request), county.posts(path, &request));
        assert_eq!(one.is(200), other.is(200));
        assert_eq!(w.events().await, events + 12);
    }

    async fn what_is_wrong_with_the_whole_is_told_before_any_row(w: &World) {
        let p = People::of(w).await;
        let ids = reported(&p, 1).await;
        let events = w.events().await;
        let twice = vec![ids[0].clone(), ids[0].to_uppercase()];
        let many: Vec<String> = (0..101).map(|at| format!("0195ffff-0000-7000-8000-{at:012}")).collect();
        let confirmation = people::confirmation();
        for (request, wrong) in [
            (said("voiding", &people::voiding(), &ids), "act: not-for-several"),
            (said("no-such-act", &json!({}), &ids), "act: not-for-several"),
            (said("confirmation", &confirmation, &[]), "items: required"),
            (said("confirmation", &confirmation, &twice), "items: twice-the-same"),
            (said("confirmation", &confirmation, &many), "items: too-many"),
        ] {
            p.county.posts("/hazards/bulk", &request).await.is_refused_for(wrong);
        }
        p.county.posts("/hazards/bulk", &said("confirmation", &people::sign_off(), &ids)).await.is_problem(422, "unreadable");
        let mut late = confirmation;
        late["deadline"] = json!("yesterday");
        let rows = p.county.posts("/hazards/bulk", &said("confirmation", &late, &ids)).await.is(200);
        assert_eq!(codes(&rows), ["fields"]);
        let rows = p.unit.posts("/hazards/bulk", &said("confirmation", &people::confirmation(), &ids)).await.is(200);
        assert_eq!(codes(&rows), ["not-your-act"]);
        assert_eq!(w.events().await, events);
    }

    /// What ends with a list has its draw, and what ends item by item is on that way to be looked at.
    async fn nothing_is_signed_off_in_bulk(w: &World) {
        let p = People::of(w).await;
        let ids = vec![p.hazard_at("accepted").await, p.hazard_at("accepted").await];
        let request = said("sign-off", &people::sign_off(), &ids);
        p.city.posts("/hazards/bulk", &request).await.is_refused_for("act: not-for-several");
        p.city.acts(&ids[0], "sign-off", &people::sign_off()).await;
    }

    async fn nobody_calls_several_major_in_one_sentence(w: &World) {
        let p = People::of(w).await;
        let ids = reported(&p, 2).await;
        let mut major = people::confirmation();
        major["determination"] = json!("major");
        major["clauses"] = json!(["《重大事故隐患判定标准》第一条"]);
        let mut suspected = people::confirmation();
        suspected["initial_level"] = json!("suspected_major");
        for body in [major, suspected] {
            let rows = p.county.posts("/hazards/bulk", &said("confirmation", &body, &ids)).await.is(200);
            assert_eq!(codes(&rows), ["one-by-one"; 2]);
        }
    }

    /// Acceptance that names inspectors, and what is or may be major, is looked at by itself.
    async fn every_act_for_several_works_and_none_is_loosened(w: &World) {
        let p = People::of(w).await;
        let ids = vec![p.hazard_at("submitted").await];
        let body = people::acceptance(&p.second.inspectors_of(&ids[0]).await);
        let rows = p.second.posts("/hazards/bulk", &said("acceptance", &body, &ids)).await.is(200);
        assert_eq!(codes(&rows), ["one-by-one"], "this city's acceptance names two inspectors");
        let ids = reported(&p, 2).await;
        let agency = p.county.gets(&format!("/hazards/{}/acts", ids[0])).await.is(200);
        let assignment = agency["items"].as_array().expect("acts").iter().find(|act| act["act"] == "assignment").expect("it may be handed over").clone();
        let choices = assignment["fields"].as_array().expect("fields").iter().find(|field| field["name"] == "agency").expect("an agency")["choices"].clone();
        let fire = choices.as_array().expect("choices").iter().find(|one| one["label"].as_str().is_some_and(|label| label.contains("消防"))).expect("the fire department")["value"].clone();
        let body = json!({ "agency": fire, "reply_by": "2026-03-06" });
        let rows = p.county.posts("/hazards/bulk", &said("assignment", &body, &ids)).await.is(200);
        assert_eq!(codes(&rows), ["reported"; 2]);
        let department = p.api.signs_in("department-610902-fire").await;
        let rows = department.posts("/hazards/bulk", &said("receipt", &json!({}), &ids)).await.is(200);
        assert_eq!(codes(&rows), ["reported"; 2]);
    }

    /// What nobody has to be named for, and no list draws, is accepted together; and so are extensions decided.
    async fn several_are_accepted_and_several_extended(w: &World, City::Graded) {
        let api = crate::client::Api::of(w);
        let (town, county, unit) = (api.signs_in("town-610902001").await, api.signs_in("county-610902").await, api.signs_in("enterprise-1").await);
        let mut ids = Vec::new();
        for at in 0..2 {
            let ordered = w.town().orders(&format!("疏散通道堆物第{at}处")).await.good();
            w.unit().rectifies(&ordered).await.good();
            ids.push(ordered.id);
        }
        let body = json!({ "passed": true, "opinion": "现场核查，整改到位。" });
        let rows = town.posts("/hazards/bulk", &said("acceptance", &body, &ids)).await.is(200);
        assert_eq!(codes(&rows), ["closed"; 2], "{rows}");
        let mut ids = Vec::new();
        for at in 0..2 {
            let asked = w.town().reports(&format!("配电箱敞开第{at}处")).await.good();
            w.county().confirms(&asked).await.good();
            w.unit().asks_extension(&asked, w.unit().in_days(20)).await.good();
            ids.push(asked.id);
        }
        let body = json!({ "passed": true, "opinion": "同意延期。" });
        let rows = unit.posts("/hazards/bulk", &said("extension-decision", &body, &ids)).await.is(200);
        assert_eq!(codes(&rows), ["not-your-act"; 2]);
        let rows = county.posts("/hazards/bulk", &said("extension-decision", &body, &ids)).await.is(200);
        assert_eq!(codes(&rows), ["confirmed"; 2], "{rows}");
        let due = w.unit().in_days(20).end().rfc3339();
        for id in &ids {
            assert_eq!(county.gets(&format!("/hazards/{id}")).await.is(200)["due_at"], due.as_str());
        }
    }

    /// Without a script: boxes in the ledger, the form, a result by row, and what was refused is kept ready.
    async fn the_page_tells_row_by_row_and_keeps_what_was_refused(w: &World) {
        let p = People::of(w).await;
        let ids = reported(&p, 3).await;
        let mut county = p.api.reader("county-610902").await;
        let ledger = county.reads("/hazards").await.text();
        assert_eq!(ledger.matches("name=\"id\" value=\"").count(), 3);
        assert!(ledger.contains("form=\"bulk\" name=\"act\" value=\"confirmation\""), "{ledger}");
        let query: Vec<String> = ids.iter().map(|id| format!("id={id}")).collect();
        let path = format!("/hazards/bulk?act=confirmation&{}&id={NOBODYS}&back=/hazards", query.join("&"));
        let page = county.reads(&path).await.text();
        assert!(page.contains("另有 1 件不在您的查看范围"), "{page}");
        let items: Vec<String> = ids.iter().map(|id| format!("{id}:1")).collect();
        assert!(items.iter().all(|item| page.contains(&format!("name=\"item\" value=\"{item}\" checked"))));
        let key = hidden(&page, "/hazards/bulk", "idempotency_key");
        // Somebody else is faster with one of them.
        p.second.acts(&ids[1], "interim-measure", &people::interim_measure()).await;
        let events = w.events().await;
        let mut fields = vec![
            ("act", "confirmation"), ("idempotency_key", &*key), ("initial_level", "general"), ("determination", "not_major"),
            ("deadline", "2026-03-20"), ("order_no", "整改〔2026〕9号"), ("back", "/hazards?stage=reported"),
        ];
        fields.extend(items.iter().map(|item| ("item", item.as_str())));
        let answer = county.sends_form("/hazards/bulk", &fields).await;
        let page = answer.text();
        assert_eq!(answer.status, 200, "{page}");
        assert!(page.contains("已办 2 件") && page.contains("1 件没有办成"), "{page}");
        assert!(page.contains(&format!("href=\"/hazards/{}\"", ids[0])));
        assert!(page.contains(&format!("name=\"item\" value=\"{}:2\" checked", ids[1])), "ready, in the version that stands now");
        assert!(!page.contains(&format!("name=\"item\" value=\"{}", ids[0])), "what was done is not offered again");
        assert!(page.contains("整改〔2026〕9号") && page.contains("href=\"/hazards?stage=reported\""));
        assert_eq!(w.events().await, events + 2);
        // The same sending again, as from a double press, changes nothing.
        let again = county.sends_form("/hazards/bulk", &fields).await.text();
        assert!(again.contains("已办 2 件"), "{again}");
        assert_eq!(w.events().await, events + 2);
        // Without words it comes back with the error at its field.
        fields.retain(|(name, _)| !matches!(*name, "deadline" | "item" | "idempotency_key"));
        let left = format!("{}:2", ids[1]);
        fields.extend([("idempotency_key", "another"), ("item", &*left)]);
        let page = county.sends_form("/hazards/bulk", &fields).await.text();
        assert!(page.contains("id=\"bulk-deadline-error\"") && page.contains("1 件没有办成"), "{page}");
        assert_eq!(w.events().await, events + 2);
    }

    /// One deadline for many is no reason to call what is serious general.
    async fn each_keeps_the_level_that_it_was_reported_with(w: &World) {
        let p = People::of(w).await;
        let mut ids = reported(&p, 1).await;
        let mut serious = a_report("配电箱未接地，导线裸露");
        serious["initial_level"] = json!("serious");
        ids.push(p.town.posts("/hazards", &serious).await.is(201)["id"].as_str().expect("an id").to_owned());
        let mut county = p.api.reader("county-610902").await;
        let page = county.reads(&format!("/hazards/bulk?act=confirmation&id={}&id={}", ids[0], ids[1])).await.text();
        assert!(page.contains("name=\"initial_level\" value=\"as_reported\" checked"), "{page}");
        assert!(!page.contains("value=\"suspected_major\"") && !page.contains("value=\"major\""), "{page}");
        let items = [format!("{}:1", ids[0]), format!("{}:1", ids[1])];
        let fields = [
            ("act", "confirmation"), ("idempotency_key", "k"), ("initial_level", "as_reported"), ("determination", "not_major"),
            ("deadline", "2026-03-20"), ("item", &*items[0]), ("item", &*items[1]),
        ];
        let told = county.sends_form("/hazards/bulk", &fields).await.text();
        assert!(told.contains("已办 2 件"), "{told}");
        for (id, level) in ids.iter().zip(["general", "serious"]) {
            assert_eq!(p.county.gets(&format!("/hazards/{id}")).await.is(200)["initial_level"], level);
        }
    }

    async fn the_page_is_closed_to_forgeries_and_to_what_is_not_for_several(w: &World) {
        let p = People::of(w).await;
        let ids = reported(&p, 1).await;
        let events = w.events().await;
        let mut county = p.api.reader("county-610902").await;
        assert_eq!(county.reads(&format!("/hazards/bulk?act=voiding&id={}", ids[0])).await.status, 404);
        assert_eq!(county.reads("/hazards/bulk?id=x").await.status, 404);
        let which = county.reads(&format!("/hazards/bulk?id={}", ids[0])).await.text();
        assert!(which.contains("name=\"act\" value=\"confirmation\"") && which.contains("1 件可办"), "{which}");
        assert!(county.reads("/hazards/bulk").await.text().contains("没有可批量办理的隐患"));
        let item = format!("{}:1", ids[0]);
        let fields = [("act", "confirmation"), ("item", &*item), ("initial_level", "general"), ("determination", "not_major"), ("deadline", "2026-03-20")];
        let answer = county.clone().on_a_page_with("guessed").sends_form("/hazards/bulk", &fields).await;
        assert_eq!(answer.status, 403);
        assert!(answer.text().contains(&item), "nothing of it is lost");
        assert_eq!(w.events().await, events);
        let mut unit = p.api.reader("enterprise-1").await;
        assert!(!unit.reads("/hazards").await.text().contains("data-bulk"), "nothing for several, no boxes");
    }
}
