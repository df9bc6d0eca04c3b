//! Bad luck: two at once, posts that end meanwhile, a disk that is full, uploads that nobody wants.

use app::{Failure, hazard::report::report};
use domain::{
    change::Require,
    hazard::{Moment, confirm::Confirm},
    time::{DAY, HOUR},
};
use store::{SqliteOptions, Stamp, StoreError};
use testkit::{Engine, Named, code, on_both_engines, photo};
use tokio::task::JoinSet;

on_both_engines! {
    async fn two_officers_confirm_at_once_and_one_of_them_does(w: &World) {
        let h = w.town().reports("配电箱敞开").await.good();
        let (first, second) = (w.county(), w.second_county_officer());
        let before = w.events().await;
        let (a, b) = tokio::join!(first.confirms(&h), second.confirms(&h));
        let refused: Vec<Failure> = [a.0, b.0].into_iter().filter_map(Result::err).collect();
        assert_eq!(refused.len(), 1, "{refused:?}");
        assert_eq!(code(&refused[0]), "wrong-stage");
        assert_eq!(w.events().await, before + 1);
    }

    /// Read, then the post ends, then the decision arrives: it rests on nothing any more.
    async fn a_post_that_ended_meanwhile_makes_it_a_conflict(w: &World) {
        let h = w.town().reports("出口上锁").await.good();
        let county = w.county();
        let caller = county.caller().await;
        let hazard = county.looks_at(&h).await.good().hazard;
        let routes = w.app.store.routes(w.app.city()).await.unwrap().unwrap();
        let now = w.now();
        let moment = Moment { who: &caller.actor, event: w.app.ids.event(now), now };
        let said: Confirm = county.a_confirmation();
        let stale = hazard.confirm(said, None, &routes, moment).unwrap();
        w.admin().ends_the_appointment_of(&county, now.day()).await.good();
        let before = w.events().await;
        let stamp = || Stamp { salt: [1; 32], answer: None };
        assert!(matches!(w.app.store.record(&stale, stamp()).await, Err(StoreError::Conflict)));
        let gone = stale.require(Require::Version { table: "person", id: "nobody".into(), version: 1 });
        assert!(matches!(w.app.store.record(&gone, stamp()).await, Err(StoreError::Conflict)));
        assert_eq!(w.events().await, before, "nothing of it was written");
        assert_eq!(county.looks_at(&h).await.good().hazard.seen.version, 1);
    }

    async fn fifty_reports_at_once_have_fifty_numbers(w: &World) {
        let town = w.town();
        let caller = town.caller().await;
        let mut reports = JoinSet::new();
        for n in 0..50 {
            let (app, caller, said) = (w.app.clone(), caller.clone(), town.a_report(&format!("第{n}处")).await);
            reports.spawn(async move { report(&app, &caller, said).await });
        }
        let mut numbers: Vec<String> = Vec::new();
        while let Some(done) = reports.join_next().await {
            numbers.push(done.unwrap().unwrap().number);
        }
        numbers.sort_unstable();
        numbers.dedup();
        assert_eq!(numbers.len(), 50);
    }

    async fn the_same_report_twice_at_once_is_one_hazard(w: &World) {
        let town = w.town();
        let caller = town.caller().await;
        let said = town.a_report("二号库通道堵塞").await;
        let mut sent = JoinSet::new();
        for _ in 0..8 {
            let (app, caller, said) = (w.app.clone(), caller.clone(), said.clone());
            sent.spawn(async move { report(&app, &caller, said).await });
        }
        let mut answers = Vec::new();
        while let Some(done) = sent.join_next().await {
            answers.push(done.unwrap().unwrap());
        }
        assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:#?}");
        assert_eq!(town.lists().await.len(), 1);
    }

    /// Two programs follow one store: no event becomes two leaves, none is left out.
    async fn two_followers_make_each_event_one_leaf(w: &World) {
        let other = w.opened_again().await;
        for n in 0..30 {
            w.town().reports(&format!("第{n}处")).await.good();
        }
        let key = || seal::SigningKey::from_seed("anlan-test", [7; 32]).unwrap();
        let (one, two) = (
            app::record::Follower::new(w.app.clone(), key(), w.last_signed()),
            app::record::Follower::new(other, key(), w.last_signed()),
        );
        let (a, b) = tokio::join!(one.seal_all(), two.seal_all());
        let sealed = a.unwrap() + b.unwrap();
        one.step_down().await.unwrap();
        two.step_down().await.unwrap();
        assert_eq!(sealed + w.seals().await, usize::try_from(w.count("leaf").await).unwrap());
        assert_eq!(w.count("leaf").await, w.events().await);
        assert!(w.verifies().await.is_sound());
    }

    /// One id, in two counties, at the same moment: it is one hazard, in one of them.
    async fn one_id_in_two_counties_at_once_is_one_hazard(w: &World) {
        for round in 0..15 {
            let id = domain::HazardId(w.app.ids.uuid(w.now()));
            let mut sent = JoinSet::new();
            for who in [w.town(), w.neighbour(), w.town(), w.neighbour()] {
                let mut said = who.a_report(&format!("第{round}处落石")).await;
                said.report.id = id;
                said.kind = domain::subject::SubjectKind::Unowned;
                said.subject = app::hazard::report::Named::Name("江边公路边坡".to_owned());
                let (app, caller) = (w.app.clone(), who.caller().await);
                sent.spawn(async move { report(&app, &caller, said).await });
            }
            while let Some(done) = sent.join_next().await {
                if let Err(failure) = done.unwrap() {
                    assert_eq!(code(&failure), "id-taken");
                }
            }
            let rows = w.raw().await.query("SELECT county FROM hazard WHERE id = $1", &[seal::Value::Text(id.to_string())]).await;
            assert_eq!(rows.len(), 1, "{rows:?}");
        }
    }

    /// Two who report something new at the same moment mean one subject.
    async fn a_new_name_at_once_is_one_subject(w: &World) {
        for round in 0..10 {
            let name = format!("第{round}处崖坎");
            let mut sent = JoinSet::new();
            for n in 0..4 {
                let town = w.town();
                let mut said = town.a_report(&format!("{n}：无护栏")).await;
                said.kind = domain::subject::SubjectKind::Unowned;
                said.subject = app::hazard::report::Named::Name(name.clone());
                let (app, caller) = (w.app.clone(), town.caller().await);
                sent.spawn(async move { report(&app, &caller, said).await });
            }
            while let Some(done) = sent.join_next().await {
                done.unwrap().unwrap();
            }
            let rows = w.raw().await.query("SELECT id FROM subject WHERE name = $1", &[seal::Value::Text(name)]).await;
            assert_eq!(rows.len(), 1, "{rows:?}");
        }
    }

    /// Acts commit while somebody reads: an honest record never looks broken.
    async fn a_case_is_read_as_of_one_version(w: &World) {
        let h = w.town().reports("配电箱敞开").await.good();
        let acting = async {
            for n in 0..40 {
                w.town().takes_interim_measure(&h, &format!("第{n}次断电检查。")).await.good();
            }
        };
        let reading = async {
            for _ in 0..60 {
                let dossier = w.county().looks_at(&h).await.good();
                assert!(dossier.chain_is_sound(), "version {}", dossier.hazard.seen.version);
                assert_eq!(dossier.events.last().map(|event| event.version), Some(dossier.hazard.seen.version));
            }
        };
        tokio::join!(acting, reading);
    }

    /// The same photo from many phones at once: each finds its bytes, and nothing half written is left beside them.
    async fn the_same_bytes_brought_by_many_at_once(w: &World) {
        for round in 0..10 {
            let bytes = testkit::photo::plain(&format!("round {round}"));
            let mut sent = tokio::task::JoinSet::new();
            for _ in 0..8 {
                let (app, caller, bytes) = (w.app.clone(), w.unit().caller().await, bytes.clone());
                sent.spawn(async move { app::file::receive::receive(&app, &caller, "a.jpg", bytes).await });
            }
            let mut sha256 = String::new();
            while let Some(done) = sent.join_next().await {
                let file = done.unwrap().unwrap();
                assert_eq!(w.app.blobs.read(&file.sha256).await.unwrap(), bytes);
                sha256 = file.sha256;
            }
            // Whoever comes after the first may still be writing while the others have their answer.
            let folder = w.opened().blobs.join(&sha256[..2]);
            let names: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
            assert!(names.iter().all(|name| name.to_string_lossy().len() == 64), "{names:?}");
        }
    }

    /// An orphan is swept while the same bytes are brought again, over and over: whatever comes first, no row is without its bytes.
    async fn bytes_that_are_brought_again_while_they_are_swept(w: &World) {
        let unit = w.unit().caller().await;
        let bytes = testkit::photo::plain("brought again");
        let brought = || app::file::receive::receive(&w.app, &unit, "a.jpg", bytes.clone());
        for _ in 0..30 {
            let old = brought().await.unwrap();
            let id = domain::FileId::parse(&old.id).unwrap();
            let file = w.app.store.files().find(id).await.unwrap().unwrap();
            let change = file.sweep(w.app.ids.event(w.now()), w.now());
            w.app.store.record(&change, store::Stamp { salt: [1; 32], answer: None }).await.unwrap();
            let (swept, again) = tokio::join!(app::file::sweep::remove_unused(&w.app, &old.sha256), brought());
            swept.unwrap();
            let again = again.unwrap();
            assert_eq!(w.app.blobs.read(&again.sha256).await.unwrap(), bytes);
            let id = domain::FileId::parse(&again.id).unwrap();
            let file = w.app.store.files().find(id).await.unwrap().unwrap();
            let change = file.sweep(w.app.ids.event(w.now()), w.now());
            w.app.store.record(&change, store::Stamp { salt: [1; 32], answer: None }).await.unwrap();
            app::file::sweep::remove_unused(&w.app, &again.sha256).await.unwrap();
            assert!(w.app.blobs.read(&again.sha256).await.is_err(), "nobody names them any more");
        }
    }

    async fn uploads_that_nobody_attached_are_swept_after_thirty_days(w: &World) {
        let unit = w.unit();
        let lost = unit.uploads().await.good();
        let h = w.town().reports("灭火器失压").await.good();
        w.county().confirms(&h).await.good();
        unit.plans(&h).await.good();
        unit.rectifies(&h).await.good();
        w.time_passes(29 * DAY);
        assert_eq!(app::file::sweep::sweep_orphans(&w.app).await.unwrap(), 0);
        w.time_passes(2 * DAY);
        assert_eq!(app::file::sweep::sweep_orphans(&w.app).await.unwrap(), 1);
        assert_eq!(app::file::sweep::sweep_orphans(&w.app).await.unwrap(), 0, "a sweep may run twice");
        unit.opens_file(&lost).await.refused_with("not-found");
        assert!(w.app.blobs.read(&lost.sha256).await.is_err(), "the bytes are gone");
        assert_eq!(unit.looks_at(&h).await.good().files.len(), 1, "what belongs to a hazard stays");
        w.seals().await;
        assert!(w.verifies().await.is_sound(), "that it was there and was swept stands on the record");
    }

    async fn what_the_camera_wrote_is_kept_but_not_shown(w: &World) {
        let bytes = photo::with_place("x");
        let file = w.unit().uploads_as("现场.jpg", bytes.clone()).await.good();
        assert_eq!(file.sha256, app::ids::sha256_hex(&bytes), "the original is what was sent");
        assert_eq!(w.app.blobs.read(&file.sha256).await.unwrap(), bytes);
        let shown = w.unit().opens_file(&file).await.good().bytes;
        let position = |bytes: &[u8]| {
            exif::Reader::new()
                .read_from_container(&mut std::io::Cursor::new(bytes))
                .is_ok_and(|exif| exif.get_field(exif::Tag::GPSLatitude, exif::In::PRIMARY).is_some())
        };
        assert!(position(&bytes), "the photo of this test tells where it was taken");
        assert!(!position(&shown));
        w.neighbour().opens_file(&file).await.refused_with("not-found");
    }

    async fn a_session_ends_with_its_post_and_with_its_time(w: &World) {
        let signed_in = w.county().signs_in().await.good();
        testkit::whose(&w.app, &signed_in.token).await.unwrap();
        w.time_passes(13 * HOUR);
        assert!(matches!(testkit::whose(&w.app, &signed_in.token).await, Err(Failure::Unauthenticated)));
        let signed_in = w.county().signs_in().await.good();
        w.admin().ends_the_appointment_of(&w.county(), w.now().day()).await.good();
        w.time_passes(DAY);
        assert!(matches!(testkit::whose(&w.app, &signed_in.token).await, Err(Failure::Unauthenticated)));
    }

    async fn guessing_passwords_is_stopped_and_a_new_password_ends_sessions(w: &World) {
        let county = w.county();
        let open = county.signs_in().await.good();
        for _ in 0..10 {
            county.signs_in_with("guess").await.refused_with("wrong-password");
        }
        county.signs_in().await.refused_with("too-many-tries");
        county.signs_in_from("elsewhere").await.good();
        w.time_passes(16 * 60_000);
        county.signs_in().await.good();
        w.admin().sets_the_password_of(&county, "a-new-password").await.good();
        assert!(matches!(testkit::whose(&w.app, &open.token).await, Err(Failure::Unauthenticated)));
        county.signs_in_with("a-new-password").await.good();
    }
}

