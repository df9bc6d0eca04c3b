//! Acting under a delegation, ending it, and leaving a post.

use domain::{authority::Act, time::DAY};
use testkit::{City, PersonInOffice, World, delegation_id, on_both_engines, whose};

/// A hazard that waits for its acceptance.
async fn submitted(w: &World) -> app::hazard::Receipt {
    let h = w.town().reports("安全出口被货架堵塞").await.good();
    w.county().confirms(&h).await.good();
    w.unit().plans(&h).await.good();
    w.unit().rectifies(&h).await.good();
    h
}

/// How much has passed to somebody by name, from whom.
async fn passed(person: &PersonInOffice) -> Vec<(String, i64)> {
    let all = person.takes_over().await.good();
    all.into_iter()
        .map(|left| (left.holding.person_name.clone(), left.waiting.by_name()))
        .collect()
}

on_both_engines! {
    async fn the_colleague_accepts_and_both_stand_in_the_record(w: &World) {
        let h = submitted(w).await;
        let (giver, taker) = (w.second_county_officer(), w.third_county_officer());
        taker.delegates(&[Act::SignOff], &giver).await.refused_with("acts: not-delegable");
        let given = giver.delegates(&[Act::Accept], &taker).await.good();
        taker.signs_in_under(&given).await.good();
        w.county().signs_in_under(&given).await.refused_with("no-delegation");

        let acting = taker.clone().under(&given).await;
        assert_eq!(acting.may_now(&h).await, [Act::Accept], "that, and nothing else");
        acting.accepts(&h).await.good();
        let dossier = w.city().looks_at(&h).await.good();
        let by = &dossier.hazard.hands.last().expect("a hand").by;
        assert_eq!((by.person, by.principal), (taker.person().await, Some(giver.person().await)));
        assert_eq!(by.post, taker.caller().await.actor.post, "from their own post");
        assert!(dossier.names.persons.contains_key(&giver.person().await), "both have names");
        let event = dossier.events.last().expect("an event");
        let principal = event.columns.iter().find(|(name, _)| name == "principal").map(|(_, value)| value.clone());
        assert_eq!(principal, Some(seal::Value::Text(giver.person().await.to_string())));

        // Neither of the two revisits what the other accepted, nor does either sign it off.
        w.city().signs_off(&h).await.good();
        for one in [&giver, &taker, &acting] {
            let mut caller = one.caller().await;
            caller.actor.delegated = None;
            let dossier = w.city().looks_at(&h).await.good();
            let refused = caller.actor.may(Act::Revisit, &dossier.hazard).expect_err("not theirs to judge");
            assert_eq!(refused.code(), "same-hands");
        }
    }

    async fn what_was_not_given_is_refused(w: &World) {
        let h = w.town().reports("安全出口被货架堵塞").await.good();
        let (giver, taker) = (w.second_county_officer(), w.third_county_officer());
        let given = giver.delegates(&[Act::Accept], &taker).await.good();
        let acting = taker.clone().under(&given).await;
        let events = w.events().await;
        acting.confirms(&h).await.refused_with("not-delegated");
        acting.reports("又一处").await.refused_with("not-delegated");
        acting.delegates(&[Act::Accept], &giver).await.refused_with("not-delegated");
        acting.ends_the_delegation(&given).await.refused_with("not-delegated");
        assert_eq!(w.events().await, events);
        acting.uploads().await.good();
        taker.confirms(&h).await.good();
    }

    /// From that moment on: what is being decided is a conflict, and the session is over.
    async fn once_it_is_taken_back_nothing_rests_on_it(w: &World) {
        let h = submitted(w).await;
        let (giver, taker) = (w.second_county_officer(), w.third_county_officer());
        let given = giver.delegates(&[Act::Accept], &taker).await.good();
        let session = taker.signs_in_under(&given).await.good();
        let own = taker.signs_in().await.good();
        let sitting = taker.clone().under(&given).await;
        w.neighbour().ends_the_delegation(&given).await.refused_with("not-found");
        w.city().ends_the_delegation(&given).await.refused_with("not-found");
        w.discipline().ends_the_delegation(&given).await.refused_with("not-your-act");
        giver.ends_the_delegation(&given).await.good();

        let events = w.events().await;
        sitting.accepts(&h).await.refused_with("conflict");
        assert_eq!(w.events().await, events);
        let over = whose(&w.app, &session.token).await.expect_err("it is over");
        assert_eq!(testkit::code(&over), "delegation-over");
        whose(&w.app, &own.token).await.expect("one's own session is another");
        taker.signs_in_under(&given).await.refused_with("no-delegation");
        taker.ends_the_delegation(&given).await.refused_with("delegation-over");
    }

    async fn it_ends_with_its_last_day_and_begins_with_its_first(w: &World) {
        let (giver, taker) = (w.second_county_officer(), w.third_county_officer());
        let today = w.now().day();
        let said = domain::delegation::Give {
            acts: vec![Act::Accept],
            from: today.plus_days(1),
            until: today.plus_days(2),
            reason: "出差".to_owned(),
        };
        let given = giver.gives(said, taker.appointment().await).await.good();
        taker.signs_in_under(&given).await.refused_with("no-delegation");
        for _ in 0..2 {
            w.time_passes(DAY);
            taker.signs_in_under(&given).await.good();
        }
        w.time_passes(DAY);
        taker.signs_in_under(&given).await.refused_with("no-delegation");
    }

    async fn it_ends_with_either_appointment(w: &World) {
        let h = submitted(w).await;
        let (giver, taker) = (w.second_county_officer(), w.third_county_officer());
        let given = giver.delegates(&[Act::Accept], &taker).await.good();
        let sitting = taker.clone().under(&given).await;
        let left = w.admin().ends_the_appointment_of(&giver, w.now().day()).await.good();
        assert_eq!(left.waiting.delegations_given, 1, "the leaving says so");
        // The last day is still one; what was being decided saw another appointment.
        sitting.accepts(&h).await.refused_with("conflict");
        taker.signs_in_under(&given).await.good();
        w.time_passes(DAY);
        taker.signs_in_under(&given).await.refused_with("no-delegation");
        let (listed, _) = app::delegation::list(&w.app, &taker.caller().await, None, 10).await.expect("a list");
        assert_eq!(listed[0].standing.as_str(), "post_left");
        assert!(!listed[0].may_end && !listed[0].may_take_up);
    }

    async fn the_same_request_gives_once(w: &World) {
        let (giver, taker) = (w.second_county_officer(), w.third_county_officer());
        let keyed = giver.with_key("k", "one");
        let first = keyed.delegates(&[Act::Accept], &taker).await.good();
        let events = w.events().await;
        assert_eq!(keyed.delegates(&[Act::Accept], &taker).await.good(), first);
        assert_eq!(w.events().await, events);
        // Under it one is another caller: a key is not found by the other.
        let acting = taker.clone().under(&first).await.caller().await;
        assert!(acting.name().ends_with(&delegation_id(&first).to_string()));
        assert_ne!(acting.name(), taker.caller().await.name());
    }

    /// A case waits for the agency; what stood by name is on the successor's desk until it is done.
    async fn what_stood_by_name_passes_to_the_successor(w: &World, City::Graded) {
        let (leaver, successor) = (w.second_county_officer(), w.third_county_officer());
        let h = w.town().reports("安全出口被货架堵塞").await.good();
        leaver.opens_a_problem_list("610902", &[]).await.good();
        let opened = leaver.brings_to_acceptance(&w.unit(), "配电箱门缺失").await;
        assert!(passed(&successor).await.is_empty());
        let left = w.admin().hands_over_the_post_of(&leaver, w.now().day(), Some(&successor)).await.good();
        assert_eq!(left.waiting.problem_lists, 1);
        assert_eq!(left.successor, Some(successor.appointment().await.to_string()));
        assert!(passed(&successor).await.is_empty(), "the last day is the leaver's");
        w.time_passes(DAY);
        let name = passed(&successor).await.first().map(|(name, _)| name.clone());
        assert!(name.is_some(), "it has passed");
        assert_eq!(passed(&successor).await[0].1, 1);
        assert!(passed(&w.county()).await.is_empty(), "a successor was named: to nobody else");
        // It goes on from one to the next.
        w.admin().hands_over_the_post_of(&successor, w.now().day(), Some(&w.county())).await.good();
        w.time_passes(DAY);
        assert_eq!(passed(&w.county()).await, [(name.expect("a name"), 1)]);
        // The cases were never a person's: whoever is there goes on.
        w.county().confirms(&h).await.good();
        w.city().looks_at(&opened).await.good();
    }

    async fn with_nobody_named_the_agency_looks_after_it(w: &World) {
        let h = submitted(w).await;
        let leaver = w.second_county_officer();
        leaver.returns(&h, "门扇未换").await.good();
        w.unit().rectifies(&h).await.good();
        let left = w.admin().ends_the_appointment_of(&leaver, w.now().day()).await.good();
        assert_eq!((left.waiting.cases, left.successor), (1, None));
        w.time_passes(DAY);
        for colleague in [w.county(), w.third_county_officer()] {
            assert_eq!(passed(&colleague).await.len(), 1);
        }
        assert!(passed(&w.neighbour()).await.is_empty() && passed(&w.city()).await.is_empty());
        // Done is done: nothing has to be ticked off.
        w.county().accepts(&h).await.good();
        assert!(passed(&w.county()).await.is_empty());
    }

    async fn an_announced_end_can_be_set_anew(w: &World) {
        let leaver = w.second_county_officer();
        let today = w.now().day();
        w.admin().ends_the_appointment_of(&leaver, today.plus_days(10)).await.good();
        leaver.signs_in().await.good();
        w.admin().ends_the_appointment_of(&leaver, today).await.good();
        let sitting = leaver.clone().seated().await;
        w.time_passes(DAY);
        leaver.signs_in().await.refused_with("no-post");
        w.admin().ends_the_appointment_of(&sitting, today.plus_days(5)).await.refused_with("already-ended");
    }
}
