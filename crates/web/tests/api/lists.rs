//! Lists, page by page: all pages together are the whole list, no row comes twice, and new reports do not disturb a reader.

use std::collections::BTreeSet;

use serde_json::Value;
use testkit::on_both_engines;

use crate::{
    client::Eyes,
    people::{self, People},
};

fn column(items: &Value, name: &str) -> Vec<String> {
    let items = items.as_array().expect("a list");
    items
        .iter()
        .map(|one| one[name].as_str().expect("a text").to_owned())
        .collect()
}

/// As it has to be written in a query.
fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

/// All pages of a list; `between` is done after each.
async fn pages(eyes: &Eyes, path: &str, limit: usize, between: impl AsyncFn()) -> Vec<Value> {
    let (mut pages, mut cursor) = (Vec::new(), None::<String>);
    loop {
        let sign = if path.contains('?') { '&' } else { '?' };
        let from = cursor
            .map(|cursor| format!("&cursor={}", encoded(&cursor)))
            .unwrap_or_default();
        let page = eyes
            .gets(&format!("{path}{sign}limit={limit}{from}"))
            .await
            .is(200);
        cursor = page["next"].as_str().map(str::to_owned);
        let items = page["items"].as_array().map_or(0, Vec::len);
        assert!(
            items <= limit && (cursor.is_none() || items == limit),
            "a page that is not the last is full"
        );
        pages.push(page);
        if cursor.is_none() {
            return pages;
        }
        between().await;
    }
}

async fn all(eyes: &Eyes, path: &str, limit: usize) -> Vec<String> {
    let pages = pages(eyes, path, limit, async || {}).await;
    pages
        .iter()
        .flat_map(|page| column(&page["items"], "id"))
        .collect()
}

fn once(ids: &[String]) -> BTreeSet<&String> {
    let different: BTreeSet<&String> = ids.iter().collect();
    assert_eq!(different.len(), ids.len(), "a row came twice");
    different
}

