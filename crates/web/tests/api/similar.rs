//! What may have been reported already: ranked, with why, within what the reporter may see, and never in the way.

use serde_json::{Value, json};
use testkit::on_both_engines;

use crate::{
    browser::hidden,
    client::{CREDIT_CODE, Eyes, a_report},
    people::People,
};

async fn subject(eyes: &Eyes) -> String {
    let found = eyes.gets(&format!("/subjects?q={CREDIT_CODE}")).await.is(200);
    found["items"][0]["id"].as_str().expect("an id").to_owned()
}

fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

async fn similar(eyes: &Eyes, description: &str, rest: &str) -> Vec<Value> {
    let path = format!("/hazards/similar?description={}{rest}", encoded(description));
    let found = eyes.gets(&path).await.is(200);
    found["items"].as_array().expect("a list").clone()
}

const AT_FIRST: &str = "二楼安全出口被货架堵塞";
const AGAIN: &str = "二楼安全出口堆放货架，堵塞通道";

on_both_engines! {
    async fn the_same_unit_and_alike_words_are_told_with_why(w: &World) {
        let p = People::of(w).await;
        let first = p.town.reports(AT_FIRST).await;
        let other = p.town.reports("配电箱未接地，导线裸露").await;
        w.time_passes(3 * domain::time::HOUR);
        let of = format!("&subject={}", subject(&p.town).await);
        let found = similar(&p.town, AGAIN, &of).await;
        assert_eq!(found.len(), 1, "{found:?} and not {other}");
        let one = &found[0];
        assert_eq!((&one["id"], &one["same_subject"]), (&first["id"], &json!(true)));
        let text = one["text"].as_u64().expect("per cent");
        assert!((50..90).contains(&text), "{text}");
        assert_eq!(one["why"], format!("同一单位 · 今天上报 · 文字相近 {text}%"));
        assert_eq!(similar(&p.town, "电梯未检", &of).await, Vec::<Value>::new());
        assert_eq!(similar(&p.town, "", &of).await, Vec::<Value>::new());
    }

    /// By place alone, without a name; and not two hundred metres further.
    async fn what_lies_near_is_the_same_place(w: &World) {
        let p = People::of(w).await;
        p.town.reports(AT_FIRST).await;
        let near = similar(&p.town, AGAIN, "&lon=109.0305&lat=32.6905").await;
        let metres = near[0]["metres"].as_u64().expect("metres");
        assert!((70..76).contains(&metres), "{metres}");
        assert_eq!(near[0]["same_subject"], false);
        assert_eq!(similar(&p.town, AGAIN, "&lon=109.0305&lat=32.6950").await, Vec::<Value>::new());
        p.town.gets("/hazards/similar?lon=109").await.is_refused_for("location: not-a-point");
        p.town.gets("/hazards/similar?subject=x").await.is_refused_for("subject: unreadable-id");
        p.town.gets("/hazards/similar?nothing=x").await.is_problem(422, "unreadable");
    }

    async fn what_the_reporter_may_not_see_is_not_told(w: &World) {
        let p = People::of(w).await;
        p.town.reports(AT_FIRST).await;
        let here = "&lon=109.03&lat=32.69";
        for stranger in ["county-610981", "town-610981103", "town-610902003", "enterprise-2"] {
            let eyes = p.api.signs_in(stranger).await;
            assert_eq!(similar(&eyes, AT_FIRST, here).await, Vec::<Value>::new(), "{stranger}");
        }
        assert_eq!(similar(&p.county, AT_FIRST, here).await.len(), 1);
    }

    async fn what_has_ended_or_is_long_ago_and_what_is_too_much_is_left_out(w: &World) {
        let p = People::of(w).await;
        let of = format!("&subject={}", subject(&p.town).await);
        p.hazard_at("void").await;
        assert_eq!(similar(&p.town, AT_FIRST, &of).await, Vec::<Value>::new());
        for at in 0..7 {
            p.town.reports(&format!("{AT_FIRST}第{at}处")).await;
        }
        let exactly = p.town.reports(AT_FIRST).await;
        let found = similar(&p.town, AT_FIRST, &of).await;
        assert_eq!((found.len(), &found[0]["id"]), (5, &exactly["id"]));
        w.time_passes(61 * domain::time::DAY);
        let town = p.api.signs_in("town-610902001").await;
        assert_eq!(similar(&town, AT_FIRST, &of).await, Vec::<Value>::new());
    }

    /// The form asks once, keeps what was typed, and one press sends it.
    async fn the_form_asks_once_and_never_blocks(w: &World) {
        let p = People::of(w).await;
        let first = p.town.reports(AT_FIRST).await;
        let mut town = p.api.reader("town-610902001").await;
        let page = town.reads("/report").await.text();
        let key = hidden(&page, "/hazards", "idempotency_key");
        let of = subject(&p.town).await;
        let fields = [
            ("idempotency_key", &*key), ("subject_id", &*of), ("location_text", "二楼裁剪车间东侧"), ("description", AGAIN),
            ("initial_level", "general"), ("source", "patrol"), ("then", "waits"),
        ];
        let events = w.events().await;
        let answer = town.sends_form("/hazards", &fields).await;
        let page = answer.text();
        assert_eq!((answer.status, w.events().await), (200, events));
        assert!(page.contains("可能已有人上报") && page.contains("同一单位 · 今天上报"), "{page}");
        assert!(page.contains(&format!("href=\"/hazards/{}\" target=\"_blank\"", first["id"].as_str().expect("an id"))));
        assert!(page.contains(AGAIN) && hidden(&page, "/hazards", "idempotency_key") == key, "nothing that was typed is lost");
        let different = [&fields[..], &[("different", "yes")]].concat();
        let sent = town.sends_form("/hazards", &different).await;
        assert_eq!(sent.status, 303, "{}", sent.text());
        assert_eq!(town.sends_form("/hazards", &different).await.header("location"), sent.header("location"));
        assert_eq!(w.events().await, events + 1);
        // What cannot be a report yet is told first.
        let wrong = [("description", AGAIN), ("initial_level", "general"), ("source", "patrol")];
        assert_eq!(town.sends_form("/hazards", &wrong).await.status, 422);
    }

    /// Whoever merges finds the most alike filled in, with why.
    async fn merging_has_the_most_alike_filled_in(w: &World) {
        let p = People::of(w).await;
        let first = p.town.reports(AT_FIRST).await;
        let second = p.town.posts("/hazards", &a_report(AGAIN)).await.is(201);
        let mut county = p.api.reader("county-610902").await;
        let page = county.reads(&format!("/hazards/{}", second["id"].as_str().expect("an id"))).await.text();
        let number = first["number"].as_str().expect("a number");
        assert!(page.contains(&format!("id=\"merging-into\" name=\"into\" value=\"{number}\"")), "{page}");
        assert!(page.contains("已填入最相近的") && page.contains("同一单位 · "));
    }
}
