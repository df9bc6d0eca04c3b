//! Listed supervision of a major hazard, over the API and on pages.

use serde_json::{Value, json};
use testkit::on_both_engines;

use crate::people::{self, People};

fn proposal() -> Value {
    json!({
        "listing_level": "city", "requirements": "停用期间专人值守，加固后检测。", "overseer": "罗安国",
        "overseer_office": "副市长", "plan_by": "2026-03-14", "reports_every": "month",
    })
}

fn decided(page: &str) -> Value {
    json!({
        "leader_name": "罗安国", "leader_office": "市安委会副主任", "signed_on": "2026-03-04", "leader_page": [page],
    })
}

fn with(mut said: Value, more: Value) -> Value {
    let fields = said.as_object_mut().expect("an object");
    fields.extend(more.as_object().expect("an object").clone());
    said
}

async fn a_major(p: &People) -> String {
    let id = p.hazard_at("reported").await;
    let mut major = people::confirmation();
    major["initial_level"] = json!("suspected_major");
    major["determination"] = json!("major");
    p.county.acts(&id, "confirmation", &major).await;
    id
}

/// Approved, and counted from then on.
pub async fn a_listed(p: &People) {
    let id = a_major(p).await;
    p.city.acts(&id, "listing", &proposal()).await;
    let page = p.city.photo().await;
    let approval = with(decided(&page), json!({ "order_no": "安安办督〔2026〕2号" }));
    p.city.acts(&id, "listing-approval", &approval).await;
}

on_both_engines! {
    async fn a_major_hazard_is_listed_and_the_desk_counts_it(w: &World) {
        let p = People::of(w).await;
        let general = p.hazard_at("confirmed").await;
        p.city.posts(&format!("/hazards/{general}/listing"), &proposal()).await.is_problem(409, "not-now");
        let id = a_major(&p).await;
        let path = |name: &str| format!("/hazards/{id}/{name}");
        p.unit.posts(&path("listing"), &proposal()).await.is_problem(403, "not-your-act");
        let unread = with(proposal(), json!({ "listing_level": "nation", "plan_by": "soon" }));
        p.city.posts(&path("listing"), &unread).await.is_refused_for("listing_level: not-a-choice, plan_by: not-a-date");
        p.city.acts(&id, "listing", &proposal()).await;
        p.city.posts(&path("listing"), &proposal()).await.is_refused_for("listing_level: listed-already");

        let mut city = p.api.reader("city").await;
        let listed = "/hazards?only=listed";
        assert!(!city.reads(listed).await.text().contains(&path("")[..path("").len() - 1]), "a proposal is no listing");
        let page = p.city.photo().await;
        let unnumbered = with(decided(&page), json!({ "order_no": " " }));
        p.city.posts(&path("listing-approval"), &unnumbered).await.is_refused_for("order_no: required");
        p.city.acts(&id, "listing-approval", &with(decided(&page), json!({ "order_no": "安安办督〔2026〕1号" }))).await;
        assert!(city.reads(listed).await.text().contains(&format!("/hazards/{id}")), "the tile opens its row");
        let desk = city.reads("/").await.text();
        assert!(desk.contains("挂牌在办") && desk.contains(listed), "{desk}");

        let served = json!({ "served_on": "2026-03-04", "receiver": "高志松", "proof": [p.city.photo().await] });
        p.city.acts(&id, "listing-service", &served).await;
        p.unit.acts(&id, "progress", &json!({ "note": "已停用并设专人值守。" })).await;
        let shown = city.reads(&format!("/hazards/{id}")).await.text();
        for told in ["市级挂牌 安安办督〔2026〕1号", "2026-03-04 送达，高志松签收", "已报进展 1 次", "包抓领导：罗安国 副市长"] {
            assert!(shown.contains(told), "{told}: {shown}");
        }
        // What a leader signed is not for the unit to see; that it is listed is.
        p.unit.gets(&format!("/files/{page}")).await.is_problem(404, "not-found");
        assert_eq!(p.county.gets(&format!("/files/{page}")).await.status, 200);
        let told = p.api.reader("enterprise-1").await.reads(&format!("/hazards/{id}")).await.text();
        assert!(told.contains("市级挂牌"), "{told}");

        p.city.posts(&path("delisting"), &with(decided(&page), json!({ "opinion": "已整改。", "published": "市政府网站" }))).await.is_problem(409, "wrong-stage");
        let again = p.city.photo().await;
        p.city.acts(&id, "listing-cancellation", &with(decided(&again), json!({ "opinion": "与省级挂牌重复。" }))).await;
        assert!(!city.reads(listed).await.text().contains(&format!("/hazards/{id}")));
    }
}