/// A full disk is SQLite's to notice here: a PostgreSQL server has its own.
#[test]
fn a_full_disk_refuses_writes_and_serves_reads_until_there_is_room() {
    testkit::run(Engine::Sqlite, testkit::City::default(), async |w| {
        let kept = w.town().reports("通道堵塞").await.good();
        let pages = w.raw().await.query("PRAGMA page_count", &[]).await[0].int("page_count");
        let tight = SqliteOptions {
            max_pages: Some(u32::try_from(pages).unwrap() + 8),
        };
        let app = w.opened().open(w.now(), tight).await;
        let town = w.town().through(&app);
        let mut refused = None;
        for n in 0..400 {
            if let Err(failure) = town.reports(&format!("第{n}处，{}", "很长".repeat(400))).await.0 {
                refused = Some(failure);
                break;
            }
        }
        assert!(matches!(refused, Some(Failure::Full)), "{refused:?}");
        assert!(town.sees(&kept).await, "reading goes on");
        let before = w.events().await;
        assert!(matches!(
            town.reports(&"又一处".repeat(300)).await.0,
            Err(Failure::Full)
        ));
        assert_eq!(w.events().await, before, "nothing half written");
        let roomy = w.opened_again().await;
        w.town().through(&roomy).reports("有空间了").await.good();
        w.seals().await;
        assert!(w.verifies().await.is_sound());
    });
}

