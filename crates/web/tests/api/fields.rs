//! Fields that cannot be taken as they are: all of them are named at once, each with a code, and nothing is written.

use serde_json::{Value, json};
use testkit::on_both_engines;

use crate::{
    client::a_report,
    people::{self, People},
};

/// The same, with other values at these pointers.
fn with(mut said: Value, changes: &Value) -> Value {
    for (pointer, value) in changes.as_object().expect("pointers and values") {
        match said.pointer_mut(pointer) {
            Some(place) => *place = value.clone(),
            None => said[pointer.trim_start_matches('/')] = value.clone(),
        }
    }
    said
}

on_both_engines! {
    async fn of_a_report(w: &World) {
        let p = People::of(w).await;
        let another = p.county.photo().await;
        let events = w.events().await;
        let long = "长".repeat(2_001);
        let cases = [
            (json!({ "/description": " ", "/location/text": "" }), "description: required, location.text: required"),
            (json!({ "/description": long, "/location/text": "a\u{7}b" }), "description: too-long, location.text: unprintable"),
            (json!({ "/description": "a\0b" }), "description: unprintable"),
            (json!({ "/initial_level": "huge", "/source": "", "/subject/kind": "unit" }),
             "subject.kind: not-a-choice, initial_level: not-a-choice, source: not-a-choice"),
            (json!({ "/id": "7" }), "id: unreadable-id"),
            (json!({ "/location/lon": 181.0 }), "location: not-a-point"),
            (json!({ "/location/lat": null }), "location: not-a-point"),
            (json!({ "/found_at": "2026-03-04 08:00" }), "found_at: not-an-instant"),
            (json!({ "/found_at": "2026-03-04T10:00:01+08:00" }), "found_at: in-the-future"),
            (json!({ "/source": "self_check" }), "source: not-your-source"),
            (json!({ "/photos": ["after.jpg"] }), "photos: not-attachable"),
            (json!({ "/photos": [another] }), "photos: not-attachable"),
            (json!({ "/photos": [another, another] }), "photos: twice-the-same"),
            (json!({ "/subject": { "kind": "enterprise" } }), "subject: one-name"),
            (json!({ "/subject": { "kind": "enterprise", "name": "甲", "credit_code": "乙" } }), "subject: one-name"),
            (json!({ "/subject": { "kind": "enterprise", "id": "7" } }), "subject: one-name"),
            (json!({ "/subject": { "kind": "enterprise", "name": " " } }), "subject.name: required"),
            (json!({ "/subject": { "kind": "unowned", "name": "a\0b" } }), "subject.name: unprintable"),
            (json!({ "/subject": { "kind": "unowned", "name": "长".repeat(121) } }), "subject.name: too-long"),
            (json!({ "/subject/kind": "project" }), "subject.kind: another-kind"),
        ];
        for (changes, expected) in cases {
            p.town.posts("/hazards", &with(a_report("配电箱未接地"), &changes)).await.is_refused_for(expected);
        }
        let unknown = with(a_report("x"), &json!({ "/subject": { "kind": "enterprise", "name": "没有登记的单位" }, "/source": "self_check" }));
        p.unit.posts("/hazards", &unknown).await.is_refused_for("subject: not-registered");
        assert_eq!(w.events().await, events);

        let limits = with(a_report(&"长".repeat(2_000)), &json!({ "/found_at": "2026-03-04T10:00:00+08:00", "/location/lon": -180, "/location/lat": 90 }));
        p.town.posts("/hazards", &limits).await.is(201);
    }

    async fn of_a_confirmation(w: &World) {
        let p = People::of(w).await;
        let (id, neighbour) = (p.hazard_at("reported").await, p.api.signs_in("county-610981").await);
        let elsewhere = neighbour.gets("/session").await.is(200)["agency"]["id"].clone();
        let events = w.events().await;
        let path = format!("/hazards/{id}/confirmation");
        let cases = [
            (json!({ "/initial_level": "", "/determination": "maybe", "/deadline": "2026-02-30" }),
             "initial_level: required, determination: not-a-choice, deadline: not-a-date"),
            (json!({ "/deadline": "2026-03-03" }), "deadline: too-early"),
            (json!({ "/deadline": "2028-03-05" }), "deadline: too-late"),
            (json!({ "/deadline": "2026-3-20" }), "deadline: not-a-date"),
            (json!({ "/determination": "major", "/clauses": [" "] }), "clauses: major-needs-clause"),
            (json!({ "/clauses": vec!["条"; 21] }), "clauses: too-many"),
            (json!({ "/clauses": ["长".repeat(301)], "/order_no": "号".repeat(61) }), "clauses: too-long, order_no: too-long"),
            (json!({ "/regulator": "the office" }), "regulator: not-a-regulator-here"),
            (json!({ "/regulator": "0195ffff-0000-7000-8000-00000000ffff" }), "regulator: not-a-regulator-here"),
            (json!({ "/regulator": elsewhere }), "regulator: not-a-regulator-here"),
        ];
        for (changes, expected) in cases {
            p.county.posts(&path, &with(people::confirmation(), &changes)).await.is_refused_for(expected);
        }
        assert_eq!(w.events().await, events);
        let latest = with(people::confirmation(), &json!({ "/deadline": "2028-03-04", "/regulator": "", "/order_no": null }));
        p.county.posts(&path, &latest).await.is(200);
    }

    async fn of_a_determination(w: &World) {
        let p = People::of(w).await;
        let id = p.hazard_at("reported").await;
        p.county.acts(&id, "confirmation", &people::open_confirmation()).await;
        let path = format!("/hazards/{id}/determination");
        let cases = [
            (json!({ "determination": "pending", "basis": "" }), "determination: must-decide, basis: required"),
            (json!({ "determination": "major", "basis": "现场核查。" }), "clauses: major-needs-clause"),
            (json!({ "determination": "Major", "basis": "现场核查。" }), "determination: not-a-choice"),
        ];
        for (said, expected) in cases {
            p.county.posts(&path, &said).await.is_refused_for(expected);
        }
    }

    async fn of_a_plan(w: &World) {
        let p = People::of(w).await;
        let id = p.hazard_at("confirmed").await;
        let path = format!("/hazards/{id}/plan");
        let empty = with(people::plan(), &json!({
            "/target": "", "/measures": " ", "/responsible_person": "\n", "/responsible_unit": "", "/emergency_plan": "",
            "/funds_fen": -1, "/deadline": "2026-03-21",
        }));
        p.unit.posts(&path, &empty).await.is_refused_for(
            "target: required, measures: required, responsible_person: required, responsible_unit: required, \
             emergency_plan: required, funds_fen: out-of-range, deadline: too-late",
        );
        let cases = [
            (json!({ "/deadline": "" }), "deadline: required"),
            (json!({ "/deadline": "2026-03-03" }), "deadline: too-early"),
            (json!({ "/funds_fen": 1_000_000_000_001_i64 }), "funds_fen: out-of-range"),
            (json!({ "/funds_fen": i64::MIN }), "funds_fen: out-of-range"),
        ];
        for (changes, expected) in cases {
            p.unit.posts(&path, &with(people::plan(), &changes)).await.is_refused_for(expected);
        }
        for unreadable in [json!(1.5), json!("1200"), json!(1e300)] {
            p.unit.posts(&path, &with(people::plan(), &json!({ "/funds_fen": unreadable }))).await.is_problem(422, "unreadable");
        }
        let limits = with(people::plan(), &json!({ "/funds_fen": 0, "/deadline": "2026-03-20" }));
        p.unit.posts(&path, &limits).await.is(200);
    }

    async fn of_a_rectification(w: &World) {
        let p = People::of(w).await;
        let id = p.hazard_at("rectifying").await;
        let path = format!("/hazards/{id}/rectification");
        let (own, anothers) = (p.unit.photo().await, p.county.photo().await);
        let cases = [
            (json!({ "summary": "", "evidence": [] }), "summary: required, evidence: required"),
            (json!({ "summary": "已改。" }), "evidence: required"),
            (json!({ "summary": "已改。", "evidence": [own, anothers] }), "evidence: not-attachable"),
            (json!({ "summary": "已改。", "evidence": [own, own] }), "evidence: twice-the-same"),
            (json!({ "summary": "已改。", "evidence": ["0195ffff-0000-7000-8000-00000000ffff"] }), "evidence: not-attachable"),
        ];
        for (said, expected) in cases {
            p.unit.posts(&path, &said).await.is_refused_for(expected);
        }
        p.unit.acts(&id, "rectification", &people::rectification(&own)).await;
        let other = p.hazard_at("rectifying").await;
        let used = p.unit.posts(&format!("/hazards/{other}/rectification"), &people::rectification(&own)).await;
        used.is_refused_for("evidence: not-attachable");
    }

    async fn of_an_acceptance(w: &World) {
        let p = People::of(w).await;
        let id = p.hazard_at("submitted").await;
        let path = format!("/hazards/{id}/acceptance");
        let two = p.second.inspectors_of(&id).await;
        let town = p.town.gets(&format!("/hazards/{id}")).await.is(200)["hands"][0]["by"]["person"]["id"].clone();
        let good = || people::acceptance(&two);
        let cases = [
            (json!({ "/opinion": "", "/inspectors": [two[0]] }), "opinion: required, inspectors: too-few"),
            (json!({ "/inspectors": [two[0], two[0]] }), "inspectors: twice-the-same"),
            (json!({ "/inspectors": [two[0], "Li"] }), "inspectors: unknown-person"),
            (json!({ "/inspectors": [two[0], "0195ffff-0000-7000-8000-00000000ffff"] }), "inspectors: unknown-person"),
            (json!({ "/inspectors": [two[0], town] }), "inspectors: no-certificate"),
            (json!({ "/visited_at": "this morning" }), "visited_at: not-an-instant"),
            (json!({ "/visited_at": "2026-03-05" }), "visited_at: in-the-future"),
            (json!({ "/place": "长".repeat(201) }), "place: too-long"),
        ];
        for (changes, expected) in cases {
            p.second.posts(&path, &with(good(), &changes)).await.is_refused_for(expected);
        }
        let by_day = with(good(), &json!({ "/visited_at": "2026-03-04" }));
        p.second.posts(&path, &by_day).await.is(200);
    }

    async fn of_the_other_acts(w: &World) {
        let p = People::of(w).await;
        let id = p.hazard_at("accepted").await;
        let said = json!({ "passed": false, "opinion": "" });
        p.city.posts(&format!("/hazards/{id}/sign-off"), &said).await.is_refused_for("opinion: required");
        let said = json!({ "kind": " ", "text": "" });
        p.city.posts(&format!("/hazards/{id}/interim-measure"), &said).await.is_refused_for("kind: required, text: required");
        let said = json!({ "reason": "长".repeat(501) });
        let refused = p.city.posts(&format!("/hazards/{id}/voiding"), &said).await;
        refused.is_refused_for("reason: too-long");
        assert_eq!(refused.json()["errors"][0]["message"], "原因超过 500 字，请精简");
        let english = p.city.with("accept-language", "en-GB,en;q=0.9").posts(&format!("/hazards/{id}/voiding"), &said).await;
        assert_eq!(english.json()["errors"][0]["message"], "Reason is longer than 500 characters");
    }

    async fn of_the_version_that_was_seen(w: &World) {
        let p = People::of(w).await;
        let id = p.hazard_at("reported").await;
        let path = format!("/hazards/{id}/interim-measure");
        for unreadable in ["one", "", "\"1\", \"2\"", "1.5"] {
            let answer = p.county.with("if-match", unreadable).posts(&path, &people::interim_measure()).await;
            answer.is_refused_for("If-Match: unreadable-version");
        }
        let stale = p.county.if_match(7).posts(&path, &people::interim_measure()).await.is_problem(412, "stale");
        assert_eq!(stale["current_version"], 1);
        for (version, seen) in ["1", "\"2\"", "W/\"3\"", "*"].iter().zip(1..) {
            let answer = p.county.with("if-match", version).posts(&path, &people::interim_measure()).await;
            answer.is(200);
            assert_eq!(answer.header("etag"), format!("\"{}\"", seen + 1));
        }
    }
}
