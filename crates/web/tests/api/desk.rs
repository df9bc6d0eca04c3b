//! Every number of every desk, and every part of one, opens as many rows as it says: on both engines, for everybody.

use domain::time::DAY;
use serde_json::json;
use testkit::{World, on_both_engines};

use crate::{client::Api, people::People};

const STAGES: [&str; 7] = [
    "reported",
    "confirmed",
    "rectifying",
    "submitted",
    "accepted",
    "signed_off",
    "void",
];
const READERS: [&str; 10] = [
    "admin",
    "city",
    "county-610902",
    "county-610902-2",
    "town-610902001",
    "enterprise-1",
    "discipline",
    "department-610902-fire",
    "department-610902-housing",
    "department-6109-housing",
];

/// The href behind the number that stands with this word, and the number.
fn numbers(page: &str) -> Vec<(String, String)> {
    let tiles = page.split("<a class=\"tile").skip(1).filter_map(|tile| {
        let href = tile.split_once("href=\"")?.1.split('"').next()?;
        let number = tile.split_once("class=\"tile-number\">")?.1.split('<').next()?;
        Some((href.to_owned(), number.to_owned()))
    });
    let stock = page
        .split_once("<table class=\"table figures\">")
        .map_or("", |(_, rest)| rest);
    let cells = stock.split("<td").skip(1).filter_map(|cell| {
        let cell = cell.split("</td>").next()?;
        let (href, rest) = cell.split_once("href=\"")?.1.split_once("\">")?;
        Some((href.to_owned(), rest.split('<').next()?.to_owned()))
    });
    let parts = page.split("<a class=\"part\"").skip(1).filter_map(|part| {
        let href = part.split_once("href=\"")?.1.split('"').next()?;
        let number = part.split_once("<b>")?.1.split('<').next()?;
        Some((href.to_owned(), number.to_owned()))
    });
    let numbers = tiles
        .chain(parts)
        .chain(cells)
        .map(|(href, number)| (href.replace("&#38;", "&"), number));
    numbers.collect()
}

/// One hand-over that nobody has acknowledged, one that was and is not answered, a tip, and something that lies in no town.
async fn more_of_all_kinds(p: &People) {
    crate::listing::a_listed(p).await;
    let housing = p.api.signs_in("department-610902-housing").await;
    let agency = housing.gets("/session").await.is(200)["agency"]["id"].clone();
    for receives in [false, true] {
        let id = p.hazard_at("reported").await;
        let said = json!({ "agency": agency, "reply_by": "2026-03-20", "basis": null });
        p.county.acts(&id, "assignment", &said).await;
        if receives {
            housing.acts(&id, "receipt", &json!({})).await;
        }
    }
    for source in ["tip", "county_check"] {
        let unowned = json!({
            "subject": { "kind": "unowned", "name": "香溪路旁边坡" }, "description": "边坡有新近滚石",
            "location": { "text": "香溪路K0+300" }, "initial_level": "general", "source": source,
        });
        p.county.posts("/hazards", &unowned).await.is(201);
    }
}

/// Two letters of problem lists, of which one is received, and a complaint.
async fn lists_and_complaints(w: &World, p: &People) {
    for receives in [false, true] {
        let found = w.city().finds_on_a_visit("疏散通道堆物").await;
        let list = w.city().opens_a_problem_list("610902", &[&found]).await.good();
        let to = w.county().agency().await;
        w.city().sends_the_problem_list(&list, to).await.good();
        if receives {
            w.county().receives_the_problem_list(&list).await.good();
        }
        w.time_passes(1_000);
    }
    let said = json!({ "about": "system", "words": "按钮太小。", "anonymous": false });
    p.unit.posts("/complaints", &said).await.is(201);
}

/// What stands with a word on a desk.
fn number_of(page: &str, label: &str) -> Option<String> {
    let tile = page
        .split_once(&format!("<span class=\"tile-label\">{label}</span>"))?
        .1;
    let number = tile.split_once("class=\"tile-number\">")?.1;
    number.split('<').next().map(str::to_owned)
}

fn part_of(page: &str, label: &str) -> Vec<String> {
    let before = format!("\">{label} <b>");
    let parts = page.split(&before).skip(1);
    parts
        .filter_map(|rest| rest.split('<').next())
        .map(str::to_owned)
        .collect()
}

