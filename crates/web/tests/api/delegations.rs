//! Delegation and hand-over over the API and on the pages: given, acted under, seen on the case, taken back, and a post left.

use serde_json::{Value, json};
use testkit::{PASSWORD, on_both_engines};

use crate::{
    browser::hidden,
    client::Eyes,
    people::{People, acceptance},
};

fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

async fn appointment(w: &testkit::World, username: &str) -> String {
    w.person(username).appointment().await.to_string()
}

/// Signs in by name and password under a delegation.
async fn under(p: &People, username: &str, delegation: &str) -> Value {
    let said = json!({ "username": username, "password": PASSWORD, "delegation": delegation });
    p.api.opens_a_session(&said).await.is(201)
}

async fn said(w: &testkit::World) -> Value {
    let today = w.now().day();
    json!({
        "taker": appointment(w, "county-610902-3").await,
        "acts": ["accept"],
        "first_day": today.to_string(),
        "last_day": today.plus_days(6).to_string(),
        "reason": "外出培训",
    })
}

fn with(eyes: &Eyes, opened: &Value) -> Eyes {
    let mut under = eyes.clone();
    under.token = text(&opened["token"]);
    under
}

on_both_engines! {
    async fn given_over_the_api_and_acted_under(w: &World) {
        let p = People::of(w).await;
        let hazard = p.hazard_at("submitted").await;
        let third = p.api.signs_in("county-610902-3").await;
        let offered = p.second.gets("/delegations").await.is(200);
        let taker = json!(appointment(w, "county-610902-3").await);
        let colleagues = offered["offered"]["colleagues"].as_array().expect("colleagues").clone();
        assert!(colleagues.iter().any(|one| one["appointment"] == taker), "{colleagues:?}");
        assert!(offered["offered"]["acts"].as_array().expect("acts").contains(&json!("accept")));
        assert!(!offered.to_string().contains("end_delegation"), "rights are not passed on");

        let keyed = p.second.with_key("give-1");
        let events = w.events().await;
        let given = keyed.posts("/delegations", &said(w).await).await.is(201);
        assert_eq!(keyed.posts("/delegations", &said(w).await).await.is(201), given);
        assert_eq!(w.events().await, events + 1);
        let id = text(&given["id"]);

        let acting = with(&third, &under(&p, "county-610902-3", &id).await);
        let me = acting.gets("/session").await.is(200);
        assert_eq!(me["principal"]["id"], given["giver"]);
        assert_eq!(third.gets("/session").await.is(200)["principal"], Value::Null);
        acting.posts(&format!("/hazards/{hazard}/voiding"), &json!({ "reason": "重复上报" })).await.is_problem(403, "not-delegated");
        let inspectors = acting.inspectors_of(&hazard).await;
        acting.acts(&hazard, "acceptance", &acceptance(&inspectors)).await;
        let shown = p.city.gets(&format!("/hazards/{hazard}")).await.is(200);
        let hand = shown["hands"].as_array().expect("hands").last().expect("one").clone();
        assert_eq!(hand["by"]["principal"]["id"], given["giver"]);
        assert_eq!(hand["by"]["person"]["id"], given["taker"]);

        let ending = format!("/delegations/{id}/ending");
        let why = json!({ "reason": "已返岗" });
        p.county.posts(&ending, &why).await.is_problem(404, "not-found");
        p.second.posts(&ending, &json!({ "reason": " " })).await.is_refused_for("reason: required");
        p.second.posts(&ending, &why).await.is(200);
        p.second.posts(&ending, &why).await.is_problem(409, "delegation-over");
        acting.gets("/hazards").await.is_problem(401, "delegation-over");
        third.gets("/hazards").await.is(200);
        let refused = json!({ "username": "county-610902-3", "password": PASSWORD, "delegation": id });
        p.api.opens_a_session(&refused).await.is_problem(403, "no-delegation");
        let listed = third.gets("/delegations").await.is(200);
        assert_eq!((&listed["items"][0]["standing"], &listed["items"][0]["ended_reason"]), (&json!("ended"), &json!("已返岗")));
    }

    async fn what_cannot_be_given_is_told_field_by_field(w: &World) {
        let p = People::of(w).await;
        let change = |field: &str, value: Value, mut said: Value| {
            said[field] = value;
            said
        };
        let given = said(w).await;
        let answer = async |said: &Value| p.second.posts("/delegations", said).await;
        answer(&change("acts", json!([]), given.clone())).await.is_refused_for("acts: required");
        answer(&change("acts", json!(["fly"]), given.clone())).await.is_refused_for("acts: not-a-choice");
        answer(&change("acts", json!(["sign_off"]), given.clone())).await.is_refused_for("acts: not-delegable");
        answer(&change("last_day", json!("soon"), given.clone())).await.is_refused_for("last_day: not-a-date");
        answer(&change("last_day", json!("2026-12-31"), given.clone())).await.is_refused_for("last_day: too-late");
        answer(&change("taker", json!("x"), given.clone())).await.is_refused_for("taker: not-a-choice");
        let neighbour = json!(appointment(w, "county-610981").await);
        answer(&change("taker", neighbour, given.clone())).await.is_refused_for("taker: not-a-colleague");
        answer(&change("whom", json!("x"), given.clone())).await.is_problem(422, "unreadable");
        let discipline = p.api.signs_in("discipline").await;
        discipline.posts("/delegations", &given).await.is_problem(403, "not-your-act");
        assert_eq!(discipline.gets("/delegations").await.is(200)["offered"], Value::Null);
    }

    async fn the_pages_lead_from_giving_to_acting_and_back(w: &World) {
        let p = People::of(w).await;
        let hazard = p.hazard_at("submitted").await;
        let mut giver = p.api.reader("county-610902-2").await;
        let mut taker = p.api.reader("county-610902-3").await;
        assert!(!taker.reads("/").await.text().contains("受托待办身份"));
        let page = giver.reads("/delegations").await.text();
        assert!(page.contains("委托同事办理") && page.contains("没有委托"), "{page}");
        let key = hidden(&page, "/delegations", "idempotency_key");
        let to = appointment(w, "county-610902-3").await;
        let (first, last) = (w.now().day().to_string(), w.now().day().plus_days(6).to_string());
        let mut fields = vec![
            ("idempotency_key", key.as_str()), ("taker", to.as_str()), ("first_day", first.as_str()), ("last_day", last.as_str()),
            ("acts", "accept"), ("reason", ""),
        ];
        let back = giver.sends_form("/delegations", &fields).await;
        assert_eq!(back.status, 422);
        assert!(back.text().contains("原因未填写"), "{}", back.text());
        fields.last_mut().expect("a field").1 = "外出培训";
        let sent = giver.sends_form("/delegations", &fields).await;
        assert_eq!((sent.status, sent.header("location")), (303, "/delegations?done=delegate"));

        assert!(taker.reads("/").await.text().contains("受托待办身份"), "a tile says so");
        let page = taker.reads("/delegations").await.text();
        let taking = page.split("action=\"/delegations/").find_map(|rest| rest.split_once("/acting\"")).expect("a button").0.to_owned();
        let taken = taker.sends_form(&format!("/delegations/{taking}/acting"), &[]).await;
        assert_eq!((taken.status, taken.header("location")), (303, "/"));
        let giver_name = w.second_county_officer().caller().await.person_name;
        let taker_name = w.third_county_officer().caller().await.person_name;
        let case = format!("/hazards/{hazard}");
        let page = taker.reads(&case).await.text();
        assert!(page.contains(&format!("受{giver_name}委托")) && page.contains("act-acceptance"), "{page}");
        assert!(taker.reads("/delegations").await.text().contains("返回本人岗位"));
        let inspectors = p.second.inspectors_of(&hazard).await;
        let acting = w.third_county_officer().under(&receipt(w, &taking).await).await;
        acting.accepts(&testkit_id(&hazard)).await.good();
        assert_eq!(inspectors.len(), 2);
        let signed = format!("{taker_name}（受{giver_name}委托）");
        assert!(p.api.reader("city").await.reads(&case).await.text().contains(&signed));

        let own = taker.sends_form("/delegations/own", &[]).await;
        assert_eq!(own.status, 303);
        assert!(!taker.reads("/").await.text().contains(&format!("受{giver_name}委托")));

        // Taken back while somebody sits under it: they are told before they sign in as themselves.
        taker.sends_form(&format!("/delegations/{taking}/acting"), &[]).await;
        giver.reads("/delegations").await;
        let ended = giver.sends_form(&format!("/delegations/{taking}/ending"), &[("reason", "已返岗")]).await;
        assert_eq!((ended.status, ended.header("location")), (303, "/delegations?done=end_delegation"));
        let over = taker.reads(&case).await;
        assert_eq!(over.status, 401);
        assert!(over.text().contains("委托已经终止或到期") && over.text().contains("/sign-in"), "{}", over.text());
    }

    async fn a_post_is_left_with_what_waits_and_passes_on(w: &World) {
        let p = People::of(w).await;
        let admin = p.api.signs_in("admin").await;
        let left = appointment(w, "county-610902-2").await;
        let next = appointment(w, "county-610902-3").await;
        p.second.posts("/delegations", &said(w).await).await.is(201);
        let path = format!("/appointments/{left}");
        let shown = admin.gets(&format!("{path}/hand-over")).await.is(200);
        assert_eq!((&shown["waiting"]["delegations_given"], &shown["to"]), (&json!(1), &Value::Null));
        assert!(shown["successors"].to_string().contains(&next));
        p.second.gets(&format!("{path}/hand-over")).await.is(200);
        p.county.gets(&format!("{path}/hand-over")).await.is_problem(404, "not-found");
        let today = w.now().day();
        let said = json!({ "on": today.to_string(), "reason": "岗位调整", "successor": next });
        p.second.posts(&format!("{path}/ending"), &said).await.is_problem(403, "not-your-act");
        admin.if_match(7).posts(&format!("{path}/ending"), &said).await.is_problem(412, "stale");
        let far = json!({ "on": "2027-01-01", "reason": "岗位调整" });
        admin.posts(&format!("{path}/ending"), &far).await.is_refused_for("on: too-late");
        let done = admin.with_key("leave").posts(&format!("{path}/ending"), &said).await.is(200);
        assert_eq!(admin.with_key("leave").posts(&format!("{path}/ending"), &said).await.is(200), done);
        assert_eq!((&done["on"], &done["successor"]), (&json!(today.to_string()), &json!(next)));
        let third = p.api.signs_in("county-610902-3").await;
        assert_eq!(third.gets("/hand-overs").await.is(200)["items"], json!([]), "nothing by name, or not yet");
    }

    async fn the_administrator_leaves_for_somebody_on_a_page(w: &World) {
        let p = People::of(w).await;
        let mut admin = p.api.reader("admin").await;
        let left = appointment(w, "county-610902-2").await;
        let next = appointment(w, "county-610902-3").await;
        let here = format!("/hand-overs/{left}");
        w.second_county_officer().opens_a_problem_list("610902", &[]).await.good();
        assert!(admin.reads("/system").await.text().contains(&format!("href=\"{here}\"")));
        let page = admin.reads(&here).await.text();
        assert!(page.contains("发起未回复的问题清单") && page.contains("无接任人，由本机构接手"), "{page}");
        let ending = format!("{here}/ending");
        let (key, version) = (hidden(&page, &ending, "idempotency_key"), hidden(&page, &ending, "version"));
        let today = w.now().day().to_string();
        let fields = |successor| {
            vec![("idempotency_key", key.clone()), ("version", version.clone()), ("on", today.clone()),
                 ("reason", "岗位调整".to_owned()), ("successor", successor)]
        };
        let send = |fields: Vec<(&'static str, String)>| fields;
        let unsaid = send(fields(String::new()));
        let unsaid: Vec<(&str, &str)> = unsaid.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let back = admin.sends_form(&ending, &unsaid).await;
        assert_eq!(back.status, 422);
        assert!(back.text().contains("接任人未填写"), "{}", back.text());
        let full = send(fields(next.clone()));
        let full: Vec<(&str, &str)> = full.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let sent = admin.sends_form(&ending, &full).await;
        assert_eq!((sent.status, sent.header("location")), (303, &*format!("{here}?done=end_appointment")));
        // Their own desk still stands on the last day; on the next the successor's shows what was left.
        w.time_passes(domain::time::DAY);
        let mut successor = p.api.reader("county-610902-3").await;
        assert!(successor.reads("/").await.text().contains("接手事项"));
        let page = successor.reads("/hand-overs").await.text();
        assert!(page.contains(&here) && page.contains("问题清单"), "{page}");
        let page = successor.reads(&here).await.text();
        assert!(!page.contains("登记离任和交接"), "only the administrator ends: {page}");
        let mut other = p.api.reader("county-610902").await;
        assert_eq!(other.reads(&here).await.status, 404);
        assert!(other.reads("/hand-overs").await.text().contains("没有接手事项"));
    }
}

fn testkit_id(hazard: &str) -> domain::HazardId {
    domain::HazardId::parse(hazard).expect("an id")
}

/// As far as signing in under it needs one.
async fn receipt(w: &testkit::World, id: &str) -> app::delegation::DelegationReceipt {
    let found = w
        .app
        .store
        .delegations()
        .find(domain::DelegationId::parse(id).expect("an id"))
        .await;
    let one = found.expect("delegations can be read").expect("it is there");
    app::delegation::DelegationReceipt {
        id: id.to_owned(),
        giver: one.giver.person.to_string(),
        taker: one.taker.person.to_string(),
        acts: Vec::new(),
        from: one.from.to_string(),
        until: one.until.to_string(),
        ended: false,
        version: one.seen.version,
        event: String::new(),
        at: 0,
    }
}
