//! What a digest tells of: all that came before its window closed, however much, and nothing that is still on its way.

use app::notice::plan::plan;
use testkit::on_both_engines;

use crate::notice::{at, digests, everything, kinds, ordered};

on_both_engines! {
    /// Signed while the window was still open to others, it is told on the next day, and once.
    async fn what_is_signed_as_the_window_closes_is_told_on_the_next_day(w: &World) {
        let h = ordered(w).await;
        let red = w.falls_overdue(&h).await;
        w.app.clock.set(at("2026-03-16T10:00:00+08:00"));
        assert_eq!(plan(&w.app).await.expect("it runs"), 0, "the window closes, and nothing is read yet");
        w.time_passes(1_000);
        w.county().sends_the_draft(&red).await.good();
        w.time_passes(60_000);
        assert!(plan(&w.app).await.expect("it runs") > 0);
        assert_eq!(kinds(&digests(w, &w.unit()).await[0]), [("red", 1)]);
        w.app.clock.set(at("2026-03-17T10:00:00+08:00"));
        everything(&w.app).await;
        let unit = digests(w, &w.unit()).await;
        assert_eq!((unit.len(), kinds(&unit[0])), (2, vec![("letters", 1)]));
    }

    /// More than one page of them is read.
    async fn all_that_has_come_is_counted(w: &World) {
        for _ in 0..105 {
            ordered(w).await;
        }
        w.app.clock.set(at("2026-03-12T08:30:00+08:00"));
        everything(&w.app).await;
        let told = &digests(w, &w.unit()).await[0];
        assert_eq!(kinds(told), [("reminder", 20), ("stuck", 20)]);
        assert!(told.sections.iter().all(|one| one.more == 85), "{told:?}");
        assert_eq!(told.len(), 210);
    }
}
