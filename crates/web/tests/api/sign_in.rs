//! The door: who holds several posts chooses one, and what they choose with opens nothing else.

use axum::body::Body;
use domain::time::HOUR;
use seal::Value;
use testkit::{World, on_both_engines};

use crate::{
    browser::hidden,
    client::{Answer, Api},
};

/// Gives `county-610902-2` a second post, as the directory could.
async fn holds_two_posts(w: &World, api: &Api) {
    let text = |value: &serde_json::Value| Value::Text(value.as_str().expect("an id").to_owned());
    let me = api
        .signs_in("county-610902-2")
        .await
        .gets("/session")
        .await
        .is(200);
    let said = serde_json::json!({ "username": "department-610902-fire", "password": testkit::PASSWORD });
    let post = api.opens_a_session(&said).await.is(201)["post"]["id"].clone();
    w.has_been_tampered_with();
    let appoint = "INSERT INTO appointment (id, city, person, post, from_day, to_day, version, head) \
                   SELECT '0195ffff-0000-7000-8000-000000000001', city, person, $1, '2026-01-01', NULL, 1, head \
                   FROM appointment WHERE person = $2";
    let params = [text(&post), text(&me["person"]["id"])];
    w.raw().await.query(appoint, &params).await;
}

async fn shows_a_bearer(api: &Api, token: &str) -> Answer {
    let request = axum::http::Request::get("/api/v1/session")
        .header("authorization", format!("Bearer {token}"))
        .body(Body::empty());
    api.sends(request.expect("a request")).await
}

on_both_engines! {
    async fn a_ticket_chooses_a_post_and_opens_nothing_else(w: &World) {
        let api = Api::of(w);
        holds_two_posts(w, &api).await;
        let mut reader = api.sits_down();
        let choice = reader.signs_in("county-610902-2").await;
        let page = choice.text();
        assert_eq!(choice.status, 200);
        assert!(page.contains("请选择本次履职的岗位") && reader.cookie("anlan").is_empty(), "{page}");
        let ticket = hidden(&page, "/sign-in", "ticket");

        shows_a_bearer(&api, &ticket).await.is_problem(401, "unauthenticated");
        let cookie = format!("anlan={ticket}");
        let mut forged = api.sits_down();
        let answer = forged.asks("GET", "/hazards", &[("cookie", &cookie)], Body::empty()).await;
        assert_eq!((answer.status, answer.header("location")), (303, "/sign-in?then=/hazards"));

        let post = page.split("name=\"post\" value=\"").nth(2).and_then(|rest| rest.split('"').next()).expect("a second post");
        let entered = reader.sends_form("/sign-in", &[("ticket", &ticket), ("post", post)]).await;
        assert_eq!((entered.status, entered.header("location")), (303, "/"));
        assert_eq!(reader.reads("/").await.status, 200);
        // It is used up.
        let again = api.sits_down().on_a_page_with("x").sends_form("/sign-in", &[("ticket", &ticket), ("post", post)]).await;
        assert_eq!(again.status, 403);
        let again = reader.sends_form("/sign-in", &[("csrf", ""), ("ticket", &ticket), ("post", post)]).await;
        assert_ne!(again.status, 303, "{}", again.text());
    }

    async fn a_ticket_is_good_for_ten_minutes(w: &World) {
        let api = Api::of(w);
        holds_two_posts(w, &api).await;
        let mut reader = api.sits_down();
        let page = reader.signs_in("county-610902-2").await.text();
        let ticket = hidden(&page, "/sign-in", "ticket");
        let post = hidden(&page, "/sign-in", "post");
        w.time_passes(10 * 60_000);
        let late = reader.sends_form("/sign-in", &[("ticket", &ticket), ("post", &post)]).await;
        assert_eq!(late.status, 401);
        assert!(late.text().contains("name=\"password\""), "{}", late.text());
    }

    /// A token of the API in a cookie, a cookie as a bearer.
    async fn a_secret_of_one_kind_opens_nothing_of_another(w: &World) {
        let api = Api::of(w);
        let token = api.signs_in("city").await.token;
        let answer = api.sits_down().asks("GET", "/", &[("cookie", &format!("anlan={token}"))], Body::empty()).await;
        assert_eq!(answer.status, 303);
        let reader = api.reader("city").await;
        shows_a_bearer(&api, reader.cookie("anlan")).await.is_problem(401, "unauthenticated");
        w.time_passes(12 * HOUR);
        assert_eq!(reader.clone().reads("/").await.status, 303);
    }
}
