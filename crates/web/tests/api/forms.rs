//! Forms of pages that cannot be taken: nothing that was typed is lost, and it is said what to do.

use testkit::{on_both_engines, photo};

use crate::{
    browser::{Reader, hidden},
    people::{People, plan, rectification, voiding},
};

/// The fields of a plan, with what is wrong in it.
fn a_plan<'a>(version: &'a str, key: &'a str, funds: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("version", version),
        ("idempotency_key", key),
        ("target", "通道恢复两米净宽"),
        ("measures", "清运纸箱"),
        ("funds", funds),
        ("deadline", "2026-03-10"),
        ("responsible_person", "高志松"),
        ("responsible_unit", "青屿毛绒玩具"),
        ("emergency_plan", "专人值守"),
    ]
}

async fn stands_before(reader: &mut Reader, hazard: &str, act: &str) -> (String, String) {
    let page = reader.reads(&format!("/hazards/{hazard}")).await.text();
    let action = format!("/hazards/{hazard}/{act}");
    (
        hidden(&page, &action, "version"),
        hidden(&page, &action, "idempotency_key"),
    )
}

on_both_engines! {
    async fn a_tab_leads_nowhere_else(w: &World) {
        let api = crate::client::Api::of(w);
        let mut reader = api.sits_down();
        reader.reads("/sign-in").await;
        let fields = [("username", "city"), ("password", testkit::PASSWORD), ("then", "/\t/elsewhere.example")];
        let answer = reader.sends_form("/sign-in", &fields).await;
        assert_eq!((answer.status, answer.header("location")), (303, "/"));
    }

    /// Whatever refuses it: the stage has moved on, and the form with its act has gone from the page.
    async fn what_was_typed_survives_a_refusal(w: &World) {
        let p = People::of(w).await;
        let hazard = p.hazard_at("confirmed").await;
        let mut unit = p.api.reader("enterprise-1").await;
        let (version, key) = stands_before(&mut unit, &hazard, "plan").await;
        p.county.acts(&hazard, "voiding", &voiding()).await;
        let path = format!("/hazards/{hazard}/plan");
        // The version is told first, then the stage.
        for (version, status) in [(version.as_str(), 412), ("", 409)] {
            let answer = unit.sends_form(&path, &a_plan(version, &key, "1200")).await;
            let page = answer.text();
            assert_eq!(answer.status, status, "{page}");
            assert!(page.contains("通道恢复两米净宽") && page.contains("清运纸箱") && page.contains("value=\"1200\""), "{page}");
            assert!(page.contains("您填写的内容仍在，可复制留用。") && !page.contains(">报送方案</button>"));
        }
    }

    async fn a_sum_that_is_none_is_told_after_the_version_and_the_stage(w: &World) {
        let p = People::of(w).await;
        let hazard = p.hazard_at("confirmed").await;
        let path = format!("/hazards/{hazard}/plan");
        let mut unit = p.api.reader("enterprise-1").await;
        let (version, key) = stands_before(&mut unit, &hazard, "plan").await;
        let asks = async |reader: &mut Reader, version: &str, key: &str| {
            reader.sends_form(&path, &a_plan(version, key, "很多")).await.status
        };
        assert_eq!(asks(&mut unit, "1", &key).await, 412);
        let answer = unit.sends_form(&path, &a_plan(&version, &key, "很多")).await;
        assert_eq!(answer.status, 422);
        assert!(answer.text().contains("整改资金不是有效数字") && answer.text().contains("value=\"很多\""));
        let mut county = p.api.reader("county-610902").await;
        assert_eq!(asks(&mut county, &version, "another").await, 403);
        let mut stranger = p.api.reader("enterprise-2").await;
        assert_eq!(asks(&mut stranger, &version, "another").await, 404);
        p.unit.acts(&hazard, "plan", &plan()).await;
        p.unit.acts(&hazard, "rectification", &rectification(&p.unit.photo().await)).await;
        assert_eq!(asks(&mut unit, "", &key).await, 409);
    }

    /// A form that comes back and is then taken is the draft that the device keeps: it goes by the same key.
    async fn a_form_comes_back_under_its_own_key(w: &World) {
        let p = People::of(w).await;
        let hazard = p.hazard_at("confirmed").await;
        let path = format!("/hazards/{hazard}/plan");
        let mut unit = p.api.reader("enterprise-1").await;
        let (version, key) = stands_before(&mut unit, &hazard, "plan").await;
        let back = unit.sends_form(&path, &a_plan(&version, &key, "很多")).await.text();
        assert_eq!(hidden(&back, &path, "idempotency_key"), key);
        let done = unit.sends_form(&path, &a_plan(&version, &key, "1200")).await;
        assert_eq!(done.status, 303);
        assert!(done.header("location").contains(&format!("done=plan&key={key}")));
        // Used: another text under it gets a key of its own.
        let (version, _) = stands_before(&mut unit, &hazard, "plan").await;
        let back = unit.sends_form(&path, &a_plan(&version, &key, "99")).await;
        assert_eq!(back.status, 422, "{}", back.text());
        assert_ne!(hidden(&back.text(), &path, "idempotency_key"), key);
    }

    /// Signed in anew in another tab: the page that was left open comes back with what was typed, and can be sent.
    async fn a_page_of_an_earlier_session_comes_back_whole(w: &World) {
        let p = People::of(w).await;
        let hazard = p.hazard_at("confirmed").await;
        let path = format!("/hazards/{hazard}/plan");
        let mut unit = p.api.reader("enterprise-1").await;
        let (version, key) = stands_before(&mut unit, &hazard, "plan").await;
        let events = w.events().await;
        let mut unit = unit.on_a_page_with("of-yesterday");
        let back = unit.sends_form(&path, &a_plan(&version, &key, "1200")).await;
        assert_eq!(back.status, 403);
        let page = back.text();
        assert!(page.contains("页面已过期，尚未提交") && page.contains("清运纸箱"), "{page}");
        assert_eq!(w.events().await, events);
        let mut unit = unit.on_a_page_with(&hidden(&page, &path, "csrf"));
        assert_eq!(unit.sends_form(&path, &a_plan(&version, &key, "1200")).await.status, 303);

        let mut town = p.api.reader("town-610902001").await.on_a_page_with("of-yesterday");
        let back = town.sends_form("/hazards", &[("description", "边坡有新近滚石")]).await;
        assert_eq!(back.status, 403);
        assert!(back.text().contains("边坡有新近滚石"), "{}", back.text());
    }

    async fn kept_evidence_is_shown_by_name_and_asked_for_once(w: &World) {
        let p = People::of(w).await;
        let hazard = p.hazard_at("rectifying").await;
        let path = format!("/hazards/{hazard}/rectification");
        let mut unit = p.api.reader("enterprise-1").await;
        let (version, key) = stands_before(&mut unit, &hazard, "rectification").await;
        let fields = [("version", version.as_str()), ("idempotency_key", key.as_str()), ("summary", "")];
        let bytes = photo::plain("after");
        let back = unit.sends_file(&path, &fields, ("evidence", "整改后.jpg", &bytes)).await;
        let page = back.text();
        assert_eq!(back.status, 422, "{page}");
        let files = page.split("data-files=\"evidence\"").nth(1).and_then(|rest| rest.split("</ul>").next()).expect("the files");
        assert!(files.contains("整改后.jpg <small>") && !files.contains(" required"), "{files}");
        // Sent again with what was kept, and nothing else.
        let id = hidden(&page, &path, "evidence_id");
        let fields = [("version", version.as_str()), ("idempotency_key", key.as_str()), ("summary", "纸箱已清运"), ("evidence_id", id.as_str())];
        assert_eq!(unit.sends_form(&path, &fields).await.status, 303);
    }

    async fn a_file_that_cannot_be_taken_is_told_at_its_field(w: &World) {
        let p = People::of(w).await;
        let hazard = p.hazard_at("rectifying").await;
        let path = format!("/hazards/{hazard}/rectification");
        let mut unit = p.api.reader("enterprise-1").await;
        let (version, key) = stands_before(&mut unit, &hazard, "rectification").await;
        let fields = [("version", version.as_str()), ("idempotency_key", key.as_str()), ("summary", "纸箱已清运")];
        let too_large = vec![0_u8; 20 * 1024 * 1024 + 1];
        for (bytes, status, why) in [(&b"no picture"[..], 415, "不支持这种文件"), (&too_large[..], 413, "文件或内容太大")] {
            let back = unit.sends_file(&path, &fields, ("evidence", "整改后.jpg", bytes)).await;
            let page = back.text();
            assert_eq!(back.status, status, "{page}");
            assert!(page.contains(&format!("<a href=\"#rectification-evidence\">整改后.jpg：{why}")), "{page}");
            assert!(page.contains("id=\"rectification-evidence-error\"") && page.contains("纸箱已清运"));
        }
    }

    /// Nobody is shown what another person has brought, whatever ids a form names.
    async fn only_ones_own_files_come_back(w: &World) {
        let p = People::of(w).await;
        let hazard = p.hazard_at("rectifying").await;
        let theirs = p.town.uploads("别人的.jpg", &photo::plain("b")).await.is(201);
        let path = format!("/hazards/{hazard}/rectification");
        let mut unit = p.api.reader("enterprise-1").await;
        let (version, key) = stands_before(&mut unit, &hazard, "rectification").await;
        let fields = [("version", version.as_str()), ("idempotency_key", key.as_str()), ("evidence_id", theirs["id"].as_str().expect("an id"))];
        let back = unit.sends_form(&path, &fields).await;
        assert_eq!(back.status, 422);
        assert!(!back.text().contains("别人的.jpg"));
    }
}
