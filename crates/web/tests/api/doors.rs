//! Every route, asked by those to whom it is closed. The routes are read from the OpenAPI document, so a new one is asked as well.

use axum::body::Body;
use domain::{
    HazardId, SignOffListId, hazard::Moment, hazard::Stage, route::Ending, sign_off_list::SignOffList,
};
use testkit::{World, on_both_engines, photo};

use crate::{
    client::{Answer, Api, Eyes, FORM, form},
    document::{METHODS, Route, routes},
    people::People,
};

/// A body that can be read, so that the answer is about who asks.
fn readable_body(route: &Route) -> Body {
    if route.takes_a_file() {
        return Body::from(form("a.jpg", &photo::plain("a")));
    }
    route
        .body()
        .map_or_else(Body::empty, |said| Body::from(said.to_string()))
}

async fn asks(eyes: &Eyes, route: &Route, id: &str) -> Answer {
    let eyes = if route.takes_a_file() {
        eyes.with("content-type", FORM)
    } else {
        eyes.clone()
    };
    eyes.sends(&route.method, &route.at(id), readable_body(route))
        .await
}

/// Something of each kind for a path to name: a hazard that has come far, a file that hangs on it, and a sign-off list.
struct Things {
    hazard: String,
    file: String,
    escalation: String,
    list: String,
    complaint: String,
    problem_list: String,
    subject: String,
    person: String,
    delegation: String,
    appointment: String,
}

impl Things {
    async fn of(w: &World, p: &People) -> Self {
        let hazard = p.hazard_at("submitted").await;
        let shown = p.town.gets(&format!("/hazards/{hazard}")).await.is(200);
        let file = shown["files"][0]["id"]
            .as_str()
            .expect("a photo hangs on it")
            .to_owned();
        let escalation = p.escalation_of(&hazard, "red").await;
        let list = a_list(w, &p.hazard_at("accepted").await).await;
        let said =
            serde_json::json!({ "about": "repeated", "words": "同一份台账每周报三次。", "anonymous": false });
        let complaint = p.town.posts("/complaints", &said).await.is(201);
        let complaint = complaint["id"].as_str().expect("an id").to_owned();
        let subject = app::directory::load::subject_id(testkit::SUBJECT).to_string();
        let session = p.second.gets("/session").await.is(200);
        let person = session["person"]["id"].as_str().expect("an id").to_owned();
        let given = w
            .county()
            .delegates(&[domain::authority::Act::Accept], &w.second_county_officer())
            .await
            .good();
        Self {
            subject,
            person,
            delegation: given.id,
            appointment: w.second_county_officer().appointment().await.to_string(),
            hazard,
            file,
            escalation,
            list,
            complaint,
            problem_list: w.city().opens_a_problem_list("610902", &[]).await.good().id,
        }
    }

    fn id(&self, route: &Route) -> &str {
        match route.path.split('/').nth(3) {
            Some("hazards") => &self.hazard,
            Some("files") => &self.file,
            Some("escalations") => &self.escalation,
            Some("sign-off-lists") => &self.list,
            Some("complaints") => &self.complaint,
            Some("problem-lists") => &self.problem_list,
            Some("subjects") => &self.subject,
            Some("persons") => &self.person,
            Some("delegations") => &self.delegation,
            Some("appointments") => &self.appointment,
            _ => panic!(
                "{} {} has an id of a kind that this test has nothing of",
                route.method, route.path
            ),
        }
    }
}

