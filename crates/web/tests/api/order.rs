//! The order of answers: 401 · repeated key · 422 unreadable · 404 · 403 · 412 · 409 · 422 fields. Every combination of faults is sent at
//! once; the earliest must be answered, and nothing may be written.

use serde_json::{Value, json};
use testkit::{World, on_both_engines, photo};

use crate::{
    client::{Answer, CREDIT_CODE, Eyes, a_report},
    people::{self, People},
};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    Anonymous,
    UsedKey,
    Unreadable,
    Unseen,
    Denied,
    Stale,
    Standing,
    Fields,
}

use Fault::*;

const IN_ORDER: [Fault; 8] = [
    Anonymous, UsedKey, Unreadable, Unseen, Denied, Stale, Standing, Fields,
];

/// Every set of these faults but the empty one, each in the order in which they are answered.
fn sets(of: &[Fault]) -> Vec<Vec<Fault>> {
    let chosen = |mask: usize| {
        (0..of.len())
            .filter(move |at| mask & (1 << at) != 0)
            .map(|at| of[at])
            .collect()
    };
    (1..1 << of.len()).map(chosen).collect()
}

/// Bodies that cannot be read, whatever is asked. The number of the set chooses one.
const UNREADABLE: [&str; 5] = ["", "{\"passed\": ", "[]", "{\"no_such_field\": 1}", "\u{feff}{}"];

const KEY: &str = "0195-used-before";
const NOBODYS: &str = "0195ffff-0000-7000-8000-00000000ffff";

/// One act with all that can be wrong about it.
struct Case {
    act: &'static str,
    right: Eyes,
    /// Sees it and may not.
    denied: Eyes,
    /// Does not see it, and may not.
    neighbour: Eyes,
    /// At the stage that the act belongs to, and at one that it does not.
    fitting: String,
    unfitting: String,
    good: Value,
    wrong: Value,
}

async fn every_combination(w: &World, p: &People, case: Case) {
    for eyes in [&case.right, &case.denied, &case.neighbour] {
        let form = crate::client::form("kept.jpg", &photo::plain("kept"));
        eyes.with_key(KEY)
            .with("content-type", crate::client::FORM)
            .posts_raw("/files", form)
            .await
            .is(201);
    }
    let events = w.events().await;
    for (number, faults) in sets(&IN_ORDER).into_iter().enumerate() {
        let has = |fault| faults.contains(&fault);
        let eyes = match (has(Unseen), has(Denied)) {
            (true, true) => &case.neighbour,
            (false, true) => &case.denied,
            _ => &case.right,
        };
        let id = match (has(Unseen) && !has(Denied), has(Standing)) {
            (true, _) => NOBODYS,
            (false, true) => &case.unfitting,
            (false, false) => &case.fitting,
        };
        let body = match (has(Unreadable), has(Fields)) {
            (true, _) => UNREADABLE[number % UNREADABLE.len()].to_owned(),
            (false, true) => case.wrong.to_string(),
            (false, false) => case.good.to_string(),
        };
        let path = format!("/hazards/{id}/{}", case.act);
        let answer = if has(Anonymous) {
            p.api.anonymous("POST", &format!("/api/v1{path}"), body).await
        } else {
            let eyes = if has(UsedKey) {
                eyes.with_key(KEY)
            } else {
                eyes.clone()
            };
            let eyes = if has(Stale) { eyes.if_match(99) } else { eyes };
            eyes.posts_raw(&path, body).await
        };
        assert_eq!(
            told(&answer),
            faults[0],
            "{faults:?}: {} {}",
            answer.status,
            answer.text()
        );
        assert_eq!(w.events().await, events, "{faults:?} left something behind");
    }
    let path = format!("/hazards/{}/{}", case.fitting, case.act);
    case.right.posts(&path, &case.good).await.is(200);
    assert_eq!(w.events().await, events + 1);
}

/// Which fault an answer speaks of.
#[track_caller]
fn told(answer: &Answer) -> Fault {
    let code = answer.json()["code"].as_str().unwrap_or_default().to_owned();
    let fault = match (answer.status, &*code) {
        (401, "unauthenticated") => Anonymous,
        (422, "key-reused") => UsedKey,
        (422, "unreadable") => Unreadable,
        (404, "not-found") => Unseen,
        (403, "not-your-act") => Denied,
        (412, "stale") => Stale,
        (409, "wrong-stage" | "id-taken") => Standing,
        (422, "fields") => Fields,
        (status, code) => panic!("{status} {code}: {}", answer.text()),
    };
    answer.is_problem(answer.status, &code);
    fault
}