on_both_engines! {
    async fn every_number_of_a_desk_opens_its_rows(w: &World) {
        let p = People::of(w).await;
        for stage in STAGES {
            p.hazard_at(stage).await;
        }
        more_of_all_kinds(&p).await;
        lists_and_complaints(w, &p).await;
        // Whose clock stands still is still mine to do, by no date.
        let paused = p.hazard_at("confirmed").await;
        p.county.acts(&paused, "pause", &json!({ "reason": "山洪致道路中断。" })).await;
        let unit = p.api.reader("enterprise-1").await.reads("/").await.text();
        let today = unit.split_once("id=\"desk-today\"").expect("a list").1;
        assert!(today.contains(&format!("/hazards/{paused}")), "{unit}");
        for days in [2, 40] {
            w.time_passes(days * DAY);
            let (mut nowhere, mut split) = (0, 0);
            for who in READERS {
                let mut reader = Api::of(w).reader(who).await;
                let desk = reader.reads("/").await.text();
                let numbers = numbers(&desk);
                assert!(numbers.len() >= 4, "{who}: {numbers:?}");
                nowhere += usize::from(desk.contains("未定镇（街道）"));
                split += usize::from(desk.contains("class=\"splits\""));
                for (href, number) in numbers {
                    let list = reader.reads(&href).await.text();
                    let rows = list.matches("<tr data-href=").count();
                    let rows = rows + list.matches("<li><p><span class=\"tag\">").count();
                    assert_eq!(number, rows.to_string(), "{who} {href}");
                    assert!(!href.starts_with("/hazards") || list.contains(&format!("共 {number} 件")), "{who} {href}");
                }
            }
            assert!(nowhere >= 2, "the desks of a county have a row for it");
            assert!(days == 2 || split >= 5, "offices see what is overdue taken apart");
        }
    }

    /// The office sees what it has handed over, the department what it was handed, and each part is counted by itself.
    async fn hand_overs_are_counted_until_they_are_answered(w: &World) {
        let p = People::of(w).await;
        more_of_all_kinds(&p).await;
        let desk = async |who: &str| Api::of(w).reader(who).await.reads("/").await.text();
        for (who, label) in [
            ("city", "交办未签收/未回复"),
            ("county-610902", "交办未签收/未回复"),
            ("department-610902-housing", "交办我单位"),
        ] {
            let page = desk(who).await;
            assert_eq!(number_of(&page, label).as_deref(), Some("2"), "{who}");
            assert_eq!(part_of(&page, "未签收")[0], "1", "{who}");
            assert_eq!(part_of(&page, "未回复")[0], "1", "{who}");
        }
        let city = desk("city").await;
        assert_eq!(number_of(&city, "线索待审").as_deref(), Some("1"));
        let other = desk("department-610902-fire").await;
        assert_eq!(number_of(&other, "交办我单位").as_deref(), Some("0"));
        assert_eq!(number_of(&other, "请我单位答复"), None, "no tile where nothing is asked");
        let asked = desk("department-610902-housing").await;
        assert_eq!(number_of(&asked, "请我单位答复").as_deref(), Some("1"), "to acknowledge");
        let first = asked.split_once("id=\"desk-today\"").expect("a list").1;
        assert!(first.contains("#act-receipt"), "the first button answers what was asked");
    }

    /// What a letter handed over counts as one letter, and not once more for each of its items.
    async fn letters_of_problem_lists_count_as_lists(w: &World) {
        let p = People::of(w).await;
        let before = Api::of(w).reader("city").await.reads("/").await.text();
        assert!(!before.contains("清单未签收") && !before.contains("投诉待办"), "no word where there is nothing");
        lists_and_complaints(w, &p).await;
        let mut city = Api::of(w).reader("city").await;
        let desk = city.reads("/").await.text();
        assert_eq!(number_of(&desk, "交办未签收/未回复").as_deref(), Some("0"));
        assert_eq!(part_of(&desk, "清单未签收"), ["1"]);
        assert!(part_of(&desk, "清单逾期未反馈").is_empty(), "its day has not come");
        assert_eq!(number_of(&desk, "投诉待办").as_deref(), Some("1"));
        w.time_passes(11 * DAY);
        for (who, label) in [("city", "交办未签收/未回复"), ("county-610902", "交办我单位")] {
            let mut reader = Api::of(w).reader(who).await;
            let desk = reader.reads("/").await.text();
            assert!(desk.contains(label));
            assert!(part_of(&desk, "清单逾期未反馈").contains(&"1".to_owned()), "{who}");
            let list = reader.reads("/problem-lists?only=unanswered").await.text();
            assert_eq!(list.matches("<tr data-href=").count(), 1, "{who}");
            assert!(!list.contains("id=\"step-open\""), "some lists are looked for, and none is opened");
        }
        let mut city = Api::of(w).reader("city").await;
        assert_eq!(city.reads("/problem-lists?only=late").await.status, 404);
        assert_eq!(city.reads("/problem-lists?to=them").await.status, 404);
    }

    /// Whoever found it may not judge it: the row says so instead of leaving a gap.
    async fn a_row_without_a_button_says_why(w: &World) {
        let p = People::of(w).await;
        let unowned = json!({
            "subject": { "kind": "unowned", "name": "香溪路旁边坡" }, "description": "边坡有新近滚石",
            "location": { "text": "香溪路K0+300" }, "initial_level": "general", "source": "county_check",
        });
        p.county.posts("/hazards", &unowned).await.is(201);
        let of = async |who: &str| Api::of(w).reader(who).await.reads("/").await.text();
        let own = of("county-610902").await;
        assert!(own.contains("您已办理“上报隐患”，核实判定须由他人办理"), "the reporter is told");
        let colleague = of("county-610902-2").await;
        assert!(!colleague.contains("class=\"not-you\"") && colleague.contains("#act-confirmation"));
    }

    async fn a_filter_that_is_no_word_shows_nothing(w: &World) {
        let mut city = Api::of(w).reader("city").await;
        for query in ["only=handy", "department=x", "line=x", "department=-&line=-", "desk=ours"] {
            assert_eq!(city.reads(&format!("/hazards?{query}")).await.status, 404, "{query}");
        }
        for query in ["only=unreceived", "desk=to_us&only=unanswered", "department=-", "desk=asked"] {
            assert_eq!(city.reads(&format!("/hazards?{query}")).await.status, 200, "{query}");
        }
    }
}