/// Group commit: what one caller got wrong does not undo what the others wrote.
#[test]
fn one_refused_among_many_leaves_the_others_written() {
    testkit::run(Engine::Sqlite, testkit::City::default(), async |w| {
        let h = w.town().reports("消防栓被遮挡").await.good();
        let (town, caller) = (w.town(), w.town().caller().await);
        let county = w.county();
        let stale = {
            let actor = county.caller().await.actor;
            let hazard = county.looks_at(&h).await.good().hazard;
            let routes = w.app.store.routes(w.app.city()).await.unwrap().unwrap();
            let now = w.now();
            let change = hazard
                .clone()
                .confirm(
                    county.a_confirmation(),
                    None,
                    &routes,
                    Moment {
                        who: &actor,
                        event: w.app.ids.event(now),
                        now,
                    },
                )
                .unwrap();
            county.confirms(&h).await.good();
            change
        };
        let mut sent = JoinSet::new();
        for n in 0..40 {
            let (app, caller, said) = (
                w.app.clone(),
                caller.clone(),
                town.a_report(&format!("并发第{n}处")).await,
            );
            sent.spawn(async move { report(&app, &caller, said).await.is_ok() });
            if n % 10 == 0 {
                let (app, stale) = (w.app.clone(), stale.clone());
                sent.spawn(async move {
                    app.store
                        .record(
                            &stale,
                            Stamp {
                                salt: [2; 32],
                                answer: None,
                            },
                        )
                        .await
                        .is_err()
                });
            }
        }
        while let Some(done) = sent.join_next().await {
            assert!(done.unwrap());
        }
        assert_eq!(town.lists().await.len(), 41);
        assert_eq!(h.hazard(), county.looks_at(&h).await.good().hazard.id);
    });
}