/// A list with this hazard on it. In this city everything is signed off by itself, so it is put there past the use case.
async fn a_list(w: &World, hazard: &str) -> String {
    let caller = w.city().caller().await;
    let id = HazardId::parse(hazard).expect("an id");
    let found = w.app.store.hazards(&caller.scope).find(id).await;
    let mut hazard = found.expect("hazards can be read").expect("it is there");
    if let Stage::Accepted { confirmation, .. } = &mut hazard.stage {
        confirmation.route.ending = Ending::List;
    }
    let now = w.now();
    let moment = Moment {
        who: &caller.actor,
        event: w.app.ids.event(now),
        now,
    };
    let list = SignOffListId(w.app.ids.uuid(now));
    let home = domain::place::Home {
        town: None,
        ..hazard.home.clone()
    };
    let change = SignOffList::open(list, home, &[hazard], [7; 32], moment).expect("it can be opened");
    let stamp = store::Stamp {
        salt: w.app.ids.salt(),
        answer: None,
    };
    w.app.store.record(&change, stamp).await.expect("it is recorded");
    list.to_string()
}

fn with_id() -> Vec<Route> {
    let routes: Vec<Route> = routes().into_iter().filter(Route::has_id).collect();
    assert!(routes.len() >= 12, "{routes:?}");
    routes
}

fn at(route: &Route) -> String {
    format!("{} {}", route.method, route.path)
}

