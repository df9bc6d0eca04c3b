//! Acts on the directory leave events as every other act does, and what was decided under a post ends with it.

use domain::time::DAY;
use testkit::{World, code, on_both_engines};

async fn told(w: &World, act: &str) -> Vec<String> {
    let sql = "SELECT body FROM event WHERE act = $1 ORDER BY at";
    let rows = w
        .raw()
        .await
        .query(sql, &[seal::Value::Text(act.to_owned())])
        .await;
    rows.iter().map(|row| row.text("body")).collect()
}

on_both_engines! {
    async fn an_appointment_ends_once_with_a_reason_on_the_record(w: &World) {
        let county = w.second_county_officer().seated().await;
        w.admin().ends_the_appointment_of(&county, w.now().day()).await.good();
        let bodies = told(w, "end_appointment").await;
        assert_eq!(bodies.len(), 1);
        assert!(bodies[0].contains("岗位调整") && bodies[0].contains("2026-03-04"), "{}", bodies[0]);
        w.admin().ends_the_appointment_of(&county, w.now().day()).await.refused_with("already-ended");
        assert_eq!(told(w, "end_appointment").await.len(), 1);
    }

    /// The day it ends is still a day in office; what is decided on the next rests on nothing.
    async fn the_last_day_counts_and_the_next_does_not(w: &World) {
        let h = w.town().reports("通道堵塞").await.good();
        w.admin().ends_the_appointment_of(&w.county(), w.now().day()).await.good();
        w.county().signs_in().await.good();
        w.county().confirms(&h).await.good();
        w.time_passes(DAY);
        w.county().signs_in().await.refused_with("no-post");
        w.second_county_officer().signs_in().await.good();
    }

    /// Whoever sits there with a post that has ended meanwhile is told that others changed it, and nothing is written.
    async fn whoever_kept_sitting_writes_nothing(w: &World) {
        let h = w.town().reports("通道堵塞").await.good();
        let sitting = w.county().seated().await;
        w.admin().ends_the_appointment_of(&sitting, w.now().day()).await.good();
        let events = w.events().await;
        sitting.confirms(&h).await.refused_with("conflict");
        sitting.reports("又一处").await.refused_with("conflict");
        sitting.uploads().await.refused_with("conflict");
        assert_eq!(w.events().await, events);
    }

    async fn only_the_administrator_touches_the_directory(w: &World) {
        let events = w.events().await;
        for somebody in [w.city(), w.county(), w.discipline(), w.unit()] {
            let refused = if somebody.person().await == w.discipline().person().await { "not-your-act" } else { "not-found" };
            somebody.ends_the_appointment_of(&w.town(), w.now().day()).await.refused_with(refused);
            somebody.sets_the_password_of(&w.town(), "a-long-password").await.refused_with("not-your-act");
        }
        let far = w.now().day().plus_days(93);
        w.admin().ends_the_appointment_of(&w.town(), far).await.refused_with("on: too-late");
        w.admin().sets_the_password_of(&w.town(), "short").await.refused_with("password: too-short");
        assert_eq!(w.events().await, events);
    }

    /// The event says that it was changed, not to what.
    async fn a_password_changes_with_an_event_that_does_not_tell_it(w: &World) {
        w.admin().sets_the_password_of(&w.town(), "a-long-password").await.good();
        let bodies = told(w, "change_password").await;
        assert_eq!(bodies.len(), 1);
        assert!(!bodies[0].contains("argon2") && !bodies[0].contains("a-long-password"), "{}", bodies[0]);
        let old = w.town().signs_in().await.failure();
        assert_eq!(code(&old), "wrong-password");
        w.town().signs_in_with("a-long-password").await.good();
    }

    /// What sign-in would not look at cannot be set.
    async fn a_password_that_can_be_set_can_be_used(w: &World) {
        let longest = "密".repeat(200);
        w.admin().sets_the_password_of(&w.town(), &longest).await.good();
        w.town().signs_in_with(&longest).await.good();
        let longer = format!("{longest}x");
        w.admin().sets_the_password_of(&w.town(), &longer).await.refused_with("password: too-long");
        w.town().signs_in_with(&longest).await.good();
    }

    /// A department that has found something new sees it, and answers for it.
    async fn a_department_sees_what_it_has_reported(w: &World) {
        let fire = w.person("department-610902-fire");
        let mut said = fire.a_report("消防通道堵塞").await;
        said.kind = domain::subject::SubjectKind::Venue;
        said.subject = app::hazard::report::Named::Name("江北小商品市场".to_owned());
        let h = fire.reports_as(said.clone()).await.good();
        let hazard = fire.looks_at(&h).await.good().hazard;
        assert_eq!(hazard.regulator, Some(fire.agency().await));
        said.report.id = domain::HazardId(w.app.ids.uuid(w.now()));
        let again = fire.reports_as(said).await.good();
        assert_eq!(fire.looks_at(&again).await.good().hazard.subject.id, hazard.subject.id);
    }

    /// Unknown names, shut accounts and wrong passwords cannot be told apart.
    async fn who_has_an_account_cannot_be_found_out(w: &World) {
        w.person("nobody-of-that-name").signs_in().await.refused_with("wrong-password");
        w.city().signs_in_with("guess").await.refused_with("wrong-password");
        w.city().signs_in_with("").await.refused_with("wrong-password");
        w.city().signs_in_with(&"x".repeat(5_000)).await.refused_with("wrong-password");
        assert!(testkit::whose(&w.app, "no token").await.is_err());
        assert!(testkit::whose(&w.app, "").await.is_err());
    }

    async fn reference_data_come_in_once_with_the_digest_of_their_file(w: &World) {
        let loads = told(w, "load_reference").await;
        let events = w.events().await;
        app::directory::load::load_reference(&w.app).await.expect("loading again is allowed");
        assert_eq!(w.events().await, events, "and changes nothing");
        let expected = app::ids::sha256_hex(app::reference::SHIPPED.regions.as_bytes());
        assert!(loads.iter().any(|body| body.contains(&expected)), "{loads:?}");
    }

    /// A program that was killed between two parts goes on with the next; a file that has changed is left alone.
    async fn a_loading_that_was_interrupted_goes_on(w: &World) {
        use domain::change::{Row, Seen};
        let rows = |n: usize| -> Vec<domain::change::Row> {
            (0..n).map(|n| Row::Person(domain::person::Person {
                id: domain::PersonId(app::directory::load::named("person", &format!("loaded-{n}"))),
                seen: Seen::NEW,
                city: w.app.city().clone(),
                name: format!("第{n}人"),
                certificate_no: String::new(),
            })).collect()
        };
        let source = |sha256: &str| ("people.toml".to_owned(), sha256.to_owned());
        let (now, mut ids) = (w.now(), || w.app.ids.event(w.now()));
        let changes = domain::directory::load("people.toml", "a", w.app.city(), rows(4_100), &mut ids, now);
        for part in [0, 2] {
            w.app.store.record(&changes[part], store::Stamp { salt: [2; 32], answer: None }).await.unwrap();
        }
        let before = w.count("person").await;
        app::directory::load::record_all(&w.app, &source("a"), rows(4_100)).await.unwrap();
        assert_eq!(w.count("person").await, before + 2_000, "the part that was missing");
        let events = w.events().await;
        app::directory::load::record_all(&w.app, &source("a"), rows(4_100)).await.unwrap();
        app::directory::load::record_all(&w.app, &source("b"), rows(4_200)).await.unwrap();
        assert_eq!(w.events().await, events);
    }
}