on_both_engines! {
    async fn all_pages_together_are_the_whole_list(w: &World) {
        let p = People::of(w).await;
        let mut reported = Vec::new();
        for n in 0..13 {
            // Some in the same millisecond, so that the id has to decide.
            if n % 3 == 0 {
                w.time_passes(1_000);
            }
            reported.push(p.town.reports(&format!("隐患 {n}")).await["id"].as_str().expect("an id").to_owned());
        }
        let whole = all(&p.county, "/hazards", 200).await;
        assert_eq!(once(&whole), once(&reported));
        for limit in [1, 2, 5, 12, 13, 14] {
            assert_eq!(all(&p.county, "/hazards", limit).await, whole, "pages of {limit}");
        }
        let times = column(&p.county.gets("/hazards?limit=200").await.is(200)["items"], "reported_at");
        assert!(times.is_sorted_by(|a, b| a >= b), "the newest comes first: {times:?}");
    }

    /// New reports come and old ones move on while somebody turns the pages.
    async fn turning_pages_is_not_disturbed(w: &World) {
        let p = People::of(w).await;
        for n in 0..9 {
            w.time_passes(1_000);
            p.town.reports(&format!("隐患 {n}")).await;
        }
        let before = all(&p.county, "/hazards", 200).await;
        let pages = pages(&p.county, "/hazards", 2, async || {
            w.time_passes(1_000);
            p.town.reports("翻页时新上报").await;
            let last = before.last().expect("there are some");
            p.county.acts(last, "interim-measure", &people::interim_measure()).await;
        })
        .await;
        let seen: Vec<String> = pages.iter().flat_map(|page| column(&page["items"], "id")).collect();
        assert_eq!(seen, before);
    }

    async fn the_size_of_a_page_has_bounds(w: &World) {
        let p = People::of(w).await;
        for n in 0..201 {
            w.town().reports(&format!("隐患 {n}")).await.good();
        }
        let size = async |query: &str| {
            let page = p.county.gets(&format!("/hazards{query}")).await.is(200);
            (page["items"].as_array().map_or(0, Vec::len), page["next"].is_string())
        };
        assert_eq!(size("").await, (50, true));
        assert_eq!(size("?limit=1").await, (1, true));
        assert_eq!(size("?limit=0").await, (1, true));
        assert_eq!(size("?limit=200").await, (200, true));
        assert_eq!(size("?limit=201").await, (200, true));
        assert_eq!(size("?limit=18446744073709551615").await, (200, true));
        for unreadable in ["-1", "1.5", "ten", "", "18446744073709551616"] {
            p.county.gets(&format!("/hazards?limit={unreadable}")).await.is_problem(422, "unreadable");
            p.county.gets(&format!("/subjects?limit={unreadable}")).await.is_problem(422, "unreadable");
        }
        once(&all(&p.county, "/hazards", 50).await);
    }

    async fn filters_leave_what_fits(w: &World) {
        let p = People::of(w).await;
        let (reported, accepted, void) = (p.hazard_at("reported").await, p.hazard_at("accepted").await, p.hazard_at("void").await);
        let neighbour = p.api.signs_in("town-610981103").await;
        let mut elsewhere = crate::client::a_report("国道边坡松动");
        elsewhere["subject"] = serde_json::json!({ "kind": "unowned", "name": "国道 316 边坡" });
        let elsewhere = neighbour.posts("/hazards", &elsewhere).await.is(201)["id"].as_str().expect("an id").to_owned();
        let ids = async |query: &str| {
            let mut ids = all(&p.city, &format!("/hazards?{query}"), 50).await;
            ids.sort_unstable();
            ids
        };
        let sorted = |ids: &[&String]| {
            let mut ids: Vec<String> = ids.iter().map(|id| (*id).clone()).collect();
            ids.sort_unstable();
            ids
        };
        assert_eq!(ids("").await, sorted(&[&reported, &accepted, &void, &elsewhere]));
        assert_eq!(ids("stage=accepted").await, sorted(&[&accepted]));
        assert_eq!(ids("stage=merged").await, sorted(&[]));
        assert_eq!(ids("county=610902").await, sorted(&[&reported, &accepted, &void]));
        assert_eq!(ids("county=610902&stage=void").await, sorted(&[&void]));
        assert_eq!(ids("county=nowhere").await, sorted(&[]));
        let shown = p.city.gets(&format!("/hazards/{reported}")).await.is(200);
        let subject = shown["subject"]["id"].as_str().expect("an id");
        assert_eq!(ids(&format!("subject={subject}")).await, sorted(&[&reported, &accepted, &void]));
        assert_eq!(ids("overdue=true").await, sorted(&[]));
        assert_eq!(ids("overdue=false").await, sorted(&[&reported, &accepted, &void, &elsewhere]));
        w.time_passes(60 * domain::time::DAY);
        let city = p.api.signs_in("city").await;
        let late = city.gets("/hazards?overdue=true").await.is(200);
        assert_eq!(late["items"].as_array().map(Vec::len), Some(3), "what has ended is not late");
        assert!(late["items"].as_array().is_some_and(|items| items.iter().all(|one| one["overdue"] == true)));
        assert_eq!(all(&city, "/hazards?overdue=false", 50).await, [void]);
    }

    async fn a_filter_that_is_none_is_refused(w: &World) {
        let p = People::of(w).await;
        for (query, expected) in [
            ("stage=done", "stage: not-a-choice"),
            ("subject=7", "subject: not-a-choice"),
            ("cursor=7", "cursor: not-a-choice"),
            ("cursor=x~0195ffff-0000-7000-8000-00000000ffff", "cursor: not-a-choice"),
            ("cursor=1~x", "cursor: not-a-choice"),
        ] {
            p.city.gets(&format!("/hazards?{query}")).await.is_refused_for(expected);
        }
        p.city.gets("/subjects?kind=unit").await.is_refused_for("kind: not-a-choice");
        p.city.gets("/subjects?cursor=7").await.is_refused_for("cursor: not-a-choice");
        for unreadable in ["overdue=yes", "status=reported", "limit=1&limit=2", "stage=void&stage=reported"] {
            p.city.gets(&format!("/hazards?{unreadable}")).await.is_problem(422, "unreadable");
        }
        p.city.gets("/subjects?name=x").await.is_problem(422, "unreadable");
    }

    async fn subjects_are_found_by_name_code_and_place(w: &World) {
        let p = People::of(w).await;
        let whole = all(&p.city, "/subjects", 200).await;
        assert!(whole.len() > 90);
        once(&whole);
        assert_eq!(all(&p.city, "/subjects", 7).await, whole);
        let toys = async |eyes: &Eyes, q: &str| all(eyes, &format!("/subjects?q={}", encoded(q)), 50).await;
        let found = toys(&p.city, "毛绒玩具").await;
        assert_eq!(found.len(), 1);
        assert_eq!(toys(&p.city, crate::client::CREDIT_CODE).await, found);
        assert_eq!(toys(&p.unit, "").await, found, "a unit sees itself");
        assert_eq!(toys(&p.city, "没有这样的单位").await, Vec::<String>::new());
        let one = p.city.gets(&format!("/subjects?q={}", crate::client::CREDIT_CODE)).await.is(200)["items"][0].clone();
        assert_eq!((&one["kind"], &one["county"]["id"], &one["status"]), (&"enterprise".into(), &"610902".into(), &"registered".into()));
        let here = all(&p.city, "/subjects?county=610902", 50).await;
        assert_eq!(all(&p.county, "/subjects", 50).await, here, "a county sees its own");
        let projects = p.city.gets("/subjects?kind=project&limit=200").await.is(200);
        let kinds: BTreeSet<String> = column(&projects["items"], "kind").into_iter().collect();
        assert_eq!(kinds, BTreeSet::from(["project".to_owned()]));
    }
}
