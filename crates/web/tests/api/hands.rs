//! Who acts for whom, over the API and on pages: a clerk for a leader, a town for a small unit.

use serde_json::{Value, json};
use testkit::{City, on_both_engines};

use crate::people::People;

fn instruction(page: &Value) -> Value {
    json!({
        "leader_name": "罗安国", "leader_office": "副市长", "wording": "请盯住整改，限期办复。",
        "signed_on": "2026-03-04", "answer_by": "2026-03-11", "leader_page": page,
    })
}

on_both_engines! {
    async fn a_leader_writes_and_the_office_answers(w: &World) {
        let p = People::of(w).await;
        let id = p.hazard_at("confirmed").await;
        let path = format!("/hazards/{id}/instruction");
        p.town.posts(&path, &instruction(&json!([]))).await.is_problem(403, "not-your-act");
        p.city.posts(&path, &instruction(&json!([]))).await.is_refused_for("leader_page: required");
        p.city.posts(&path, &instruction(&json!(["page.jpg"]))).await.is_refused_for("leader_page: not-attachable");
        let unread = json!({ "leader": "mayor", "wording": "阅。", "signed_on": "4 March", "answer_by": "soon", "leader_page": [] });
        p.city.posts(&path, &unread).await.is_refused_for("leader: unknown-person, signed_on: not-a-date, answer_by: not-a-date");
        let nobody = json!({ "wording": "阅。", "signed_on": "2026-03-05", "leader_page": [p.city.photo().await] });
        p.city.posts(&path, &nobody).await.is_refused_for("leader_name: required, leader_office: required, signed_on: too-late");
        let leader_page = p.city.photo().await;
        p.city.acts(&id, "instruction", &instruction(&json!([leader_page]))).await;

        // It is for those who govern, not for the unit that it is about.
        let file = format!("/files/{leader_page}");
        assert_eq!(p.county.gets(&file).await.status, 200);
        p.unit.gets(&file).await.is_problem(404, "not-found");
        let mut unit = p.api.reader("enterprise-1").await;
        let told = [
            unit.reads(&format!("/hazards/{id}")).await.text(),
            unit.reads(&format!("/hazards/{id}/card")).await.text(),
            p.unit.gets(&format!("/hazards/{id}/events")).await.is(200).to_string(),
            p.unit.gets(&format!("/hazards/{id}")).await.is(200).to_string(),
        ];
        for text in told {
            assert!(!text.contains("罗安国") && !text.contains("盯住整改") && !text.contains(&leader_page), "{text}");
        }

        let mut city = p.api.reader("city").await;
        let desk = city.reads("/").await.text();
        assert!(desk.contains("批示件") && desk.contains("/hazards?only=instructed"), "the desk has the tile");
        let list = city.reads("/hazards?only=instructed").await.text();
        assert!(list.contains(&format!("/hazards/{id}")), "the tile opens its row");
        let page = city.reads(&format!("/hazards/{id}")).await.text();
        assert!(page.contains("代录罗安国批示") && page.contains("待办复，要求 2026-03-11 前"), "{page}");

        let path = format!("/hazards/{id}/instruction-answer");
        let answer = |no: &str, text: &str| json!({ "instruction": no, "answer": text });
        p.county.posts(&path, &answer("", "已约谈。")).await.is_refused_for("instruction: required");
        p.county.posts(&path, &answer("first", "已约谈。")).await.is_refused_for("instruction: not-a-choice");
        p.county.posts(&path, &answer("2", " ")).await.is_refused_for("instruction: not-a-choice, answer: required");
        p.county.acts(&id, "instruction-answer", &answer("1", "已约谈企业负责人。")).await;
        p.county.posts(&path, &answer("1", "已约谈。")).await.is_problem(409, "not-now");
        assert!(!city.reads("/hazards?only=instructed").await.text().contains(&format!("/hazards/{id}")));
        let page = city.reads(&format!("/hazards/{id}")).await.text();
        assert!(page.contains("已约谈企业负责人。") && page.contains("已办复"), "{page}");
    }

    async fn a_town_records_for_a_small_unit(w: &World, City::Graded) {
        let p = People::of(w).await;
        let (first, second) = (p.api.signs_in("town-610902003").await, p.api.signs_in("town-610902003-2").await);
        let unit = app::directory::load::subject_id("s-610902-14").to_string();
        let path = format!("/subjects/{unit}/proxy");
        first.posts(&path, &json!({ "head": " ", "reason": "" })).await.is_refused_for("head: required, reason: required");
        first.posts("/subjects/none/proxy", &json!({ "head": "文春舟", "reason": "无手机。" })).await.is_problem(404, "not-found");
        let own = format!("/subjects/{}/proxy", app::directory::load::subject_id(testkit::SUBJECT));
        p.town.posts(&own, &json!({ "head": "高志松", "reason": "无手机。" })).await.is_problem(409, "unit-acts-itself");
        p.county.posts(&path, &json!({ "head": "文春舟", "reason": "无手机。" })).await.is_problem(403, "not-your-act");
        let slip = first.posts(&path, &json!({ "head": "文春舟", "reason": "无智能手机。" })).await.is(201);
        let code = slip["codes"][0].as_str().expect("a code").to_owned();
        let listed = second.gets("/proxies").await.is(200);
        assert_eq!((&listed["items"][0]["id"], &listed["items"][0]["unused_codes"]), (&json!(unit), &json!(5)));
        assert!(!listed.to_string().contains(&code));
        assert_eq!(p.town.gets("/proxies").await.is(200)["items"], json!([]), "another town sees nothing of it");

        let order = json!({ "measures": "更换灭火器。", "responsible_person": "文春舟", "deadline": "2026-03-10" });
        let report = json!({
            "subject": { "kind": "enterprise", "id": unit }, "description": "车辆灭火器过期", "source": "patrol",
            "location": { "text": "站场" }, "initial_level": "general", "order": order,
        });
        let id = first.posts("/hazards", &report).await.is(201)["id"].as_str().expect("an id").to_owned();
        let photo = second.photo().await;
        second.acts(&id, "rectification", &json!({ "summary": "已更换。", "evidence": [photo] })).await;
        let path = format!("/hazards/{id}/proxy-confirmation");
        second.posts(&path, &json!({})).await.is_refused_for("signed_page: required");
        second.posts(&path, &json!({ "code": code, "signed_page": [second.photo().await] })).await.is_refused_for("code: code-or-page");
        second.posts(&path, &json!({ "code": "12345x" })).await.is_refused_for("code: wrong-code");
        first.posts(&path, &json!({ "code": code })).await.is_problem(403, "same-hands");
        let wrong = if code == "000000" { "000001" } else { "000000" };
        for _ in 0..5 {
            second.posts(&path, &json!({ "code": wrong })).await.is_refused_for("code: wrong-code");
        }
        let locked = second.posts(&path, &json!({ "code": code })).await.is_problem(429, "codes-locked");
        let told = format!("{} {}", locked["detail"], locked["next"]);
        assert!(told.contains("口令输错次数过多") && told.contains("24 小时") && !told.contains("登录"), "{told}");
        w.app.store.door.forget_tries(&format!("proxy:{unit}")).await.expect("they are forgotten");
        let mut reader = p.api.reader("town-610902003-2").await;
        let page = reader.reads(&format!("/hazards/{id}")).await.text();
        assert!(page.contains("待单位确认") && page.contains("镇代录，事主文春舟"), "{page}");
        let accepted = json!({ "passed": true, "opinion": "属实。", "visited_at": "2026-03-04T08:30:00+08:00", "place": "站场", "inspectors": p.county.inspectors_of(&id).await, "cause": "management" });
        p.county.posts(&format!("/hazards/{id}/acceptance"), &accepted).await.is_problem(409, "proxy-unconfirmed");
        second.acts(&id, "proxy-confirmation", &json!({ "code": code })).await;
        let page = reader.reads(&format!("/hazards/{id}")).await.text();
        assert!(page.contains("单位已凭口令确认") && !page.contains("待单位确认"), "{page}");
        p.county.acts(&id, "acceptance", &accepted).await;

        let ending = format!("/subjects/{unit}/proxy-ending");
        first.posts(&ending, &json!({ "reason": "已配手机。" })).await.is(200);
        first.posts(&ending, &json!({ "reason": "已配手机。" })).await.is_problem(409, "proxy-ended");
    }

    /// The slip is the answer to the form and stands at no address; sent again, the form tells no codes.
    async fn a_slip_is_shown_once(w: &World) {
        let p = People::of(w).await;
        let mut town = p.api.reader("town-610902003").await;
        assert!(town.reads("/hazards").await.text().contains("href=\"/proxies\""));
        town.reads("/proxies").await;
        let typed = [("unit", "没有的单位"), ("head", "文春舟"), ("reason", "无智能手机"), ("idempotency_key", "a")];
        let back = town.sends_form("/proxies", &typed).await;
        assert_eq!(back.status, 422);
        let back = back.text();
        assert!(back.contains("本镇名单中没有这个单位") && back.contains("value=\"没有的单位\""), "{back}");
        let typed = [("unit", "安途客运（演示）有限公司"), ("head", "文春舟"), ("reason", "无智能手机"), ("idempotency_key", "b")];
        let slip = town.sends_form("/proxies", &typed).await.text();
        assert_eq!(slip.matches("<li>").count() - town.reads("/proxies").await.text().matches("<li>").count(), 5, "{slip}");
        let page = town.reads("/proxies").await.text();
        let ending = page.split("action=\"").find(|rest| rest.contains("/ending\"")).expect("an end").split('"').next().expect("its address").to_owned();
        let back = town.clone().on_a_page_with("of-yesterday").sends_form(&ending, &[("reason", "已配手机")]).await;
        assert_eq!(back.status, 403);
        let back = back.text();
        assert!(back.contains("页面已过期，尚未提交") && back.contains("value=\"已配手机\""), "{back}");
        let again = town.sends_form("/proxies", &typed).await.text();
        assert!(again.contains("口令不再显示") && !again.contains("slip-codes"), "{again}");
        let mut unit = p.api.reader("enterprise-1").await;
        assert!(!unit.reads("/hazards").await.text().contains("href=\"/proxies\""));
    }
}
