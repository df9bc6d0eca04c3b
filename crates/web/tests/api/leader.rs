//! The leader's page: figures that open their rows, an overdue case with why and who and the draft, on the screen and on paper; and who
//! was responsible on any day, on the page of the case.

use domain::time::DAY;
use testkit::on_both_engines;

use crate::{
    browser::Reader,
    client::Api,
    people::{People, open_confirmation},
};

/// Numbers of a page that lead into the ledger.
fn numbers(html: &str) -> Vec<(String, usize)> {
    let links = html.split("href=\"/hazards?").skip(1);
    let read = links.filter_map(|rest| {
        let (query, rest) = rest.split_once('"')?;
        let text = rest
            .split_once("tile-number\">")
            .filter(|(before, _)| !before.contains("</a>"));
        let text = text.map_or(rest.split_once('>')?.1, |(_, number)| number);
        let number = text.split('<').next()?.trim().parse().ok()?;
        Some((format!("/hazards?{}", query.replace("&#38;", "&")), number))
    });
    read.collect()
}

async fn opens_its_rows(reader: &mut Reader, page: &str) -> usize {
    let numbers = numbers(page);
    for (href, n) in &numbers {
        let rows = reader.reads(href).await.text();
        assert_eq!(rows.matches("<tr data-href=").count(), *n, "{href}");
    }
    numbers.len()
}

/// What is told of one day.
async fn on_day(reader: &mut Reader, hazard: &str, day: &str) -> (u16, String) {
    let answer = reader.reads(&format!("/hazards/{hazard}?on={day}")).await;
    let page = answer.text();
    let section = page.split_once("id=\"responsible\"").expect("the section").1;
    (
        answer.status,
        section.split("</section>").next().unwrap_or_default().to_owned(),
    )
}

on_both_engines! {
    async fn an_overdue_case_is_told_with_why_and_who(w: &World) {
        let p = People::of(w).await;
        let hazard = p.hazard_at("reported").await;
        p.county.acts(&hazard, "confirmation", &open_confirmation()).await;
        for stage in ["reported", "accepted", "signed_off"] {
            p.hazard_at(stage).await;
        }
        w.time_passes(60 * DAY);
        app::escalation::sweep::raise(&w.app).await.expect("the ladder can be climbed");
        w.seals().await;

        let api = Api::of(w);
        let mut city = api.reader("city").await;
        let page = city.reads("/leader").await;
        assert_eq!(page.status, 200);
        let page = page.text();
        for told in [
            "安康市 · 领导一页纸",
            "数据截至 ",
            "超期最重",
            "确认时定的整改期限 2026-03-20；期限日 24:00 止；2026-03-20 24:00 到期。",
            "青屿毛绒玩具（演示）有限公司</b> <em>期限届满时负责</em>",
            "领导批示件待发",
            "呈批件",
            "本年尚未抽查",
            "超期率 = 超期 ÷ 存量",
            "存证：前 ",
        ] {
            assert!(page.contains(told), "{told}: {page}");
        }
        assert!(opens_its_rows(&mut city, &page).await >= 5);
        let paper = city.reads("/leader/print").await;
        let sheet = paper.text();
        assert_eq!(paper.status, 200);
        assert!(sheet.contains("期限届满时负责") && sheet.contains("填报单位") && sheet.contains("存证：前 "));
        assert!(!sheet.contains("href=\"/hazards"), "nothing leads anywhere on paper");

        // A county has its own, by town; nobody else has one.
        let mut county = api.reader("county-610902").await;
        let page = county.reads("/leader").await.text();
        assert!(page.contains("汉滨区 · 领导一页纸") && page.contains("老城街道"));
        assert!(opens_its_rows(&mut county, &page).await >= 3);
        let neighbour = api.reader("county-610981").await.reads("/leader").await.text();
        assert!(!neighbour.contains("青屿") && neighbour.contains("没有超期"));
        for who in ["admin", "discipline", "department-610902-fire", "department-6109-housing", "town-610902001", "enterprise-1"] {
            let mut reader = api.reader(who).await;
            assert_eq!(reader.reads("/leader").await.status, 404, "{who}");
            assert_eq!(reader.reads("/leader/print").await.status, 404, "{who}");
            assert!(!reader.reads("/").await.text().contains("href=\"/leader\""), "{who}");
        }
        assert_eq!(api.sits_down().reads("/leader").await.status, 303);
    }

    async fn any_day_of_a_case_has_who_was_responsible(w: &World) {
        let p = People::of(w).await;
        let hazard = p.hazard_at("reported").await;
        let reported = w.now().day();
        w.time_passes(2 * DAY);
        let county = Api::of(w).signs_in("county-610902").await;
        county.acts(&hazard, "confirmation", &open_confirmation()).await;
        let confirmed = w.now().day();
        w.time_passes(3 * DAY);
        let mut reader = Api::of(w).reader("county-610902").await;
        let (status, told) = on_day(&mut reader, &hazard, &reported.plus_days(1).to_string()).await;
        assert_eq!(status, 200);
        assert!(told.contains("汉滨区应急管理局") && told.contains("全天") && !told.contains("青屿"), "{told}");
        let (_, told) = on_day(&mut reader, &hazard, &confirmed.to_string()).await;
        assert!(told.contains("汉滨区应急管理局") && told.contains("青屿"), "each for a part of the day: {told}");
        let (_, told) = on_day(&mut reader, &hazard, &w.now().day().to_string()).await;
        assert!(!told.contains("汉滨区应急管理局") && told.contains("青屿") && told.contains("期限 2026-03-20 24:00"), "{told}");
        let (_, told) = on_day(&mut reader, &hazard, &reported.plus_days(-1).to_string()).await;
        assert!(told.contains("当日尚未上报"), "{told}");
        let (_, told) = on_day(&mut reader, &hazard, &w.now().day().plus_days(1).to_string()).await;
        assert!(told.contains("这一天还没有到"), "{told}");
        for wrong in ["yesterday", "2026-02-30", "", "%3Cb%3E"] {
            let (status, told) = on_day(&mut reader, &hazard, wrong).await;
            assert_eq!(status, 422, "{wrong}");
            assert!(told.contains("日期须为年-月-日") && !told.contains("<b>\""), "{wrong}: {told}");
        }
        let today = People::of(w).await;
        let ended = today.hazard_at("reported").await;
        today.county.acts(&ended, "voiding", &serde_json::json!({ "reason": "重复登记" })).await;
        w.time_passes(DAY);
        let mut reader = Api::of(w).reader("county-610902").await;
        let (_, told) = on_day(&mut reader, &ended, &w.now().day().to_string()).await;
        assert!(told.contains("当日已经办结"), "{told}");
    }
}
