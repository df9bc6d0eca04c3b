//! Complaints over the API and on the pages: with a name and without, answered, throttled, and a link on every page.

use serde_json::{Value, json};
use testkit::on_both_engines;

use crate::{browser::hidden, people::People};

fn said(words: &str, anonymous: bool) -> Value {
    json!({ "about": "unreasonable", "words": words, "page": "/stock", "anonymous": anonymous })
}

const WORDS: &str = "要求每天拍照打卡三次。";

on_both_engines! {
    async fn made_answered_and_seen_by_whoever_made_it(w: &World) {
        let p = People::of(w).await;
        let made = p.town.posts("/complaints", &said(WORDS, false)).await.is(201);
        assert_eq!((made["words"].as_str(), made["about"].as_str(), &made["answer"]), (Some(WORDS), Some("unreasonable"), &Value::Null));
        let id = made["id"].as_str().expect("an id");
        let path = format!("/complaints/{id}/answer");
        let answer = json!({ "answer": "已取消打卡要求。" });
        p.county.posts(&path, &answer).await.is_problem(404, "not-found");
        p.town.posts(&path, &answer).await.is_problem(403, "not-your-act");
        p.county.gets("/complaints?all=true").await.is_problem(403, "not-your-act");
        assert_eq!(p.county.gets("/complaints").await.is(200)["items"], json!([]), "nobody else's");
        let open = p.city.gets("/complaints?all=true&answered=false").await.is(200);
        assert_eq!(open["items"][0]["id"], made["id"]);
        p.city.posts(&path, &json!({ "answer": " " })).await.is_refused_for("answer: required");
        let answered = p.city.posts(&path, &answer).await.is(200);
        assert_eq!(p.city.posts(&path, &answer).await.is(200), answered, "said again it stands");
        p.city.posts(&path, &json!({ "answer": "另一种说法。" })).await.is_problem(409, "complaint-answered");
        let mine = p.town.gets("/complaints").await.is(200);
        assert_eq!(mine["items"][0]["answer"]["answer"], "已取消打卡要求。");
        assert_eq!(p.city.gets("/complaints?all=true&answered=false").await.is(200)["items"], json!([]));
        p.town.posts("/complaints", &json!({ "about": "x", "words": WORDS, "anonymous": true })).await.is_refused_for("about: not-a-choice");
        p.town.posts("/complaints", &said("", true)).await.is_refused_for("words: required");
    }

    /// Nothing that is stored leads from it to a person.
    async fn without_a_name_nobody_is_kept(w: &World) {
        let p = People::of(w).await;
        let town = p.town.with_key("complaint-1");
        let who = p.town.gets("/session").await.is(200)["person"]["id"].as_str().expect("an id").to_owned();
        let mut from_my_record = said(WORDS, true);
        from_my_record["page"] = json!(format!("/persons/{who}?after=610902"));
        let made = town.posts("/complaints", &from_my_record).await.is(201);
        assert_eq!((&made["by"], made["page"].as_str()), (&Value::Null, Some("/persons")));
        // Whoever guesses the key finds nobody by trying everybody.
        let caller = w.town().caller().await;
        let guess = app::directory::load::named("complaint", &format!("{}:complaint-1", caller.name())).to_string();
        assert_ne!(made["id"], guess.as_str());
        let events = w.events().await;
        assert_eq!(town.posts("/complaints", &said(WORDS, true)).await.is(201)["id"], made["id"], "the same key, the same complaint");
        town.posts("/complaints", &said("另一件事。", true)).await.is_problem(409, "id-taken");
        assert_eq!(w.events().await, events);
        let raw = w.raw().await;
        let row = raw.one("complaint", "1 = 1", &[]).await;
        let event = raw.one("event", "act = 'complain'", &[]).await;
        let told = format!("{row:?} {event:?}");
        assert!(!told.contains(&who) && !told.contains("610902"), "{told}");
        for table in ["answer", "throttle"] {
            let kept = raw.query(&format!("SELECT * FROM {table}"), &[]).await;
            let kept: Vec<String> = kept.iter().map(|row| format!("{row:?}")).filter(|row| row.contains("complaint")).collect();
            assert!(kept.iter().all(|row| !row.contains(&who)), "{table}: {kept:?}");
        }
        assert_eq!(p.town.gets("/complaints").await.is(200)["items"], json!([]));
        let signed = town.posts("/complaints", &said("署名的。", false)).await.is(201);
        assert_eq!(signed["id"], guess.as_str(), "under one's name the id follows from the key alone");
        assert_eq!(signed["page"], "/stock");
    }

    async fn ten_in_an_hour_are_enough(w: &World) {
        let p = People::of(w).await;
        for at in 0..10 {
            p.unit.posts("/complaints", &said(&format!("第{at}件"), at % 2 == 0)).await.is(201);
        }
        p.unit.posts("/complaints", &said("第十一件", true)).await.is_problem(429, "too-often");
        p.town.posts("/complaints", &said("别人的", true)).await.is(201);
        w.time_passes(domain::time::HOUR + 1);
        p.unit.posts("/complaints", &said("第十一件", true)).await.is(201);
    }

    async fn every_page_leads_there_and_the_page_it_came_from_is_kept(w: &World) {
        let p = People::of(w).await;
        let hazard = p.hazard_at("reported").await;
        let mut town = p.api.reader("town-610902001").await;
        let record = format!("/hazards/{hazard}");
        for page in ["/", "/hazards", "/report", "/stock", "/notices", &record, "/nothing-here"] {
            let text = town.reads(page).await.text();
            assert!(text.contains("href=\"/complaints/new?page=/"), "{page}: {text}");
        }
        let page = town.reads("/complaints/new?page=/stock").await.text();
        assert_eq!(hidden(&page, "/complaints", "page"), "/stock");
        let away = town.reads("/complaints/new?page=https://elsewhere.example").await.text();
        assert_eq!(hidden(&away, "/complaints", "page"), "/");
        let id = hidden(&page, "/complaints", "id");
        let empty = town.sends_form("/complaints", &[("id", &id), ("about", "system"), ("signed", "no"), ("page", "/stock")]).await;
        assert_eq!(empty.status, 422);
        assert!(empty.text().contains("意见未填写"), "{}", empty.text());
        let fields = [("id", &*id), ("about", "system"), ("words", WORDS), ("signed", "no"), ("page", "/stock")];
        let events = w.events().await;
        let sent = town.sends_form("/complaints", &fields).await;
        assert_eq!((sent.status, sent.header("location")), (303, &*format!("/complaints/{id}?done=complain")));
        assert_eq!(town.sends_form("/complaints", &fields).await.status, 303);
        assert_eq!(w.events().await, events + 1, "pressed twice, said once");
        let shown = town.reads(&format!("/complaints/{id}")).await.text();
        assert!(shown.contains("请保存本页网址") && shown.contains("尚未答复") && !shown.contains("answer_send"), "{shown}");
        let mut city = p.api.reader("city").await;
        let list = city.reads("/complaints").await.text();
        assert!(list.contains(WORDS) && list.contains("不署名"), "{list}");
        city.reads(&format!("/complaints/{id}")).await;
        let answered = city.sends_form(&format!("/complaints/{id}/answer"), &[("answer", "已修复。"), ("version", "1")]).await;
        assert_eq!(answered.status, 303, "{}", answered.text());
        assert!(town.reads(&format!("/complaints/{id}")).await.text().contains("已修复。"));
        assert_eq!(town.reads("/complaints?show=open").await.status, 404);
    }
}
