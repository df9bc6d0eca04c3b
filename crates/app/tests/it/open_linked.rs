//! Records that other records demand, caught up with by the sweep where something is in the way of one of them.

use domain::time::DAY;
use store::Stamp;
use testkit::on_both_engines;

use crate::hand_overs::{THERE, a_transfer};

on_both_engines! {
    /// A county without an office keeps nobody else waiting, and what lies months back is caught up with.
    async fn one_that_cannot_be_opened_blocks_no_other(w: &World) {
        const WITHOUT_AN_OFFICE: &str = "610922";
        w.has_been_tampered_with();
        let raw = w.raw().await;
        raw.query(
            "UPDATE post SET role = 'county_department' WHERE agency IN (SELECT id FROM agency WHERE county = $1)",
            &[seal::Value::Text(WITHOUT_AN_OFFICE.into())],
        )
        .await;
        let mut opened = Vec::new();
        for (round, to) in [WITHOUT_AN_OFFICE, THERE].into_iter().enumerate() {
            let h = w.town().reports(&format!("第{round}处界桩倒伏")).await.good();
            let (change, there) = a_transfer(w, &w.county(), &h, to).await;
            let salt = [u8::try_from(round).expect("two"); 32];
            w.app.store.record(&change, Stamp { salt, answer: None }).await.expect("it is recorded");
            opened.push(there);
            w.time_passes(1_000);
        }
        w.time_passes(60 * DAY);
        let failed = app::hazard::open_linked::sweep(&w.app).await.expect_err("one of them cannot be opened");
        assert_eq!(testkit::code(&failed), "subject: no-county-office");
        assert_eq!((w.city().sees(&opened[0]).await, w.city().sees(&opened[1]).await), (false, true));
    }
}
