//! Requests that come twice: under a key of the caller's, or under an id that a phone made.

use serde_json::{Value, json};
use testkit::{on_both_engines, photo};

use crate::{
    client::{Answer, Api, FORM, a_report, form},
    people::{self, People},
};

#[track_caller]
fn are_the_same(one: &Answer, other: &Answer) {
    let parts = |answer: &Answer| (answer.status, answer.text(), answer.header("etag").to_owned());
    assert_eq!(parts(one), parts(other));
}

on_both_engines! {
    async fn the_same_request_under_the_same_key_gets_the_same_answer(w: &World) {
        let p = People::of(w).await;
        let (id, events) = (p.hazard_at("reported").await, w.events().await);
        let reporter = p.town.with_key("report-1");
        let first = reporter.posts("/hazards", &a_report("配电箱未接地")).await;
        first.is(201);
        let county = p.county.with_key("confirm-1");
        let path = format!("/hazards/{id}/confirmation");
        let confirmed = county.posts(&path, &people::confirmation()).await;
        confirmed.is(200);
        let uploader = p.unit.with_key("upload-1").with("content-type", FORM);
        let uploaded = uploader.posts_raw("/files", form("a.jpg", &photo::plain("a"))).await;
        uploaded.is(201);
        assert_eq!(w.events().await, events + 3);

        w.time_passes(86_400_000 / 4);
        are_the_same(&first, &reporter.posts("/hazards", &a_report("配电箱未接地")).await);
        are_the_same(&confirmed, &county.posts(&path, &people::confirmation()).await);
        are_the_same(&uploaded, &uploader.posts_raw("/files", form("a.jpg", &photo::plain("a"))).await);
        assert_eq!(w.events().await, events + 3);
    }

    /// Also when the record has moved on, when another version is named, when what names it cannot be read, and in another process.
    async fn a_repeated_request_is_answered_before_anything_else_is_looked_at(w: &World) {
        let p = People::of(w).await;
        let id = p.hazard_at("accepted").await;
        let (path, said) = (format!("/hazards/{id}/sign-off"), people::sign_off());
        let city = p.city.with_key("sign-off-1");
        let first = city.posts(&path, &said).await;
        first.is(200);
        let events = w.events().await;
        are_the_same(&first, &city.posts(&path, &said).await);
        are_the_same(&first, &city.if_match(1).posts(&path, &said).await);
        are_the_same(&first, &city.with("if-match", "who knows").posts(&path, &said).await);
        p.city.posts(&path, &said).await.is_problem(409, "wrong-stage");

        let elsewhere = Api::over(w.opened_again().await, w.vkey());
        let city = elsewhere.signs_in("city").await.with_key("sign-off-1");
        are_the_same(&first, &city.posts(&path, &said).await);
        assert_eq!(w.events().await, events);
    }

    async fn another_request_under_the_same_key_is_refused(w: &World) {
        let p = People::of(w).await;
        let (one, other) = (p.hazard_at("reported").await, p.hazard_at("reported").await);
        let county = p.county.with_key("k");
        county.acts(&one, "confirmation", &people::confirmation()).await;
        let events = w.events().await;
        let mut changed = people::confirmation();
        changed["deadline"] = json!("2026-03-19");
        county.posts(&format!("/hazards/{one}/confirmation"), &changed).await.is_problem(422, "key-reused");
        county.posts(&format!("/hazards/{other}/confirmation"), &people::confirmation()).await.is_problem(422, "key-reused");
        county.posts("/hazards", &a_report("配电箱未接地")).await.is_problem(422, "key-reused");
        assert_eq!(w.events().await, events);
    }

    async fn a_key_belongs_to_its_caller(w: &World) {
        let p = People::of(w).await;
        let one = p.town.with_key("same").posts("/hazards", &a_report("配电箱未接地")).await.is(201);
        let other = p.county.with_key("same").posts("/hazards", &a_report("配电箱未接地")).await.is(201);
        assert_ne!(one["id"], other["id"]);
    }

    async fn a_refusal_is_not_kept(w: &World) {
        let p = People::of(w).await;
        let town = p.town.with_key("once-more");
        town.posts("/hazards", &a_report("")).await.is_refused_for("description: required");
        town.posts("/hazards", &a_report("配电箱未接地")).await.is(201);
    }

    async fn the_same_request_six_times_at_once_is_recorded_once(w: &World) {
        let p = People::of(w).await;
        let (town, said, events) = (p.town.with_key("at-once"), a_report("配电箱未接地"), w.events().await);
        let send = || town.posts("/hazards", &said);
        let (a, b, c, d, e, f) = tokio::join!(send(), send(), send(), send(), send(), send());
        for answer in [&b, &c, &d, &e, &f] {
            are_the_same(&a, answer);
        }
        a.is(201);
        assert_eq!(w.events().await, events + 1);

        let id = p.hazard_at("reported").await;
        let (path, said, county) = (format!("/hazards/{id}/confirmation"), people::confirmation(), p.county.with_key("too"));
        let send = || county.posts(&path, &said);
        let events = w.events().await;
        let (a, b, c) = tokio::join!(send(), send(), send());
        are_the_same(&a, &b);
        are_the_same(&a, &c);
        a.is(200);
        assert_eq!(w.events().await, events + 1);
    }

    /// The photos are attached by whichever comes first: for the others that is no reason to refuse.
    async fn a_report_with_photos_sent_six_times_at_once_is_recorded_once(w: &World) {
        let p = People::of(w).await;
        for named_by_the_phone in [false, true] {
            let mut said = a_report("配电箱未接地");
            let mut photos = Vec::new();
            for name in ["a.jpg", "b.jpg"] {
                let uploaded = p.town.with("content-type", FORM).posts_raw("/files", form(name, &photo::plain(name))).await.is(201);
                photos.push(uploaded["id"].clone());
            }
            said["photos"] = json!(photos);
            let town = if named_by_the_phone {
                said["id"] = json!(w.app.ids.uuid(w.now()).to_string());
                p.town.clone()
            } else {
                p.town.with_key("photos-at-once")
            };
            let events = w.events().await;
            let send = || town.posts("/hazards", &said);
            let (a, b, c, d, e, f) = tokio::join!(send(), send(), send(), send(), send(), send());
            a.is(201);
            for answer in [&b, &c, &d, &e, &f] {
                are_the_same(&a, answer);
            }
            assert_eq!(w.events().await, events + 1);
        }
    }

    async fn more_photos_than_a_report_may_have_are_refused(w: &World) {
        let p = People::of(w).await;
        let mut photos = Vec::new();
        for n in 0..40 {
            let name = format!("{n}.jpg");
            let uploaded = p.town.with("content-type", FORM).posts_raw("/files", form(&name, &photo::plain(&name))).await.is(201);
            photos.push(uploaded["id"].clone());
        }
        let mut said = a_report("配电箱未接地");
        for n in [31, 32, 40] {
            said["photos"] = json!(photos[..n]);
            p.town.posts("/hazards", &said).await.is_refused_for("photos: too-many");
        }
        said["photos"] = json!(photos[..30]);
        p.town.posts("/hazards", &said).await.is(201);
    }

    /// Without a key each of them is a request of its own: one is recorded, the others come too late.
    async fn of_several_at_once_without_a_key_one_is_recorded(w: &World) {
        let p = People::of(w).await;
        let id = p.hazard_at("reported").await;
        let (path, said, events) = (format!("/hazards/{id}/confirmation"), people::confirmation(), w.events().await);
        let (a, b, c) = tokio::join!(p.county.posts(&path, &said), p.second.posts(&path, &said), p.county.posts(&path, &said));
        let mut statuses = [a.status, b.status, c.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 409, 409]);
        assert_eq!(w.events().await, events + 1);
    }

    /// A phone made the id: the same report is answered as the first time, even without a key.
    async fn an_id_that_a_phone_made_may_come_twice(w: &World) {
        let p = People::of(w).await;
        let id = w.app.ids.uuid(w.now()).to_string();
        let mut said = a_report("配电箱未接地");
        said["id"] = json!(id);
        let first = p.town.posts("/hazards", &said).await;
        first.is(201);
        let events = w.events().await;
        p.county.acts(&id, "interim-measure", &people::interim_measure()).await;
        are_the_same(&first, &p.town.posts("/hazards", &said).await);

        let other: Value = json!({ "description": "另一处" });
        let mut changed = said.clone();
        changed["description"] = other["description"].clone();
        p.town.posts("/hazards", &changed).await.is_problem(409, "id-taken");
        p.county.posts("/hazards", &said).await.is_problem(409, "id-taken");
        let neighbour = p.api.signs_in("county-610981").await;
        let mut elsewhere = said.clone();
        elsewhere["subject"] = json!({ "kind": "unowned", "name": "国道边坡" });
        neighbour.posts("/hazards", &elsewhere).await.is_problem(409, "id-taken");
        assert_eq!(w.events().await, events + 1);
    }

    async fn a_key_has_to_be_one(w: &World) {
        let p = People::of(w).await;
        let long = "k".repeat(201);
        for key in ["", "   ", &long] {
            p.town.with_key(key).posts("/hazards", &a_report("配电箱未接地")).await.is_refused_for("Idempotency-Key: unreadable-key");
        }
        p.town.with_key(&"k".repeat(200)).posts("/hazards", &a_report("配电箱未接地")).await.is(201);
    }
}
