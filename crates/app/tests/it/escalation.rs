//! The ladder: it raises each step once whoever climbs it, touches no hazard, and leaves sending to people.

use app::escalation::{explain::explain, sweep};
use domain::{
    authority::Act,
    escalation::{Draft, SendLetter, Standing},
    hazard::{Determination, InitialLevel, StageName, confirm::Confirm},
    time::DAY,
};
use seal::Value;
use store::escalation::EscalationFilter;
use testkit::{Named, World, on_both_engines, raw::Row};

async fn climb(w: &World) -> usize {
    sweep::raise(&w.app).await.expect("the ladder can be climbed")
}

/// Confirmed, to be rectified within ten days.
async fn ordered(w: &World, description: &str) -> app::hazard::Receipt {
    let h = w.town().reports(description).await.good();
    w.county().confirms(&h).await.good()
}

/// A major one.
async fn major(w: &World) -> app::hazard::Receipt {
    let h = w.town().reports("液氨储罐安全阀失效").await.good();
    let said = Confirm {
        initial_level: InitialLevel::SuspectedMajor,
        determination: Determination::Major,
        ..w.county().a_confirmation()
    };
    w.county().confirms_as(&h, said).await.good()
}

async fn hazard_rows(w: &World) -> Vec<Row> {
    w.raw().await.query("SELECT * FROM hazard ORDER BY id", &[]).await
}

async fn steps(w: &World, hazard: &impl Named) -> Vec<String> {
    let mut steps: Vec<String> = w
        .city()
        .escalations_of(hazard)
        .await
        .into_iter()
        .map(|one| one.step)
        .collect();
    steps.reverse();
    steps
}