/// Room comes back while the program runs: nobody has to start it again.
#[test]
fn writing_goes_on_by_itself_once_there_is_room() {
    testkit::run(Engine::Sqlite, testkit::City::default(), async |w| {
        let raw = w.raw().await;
        let ballast = [seal::Value::Text("x".repeat(400_000))];
        raw.query(
            "INSERT INTO setting (name, value) VALUES ('ballast', $1)",
            &ballast,
        )
        .await;
        let pages = raw.query("PRAGMA page_count", &[]).await[0].int("page_count");
        let tight = SqliteOptions {
            max_pages: Some(u32::try_from(pages).unwrap() + 4),
        };
        let app = w.opened().open(w.now(), tight).await;
        let town = w.town().through(&app);
        let mut written = 0;
        let refused = loop {
            match town
                .reports(&format!("第{written}处，{}", "很长".repeat(400)))
                .await
                .0
            {
                Ok(_) => written += 1,
                Err(failure) => break failure,
            }
        };
        assert!(matches!(refused, Failure::Full), "{refused}");
        assert!(written < 100, "the disk is small");
        assert_eq!(
            town.lists().await.len(),
            written,
            "all that was acknowledged is there"
        );
        raw.query("DELETE FROM setting WHERE name = 'ballast'", &[]).await;
        town.reports("又有空间了").await.good();
        assert_eq!(town.lists().await.len(), written + 1);
    });
}