async fn neighbour(p: &People) -> Eyes {
    p.api.signs_in("county-610981").await
}

on_both_engines! {
    async fn confirmation(w: &World) {
        let p = People::of(w).await;
        let case = Case {
            act: "confirmation",
            right: p.county.clone(),
            denied: p.unit.clone(),
            neighbour: neighbour(&p).await,
            fitting: p.hazard_at("reported").await,
            unfitting: p.hazard_at("rectifying").await,
            good: people::confirmation(),
            wrong: json!({ "initial_level": "huge", "determination": "", "deadline": "2026-02-30", "regulator": "none" }),
        };
        every_combination(w, &p, case).await;
    }

    async fn determination(w: &World) {
        let p = People::of(w).await;
        let fitting = p.hazard_at("reported").await;
        p.county.acts(&fitting, "confirmation", &people::open_confirmation()).await;
        let case = Case {
            act: "determination",
            right: p.county.clone(),
            denied: p.town.clone(),
            neighbour: neighbour(&p).await,
            fitting,
            unfitting: p.hazard_at("reported").await,
            good: people::determination(),
            wrong: json!({ "determination": "perhaps", "basis": "" }),
        };
        every_combination(w, &p, case).await;
    }

    async fn plan(w: &World) {
        let p = People::of(w).await;
        let case = Case {
            act: "plan",
            right: p.unit.clone(),
            denied: p.town.clone(),
            neighbour: neighbour(&p).await,
            fitting: p.hazard_at("confirmed").await,
            unfitting: p.hazard_at("submitted").await,
            good: people::plan(),
            wrong: {
                let mut plan = people::plan();
                plan["deadline"] = json!("soon");
                plan
            },
        };
        every_combination(w, &p, case).await;
    }

    async fn rectification(w: &World) {
        let p = People::of(w).await;
        let case = Case {
            act: "rectification",
            right: p.unit.clone(),
            denied: p.town.clone(),
            neighbour: neighbour(&p).await,
            fitting: p.hazard_at("rectifying").await,
            unfitting: p.hazard_at("accepted").await,
            good: people::rectification(&p.unit.photo().await),
            wrong: json!({ "summary": "已改。", "evidence": ["after.jpg"] }),
        };
        every_combination(w, &p, case).await;
    }

    async fn acceptance(w: &World) {
        let p = People::of(w).await;
        let fitting = p.hazard_at("submitted").await;
        let good = people::acceptance(&p.second.inspectors_of(&fitting).await);
        let case = Case {
            act: "acceptance",
            right: p.second.clone(),
            // A town may accept on routes that name it; a unit never.
            denied: p.unit.clone(),
            neighbour: neighbour(&p).await,
            fitting,
            unfitting: p.hazard_at("rectifying").await,
            good,
            wrong: json!({ "passed": true, "opinion": "合格。", "visited_at": "yesterday", "inspectors": ["Li"] }),
        };
        every_combination(w, &p, case).await;
    }

    async fn sign_off(w: &World) {
        let p = People::of(w).await;
        let case = Case {
            act: "sign-off",
            right: p.city.clone(),
            denied: p.second.clone(),
            neighbour: neighbour(&p).await,
            fitting: p.hazard_at("accepted").await,
            unfitting: p.hazard_at("signed_off").await,
            good: people::sign_off(),
            wrong: json!({ "passed": false, "opinion": "  " }),
        };
        every_combination(w, &p, case).await;
    }

    /// The city's department sees what lies in its trades, and does nothing where it was not named.
    async fn interim_measure(w: &World) {
        let p = People::of(w).await;
        let case = Case {
            act: "interim-measure",
            right: p.town.clone(),
            denied: p.api.signs_in("department-6109-emergency").await,
            neighbour: neighbour(&p).await,
            fitting: p.hazard_at("reported").await,
            unfitting: p.hazard_at("void").await,
            good: people::interim_measure(),
            wrong: json!({ "kind": "suspend_work", "text": "" }),
        };
        every_combination(w, &p, case).await;
    }

    async fn voiding(w: &World) {
        let p = People::of(w).await;
        let case = Case {
            act: "voiding",
            right: p.county.clone(),
            denied: p.town.clone(),
            neighbour: neighbour(&p).await,
            fitting: p.hazard_at("reported").await,
            unfitting: p.hazard_at("void").await,
            good: people::voiding(),
            wrong: json!({ "reason": "" }),
        };
        every_combination(w, &p, case).await;
    }

    /// A report has no version. Whoever may not report has no key of their own either: that pair does not exist.
    async fn report(w: &World) {
        let p = People::of(w).await;
        let (neighbour, discipline) = (neighbour(&p).await, p.api.signs_in("discipline").await);
        let taken = p.hazard_at("reported").await;
        for eyes in [&p.town, &neighbour] {
            let form = crate::client::form("kept.jpg", &photo::plain("kept"));
            eyes.with_key(KEY).with("content-type", crate::client::FORM).posts_raw("/files", form).await.is(201);
        }
        let events = w.events().await;
        for (number, faults) in sets(&[Anonymous, UsedKey, Unreadable, Unseen, Denied, Standing, Fields]).into_iter().enumerate() {
            let has = |fault| faults.contains(&fault);
            if has(UsedKey) && has(Denied) && !has(Unseen) && !has(Anonymous) {
                continue;
            }
            let mut said = a_report("配电箱未接地");
            said["subject"] = match (has(Unseen), has(Denied)) {
                (true, false) => json!({ "kind": "enterprise", "id": NOBODYS }),
                _ => json!({ "kind": "enterprise", "credit_code": CREDIT_CODE }),
            };
            if has(Standing) {
                said["id"] = json!(taken);
            }
            if has(Fields) {
                // One is found by the rules, the others before them.
                let (field, value) = [("description", ""), ("initial_level", "huge"), ("found_at", "today")][number % 3];
                said[field] = json!(value);
            }
            let body = if has(Unreadable) { UNREADABLE[number % UNREADABLE.len()].to_owned() } else { said.to_string() };
            let answer = if has(Anonymous) {
                p.api.anonymous("POST", "/api/v1/hazards", body).await
            } else {
                let eyes = match (has(Unseen), has(Denied)) {
                    (true, true) => &neighbour,
                    (false, true) => &discipline,
                    _ => &p.town,
                };
                let eyes = if has(UsedKey) { eyes.with_key(KEY) } else { eyes.clone() };
                eyes.posts_raw("/hazards", body).await
            };
            assert_eq!(told(&answer), faults[0], "{faults:?}: {} {}", answer.status, answer.text());
            assert_eq!(w.events().await, events, "{faults:?} left something behind");
        }
        p.town.reports("配电箱未接地").await;
        assert_eq!(w.events().await, events + 1);
    }

    /// 401 · repeated key · 422 unreadable · 403 · 415: an upload names no record.
    async fn upload(w: &World) {
        let p = People::of(w).await;
        let discipline = p.api.signs_in("discipline").await;
        let good = crate::client::form("kept.jpg", &photo::plain("kept"));
        let odd = crate::client::form("odd.svg", b"<svg/>");
        p.town.with_key(KEY).with("content-type", crate::client::FORM).posts_raw("/files", good.clone()).await.is(201);
        let events = w.events().await;
        let form = |eyes: &Eyes| eyes.with("content-type", crate::client::FORM);
        p.api.anonymous("POST", "/api/v1/files", "no form").await.is_problem(401, "unauthenticated");
        p.town.with_key(KEY).posts_raw("/files", "no form").await.is_problem(422, "key-reused");
        form(&p.town.with_key(KEY)).posts_raw("/files", odd.clone()).await.is_problem(422, "key-reused");
        discipline.posts_raw("/files", "no form").await.is_problem(422, "unreadable");
        form(&discipline).posts_raw("/files", "no form either").await.is_problem(422, "unreadable");
        form(&discipline).posts_raw("/files", odd.clone()).await.is_problem(403, "not-your-act");
        form(&p.town).posts_raw("/files", odd).await.is_problem(415, "unsupported-file");
        assert_eq!(w.events().await, events);
    }
}