on_both_engines! {
    async fn nobody_gets_past_without_a_token(w: &World) {
        let p = People::of(w).await;
        let things = Things::of(w, &p).await;
        let out = p.api.signs_in("county-610902").await;
        out.sends("DELETE", "/api/v1/session", "").await;
        let ended = format!("Bearer {}", out.token);
        let good = format!("Basic {}", p.county.token);
        let events = w.events().await;
        let mut asked = 0;
        for route in routes().into_iter().filter(|route| route.path != "/api/v1/sessions") {
            let id = if route.has_id() { things.id(&route) } else { "" };
            for authorization in [None, Some("Bearer "), Some("Bearer 0"), Some(&*ended), Some(&*good), Some("Bearer \u{feff}x")] {
                let mut request = axum::http::Request::builder().method(&*route.method).uri(route.at(id));
                if let Some(authorization) = authorization {
                    request = request.header("authorization", authorization);
                }
                let answer = p.api.sends(request.body(readable_body(&route)).expect("a request")).await;
                answer.is_problem(401, "unauthenticated");
                assert_eq!(answer.header("www-authenticate"), "Bearer", "{}", at(&route));
                asked += 1;
            }
        }
        assert!(asked > 100);
        assert_eq!(w.events().await, events);
    }

    /// Strangers of every kind: officers of another county and its towns, another unit, a department of other trades.
    async fn what_a_stranger_asks_for_is_not_found(w: &World) {
        let p = People::of(w).await;
        let things = Things::of(w, &p).await;
        let events = w.events().await;
        for username in ["county-610981", "town-610981103", "town-610902003", "enterprise-2", "department-610902-fire"] {
            let stranger = p.api.signs_in(username).await;
            for route in with_id() {
                let answer = asks(&stranger, &route, things.id(&route)).await;
                assert_eq!(answer.status, 404, "{username} {}: {}", at(&route), answer.text());
                answer.is_problem(404, "not-found");
                assert!(!answer.text().contains(&things.hazard), "{}", at(&route));
            }
            for list in ["/hazards?limit=200", "/subjects?limit=200"] {
                let listed = stranger.gets(list).await;
                listed.is(200);
                assert!(!listed.text().contains(&things.hazard) && !listed.text().contains("青屿毛绒玩具"), "{username} {list}");
            }
        }
        assert_eq!(w.events().await, events);
    }

    /// What is not there answers a stranger, an owner and a guess alike.
    async fn what_is_not_there_is_not_found(w: &World) {
        let p = People::of(w).await;
        let things = Things::of(w, &p).await;
        let absent = "0195ffff-0000-7000-8000-00000000ffff";
        for route in with_id() {
            for id in [absent, "x", "1", "%00", "%FF", "..%2F..%2Fetc%2Fpasswd", &things.hazard.to_uppercase(), "%F0%9F%98%80"] {
                let answer = asks(&p.city, &route, id).await;
                if answer.status != 404 {
                    // An id may be written in capitals.
                    assert!(id.eq_ignore_ascii_case(things.id(&route)) && answer.status < 500, "{} {id}: {}", at(&route), answer.text());
                    continue;
                }
                answer.is_problem(404, "not-found");
            }
        }
    }

    async fn discipline_reads_everything_and_changes_nothing(w: &World) {
        let p = People::of(w).await;
        let things = Things::of(w, &p).await;
        let discipline = p.api.signs_in("discipline").await;
        let events = w.events().await;
        let mut written = 0;
        for route in with_id() {
            let answer = asks(&discipline, &route, things.id(&route)).await;
            // A complaint is between whoever made it and those who answer it.
            if route.path.contains("/complaints/") {
                answer.is_problem(404, "not-found");
                continue;
            }
            // A person's record is opened first, which is all that discipline writes here; more in `persons.rs`.
            if route.path.contains("/persons/") {
                let expected = if route.method == "GET" { 403 } else { 201 };
                assert_eq!(answer.status, expected, "{}: {}", at(&route), answer.text());
                written += i64::from(expected == 201);
                continue;
            }
            if route.method == "GET" {
                assert_eq!(answer.status, 200, "{}: {}", at(&route), answer.text());
            } else {
                assert_eq!(answer.status, 403, "{}: {}", at(&route), answer.text());
                answer.is_problem(403, "not-your-act");
            }
        }
        assert!(discipline.gets("/hazards").await.text().contains(&things.hazard));
        assert_eq!(discipline.gets(&format!("/hazards/{}/acts", things.hazard)).await.is(200)["items"], serde_json::json!([]));
        discipline.uploads("a.jpg", &photo::plain("a")).await.is_problem(403, "not-your-act");
        discipline.posts("/hazards", &crate::client::a_report("配电箱未接地")).await.is_problem(403, "not-your-act");
        assert_eq!((w.events().await, written), (events + 1, 1));
    }

    async fn a_method_that_is_not_there_is_a_problem(w: &World) {
        let p = People::of(w).await;
        let routes = routes();
        for route in &routes {
            let here: Vec<&str> = routes.iter().filter(|one| one.path == route.path).map(|one| &*one.method).collect();
            for method in METHODS.into_iter().filter(|method| !here.contains(method)) {
                let answer = p.city.sends(method, &route.at("x"), "{}").await;
                let problem = answer.is_problem(405, "no-such-method");
                assert_eq!(problem["title"], "这里不能这样操作");
                let allowed: Vec<&str> = answer.header("allow").split(',').map(str::trim).collect();
                assert!(here.iter().all(|one| allowed.contains(one)), "{method} {}: {allowed:?}", route.path);
            }
        }
    }

    async fn a_path_that_is_not_there_is_a_problem(w: &World) {
        let p = People::of(w).await;
        for path in ["", "/", "/nothing", "/hazards/", "/hazards/x/nothing", "/hazards/x/plan/again", "/files/", "/Hazards", "//hazards"] {
            for method in METHODS {
                p.city.sends(method, &format!("/api/v1{path}"), "{}").await.is_problem(404, "not-found");
                p.api.anonymous(method, &format!("/api/v1{path}"), "{}").await.is_problem(404, "not-found");
            }
        }
        for path in ["/api/v2/hazards", "/api/nothing"] {
            p.api.anonymous("GET", path, "").await.is_problem(404, "not-found");
        }
    }

    /// Whoever's post has ended is nobody from that day on, whatever token they hold.
    async fn a_token_ends_with_the_post(w: &World) {
        let api = Api::of(w);
        let county = api.signs_in("county-610902-3").await;
        county.gets("/hazards").await.is(200);
        let today = w.now().day();
        w.admin().ends_the_appointment_of(&w.third_county_officer(), today).await.good();
        county.gets("/hazards").await.is(200);
        w.time_passes(domain::time::DAY);
        county.gets("/hazards").await.is_problem(401, "unauthenticated");
    }
}
