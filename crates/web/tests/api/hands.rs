//! Who acts for whom, over the API and on pages: a clerk for a leader.

use serde_json::{Value, json};
use testkit::on_both_engines;

use crate::people::People;

fn instruction(page: &Value) -> Value {
    json!({
        "leader_name": "罗安国", "leader_office": "副市长", "wording": "请盯住整改，限期办复。",
        "signed_on": "2026-03-04", "answer_by": "2026-03-11", "page": page,
    })
}

on_both_engines! {
    async fn a_leader_writes_and_the_office_answers(w: &World) {
        let p = People::of(w).await;
        let id = p.hazard_at("confirmed").await;
        let path = format!("/hazards/{id}/instruction");
        p.town.posts(&path, &instruction(&json!([]))).await.is_problem(403, "not-your-act");
        p.city.posts(&path, &instruction(&json!([]))).await.is_refused_for("page: required");
        p.city.posts(&path, &instruction(&json!(["page.jpg"]))).await.is_refused_for("page: not-attachable");
        let unread = json!({ "leader": "mayor", "wording": "阅。", "signed_on": "4 March", "answer_by": "soon", "page": [] });
        p.city.posts(&path, &unread).await.is_refused_for("leader: unknown-person, signed_on: not-a-date, answer_by: not-a-date");
        let nobody = json!({ "wording": "阅。", "signed_on": "2026-03-05", "page": [p.city.photo().await] });
        p.city.posts(&path, &nobody).await.is_refused_for("leader_name: required, leader_office: required, signed_on: too-late");
        p.city.acts(&id, "instruction", &instruction(&json!([p.city.photo().await]))).await;

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
}
