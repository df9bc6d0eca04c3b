//! Five people bring a hazard to sign-off with nothing but the fixed names of the API.

use serde_json::{Value, json};
use testkit::{on_both_engines, photo};

use crate::{
    client::a_report,
    people::{self, People},
};

/// The names of what somebody may do now.
fn offered(acts: &Value) -> Vec<&str> {
    let items = acts["items"].as_array().expect("a list");
    items
        .iter()
        .map(|one| one["act"].as_str().expect("a name"))
        .collect()
}

fn told<'a>(items: &'a Value, name: &str) -> Vec<&'a str> {
    let items = items.as_array().expect("a list");
    items
        .iter()
        .map(|one| one[name].as_str().expect("a word"))
        .collect()
}

on_both_engines! {
    async fn five_people_bring_a_hazard_to_sign_off(w: &World) {
        let p = People::of(w).await;
        let id = w.app.ids.uuid(w.now()).to_string();
        let mut said = a_report("二楼安全出口被货架堵塞");
        said["id"] = json!(id);
        said["found_at"] = json!("2026-03-04T08:10:00+08:00");
        let answer = p.town.posts("/hazards", &said).await;
        let receipt = answer.is(201);
        assert_eq!((receipt["id"].as_str(), receipt["stage"].as_str(), receipt["version"].as_i64()), (Some(&*id), Some("reported"), Some(1)));
        assert_eq!(answer.header("etag"), "\"1\"");
        let number = receipt["number"].as_str().expect("a number").to_owned();
        assert!(number.contains("-2026-"), "{number}");
        assert_eq!(receipt["at"], "2026-03-04T09:00:00+08:00");

        let here = format!("/hazards/{id}");
        let shown = p.county.gets(&here).await;
        let hazard = shown.is(200);
        assert_eq!(shown.header("etag"), "\"1\"");
        assert_eq!(hazard["found_at"], "2026-03-04T08:10:00+08:00");
        assert_eq!(hazard["location"], json!({ "text": "二楼裁剪车间东侧", "lon": 109.03, "lat": 32.69 }));
        assert_eq!((&hazard["subject"]["kind"], &hazard["county"]["id"]), (&json!("enterprise"), &json!("610902")));
        assert_eq!(offered(&p.county.gets(&format!("{here}/acts")).await.is(200)), [
            "confirmation", "interim-measure", "suspension", "assignment", "correction", "transfer", "merging", "dismissal", "voiding",
            "instruction",
        ]);

        let confirmed = p.county.if_match(1).acts(&id, "confirmation", &people::confirmation()).await;
        assert_eq!((&confirmed["stage"], &confirmed["due_at"]), (&json!("confirmed"), &json!("2026-03-21T00:00:00+08:00")));
        p.unit.acts(&id, "interim-measure", &people::interim_measure()).await;
        let planned = p.unit.if_match(3).acts(&id, "plan", &people::plan()).await;
        assert_eq!((&planned["stage"], &planned["due_at"]), (&json!("rectifying"), &json!("2026-03-11T00:00:00+08:00")));

        let file = p.unit.uploads("after.jpg", &photo::with_place("after")).await.is(201);
        assert_eq!((file["media_type"].as_str(), file["captured_at"].as_str()), (Some("image/jpeg"), Some("2026-03-03T16:20:00+08:00")));
        let file_id = file["id"].as_str().expect("an id");
        let submitted = p.unit.acts(&id, "rectification", &people::rectification(file_id)).await;
        assert_eq!(submitted["stage"], "submitted");

        let inspectors = p.second.inspectors_of(&id).await;
        let accepted = p.second.acts(&id, "acceptance", &people::acceptance(&inspectors)).await;
        assert_eq!(accepted["stage"], "accepted");
        assert_eq!(offered(&p.city.gets(&format!("{here}/acts")).await.is(200)), ["sign-off", "interim-measure", "correction", "voiding", "instruction"]);
        let end = p.city.acts(&id, "sign-off", &people::sign_off()).await;
        assert_eq!((&end["stage"], &end["version"], &end["due_at"], &end["waits_for"]), (&json!("signed_off"), &json!(7), &json!(null), &json!(null)));
        assert!(offered(&p.city.gets(&format!("{here}/acts")).await.is(200)).is_empty());

        let hazard = p.town.gets(&here).await.is(200);
        assert_eq!((&hazard["number"], &hazard["stage"], &hazard["overdue"]), (&json!(number), &json!("signed_off"), &json!(false)));
        assert_eq!(hazard["files"][0]["sha256"], file["sha256"]);
        assert_eq!((&hazard["plan"]["funds_fen"], &hazard["plan"]["deadline"]), (&json!(1_200_000), &json!("2026-03-10")));
        assert_eq!(hazard["acceptance"]["inspectors"].as_array().map(Vec::len), Some(2));
        assert_eq!(told(&hazard["hands"], "act"), ["report", "confirm", "interim_measure", "plan", "rectify", "accept", "sign_off"]);

        let events = p.town.gets(&format!("{here}/events")).await.is(200);
        assert_eq!(told(&events["items"], "act"), told(&hazard["hands"], "act"));
        let (digests, before) = (told(&events["items"], "digest"), told(&events["items"], "prev"));
        assert_eq!(digests[..6], before[1..], "each event names the one before it");
        assert_eq!(events["next"], json!(null));
    }

    async fn what_is_returned_comes_again(w: &World) {
        let p = People::of(w).await;
        let id = p.hazard_at("submitted").await;
        let back = json!({ "passed": false, "opinion": "照片看不清门扇开启方向。" });
        assert_eq!(p.county.acts(&id, "acceptance", &back).await["stage"], "rectifying");
        p.unit.acts(&id, "rectification", &people::rectification(&p.unit.photo().await)).await;
        p.second.acts(&id, "acceptance", &people::acceptance(&p.second.inspectors_of(&id).await)).await;
        let back = json!({ "passed": false, "opinion": "缺少检测报告。" });
        assert_eq!(p.city.acts(&id, "sign-off", &back).await["stage"], "rectifying");
        let hazard = p.town.gets(&format!("/hazards/{id}")).await.is(200);
        assert_eq!(hazard["returns"], 2);
        assert_eq!(told(&hazard["returned"], "reason"), ["照片看不清门扇开启方向。", "缺少检测报告。"]);
        assert_eq!(told(&hazard["returned"], "from"), ["submitted", "accepted"]);
    }

    /// Confirmation names the fire brigade, whose officer then accepts in the county office's place.
    async fn the_regulator_that_was_named_accepts(w: &World) {
        let p = People::of(w).await;
        let id = p.hazard_at("reported").await;
        let fire = p.api.signs_in("department-610902-fire").await;
        let here = format!("/hazards/{id}");
        fire.gets(&here).await.is_problem(404, "not-found");
        let agency = fire.gets("/session").await.is(200)["agency"]["id"].clone();
        let mut said = people::confirmation();
        said["regulator"] = agency.clone();
        said["order_no"] = json!("汉安委办责改〔2026〕17号");
        let confirmed = p.county.acts(&id, "confirmation", &said).await;
        assert_eq!(confirmed["stage"], "confirmed");
        let hazard = fire.gets(&here).await.is(200);
        assert_eq!((&hazard["regulator"]["id"], &hazard["confirmation"]["order_no"]), (&agency, &said["order_no"]));
        p.unit.acts(&id, "plan", &people::plan()).await;
        let submitted = p.unit.acts(&id, "rectification", &people::rectification(&p.unit.photo().await)).await;
        assert_eq!(submitted["waits_for"], agency);
        let accepted = fire.acts(&id, "acceptance", &people::acceptance(&fire.inspectors_of(&id).await)).await;
        assert_eq!(accepted["stage"], "accepted");
    }

    async fn a_suspected_major_waits_until_somebody_decides(w: &World) {
        let p = People::of(w).await;
        let id = p.hazard_at("reported").await;
        p.county.acts(&id, "confirmation", &people::open_confirmation()).await;
        p.unit.acts(&id, "plan", &people::plan()).await;
        p.unit.acts(&id, "rectification", &people::rectification(&p.unit.photo().await)).await;
        let said = people::acceptance(&p.second.inspectors_of(&id).await);
        p.second.posts(&format!("/hazards/{id}/acceptance"), &said).await.is_problem(409, "determination-pending");
        let voided = p.county.posts(&format!("/hazards/{id}/voiding"), &people::voiding()).await;
        voided.is_problem(403, "major-voided-by-city");
        let major = json!({ "determination": "major", "clauses": ["工贸企业重大事故隐患判定标准 第三条"], "basis": "现场核查。" });
        let decided = p.city.acts(&id, "determination", &major).await;
        assert_eq!((&decided["determination"], &decided["initial_level"]), (&json!("major"), &json!("suspected_major")));
        let again = p.city.posts(&format!("/hazards/{id}/determination"), &major).await;
        again.is_problem(409, "determination-made");
        assert_eq!(p.second.acts(&id, "acceptance", &said).await["stage"], "accepted");
    }

    /// The same person in two hands, and an act before its turn.
    async fn the_rules_of_the_loop_are_told_as_problems(w: &World) {
        let p = People::of(w).await;
        let reported = p.county.reports("配电箱未接地").await;
        let id = reported["id"].as_str().expect("an id");
        let own = p.county.posts(&format!("/hazards/{id}/confirmation"), &people::confirmation()).await;
        own.is_problem(403, "same-hands");
        p.second.acts(id, "confirmation", &people::confirmation()).await;
        let early = p.unit.posts(&format!("/hazards/{id}/rectification"), &people::rectification(&p.unit.photo().await)).await;
        early.is_problem(409, "plan-demanded");
        let wrong = p.city.posts(&format!("/hazards/{id}/sign-off"), &people::sign_off()).await;
        let problem = wrong.is_problem(409, "wrong-stage");
        assert_eq!(problem["stage"], "confirmed");
        let denied = p.town.posts(&format!("/hazards/{id}/sign-off"), &people::sign_off()).await;
        let problem = denied.is_problem(403, "not-your-act");
        assert_eq!(problem["who_may"], json!(["city_office"]));
        assert!(problem["detail"].as_str().is_some_and(|detail| detail.contains("市安委办")), "{problem}");
    }
}
