//! Bodies that cannot be taken: whatever is sent, the answer is a problem that says where, and nothing is written.

use serde_json::{Value, json};
use testkit::on_both_engines;

use crate::{
    document::{Route, routes},
    people::People,
};

const MEGABYTE: usize = 1024 * 1024;

/// Every route that takes JSON, with the least that it can read.
fn with_json() -> Vec<(Route, Value)> {
    let routes: Vec<(Route, Value)> = routes()
        .into_iter()
        .filter_map(|route| Some((route.clone(), route.body()?)))
        .collect();
    assert!(routes.len() >= 10, "{routes:?}");
    routes
}

/// The body with another value in each of its fields in turn, nested ones too.
fn with_each_field_as(said: &Value, value: &Value) -> Vec<Value> {
    let Some(fields) = said.as_object() else {
        return Vec::new();
    };
    let mut changed = Vec::new();
    for (name, old) in fields {
        let mut values = with_each_field_as(old, value);
        values.push(value.clone());
        for value in values {
            let mut one = said.clone();
            one[name] = value;
            changed.push(one);
        }
    }
    changed
}

/// The same values without their names: the whole as an array, and each object in it.
fn in_order_only(said: &Value) -> Vec<Value> {
    let Some(fields) = said.as_object() else {
        return Vec::new();
    };
    let values = |fields: &serde_json::Map<String, Value>| Value::Array(fields.values().cloned().collect());
    let inside = fields.iter().filter_map(|(name, value)| {
        let mut one = said.clone();
        one[name] = values(value.as_object()?);
        Some(one)
    });
    inside.chain([values(fields)]).collect()
}

/// Texts in the places of texts alone.
fn with_text_fields_as(said: &Value, text: &str) -> Vec<Value> {
    let is_text = |changed: &Value| {
        let differs = |(name, value): (&String, &Value)| {
            said[name] != *value && !value.is_object() && !said[name].is_string()
        };
        !changed
            .as_object()
            .is_some_and(|fields| fields.iter().any(differs))
    };
    with_each_field_as(said, &json!(text))
        .into_iter()
        .filter(is_text)
        .collect()
}

on_both_engines! {
    async fn what_is_no_json_of_the_right_shape_is_unreadable(w: &World) {
        let p = People::of(w).await;
        let id = p.hazard_at("reported").await;
        let events = w.events().await;
        for (route, least) in with_json() {
            let deep = "[".repeat(100_000);
            let mut bodies: Vec<Vec<u8>> = ["", " ", "null", "true", "7", "\"text\"", "[]", "[{}]", "{", "}", "{]", "{\"a\"", "nil", &deep]
                .iter()
                .map(|text| text.as_bytes().to_vec())
                .collect();
            let whole = least.to_string();
            bodies.push(whole.as_bytes()[..whole.len() - 1].to_vec());
            bodies.push(format!("{whole}x").into_bytes());
            bodies.push(format!("{whole}{whole}").into_bytes());
            bodies.push(format!("\u{feff}{whole}").into_bytes());
            bodies.push(whole.replace("\"x\"", "\"\\ud800\"").into_bytes());
            bodies.push(whole.bytes().map(|byte| if byte == b'x' { 0xff } else { byte }).collect());
            // The same field twice; a receipt has none.
            if let Some((name, value)) = least.as_object().and_then(|fields| fields.iter().next()) {
                bodies.push(whole.replacen('{', &format!("{{\"{name}\":{value},"), 1).into_bytes());
            }
            let mut more = least.clone();
            more["no_such_field"] = json!(1);
            bodies.push(more.to_string().into_bytes());
            for wrong in [json!({}), json!([]), json!(null)] {
                bodies.extend(with_each_field_as(&least, &wrong).iter().filter(|said| **said != least).map(|said| said.to_string().into_bytes()));
            }
            bodies.extend(in_order_only(&least).iter().map(|said| said.to_string().into_bytes()));
            // Without a text in it to be spoilt, a body is as readable as it was.
            bodies.retain(|body| body != whole.as_bytes());
            for body in bodies {
                let shown = String::from_utf8_lossy(&body[..body.len().min(200)]).into_owned();
                let answer = p.city.sends(&route.method, &route.at(&id), body).await;
                assert_eq!(answer.status, 422, "{} {shown}: {}", route.path, answer.text());
                let problem = answer.is_problem(422, "unreadable");
                assert!(problem["detail"].as_str().is_some_and(|detail| detail.len() < 1_000), "{shown}: {problem}");
            }
        }
        assert_eq!(w.events().await, events);
    }

    async fn a_body_of_two_megabytes_is_too_large(w: &World) {
        let p = People::of(w).await;
        let id = p.hazard_at("reported").await;
        let events = w.events().await;
        for (route, mut least) in with_json() {
            least["no_such_field"] = json!("x".repeat(2 * MEGABYTE));
            let answer = p.city.sends(&route.method, &route.at(&id), least.to_string()).await;
            let problem = answer.is_problem(413, "too-large");
            assert!(problem["next"].as_str().is_some_and(|next| next.contains("1 MB")), "{problem}");
        }
        assert_eq!(w.events().await, events);
    }

    /// Nobody needs these, but they come: neither engine may stumble over them.
    async fn odd_texts_are_refused_or_kept_but_never_an_error(w: &World) {
        let p = People::of(w).await;
        let id = p.hazard_at("reported").await;
        let long = "长".repeat(100_000);
        for (route, least) in with_json() {
            for odd in ["\0", "a\0b", "'; DROP TABLE event; --", "%", "\u{202e}abc", "\u{ffff}", "😀", "-1", "NaN", "1e400", &long] {
                for said in with_text_fields_as(&least, odd) {
                    let answer = p.county.sends(&route.method, &route.at(&id), said.to_string()).await;
                    let text = odd.chars().take(20).collect::<String>();
                    assert!(answer.status < 500, "{} {text:?}: {} {}", route.path, answer.status, answer.text());
                }
            }
        }
        // Where a path names something, it is the one thing that everybody finds: their own record.
        let session = p.county.gets("/session").await.is(200);
        let own = session["person"]["id"].as_str().expect("an id");
        for route in routes().into_iter().filter(|route| route.method == "GET") {
            for name in route.query() {
                for odd in ["%00", "a%00b", "%FF", "%27", "%25", "", "-1", "0", "99999999999999999999", "1~x", "~", "0~%00", "%F0%9F%98%80", "%ED%A0%80"] {
                    let answer = p.county.sends("GET", &format!("{}?{name}={odd}", route.at(own)), "").await;
                    assert!(matches!(answer.status, 200 | 422), "{}?{name}={odd}: {} {}", route.path, answer.status, answer.text());
                }
            }
        }
    }

    /// The declared type of a body is not what decides.
    async fn json_is_read_whatever_it_is_called(w: &World) {
        let p = People::of(w).await;
        for kind in ["application/json", "text/plain", "application/x-www-form-urlencoded", "application/json; charset=utf-8"] {
            let answer = p.town.with("content-type", kind).posts("/hazards", &crate::client::a_report("配电箱未接地")).await;
            answer.is(201);
        }
    }
}
