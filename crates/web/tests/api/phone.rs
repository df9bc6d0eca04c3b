//! What a phone asks while reports wait on it. The session is a browser's: a cookie, and a token that only a page of ours knows.

use axum::{body::Body, http::Request};
use serde_json::{Value, json};
use testkit::{on_both_engines, photo};

use crate::{
    client::{Answer, Api, Eyes, FORM, form},
    people::People,
};

/// A browser in which somebody has signed in.
struct Phone {
    api: Api,
    cookie: String,
    csrf: String,
    viewer: String,
}

impl Phone {
    async fn of(api: &Api, eyes: &Eyes) -> Self {
        let mut phone = Self {
            api: api.clone(),
            cookie: format!("anlan={}", eyes.session().await),
            csrf: String::new(),
            viewer: String::new(),
        };
        let session = phone.gets("/phone/session").await.is(200);
        phone.csrf = text(&session["csrf"]);
        phone.viewer = text(&session["viewer"]);
        phone
    }

    async fn asks(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: impl Into<Body>,
    ) -> Answer {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header("cookie", &self.cookie);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.api
            .sends(request.body(body.into()).expect("a request"))
            .await
    }

    async fn gets(&self, path: &str) -> Answer {
        self.asks("GET", path, &[], Body::empty()).await
    }

    async fn sends(&self, key: &str, said: &Value) -> Answer {
        let headers = [("x-csrf-token", self.csrf.as_str()), ("idempotency-key", key)];
        self.asks("POST", "/phone/hazards", &headers, said.to_string())
            .await
    }

    async fn uploads(&self, key: &str, bytes: &[u8]) -> Answer {
        let headers = [
            ("x-csrf-token", self.csrf.as_str()),
            ("idempotency-key", key),
            ("content-type", FORM),
        ];
        self.asks("POST", "/files", &headers, form("1.jpg", bytes)).await
    }
}

fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

const ID: &str = "019b2a00-0000-7000-8000-000000000001";

fn slope(description: &str, photos: &[&str]) -> Value {
    json!({
        "id": ID, "subject": { "kind": "unowned", "name": "香溪路旁边坡" }, "description": description,
        "location": { "text": "香溪路K0+300内侧" }, "initial_level": "general", "source": "patrol",
        "found_at": "2026-03-04T00:12:00.000Z", "photos": photos,
    })
}

/// The id of some subject that the town sees.
async fn a_subject(p: &People) -> String {
    let listed = p.town.gets("/subjects?limit=1").await.is(200);
    text(&listed["items"][0]["id"])
}

