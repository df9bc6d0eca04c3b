//! For those who run it: alive, ready, figures; and the headers that stand on every answer.

use testkit::on_both_engines;

use crate::{client::Api, people::People};

on_both_engines! {
    async fn it_says_that_it_is_alive_and_ready(w: &World) {
        let api = Api::of(w);
        for path in ["/healthz", "/readyz"] {
            let answer = api.anonymous("GET", path, "").await;
            assert_eq!(answer.status, 200, "{path}: {}", answer.text());
        }
    }

    async fn without_its_tables_it_is_alive_but_not_ready(w: &World) {
        let p = People::of(w).await;
        w.has_been_tampered_with();
        w.raw().await.query("DROP TABLE pending", &[]).await;
        assert_eq!(p.api.anonymous("GET", "/healthz", "").await.status, 200);
        assert_eq!(p.api.anonymous("GET", "/readyz", "").await.status, 503);
        // What went wrong is for the log, not for whoever asked.
        let answer = p.town.posts("/hazards", &crate::client::a_report("配电箱未接地")).await;
        assert!(answer.status >= 500, "{}", answer.text());
        let problem = answer.is_problem(answer.status, answer.json()["code"].as_str().expect("a code"));
        assert!(!problem.to_string().contains("pending"), "{problem}");
    }

    async fn figures_are_given_as_prometheus_reads_them(w: &World) {
        let p = People::of(w).await;
        p.town.reports("配电箱未接地").await;
        let answer = p.api.anonymous("GET", "/metrics", "").await;
        assert_eq!(answer.status, 200);
        assert!(answer.header("content-type").starts_with("text/plain"));
        let text = answer.text();
        assert!(text.contains("anlan_events_total{act=\"report\"}"), "{text}");
        let pending = text.lines().find_map(|line| line.strip_prefix("anlan_events_unsealed "));
        assert!(pending.is_some_and(|n| n.parse::<f64>().is_ok_and(|n| n >= 1.0)), "{text}");
        assert!(!text.contains("配电箱") && !text.contains("青屿"), "figures name nobody");
    }

    async fn every_answer_carries_the_headers_that_browsers_heed(w: &World) {
        let p = People::of(w).await;
        let answers = [
            p.city.gets("/hazards").await,
            p.city.gets("/hazards/x").await,
            p.api.anonymous("GET", "/api/v1/session", "").await,
            p.api.anonymous("PUT", "/api/v1/session", "").await,
            p.api.anonymous("GET", "/healthz", "").await,
        ];
        for answer in answers {
            assert_eq!(answer.header("x-content-type-options"), "nosniff");
            assert_eq!(answer.header("x-frame-options"), "DENY");
            assert_eq!(answer.header("referrer-policy"), "same-origin");
            assert!(answer.header("content-security-policy").contains("default-src 'self'"));
        }
    }

    /// A compressed answer still names a version that can be sent back.
    async fn a_version_survives_compression(w: &World) {
        let p = People::of(w).await;
        let id = p.hazard_at("rectifying").await;
        let shown = p.county.with("accept-encoding", "gzip").gets(&format!("/hazards/{id}")).await;
        assert_eq!((shown.status, shown.header("content-encoding")), (200, "gzip"));
        let version = shown.header("etag").to_owned();
        assert!(version.contains("\"3\""), "{version}");
        let path = format!("/hazards/{id}/interim-measure");
        p.county.with("if-match", &version).posts(&path, &crate::people::interim_measure()).await.is(200);
    }
}
