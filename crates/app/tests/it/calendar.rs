//! The arrangement of holidays changes: dates that count working days move once, say why, and by whichever process.

use std::sync::Arc;

use app::{
    App, Reference,
    calendar::recount,
    reference::{SHIPPED, Texts},
};
use domain::{
    deadline::{Because, Due},
    hazard::HazardEvent,
    time::DAY,
};
use testkit::{Named, World, on_both_engines};

/// Another process, started with a calendar in which these days are free as well.
async fn started_with(w: &World, free: &str) -> App {
    // Holidays stand behind the year that they belong to, and 2026 is the last.
    let table = format!("[[year.holiday]]\nname_zh = \"调整\"\nname_en = \"Moved\"\nrest = [{free}]\n");
    let calendar = format!("{}\n{table}", SHIPPED.calendar);
    let mut app = w.opened_again().await;
    let texts = Texts {
        calendar: &calendar,
        ..SHIPPED
    };
    let read = Reference::read(&texts).expect("the calendar can be read");
    let mut reference = (*app.reference).clone();
    reference.timetable = read.timetable;
    reference.sources.calendar = read.sources.calendar;
    app.reference = Arc::new(reference);
    app
}

async fn round(app: &App) -> usize {
    recount(app).await.expect("dates can be counted")
}

async fn due(w: &World, hazard: &impl Named) -> Due {
    w.city()
        .looks_at(hazard)
        .await
        .good()
        .hazard
        .due
        .expect("it is due")
}

on_both_engines! {
    /// Reported on a Wednesday, due within two working days; Thursday and Friday become free.
    async fn dates_move_once_and_say_why(w: &World) {
        let reported = w.town().reports("疏散通道堆物").await.good();
        let ordered = w.town().reports("配电箱门缺失").await.good();
        w.county().confirms(&ordered).await.good();
        let (was, set) = (due(w, &reported).await, due(w, &ordered).await);
        assert_eq!(round(&w.app).await, 0, "nothing has changed");
        let events = w.events().await;

        let app = started_with(w, "\"2026-03-05\", \"2026-03-06\"").await;
        assert_eq!(round(&app).await, 1);
        assert_eq!(w.events().await, events + 2, "the calendar, and the one date that counts working days");
        let now = due(w, &reported).await;
        assert_eq!((was.day().to_string(), now.day().to_string()), ("2026-03-06".to_owned(), "2026-03-10".to_owned()));
        assert_eq!(due(w, &ordered).await, set, "a day that a person set stays");
        let Some(Because::Calendar { days, source }) = now.moved.last().map(|moved| moved.because.clone()) else {
            panic!("{now:?}");
        };
        assert_eq!(days.len(), 2);
        assert!(source.contains("2026年部分节假日安排"), "{source}");
        let dossier = w.city().looks_at(&reported).await.good();
        let event = dossier.events.last().expect("events").clone();
        assert_eq!((event.act.as_str(), event.person), ("recount_deadline", None));
        let told: HazardEvent = serde_json::from_value(event.body).expect("it can be read");
        assert!(matches!(told, HazardEvent::Recounted { from, to, .. } if from == was.day() && to == now.day()));
        assert_eq!(dossier.hazard.course.spans.last().and_then(|span| span.due_at), Some(now.at));

        assert_eq!((round(&app).await, w.events().await), (0, events + 2), "once is enough");
        // The act after it still is whose it is.
        w.county().confirms(&reported).await.good();
        w.seals().await;
        assert!(w.verifies().await.is_sound());
    }

    /// Started with the older file, a process moves nothing back; and what it still decides is found by the others.
    async fn an_older_process_moves_nothing_back(w: &World) {
        let reported = w.town().reports("疏散通道堆物").await.good();
        let app = started_with(w, "\"2026-03-05\"").await;
        round(&app).await;
        let moved = due(w, &reported).await;
        assert_eq!(round(&w.app).await, 0);
        assert_eq!(due(w, &reported).await, moved);
        let late = w.town().reports("由旧进程受理").await.good();
        assert_eq!(round(&app).await, 1, "counted by the older calendar, and found");
        assert_eq!(due(w, &late).await.day(), moved.day());
        let next = started_with(w, "\"2026-03-05\", \"2026-03-06\"").await;
        assert_eq!(round(&next).await, 2, "another change is another round");
        assert_eq!(due(w, &late).await.moved.len(), 2);
    }

    /// Two processes go round at once, and one is told to end in the middle: each date is moved by one event.
    async fn killed_in_the_middle_it_goes_on(w: &World) {
        let mut hazards = Vec::new();
        for n in 0..9 {
            hazards.push(w.town().reports(&format!("第{n}处通道堵塞")).await.good());
        }
        let free = "\"2026-03-05\"";
        let (one, other, third) = (started_with(w, free).await, started_with(w, free).await, started_with(w, free).await);
        let events = w.events().await;
        one.end();
        assert_eq!(round(&one).await, 0, "it was to end");
        let (a, b) = tokio::join!(recount(&other), recount(&third));
        let moved = a.expect("dates can be counted") + b.expect("dates can be counted");
        let rest = round(&other).await;
        assert_eq!(moved + rest, 9);
        assert_eq!(w.events().await, events + 10, "the calendar once, and each date once");
        for hazard in &hazards {
            assert_eq!(due(w, hazard).await.moved.len(), 1);
        }
    }

    /// The ordered day has passed, and the plan still comes: a promise, and as overdue as before.
    async fn a_late_plan_is_taken_and_moves_nothing(w: &World) {
        let h = w.town().reports("疏散通道堆物").await.good();
        w.county().confirms(&h).await.good();
        let was = due(w, &h).await;
        w.time_passes(20 * DAY);
        w.unit().plans_until(&h, was.day()).await.refused_with("deadline: too-early");
        let promised = w.now().day().plus_days(5);
        let filed = w.unit().plans_until(&h, promised).await.good();
        assert_eq!((filed.stage.as_str(), filed.due_at), ("rectifying", Some(was.at.0)));
        let hazard = w.city().looks_at(&h).await.good().hazard;
        assert!(hazard.stage.plan().is_some_and(|plan| plan.late && plan.deadline == promised));
        assert_eq!(hazard.due, Some(was));
        w.unit().rectifies(&h).await.good();
    }
}
