//! Signing in over the API: what a token is good for, and for how long.

use seal::Value;
use serde_json::json;
use testkit::{PASSWORD, on_both_engines};

use crate::{client::Api, people::People};

on_both_engines! {
    async fn a_session_says_who_one_is(w: &World) {
        let api = Api::of(w);
        let opened = api.opens_a_session(&json!({ "username": "county-610902", "password": PASSWORD })).await.is(201);
        assert_eq!(opened["expires_at"], "2026-03-04T21:00:00+08:00");
        assert_eq!(opened["post"]["role"], "county_office");
        assert!(opened["token"].as_str().is_some_and(|token| token.len() == 64));
        let me = api.signs_in("county-610902").await.gets("/session").await.is(200);
        assert_eq!((&me["person"]["name"], &me["role"]), (&opened["person"], &json!("county_office")));
        assert_eq!(me["agency"], opened["post"]["agency"]);
    }

    /// Names that exist and names that do not are told apart by nothing.
    async fn a_wrong_name_and_a_wrong_password_look_alike(w: &World) {
        let api = Api::of(w);
        let long = "x".repeat(5_000);
        let answer = async |username: &str, password: &str| {
            let answer = api.opens_a_session(&json!({ "username": username, "password": password })).await;
            answer.is_problem(401, "wrong-password");
            answer.text()
        };
        let first = answer("city", "not the password").await;
        for (username, password) in [
            ("nobody", "not the password"), ("", PASSWORD), ("city", ""), ("city", &long), (&long, PASSWORD), ("a\0b", PASSWORD),
            ("city\0", PASSWORD), ("CITY", PASSWORD),
        ] {
            assert_eq!(answer(username, password).await, first, "{username:?}");
        }
    }

    async fn a_post_is_chosen_among_ones_own(w: &World) {
        let api = Api::of(w);
        let text = |value: &serde_json::Value| Value::Text(value.as_str().expect("an id").to_owned());
        let person = api.signs_in("county-610902-2").await.gets("/session").await.is(200)["person"]["id"].clone();
        let fire = json!({ "username": "department-610902-fire", "password": PASSWORD });
        let second = api.opens_a_session(&fire).await.is(201)["post"]["id"].clone();
        w.has_been_tampered_with();
        let appoint = "INSERT INTO appointment (id, city, person, post, from_day, to_day, version, head) \
                       SELECT '0195ffff-0000-7000-8000-000000000001', city, person, $1, '2026-01-01', NULL, 1, head \
                       FROM appointment WHERE person = $2";
        w.raw().await.query(appoint, &[text(&second), text(&person)]).await;

        let said = |post: &str| json!({ "username": "county-610902-2", "password": PASSWORD, "post": post });
        let posts = api.opens_a_session(&said("")).await.is(201)["posts"].as_array().cloned().expect("posts");
        assert_eq!(posts.len(), 2, "{posts:?}");
        for post in &posts {
            let opened = api.opens_a_session(&said(post["id"].as_str().expect("an id"))).await.is(201);
            assert_eq!(&opened["post"], post);
        }
        let anothers = api.opens_a_session(&json!({ "username": "city", "password": PASSWORD })).await.is(201)["post"]["id"].clone();
        for post in [anothers.as_str().expect("an id"), "0195ffff-0000-7000-8000-00000000ffff", "x", "\0"] {
            api.opens_a_session(&said(post)).await.is_problem(403, "no-post");
        }
    }

    async fn a_token_ends(w: &World) {
        let api = Api::of(w);
        let (out, stays, expires) = (api.signs_in("city").await, api.signs_in("city").await, api.signs_in("city").await);
        let closed = out.sends("DELETE", "/api/v1/session", "").await;
        assert_eq!((closed.status, closed.text().as_str()), (204, ""));
        out.gets("/session").await.is_problem(401, "unauthenticated");
        stays.gets("/session").await.is(200);
        w.time_passes(12 * domain::time::HOUR - 1);
        expires.gets("/session").await.is(200);
        w.time_passes(1);
        expires.gets("/session").await.is_problem(401, "unauthenticated");
    }

    /// Ten tries in a quarter of an hour, counted for each name and address.
    async fn guessing_is_slowed_down(w: &World) {
        let api = Api::of(w);
        let guess = json!({ "username": "city", "password": "not the password" });
        for _ in 0..10 {
            api.opens_a_session(&guess).await.is_problem(401, "wrong-password");
        }
        let problem = api.opens_a_session(&guess).await.is_problem(429, "too-many-tries");
        assert!(problem["next"].as_str().is_some_and(|next| next.contains("15")), "{problem}");
        let good = json!({ "username": "city", "password": PASSWORD });
        api.opens_a_session(&good).await.is_problem(429, "too-many-tries");
        Api::seen_from(w, "192.0.2.2").opens_a_session(&good).await.is(201);
        api.opens_a_session(&json!({ "username": "city-2", "password": PASSWORD })).await.is(201);
        w.time_passes(16 * 60_000);
        api.opens_a_session(&good).await.is(201);
    }

    /// However many names are tried: an address has no more than a hundred failures.
    async fn guessing_through_many_names_is_slowed_down_too(w: &World) {
        let api = Api::of(w);
        for n in 0..100 {
            let guess = json!({ "username": format!("nobody-{n}"), "password": "guess" });
            api.opens_a_session(&guess).await.is_problem(401, "wrong-password");
        }
        let good = json!({ "username": "city", "password": PASSWORD });
        api.opens_a_session(&good).await.is_problem(429, "too-many-tries");
        Api::seen_from(w, "192.0.2.2").opens_a_session(&good).await.is(201);
        w.time_passes(16 * 60_000);
        api.opens_a_session(&good).await.is(201);
    }

    /// Behind the configured proxy, whoever it names last is counted; from elsewhere the header is nobody's word.
    async fn behind_the_proxy_each_address_is_counted_for_itself(w: &World) {
        let proxy = Api::seen_from(w, "10.0.0.7");
        let tries = |forwarded: &str, password: &str| {
            let said = json!({ "username": "city", "password": password }).to_string();
            axum::http::Request::post("/api/v1/sessions")
                .header("content-type", "application/json")
                .header("x-forwarded-for", forwarded)
                .body(axum::body::Body::from(said))
                .expect("a request")
        };
        for n in 0..10 {
            let guess = tries(&format!("203.0.113.{n}, 198.51.100.1"), "guess");
            proxy.sends(guess).await.is_problem(401, "wrong-password");
        }
        proxy.sends(tries("198.51.100.1", PASSWORD)).await.is_problem(429, "too-many-tries");
        proxy.sends(tries("198.51.100.1, 198.51.100.2", PASSWORD)).await.is(201);

        let direct = Api::seen_from(w, "192.0.2.9");
        for n in 0..10 {
            direct.sends(tries(&format!("198.51.100.{}", n + 10), "guess")).await.is_problem(401, "wrong-password");
        }
        direct.sends(tries("198.51.100.99", PASSWORD)).await.is_problem(429, "too-many-tries");
    }

    async fn problems_speak_the_readers_language(w: &World) {
        let p = People::of(w).await;
        let title = async |language: &str| {
            let answer = p.city.with("accept-language", language).gets("/hazards/x").await;
            answer.is_problem(404, "not-found")["title"].as_str().expect("a title").to_owned()
        };
        assert_eq!(title("en-GB,en;q=0.9,zh;q=0.5").await, "Not found, or outside your scope");
        assert_eq!(title("zh-CN,zh;q=0.9,en;q=0.8").await, "没有找到，或不在您的范围内");
        assert_eq!(title("fr").await, "没有找到，或不在您的范围内");
    }
}
