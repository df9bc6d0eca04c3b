//! Named persons' records: who reads them, after what, and what stands there.

use app::{Failure, person_record};
use domain::{
    PersonOpeningId,
    authority::Act,
    hazard::Source,
    time::{Day, HOUR},
};
use testkit::{PersonInOffice, on_both_engines};

const REASON: &str = "核查问题线索";

async fn acts(reader: &PersonInOffice, of: &PersonInOffice) -> Vec<(String, String)> {
    let record = reader.reads_the_record_of(of).await.good();
    record
        .deeds
        .into_iter()
        .map(|deed| (deed.act, deed.number))
        .collect()
}

fn pair(act: Act, number: &str) -> (String, String) {
    (act.to_string(), number.to_owned())
}

on_both_engines! {
    async fn ones_own_lies_open_with_posts_and_acts(w: &World) {
        let one = w.town().reports("安全出口被货架堵塞").await.good();
        w.time_passes(HOUR);
        let two = w.town().reports("配电箱门缺失").await.good();
        w.county().confirms(&one).await.good();
        assert_eq!(acts(&w.town(), &w.town()).await, [pair(Act::Report, &two.number), pair(Act::Report, &one.number)], "the newest first");
        assert_eq!(acts(&w.county(), &w.county()).await, [pair(Act::Confirm, &one.number)]);
        let record = w.town().reads_the_record_of(&w.town()).await.good();
        assert!(record.standing.own && record.openings.is_empty() && record.next.is_none());
        assert!(record.posts.iter().any(|held| held.appointment.to.is_none()));
    }

    async fn posts_that_have_ended_stay_on_it(w: &World) {
        let officer = w.third_county_officer();
        let today: Day = w.now().day();
        w.admin().ends_the_appointment_of(&officer, today).await.good();
        w.discipline().opens_the_record_of(&officer, REASON).await.good();
        let record = w.discipline().reads_the_record_of(&officer).await.good();
        assert!(record.posts.iter().any(|held| held.appointment.to == Some(today)));
    }

    async fn discipline_says_why_and_reads_for_eight_hours(w: &World) {
        let h = w.town().reports("安全出口被货架堵塞").await.good();
        w.discipline().reads_the_record_of(&w.town()).await.refused_with("record-not-opened");
        w.discipline().opens_the_record_of(&w.town(), " ").await.refused_with("reason: required");
        let events = w.events().await;
        let opened = w.discipline().opens_the_record_of(&w.town(), REASON).await.good();
        assert_eq!(w.events().await, events + 1);
        assert_eq!(acts(&w.discipline(), &w.town()).await, [pair(Act::Report, &h.number)]);
        // It opens this record to this reader.
        w.discipline().reads_the_record_of(&w.county()).await.refused_with("record-not-opened");
        w.city().reads_the_record_of(&w.town()).await.refused_with("record-not-opened");
        w.time_passes(8 * HOUR - 1);
        w.discipline().reads_the_record_of(&w.town()).await.good();
        w.time_passes(1);
        w.discipline().reads_the_record_of(&w.town()).await.refused_with("record-not-opened");
        assert_eq!(opened.reason, REASON);
    }

    async fn to_all_others_it_is_not_there(w: &World) {
        for who in [w.unit(), w.county(), w.neighbour(), w.admin()] {
            w.town().reads_the_record_of(&who).await.refused_with("not-found");
            who.reads_the_record_of(&w.town()).await.refused_with("not-found");
            who.opens_the_record_of(&w.town(), REASON).await.refused_with("not-found");
            who.opens_the_record_of(&who, REASON).await.refused_with("not-your-act");
        }
        w.city().opens_the_record_of(&w.city(), REASON).await.refused_with("own-record");
    }

    /// The person sees who opened it, but for discipline.
    async fn whom_an_opening_is_told_to(w: &World) {
        w.city().opens_the_record_of(&w.town(), "核实到岗情况").await.good();
        w.discipline().opens_the_record_of(&w.town(), REASON).await.good();
        let told = async |who: PersonInOffice| {
            let record = who.reads_the_record_of(&w.town()).await.good();
            record.openings.into_iter().map(|one| one.reason).collect::<Vec<_>>()
        };
        assert_eq!(told(w.town()).await, ["核实到岗情况"]);
        assert_eq!(told(w.city()).await, ["核实到岗情况"]);
        assert_eq!(told(w.discipline()).await.len(), 2);
    }

    async fn the_same_id_is_the_same_opening(w: &World) {
        let (caller, person) = (w.discipline().caller().await, w.town().person().await);
        let id = PersonOpeningId(w.app.ids.uuid(w.now()));
        let first = person_record::open(&w.app, &caller, id, person, REASON).await.expect("it is opened");
        let events = w.events().await;
        assert_eq!(person_record::open(&w.app, &caller, id, person, REASON).await.expect("again"), first);
        for (person, reason) in [(person, "另一事由"), (w.county().person().await, REASON)] {
            let taken = person_record::open(&w.app, &caller, id, person, reason).await;
            assert!(matches!(taken, Err(Failure::IdTaken)), "{taken:?}");
        }
        let other = w.city().caller().await;
        assert!(matches!(person_record::open(&w.app, &other, id, person, REASON).await, Err(Failure::IdTaken)));
        assert_eq!(w.events().await, events);
    }

    async fn it_is_read_page_by_page(w: &World) {
        let mut numbers = Vec::new();
        // Two at one instant: their order is that of the events.
        for description in ["安全出口被货架堵塞", "配电箱门缺失", "疏散指示灯不亮"] {
            numbers.push(w.town().reports(description).await.good().number);
        }
        let caller = w.town().caller().await;
        let (mut read, mut after) = (Vec::new(), None);
        loop {
            let page = person_record::show(&w.app, &caller, caller.actor.person, after, 1).await.expect("a page");
            assert_eq!(page.deeds.len(), 1);
            read.extend(page.deeds.into_iter().map(|deed| deed.number));
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        read.sort();
        numbers.sort();
        assert_eq!(read, numbers);
    }

    /// What the reader's scope does not hold is not listed.
    async fn only_what_the_reader_may_see(w: &World) {
        w.town().reports("安全出口被货架堵塞").await.good();
        w.discipline().opens_the_record_of(&w.town(), REASON).await.good();
        let mut narrow = w.discipline().caller().await;
        assert_eq!(acts(&w.discipline(), &w.town()).await.len(), 1);
        narrow.scope = w.neighbour().caller().await.scope;
        let person = w.town().person().await;
        let page = person_record::show(&w.app, &narrow, person, None, 50).await.expect("a page");
        assert_eq!(page.deeds, []);
    }

    /// Discipline learns what a tip said and what became of it, and not through whom it came in.
    async fn who_took_a_tip_is_kept_from_discipline(w: &World) {
        let mut said = w.county().a_report("安全出口被货架堵塞").await;
        said.report.source = Source::Tip;
        let tip = w.county().reports_as(said).await.good();
        w.second_county_officer().confirms(&tip).await.good();
        let person = w.county().person().await;
        let seen = w.discipline().looks_at(&tip).await.good();
        assert!(seen.hazard.reporter().is_some_and(|by| by.is_withheld()));
        assert!(seen.chain_is_sound(), "the digests are still those of the columns");
        assert!(seen.events.iter().all(|event| event.person != Some(person.to_string())));
        assert!(!seen.names.persons.contains_key(&person));
        w.discipline().opens_the_record_of(&w.county(), REASON).await.good();
        assert_eq!(acts(&w.discipline(), &w.county()).await, []);
        let confirmer = w.second_county_officer();
        w.discipline().opens_the_record_of(&confirmer, REASON).await.good();
        assert_eq!(acts(&w.discipline(), &confirmer).await, [pair(Act::Confirm, &tip.number)]);
        // The office that works on it sees who took it.
        assert_eq!(w.city().looks_at(&tip).await.good().hazard.reporter().map(|by| by.person), Some(person));
        assert_eq!(acts(&w.county(), &w.county()).await, [pair(Act::Report, &tip.number)]);
    }
}
