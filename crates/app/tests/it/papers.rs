//! Numbers of papers: each once, in order, by series and year.

use domain::time::DAY;
use testkit::on_both_engines;

on_both_engines! {
    async fn numbers_of_papers_follow_each_other_and_begin_anew_with_the_year(w: &World) {
        let now = w.now();
        let year = now.day().year();
        let takes = |series: &'static str, at| { let app = w.app.clone(); async move { app.next_paper_number(series, at).await } };
        assert_eq!(takes("handover", now).await.unwrap(), format!("安安办函〔{year}〕1号"));
        assert_eq!(takes("handover", now).await.unwrap(), format!("安安办函〔{year}〕2号"));
        assert_eq!(takes("recheck", now).await.unwrap(), format!("安应急复〔{year}〕1号"), "each series counts for itself");
        assert_eq!(takes("handover", now.plus(366 * DAY)).await.unwrap(), format!("安安办函〔{}〕1号", year + 1));
        assert!(takes("letters", now).await.unwrap_err().to_string().contains("no series letters"));
        let (one, other) = tokio::join!(takes("handover", now), takes("handover", now));
        assert_ne!(one.unwrap(), other.unwrap());
    }
}
