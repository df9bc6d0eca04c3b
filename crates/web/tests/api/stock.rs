//! The stock table as programs and as browsers meet it: within one's scope, in words that are known, and with exactly the rows
//! behind each number.

use axum::body::Body;
use serde_json::Value;
use testkit::on_both_engines;

use crate::{
    client::{Answer, Api, Eyes},
    people::People,
};

/// A page, as the person behind a token sees it.
async fn sees(api: &Api, eyes: &Eyes, path: &str) -> Answer {
    let session = eyes.session().await;
    let request = axum::http::Request::builder()
        .uri(path)
        .header("cookie", format!("anlan={session}"));
    api.sends(request.body(Body::empty()).expect("a request")).await
}

/// Numbers of a page that lead somewhere in the ledger.
fn numbers(html: &str) -> Vec<(String, usize)> {
    let links = html.split("href=\"/hazards?").skip(1);
    let read = links.filter_map(|rest| {
        let (query, rest) = rest.split_once('"')?;
        let text = rest.split_once('>')?.1.split('<').next()?;
        Some((
            format!("/hazards?{}", query.replace("&#38;", "&")),
            text.parse().ok()?,
        ))
    });
    read.collect()
}

fn closing(table: &Value) -> Vec<(String, i64)> {
    let lines = table["lines"].as_array().expect("lines");
    lines
        .iter()
        .map(|line| {
            (
                line["value"].as_str().unwrap_or_default().to_owned(),
                line["figures"]["closing"].as_i64().unwrap_or_default(),
            )
        })
        .collect()
}

on_both_engines! {
    async fn each_number_of_the_page_opens_its_rows(w: &World) {
        let p = People::of(w).await;
        for stage in ["reported", "confirmed", "rectifying", "submitted", "accepted", "signed_off", "void"] {
            p.hazard_at(stage).await;
        }
        w.seals().await;
        let mut looked_at = 0;
        for by in ["county", "town", "sector", "level", "determination", "source", "month"] {
            let page = sees(&p.api, &p.city, &format!("/stock?by={by}")).await;
            assert_eq!(page.status, 200, "{by}");
            for (href, n) in numbers(&page.text()) {
                let rows = sees(&p.api, &p.city, &href).await;
                assert_eq!(rows.status, 200, "{href}");
                let listed = rows.text().matches("<tr data-href=").count();
                assert_eq!(listed, n, "{by}: {href}");
                looked_at += 1;
            }
        }
        assert!(looked_at > 40, "{looked_at} numbers have rows");
        let county = sees(&p.api, &p.city, "/jurisdictions/610902").await.text();
        assert!(numbers(&county).len() >= 3 && county.contains("本年尚未抽查"));
    }

    async fn the_table_as_a_file_and_on_paper(w: &World) {
        let p = People::of(w).await;
        p.hazard_at("submitted").await;
        w.seals().await;
        let csv = sees(&p.api, &p.city, "/stock/table.csv").await;
        assert_eq!((csv.status, csv.header("content-type")), (200, "text/csv; charset=utf-8"));
        assert!(csv.bytes.starts_with("\u{feff}".as_bytes()) && csv.text().contains("汉滨区,0,1,0,0,0,0,0,1,0,0,0.0%,0.0%,0"), "{}", csv.text());
        assert!(csv.text().contains("石泉县,0,0,0,0,0,0,0,0,0,0,,,0"), "0 of 0 is blank");
        let xlsx = sees(&p.api, &p.city, "/stock/table.xlsx").await;
        assert!(xlsx.status == 200 && xlsx.bytes.starts_with(b"PK") && xlsx.header("content-disposition").contains(".xlsx"));
        let print = sees(&p.api, &p.city, "/stock/print").await.text();
        assert!(print.contains("数据截至") && print.contains("存证：前") && print.contains("填报单位"));
        assert!(!print.contains("href=\"/hazards"), "nothing can be pressed on paper");
    }

    async fn a_city_without_hazards_has_a_table_of_noughts(w: &World) {
        let p = People::of(w).await;
        for path in ["/stock", "/stock?by=sector", "/stock?by=month", "/stock/print", "/jurisdictions/610902"] {
            let page = sees(&p.api, &p.city, path).await;
            assert_eq!(page.status, 200, "{path}");
            assert!(numbers(&page.text()).is_empty() && !page.text().contains("NaN"), "{path}");
        }
        let table = p.city.gets("/stock").await.is(200);
        assert_eq!(table["total"]["closed_rate"], Value::Null);
        assert!(closing(&table).len() > 5 && closing(&table).iter().all(|(_, n)| *n == 0));
    }

    async fn each_program_sees_its_own_stock(w: &World) {
        let p = People::of(w).await;
        p.hazard_at("confirmed").await;
        w.seals().await;
        let neighbour = p.api.signs_in("county-610981").await;
        assert_eq!(closing(&p.county.gets("/stock").await.is(200)), [("610902".to_owned(), 1)]);
        assert_eq!(closing(&neighbour.gets("/stock").await.is(200)), [("610981".to_owned(), 0)]);
        assert_eq!(closing(&neighbour.gets("/stock?by=level&county=610902").await.is(200)).iter().map(|(_, n)| n).sum::<i64>(), 0);
        let discipline = p.api.signs_in("discipline").await;
        assert!(closing(&discipline.gets("/stock").await.is(200)).contains(&("610902".to_owned(), 1)));
        p.unit.gets("/stock").await.is_problem(404, "not-found");
        for (eyes, status) in [(&neighbour, 404), (&p.town, 404), (&p.unit, 404), (&p.county, 200), (&discipline, 200)] {
            assert_eq!(sees(&p.api, eyes, "/jurisdictions/610902").await.status, status);
        }
        assert_eq!(sees(&p.api, &p.unit, "/stock").await.status, 404);
    }

    async fn words_that_are_not_known_are_named(w: &World) {
        let api = Api::of(w);
        let city = api.signs_in("city").await;
        city.gets("/stock?by=colour&period=2026-13&level=bad&source=x&determination=y").await.is_refused_for(
            "by: not-a-choice, period: not-a-choice, level: not-a-choice, determination: not-a-choice, source: not-a-choice",
        );
        city.gets("/stock?period=2190-01").await.is_refused_for("period: in-the-future");
        city.gets("/stock?colour=red").await.is_problem(422, "unreadable");
        for path in ["/stock?by=colour", "/stock?period=2190-01", "/hazards?part=new", "/hazards?part=x&period=2026-03", "/jurisdictions/610902001", "/agencies/x"] {
            assert_eq!(sees(&api, &city, path).await.status, 404, "{path}");
        }
    }
}