on_both_engines! {
    /// Nobody is sent elsewhere: a script has to be told that it must ask its person to sign in.
    async fn without_a_session_a_script_is_told(w: &World) {
        let api = Api::of(w);
        for (method, path) in [
            ("GET", "/phone/session"), ("GET", "/phone/report"), ("POST", "/phone/hazards"), ("POST", "/files"),
            ("GET", "/phone/hazards/019b2a00-0000-7000-8000-000000000001"),
        ] {
            api.anonymous(method, path, "").await.is_problem(401, "unauthenticated");
        }
        let code = api.anonymous("GET", "/s/019b2a00-0000-7000-8000-000000000001", "").await;
        assert_eq!((code.status, code.header("location")), (303, "/sign-in?then=/s/019b2a00-0000-7000-8000-000000000001"));
    }

    /// A page of another site can send the cookie along, but knows no token; nor does a page of a session before.
    async fn without_the_token_nothing_is_taken(w: &World) {
        let p = People::of(w).await;
        let phone = Phone::of(&p.api, &p.town).await;
        let said = slope("边坡有滚石", &[]).to_string();
        for headers in [&[][..], &[("x-csrf-token", "")][..], &[("x-csrf-token", "of-another-session")][..]] {
            phone.asks("POST", "/phone/hazards", headers, said.clone()).await.is_problem(401, "unauthenticated");
        }
        let headers = [("content-type", FORM)];
        phone.asks("POST", "/files", &headers, form("1.jpg", &photo::plain("1"))).await.is_problem(401, "unauthenticated");
    }

    /// Lost answers: each photo and the report are asked for again under their keys, and are there once.
    async fn what_is_sent_twice_is_there_once(w: &World) {
        let p = People::of(w).await;
        let phone = Phone::of(&p.api, &p.town).await;
        let bytes = photo::plain("slope");
        let first = phone.uploads("photo-1-0", &bytes).await.is(201);
        assert_eq!(phone.uploads("photo-1-0", &bytes).await.is(201), first);
        assert_eq!(first["sha256"], app::ids::sha256_hex(&bytes));
        phone.uploads("photo-1-0", &photo::plain("other")).await.is_problem(422, "key-reused");
        let said = slope("边坡有滚石", &[&text(&first["id"])]);
        let receipt = phone.sends("report-1", &said).await.is(201);
        assert_eq!((receipt["id"].as_str(), receipt["stage"].as_str()), (Some(ID), Some("reported")));
        assert_eq!(phone.sends("report-1", &said).await.is(201), receipt);
        // Another key, as after a phone that forgot: the id and the content say that it is the same.
        assert_eq!(phone.sends("report-2", &said).await.is(201)["number"], receipt["number"]);
        let stands = phone.gets(&format!("/phone/hazards/{ID}")).await.is(200);
        assert_eq!(stands["found_at"], "2026-03-04T08:12:00+08:00");
        assert_eq!(stands["files"].as_array().map(Vec::len), Some(1));
    }

    async fn an_id_with_other_content_is_taken_and_what_stands_is_shown(w: &World) {
        let p = People::of(w).await;
        let phone = Phone::of(&p.api, &p.town).await;
        phone.sends("report-1-0", &slope("边坡有滚石", &[])).await.is(201);
        phone.sends("report-1-1", &slope("边坡有滚石，已扩大", &[])).await.is_problem(409, "id-taken");
        let stands = phone.gets(&format!("/phone/hazards/{ID}")).await.is(200);
        assert_eq!(stands["description"], "边坡有滚石");
        // Somebody else's phone learns that it is taken, and no more.
        let neighbour = p.api.signs_in("county-610921").await;
        let theirs = Phone::of(&p.api, &neighbour).await;
        assert_ne!(theirs.viewer, phone.viewer);
        theirs.gets(&format!("/phone/hazards/{ID}")).await.is_problem(404, "not-found");
    }

    async fn a_page_for_the_phone_holds_no_token_and_names_its_viewer(w: &World) {
        let p = People::of(w).await;
        let phone = Phone::of(&p.api, &p.town).await;
        let page = phone.gets("/phone/report").await;
        assert_eq!((page.status, page.header("x-anlan-viewer")), (200, phone.viewer.as_str()));
        let html = page.text();
        assert!(html.contains("data-now=\"0\"") && html.contains("name=\"csrf\" value=\"\"") && html.contains("name=\"idempotency_key\" value=\"\""));
        assert!(!html.contains(&phone.csrf) && html.contains(&phone.viewer));
        assert!(phone.gets("/report").await.text().contains(&phone.csrf));
        // Who may not report has no such page.
        let discipline = p.api.signs_in("discipline").await;
        Phone::of(&p.api, &discipline).await.gets("/phone/report").await.is_problem(403, "not-your-act");
    }

    async fn a_subjects_code_leads_to_the_report_of_those_who_see_it(w: &World) {
        let p = People::of(w).await;
        let id = a_subject(&p).await;
        let phone = Phone::of(&p.api, &p.town).await;
        let code = phone.gets(&format!("/s/{id}")).await;
        assert_eq!((code.status, code.header("location")), (303, format!("/report?subject={id}").as_str()));
        let page = phone.gets(&format!("/report?subject={id}")).await;
        assert!(page.status == 200 && page.text().contains(&format!("name=\"subject_id\" value=\"{id}\"")));
        let neighbour = p.api.signs_in("county-610921").await;
        let theirs = Phone::of(&p.api, &neighbour).await;
        for path in [format!("/s/{id}"), format!("/report?subject={id}"), "/s/none".into(), "/report?subject=none".into()] {
            assert_eq!(theirs.gets(&path).await.status, 404, "{path}");
        }
    }

    async fn the_service_worker_lies_at_the_root_and_in_no_cache(w: &World) {
        let api = Api::of(w);
        let worker = api.anonymous("GET", "/service-worker.js", "").await;
        assert_eq!((worker.status, worker.header("content-type")), (200, "text/javascript; charset=utf-8"));
        assert_eq!(worker.header("cache-control"), "no-cache");
        assert!(worker.header("content-security-policy").contains("default-src 'none'"));
        assert_eq!(api.anonymous("GET", "/assets/service-worker.js", "").await.status, 404);
    }
}
