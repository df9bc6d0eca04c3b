//! Named persons' records over the API and on the pages; and tips, of which discipline does not learn who took them.

use serde_json::{Value, json};
use testkit::on_both_engines;

/// Two who may be named and are not this one.
async fn inspectors_but(p: &People, hazard: &str, not: &str) -> Vec<String> {
    let acts = p.county.gets(&format!("/hazards/{hazard}/acts")).await.is(200);
    let acts = acts["items"].as_array().expect("acts").iter();
    let fields = acts
        .filter(|act| act["act"] == "acceptance")
        .flat_map(|act| act["fields"].as_array().expect("fields"));
    let choices = fields
        .filter(|field| field["name"] == "inspectors")
        .flat_map(|field| field["choices"].as_array().expect("choices"));
    let ids = choices.map(|one| one["value"].as_str().expect("an id").to_owned());
    ids.filter(|id| id != not).take(2).collect()
}

use crate::{
    browser::hidden,
    client::{Eyes, a_report},
    papers::text_of,
    people::{self, People},
};

const REASON: &str = "核查问题线索";

async fn id_of(eyes: &Eyes) -> String {
    let session = eyes.gets("/session").await.is(200);
    session["person"]["id"].as_str().expect("an id").to_owned()
}

on_both_engines! {
    async fn opened_with_a_reason_and_then_read(w: &World) {
        let p = People::of(w).await;
        let discipline = p.api.signs_in("discipline").await;
        let hazard = p.hazard_at("confirmed").await;
        let county = id_of(&p.county).await;
        let path = format!("/persons/{county}");
        let opening = format!("{path}/opening");
        let said = json!({ "reason": REASON });
        discipline.gets(&path).await.is_problem(403, "record-not-opened");
        discipline.posts(&opening, &json!({ "reason": " " })).await.is_refused_for("reason: required");
        discipline.posts(&opening, &json!({})).await.is_problem(422, "unreadable");
        let keyed = discipline.with_key("opening-1");
        let events = w.events().await;
        let opened = keyed.posts(&opening, &said).await.is(201);
        assert_eq!(keyed.posts(&opening, &said).await.is(201), opened, "the same key, the same opening");
        assert_eq!(w.events().await, events + 1);
        let record = discipline.gets(&path).await.is(200);
        assert_eq!(record["open_until"], opened["until"]);
        assert_eq!(record["openings"][0]["reason"], REASON);
        assert_eq!(record["items"][0]["act"], "confirm");
        assert_eq!(record["items"][0]["hazard"], hazard.as_str());
        assert_eq!(record["posts"][0]["to"], Value::Null);
        discipline.gets(&format!("{path}?cursor=x")).await.is_refused_for("cursor: not-a-choice");
        let before = discipline.gets(&format!("{path}?limit=1&cursor=0~{hazard}")).await.is(200);
        assert_eq!((&before["items"], &before["next"]), (&json!([]), &Value::Null), "nothing before the beginning");

        // One's own lies open, and does not tell of discipline.
        let own = p.county.gets(&path).await.is(200);
        assert_eq!((&own["openings"], &own["open_until"]), (&json!([]), &Value::Null));
        p.county.posts(&opening, &said).await.is_problem(403, "not-your-act");
        p.city.posts(&format!("/persons/{}/opening", id_of(&p.city).await), &said).await.is_problem(409, "own-record");
        p.city.posts(&opening, &said).await.is(201);
        assert_eq!(p.county.gets(&path).await.is(200)["openings"].as_array().map(Vec::len), Some(1));
        for other in [&p.town, &p.unit, &p.second] {
            other.gets(&path).await.is_problem(404, "not-found");
            other.posts(&opening, &said).await.is_problem(404, "not-found");
        }
    }

    async fn the_page_asks_why_and_then_shows(w: &World) {
        let p = People::of(w).await;
        let hazard = p.hazard_at("confirmed").await;
        let county = id_of(&p.county).await;
        let here = format!("/persons/{county}");
        let opening = format!("{here}/opening");
        let case = format!("/hazards/{hazard}");
        let link = format!("<a href=\"{here}\">");
        let mut discipline = p.api.reader("discipline").await;
        assert!(discipline.reads(&case).await.text().contains(&link));
        let page = discipline.reads(&here).await.text();
        assert!(page.contains("本次查阅不告知本人") && !page.contains("办理事项"), "{page}");
        let id = hidden(&page, &opening, "id");
        let empty = discipline.sends_form(&opening, &[("id", &id), ("reason", " ")]).await;
        assert_eq!(empty.status, 422, "{}", empty.text());
        let fields = [("id", &*id), ("reason", REASON)];
        let events = w.events().await;
        for _ in 0..2 {
            let sent = discipline.sends_form(&opening, &fields).await;
            assert_eq!((sent.status, sent.header("location")), (303, &*format!("{here}?done=open_person_record")));
        }
        assert_eq!(w.events().await, events + 1, "pressed twice, said once");
        let page = discipline.reads(&here).await.text();
        assert!(page.contains(REASON) && page.contains(&case), "{page}");
        // The person: from the name on top of every page, and without the opening.
        let mut own = p.api.reader("county-610902").await;
        assert!(own.reads("/").await.text().contains(&format!("href=\"{here}\"")));
        let page = own.reads(&here).await.text();
        assert!(page.contains(&case) && !page.contains(REASON) && page.contains("没有查阅登记"), "{page}");
        // Others have neither the link nor the page.
        let mut town = p.api.reader("town-610902001").await;
        assert!(!town.reads(&case).await.text().contains(&here));
        assert_eq!(town.reads(&here).await.status, 404);
        assert_eq!(town.sends_form(&opening, &fields).await.status, 404);
    }

    async fn who_took_a_tip_is_on_no_page_and_in_no_answer_for_discipline(w: &World) {
        let p = People::of(w).await;
        let mut said = a_report("安全出口被货架堵塞");
        said["source"] = json!("tip");
        // Fixed at once: the same signature stands under the report and under what was done.
        said["fixed"] = json!({ "summary": "当场移开货架。" });
        let tip = p.second.posts("/hazards", &said).await.is(201);
        let tip = tip["id"].as_str().expect("an id").to_owned();
        let session = p.second.gets("/session").await.is(200);
        let (id, name) = (session["person"]["id"].as_str().expect("an id"), session["person"]["name"].as_str().expect("a name"));
        let discipline = p.api.signs_in("discipline").await;
        let mut reader = p.api.reader("discipline").await;
        let shown = discipline.gets(&format!("/hazards/{tip}")).await;
        assert_eq!(shown.is(200)["hands"][0]["by"]["person"], Value::Null);
        let mut answers = vec![shown.text(), discipline.gets("/hazards").await.text()];
        answers.push(discipline.gets(&format!("/hazards/{tip}/events")).await.text());
        for page in ["", "/card", "/card.docx"] {
            let answer = reader.reads(&format!("/hazards/{tip}{page}")).await;
            assert_eq!(answer.status, 200, "{page}");
            answers.push(if page.ends_with(".docx") { text_of(&answer) } else { answer.text() });
        }
        // Another that went all the way: it has every paper, and a step of the ladder.
        said["fixed"] = Value::Null;
        said["description"] = json!("喷漆房未设通风");
        let long = p.second.posts("/hazards", &said).await.is(201);
        let long = long["id"].as_str().expect("an id").to_owned();
        p.county.acts(&long, "confirmation", &people::confirmation()).await;
        p.unit.acts(&long, "plan", &people::plan()).await;
        p.escalation_of(&long, "red").await;
        p.unit.acts(&long, "rectification", &people::rectification(&p.unit.photo().await)).await;
        let inspectors = inspectors_but(&p, &long, id).await;
        p.county.acts(&long, "acceptance", &people::acceptance(&inspectors)).await;
        for page in ["", "/card", "/sign-off-sheet", "/recheck-opinion", "/sign-off-sheet.docx", "/recheck-opinion.docx"] {
            let answer = reader.reads(&format!("/hazards/{long}{page}")).await;
            assert_eq!(answer.status, 200, "{page}");
            let text = if page.ends_with(".docx") { text_of(&answer) } else { answer.text() };
            assert!(text.contains("喷漆房未设通风"), "{page}: {text}");
            answers.push(text);
        }
        answers.push(reader.reads("/hazards").await.text());
        answers.push(reader.reads("/escalations").await.text());
        for path in ["/escalations".to_owned(), format!("/hazards/{long}"), format!("/hazards/{long}/events")] {
            answers.push(discipline.gets(&path).await.text());
        }
        assert!(answers[3].contains("举报登记人（不公开）"), "{}", answers[3]);
        for text in &answers {
            assert!(!text.contains(id) && !text.contains(name), "{text}");
        }
        let city = p.city.gets(&format!("/hazards/{tip}")).await.is(200);
        assert_eq!(city["hands"][0]["by"]["person"]["id"], id);
    }
}
