//! The stock table, case by case: what a change of level looks like, who sees what, counts that are behind, clocks that go back;
//! and the one-page views of a county and of an agency.

use std::collections::BTreeMap;

use app::{
    Failure,
    hazard::report::Named as SubjectNamed,
    stock::{Asked, Table, table},
};
use domain::{
    hazard::InitialLevel,
    stock::{By, Part, Period},
    subject::SubjectKind,
    time::{DAY, HOUR},
};
use store::stock::Within;
use testkit::{PersonInOffice, on_both_engines};

use crate::stock::{asked, lines_with};

fn figure(table: &Table, value: &str, part: Part) -> i64 {
    let line = table.lines.iter().find(|line| line.value == value);
    line.map_or(0, |line| line.figures.of(part))
}

on_both_engines! {
    /// What a level's lines say when a hazard is confirmed at another one.
    async fn a_change_of_level_is_a_column_of_its_own(w: &World) {
        let h = w.town().reports("配电箱门缺失").await.good();
        w.seals().await;
        w.time_passes(40 * DAY);
        let mut said = w.county().a_confirmation();
        said.initial_level = InitialLevel::Serious;
        w.county().confirms_as(&h, said).await.good();
        w.seals().await;
        let now = Period::month_of(w.now()).to_string();
        let table = asked(w, &w.city(), By::Level, &now).await;
        let of = |value: &str, part| figure(&table, value, part);
        assert_eq!((of("general", Part::Opening), of("general", Part::MovedOut), of("general", Part::Closing)), (1, 1, 0));
        assert_eq!((of("serious", Part::Opening), of("serious", Part::MovedIn), of("serious", Part::Closing)), (0, 1, 1));
        assert_eq!(table.total.of(Part::New), 0, "it is not new");
        let county = asked(w, &w.city(), By::County, &now).await;
        assert_eq!(county.total.of(Part::MovedIn), 0, "no county gave it to another");
    }

    /// Everybody's own, and nobody else's.
    async fn each_sees_the_stock_of_their_own(w: &World) {
        w.town().reports("配电箱门缺失").await.good();
        let mut said = w.neighbour().a_report("公路边坡落石").await;
        said.kind = SubjectKind::Unowned;
        said.subject = SubjectNamed::Name("蜀河段边坡".to_owned());
        w.neighbour().reports_as(said).await.good();
        w.seals().await;
        let month = Period::month_of(w.now()).to_string();
        let seen = async |who: PersonInOffice| lines_with(&asked(w, &who, By::County, &month).await, Part::Closing);
        let both = BTreeMap::from([("610902".to_owned(), 1), ("610981".to_owned(), 1)]);
        assert_eq!(seen(w.city()).await, both);
        assert_eq!(seen(w.discipline()).await, both);
        assert_eq!(seen(w.county()).await, BTreeMap::from([("610902".to_owned(), 1)]));
        assert_eq!(seen(w.neighbour()).await, BTreeMap::from([("610981".to_owned(), 1)]));
        assert_eq!(seen(w.person("department-610902-housing")).await, BTreeMap::new(), "not its trade");
        let lines = asked(w, &w.neighbour(), By::County, &month).await.lines;
        assert_eq!(lines.len(), 1, "other counties are not even named");
    }

    /// What was recorded and not sealed yet is said, not hidden; and it comes.
    async fn what_is_not_counted_yet_is_said(w: &World) {
        w.seals().await;
        w.town().reports("配电箱门缺失").await.good();
        let month = Period::month_of(w.now()).to_string();
        let table = asked(w, &w.city(), By::County, &month).await;
        assert_eq!((table.standing.uncounted, table.total.of(Part::Closing)), (1, 0));
        w.seals().await;
        let table = asked(w, &w.city(), By::County, &month).await;
        assert_eq!((table.standing.uncounted, table.total.of(Part::Closing)), (0, 1));
    }

    /// After an upgrade the counts begin empty. They catch up; nothing else waits for them, and nothing counts twice.
    async fn counts_that_are_behind_catch_up(w: &World) {
        let h = w.town().reports("配电箱门缺失").await.good();
        w.seals().await;
        w.app.store.door.forget_counts().await.expect("they are forgotten");
        assert!(w.verifies().await.is_sound(), "to be behind is no fault");
        let month = Period::month_of(w.now()).to_string();
        let table = asked(w, &w.city(), By::County, &month).await;
        assert_eq!(table.standing.uncounted, w.events().await);
        w.county().confirms(&h).await.good();
        w.seals().await;
        let table = asked(w, &w.city(), By::County, &month).await;
        assert_eq!((table.standing.uncounted, table.total.of(Part::New), table.total.of(Part::Closing)), (0, 1, 1));
        app::record::rebuild::rebuild(&w.app).await.expect("they are made anew");
        assert_eq!(asked(w, &w.city(), By::County, &month).await.total, table.total);
    }

    /// Two programs whose clocks disagree: nothing ends before it began.
    async fn a_clock_that_goes_back(w: &World) {
        let h = w.town().reports("配电箱门缺失").await.good();
        w.time_passes(-2 * HOUR);
        w.county().confirms(&h).await.good();
        w.seals().await;
        let stays = w.raw().await.query("SELECT since, until FROM stay", &[]).await;
        assert_eq!(stays.len(), 2);
        assert!(stays.iter().all(|stay| stay.int("since") <= stay.int("until")));
    }

    async fn the_future_is_not_counted(w: &World) {
        let next = Period::month_of(w.now()).plus(1).expect("a month");
        let within = Within::default();
        let asked = Asked { by: By::County, period: next, within };
        let refused = table(&w.app, &w.city().caller().await, asked).await;
        assert!(matches!(refused, Err(Failure::Fields(_))), "{refused:?}");
    }

    /// The two one-page views: whose they are, and what is blank in them.
    async fn one_page_of_a_county_and_of_an_agency(w: &World) {
        let h = w.town().reports("配电箱门缺失").await.good();
        w.county().confirms(&h).await.good();
        w.unit().plans(&h).await.good();
        w.unit().rectifies(&h).await.good();
        w.second_county_officer().returns(&h, "未整改到位。").await.good();
        w.seals().await;
        let county = "610902".into();
        let page = app::stock::jurisdiction::one_page(&w.app, &w.city().caller().await, &county).await.expect("it is there");
        assert_eq!((page.figures.of(Part::New), page.figures.of(Part::Returned), page.returned.len()), (1, 1, 1));
        assert_eq!(page.revisits.map(|revisits| app::stock::rate(revisits.passed, revisits.all)), Some(None), "0 of 0 is blank");
        for person in [w.neighbour(), w.town(), w.unit()] {
            let refused = app::stock::jurisdiction::one_page(&w.app, &person.caller().await, &county).await;
            assert!(matches!(refused, Err(Failure::NotFound)));
        }
        let office = w.county().agency().await;
        let page = app::stock::agency::one_page(&w.app, &w.county().caller().await, office).await.expect("its own");
        let (_, year) = page.lines.last().expect("the year");
        assert_eq!((year.found, year.ordered, year.returned, year.accepted), (0, 1, 1, 0));
        for person in [w.neighbour(), w.town(), w.unit()] {
            let refused = app::stock::agency::one_page(&w.app, &person.caller().await, office).await;
            assert!(matches!(refused, Err(Failure::NotFound)));
        }
    }
}