on_both_engines! {
    /// Two processes and a repeated sweep: one record for each step, of the same id, and one event for each record.
    async fn a_step_is_raised_once_by_whomever(w: &World) {
        let mut hazards = Vec::new();
        for n in 0..7 {
            hazards.push(ordered(w, &format!("第{n}处通道堵塞")).await);
        }
        w.time_passes(11 * DAY);
        let before = (hazard_rows(w).await, w.events().await);
        let other = w.opened_again().await;
        let (one, two) = tokio::join!(sweep::raise(&w.app), sweep::raise(&other));
        let raised = one.expect("it climbs") + two.expect("it climbs");
        assert_eq!((raised, climb(w).await, sweep::raise(&other).await.expect("it climbs")), (7, 0, 0));
        assert_eq!(w.count("escalation").await, 7);
        assert_eq!(w.events().await, before.1 + 7);
        assert_eq!(hazard_rows(w).await, before.0, "the ladder has touched a hazard");
        for h in &hazards {
            let seen = w.city().looks_at(h).await.good().hazard;
            let [raised] = &w.city().escalations_of(h).await[..] else { panic!("one step each") };
            assert_eq!(raised.id, sweep::id_of(&seen, raised.saw.due_at.0, "red"));
            assert_eq!((raised.saw.days_over, raised.saw.idle_days, raised.saw.stage), (0, 11, StageName::Confirmed));
            assert_eq!((raised.saw.hazard_version, raised.drafts), (seen.seen.version, Draft::Supervision));
        }
    }

    /// A year without anybody: every step is raised, nothing is closed, sent or answered, and no stage has changed.
    async fn nothing_is_ever_done_by_the_passing_of_time(w: &World) {
        let (plain, major) = (ordered(w, "消防栓被遮挡").await, major(w).await);
        let before = hazard_rows(w).await;
        for n in 0..130 {
            w.time_passes(if n < 40 { DAY / 2 } else { 4 * DAY });
            climb(w).await;
        }
        assert_eq!(steps(w, &plain).await, ["reminder", "red"]);
        assert_eq!(steps(w, &major).await, ["reminder", "yellow", "red", "leader", "referral"]);
        assert_eq!(hazard_rows(w).await, before);
        let sql = "SELECT DISTINCT state FROM escalation ORDER BY state";
        let states: Vec<String> = w.raw().await.query(sql, &[]).await.iter().map(|row| row.text("state")).collect();
        assert_eq!(states, ["drafted", "told"]);
        let by_people = "SELECT id FROM event WHERE noun = 'escalation' AND person IS NOT NULL";
        assert!(w.raw().await.query(by_people, &[]).await.is_empty());
    }

    /// After a standstill the ladder goes on; what reminds of something to come is not made up for.
    async fn a_standstill_is_caught_up_with(w: &World) {
        let h = major(w).await;
        w.time_passes(18 * DAY);
        assert_eq!(climb(w).await, 2);
        let mut raised = steps(w, &h).await;
        raised.sort();
        assert_eq!(raised, ["leader", "red"]);
    }

    /// Three working days before, which are five days with a weekend between.
    async fn a_reminder_comes_before_the_date(w: &World) {
        let h = ordered(w, "疏散指示灯不亮").await; // due on Saturday 14 March
        w.app.clock.set(domain::time::Instant::parse("2026-03-10T23:59:00+08:00").expect("an instant"));
        assert_eq!(climb(w).await, 0);
        w.time_passes(60_000);
        assert_eq!(climb(w).await, 1);
        let [reminder] = &w.city().escalations_of(&h).await[..] else { panic!("one step") };
        assert_eq!((reminder.step.as_str(), &reminder.standing, reminder.saw.days_over), ("reminder", &Standing::Told, -4));
        w.city().sets_aside(reminder, "不必").await.refused_with("nothing-drafted");
    }

    async fn those_of_whom_it_is_asked_explain_and_nobody_else(w: &World) {
        let h = ordered(w, "配电箱门缺失").await;
        let red = w.falls_overdue(&h).await;
        for (who, answer) in [
            (w.town(), "not-your-act"),
            (w.county(), "not-your-act"),
            (w.discipline(), "not-your-act"),
            (w.neighbour(), "not-found"),
            (w.person("enterprise-2"), "not-found"),
        ] {
            who.explains(&red, "情况属实。").await.refused_with(answer);
        }
        let unit = w.unit();
        unit.explains(&red, " ").await.refused_with("explanation: required");
        let foreign = w.town().uploads().await.good();
        unit.explains_with(&red, "门已订货。", &[testkit::file_id(&foreign)]).await.refused_with("files: not-attachable");
        let own = unit.uploads().await.good();
        let told = unit.explains_with(&red, "门已订货，12日到货。", &[testkit::file_id(&own)]).await.good();
        assert_eq!((told.explanations, told.state.as_str(), told.version), (1, "drafted", 2));
        assert_eq!(w.county().opens_file(&own).await.good().file.name, "after.jpg");
        unit.clone().if_match(1).explains(&red, "再说一次。").await.refused_with("stale");
        let asked = w.unit().caller().await.explanations_asked().expect("a unit explains");
        assert!(w.unit().escalations_where(&asked).await.is_empty(), "it has been answered");
        for n in 1..20 {
            unit.explains(&red, &format!("第{n}次补充。")).await.good();
        }
        unit.explains(&red, "又一次。").await.refused_with("enough-explained");
        assert_eq!(w.city().looks_at(&h).await.good().hazard.seen.version, 2, "the hazard stands as it stood");
    }

    /// A person sends, as they edited it, under a number of their series and with what was explained by then.
    async fn a_person_sends_the_letter(w: &World) {
        let h = ordered(w, "出口上锁").await;
        let red = w.falls_overdue(&h).await;
        w.unit().explains(&red, "钥匙遗失，正在配制。").await.good();
        let drafts = w.county().caller().await.drafts_to_decide().expect("an office sends");
        assert_eq!(w.county().escalations_where(&drafts).await.len(), 1);
        assert!(w.unit().caller().await.drafts_to_decide().is_none());
        for who in [w.unit(), w.town(), w.person("department-610902-housing")] {
            let answer = who.sends_the_draft(&red).await;
            let refused = testkit::code(&answer.failure());
            assert!(["not-your-act", "not-found"].contains(&refused.as_str()), "{refused}");
        }
        let draft = w.county().draft_of(&red).await;
        assert!(draft.text.contains("现已超期1天，11天没有办理记录") && draft.text.contains("钥匙遗失，正在配制。"), "{}", draft.text);
        assert!(draft.text.contains("应于2026年3月14日前完成整改方案环节") && !draft.text.contains('{'), "{}", draft.text);
        assert!(draft.text.contains("汉滨区安全生产委员会办公室\n2026年3月16日"), "{}", draft.text);
        let own = w.county().agency().await.to_string();
        w.county().sends_letter(&red, SendLetter { addressee: own, ..draft.clone() }).await.refused_with("addressee: not-a-choice");
        w.county().sends_letter(&red, SendLetter { title: String::new(), text: "x".repeat(5_001), ..draft.clone() }).await
            .refused_with("title: required, letter: too-long");
        let edited = SendLetter { text: format!("{}\n\n请于三日内反馈。", draft.text), ..draft };
        let county = w.county().with_key("k1", "letter");
        let sent = county.sends_letter(&red, edited.clone()).await.good();
        assert_eq!((sent.state.as_str(), sent.letter.as_deref()), ("sent", Some("汉滨安委办督〔2026〕1号")), "refusals took no number");
        assert_eq!(county.sends_letter(&red, edited.clone()).await.good(), sent, "the same request has the same answer");
        w.county().sends_letter(&red, edited.clone()).await.refused_with("already-decided");
        w.second_city_officer().sets_aside(&red, "重复").await.refused_with("already-decided");
        let [kept] = &w.unit().escalations_of(&h).await[..] else { panic!("one step") };
        let letter = kept.standing.letter().expect("it is sent");
        assert!(letter.text.ends_with("请于三日内反馈。"));
        assert_eq!(letter.explanations, kept.explanations);
        let id = [Value::Text(sent.event)];
        let event = w.raw().await.one("event", "id = $1", &id).await;
        assert!(event.text("body").contains("钥匙遗失") && event.text("act") == Act::SendLetter.as_str());
        w.unit().explains(&red, "函已收到，门锁已拆除。").await.good();
    }

    /// The hazard was carried on: nothing is rewritten, and the draft can no longer be sent.
    async fn a_hazard_that_moves_on_leaves_its_step_behind(w: &World) {
        let h = ordered(w, "吊顶脱落").await;
        w.unit().plans(&h).await.good();
        let red = w.falls_overdue(&h).await;
        let row = || async { w.raw().await.query("SELECT * FROM escalation", &[]).await };
        let (before, draft) = (row().await, w.county().draft_of(&red).await);
        let applies = |applies| EscalationFilter { applies: Some(applies), ..EscalationFilter::default() };
        assert_eq!(w.city().escalations_where(&applies(true)).await.len(), 1);
        w.unit().rectifies(&h).await.good();
        assert_eq!(w.city().escalations_where(&applies(true)).await.len(), 0);
        let [left] = &w.city().escalations_where(&applies(false)).await[..] else { panic!("one step") };
        assert!(!left.applies());
        assert_eq!(row().await, before, "it is derived, not written");
        w.county().sends_letter(&red, draft).await.refused_with("moved-on");
        assert!(app::escalation::acts(&w.county().caller().await, &left.escalation, left.applies()).is_empty());
        w.county().sets_aside(&red, "已提交整改。").await.good();
    }

    /// Raised on what stood a moment ago, while somebody carries it on: it is a conflict, not a step about nothing.
    async fn a_step_rests_on_the_hazard_as_it_stands(w: &World) {
        let h = ordered(w, "护栏缺失").await;
        let stale = w.city().looks_at(&h).await.good().hazard;
        w.time_passes(11 * DAY);
        w.unit().takes_interim_measure(&h, "专人值守。").await.good();
        let step = w.app.reference.escalation.step("red").expect("a step");
        let due = stale.due.as_ref().expect("a date").at.0;
        let (now, id) = (w.now(), sweep::id_of(&stale, due, "red"));
        let change = domain::escalation::Escalation::raise(&stale, step, id, w.app.ids.event(now), now).expect("a date");
        let stamp = store::Stamp { salt: w.app.ids.salt(), answer: None };
        assert!(matches!(w.app.store.record(&change, stamp).await, Err(store::StoreError::Conflict)));
        assert_eq!(climb(w).await, 1);
    }

    /// Sheets for leaders and referrals are the city's; of a referral nobody below knows.
    async fn leaders_and_discipline_are_written_to_by_the_city_alone(w: &World) {
        let h = major(w).await;
        let red = w.falls_overdue(&h).await;
        w.unit().explains(&red, "配件停产，正在另行采购。").await.good();
        w.time_passes(40 * DAY);
        climb(w).await;
        let of = |all: &[domain::escalation::Escalation], step: &str| all.iter().find(|one| one.step == step).cloned();
        let all = w.city().escalations_of(&h).await;
        let (leader, referral) = (of(&all, "leader").expect("raised"), of(&all, "referral").expect("raised"));
        for who in [w.county(), w.unit(), w.town()] {
            assert!(of(&who.escalations_of(&h).await, "referral").is_none());
            who.sets_aside(&referral, "不必").await.refused_with("not-found");
            who.sets_aside(&leader, "不必").await.refused_with("not-your-act");
        }
        assert!(of(&w.discipline().escalations_of(&h).await, "referral").is_none(), "it is a draft");
        let sheet = w.city().sends_the_draft(&leader).await.good();
        assert_eq!(sheet.letter.as_deref(), Some("安康安委办呈〔2026〕1号"));
        let draft = w.city().draft_of(&referral).await;
        assert!(draft.text.contains("配件停产"), "what was explained to another step goes with it: {}", draft.text);
        assert_eq!(draft.addressee, app::directory::load::agency_id("6109-discipline").to_string());
        w.city().sends_letter(&referral, draft).await.good();
        let sent = of(&w.discipline().escalations_of(&h).await, "referral").expect("discipline reads it now");
        assert_eq!(sent.standing.letter().expect("sent").explanations.len(), 1);
        assert!(of(&w.county().escalations_of(&h).await, "referral").is_none());
    }

    /// The same explanation twice at the same time, and a letter sent by two: one of each.
    async fn two_at_once(w: &World) {
        let h = ordered(w, "防护罩缺失").await;
        let red = w.falls_overdue(&h).await;
        let caller = w.unit().with_key("phone-1", "said").caller().await;
        let (one, two) = tokio::join!(
            explain(&w.app, &caller, red, "已安排。", &[]),
            explain(&w.app, &caller, red, "已安排。", &[])
        );
        assert_eq!(one.expect("told"), two.expect("told"));
        let draft = w.county().draft_of(&red).await;
        let (county, city) = (w.county(), w.city());
        let (one, two) = tokio::join!(county.sends_letter(&red, draft.clone()), city.sends_letter(&red, draft));
        let refused: Vec<_> = [one.0, two.0].into_iter().filter_map(Result::err).collect();
        assert_eq!(refused.len(), 1);
        assert_eq!(testkit::code(&refused[0]), "already-decided");
    }
}
