//! A server that is killed at whatever moment: everything that it had acknowledged is there when it starts again, and the record is
//! sound.

use std::{
    sync::atomic::{AtomicBool, AtomicUsize, Ordering},
    thread,
    time::Duration,
};

use serde_json::json;

use crate::{
    on_both_engines,
    server::{Client, Server},
};

const PASSWORD: &str = "anlan-demo";

/// Reports until the server is gone; the ids of those that were acknowledged.
fn reports(client: &Client, name: &str, gone: &AtomicBool, acknowledged: &AtomicUsize) -> Vec<String> {
    let mut ids = Vec::new();
    for n in 0.. {
        let said = json!({
            "subject": { "kind": "unowned", "name": format!("老城街道{name}号点边坡（演示）") },
            "description": format!("坡面第{n}处落石，路段无警示标志"),
            "location": { "text": "老城街道" },
            "initial_level": "general",
            "source": "patrol",
        });
        match client.post("/api/v1/hazards", &said) {
            Ok((201, receipt)) => {
                ids.push(
                    receipt["id"]
                        .as_str()
                        .expect("a receipt names its hazard")
                        .to_owned(),
                );
                acknowledged.fetch_add(1, Ordering::SeqCst);
            }
            Ok((status, problem)) => panic!("{status} {problem}"),
            Err(error) => {
                assert!(
                    gone.load(Ordering::SeqCst),
                    "the server went away by itself: {error}"
                );
                break;
            }
        }
    }
    ids
}

on_both_engines! {
    fn what_was_acknowledged_is_there_after_a_kill(city: &City) {
        let (code, _) = Server::demo(city, 12).ends_in_order();
        assert_eq!(code, Some(0));
        let mut acknowledged = Vec::new();
        // At the first acknowledgements, in the middle of sealing, and after some batches.
        for (round, after) in [(0, 3), (1, 40), (2, 150)] {
            let server = Server::serve(city);
            let client = server.signed_in("town-610902001", PASSWORD);
            let (gone, count) = (AtomicBool::new(false), AtomicUsize::new(0));
            let told: Vec<String> = thread::scope(|scope| {
                let (gone, count) = (&gone, &count);
                let tellers: Vec<_> = (0..4)
                    .map(|n| {
                        let client = client.clone();
                        scope.spawn(move || reports(&client, &format!("{round}-{n}"), gone, count))
                    })
                    .collect();
                while count.load(Ordering::SeqCst) < after {
                    assert!(!tellers.iter().all(|teller| teller.is_finished()), "nobody reports any more");
                    thread::sleep(Duration::from_millis(1));
                }
                gone.store(true, Ordering::SeqCst);
                server.dies();
                tellers.into_iter().flat_map(|teller| teller.join().expect("reporting goes on until the end")).collect()
            });
            assert!(told.len() >= after);
            acknowledged.extend(told);

            let audit = city.run(&["log", "verify"]).ends_with(0);
            audit.says("存证校验一致");
            let server = Server::serve(city);
            let client = server.signed_in("county-610902", PASSWORD);
            for id in &acknowledged {
                let (status, hazard) = client.get(&format!("/api/v1/hazards/{id}")).expect("the server answers");
                assert_eq!((status, hazard["stage"].as_str()), (200, Some("reported")), "{id}");
            }
            // Half a minute later the lease of the one that was killed has run out, and its tail is sealed by the one that came after.
            city.tampers("UPDATE lease SET until = 0");
            let (code, _) = server.ends_in_order();
            assert_eq!(code, Some(0));
            city.run(&["log", "verify"]).ends_with(0).says("待封存 0");
        }
        let numbers = city.rows(&["number"], "FROM hazard");
        let different: std::collections::BTreeSet<_> = numbers.iter().collect();
        assert_eq!(different.len(), numbers.len(), "a number was given twice");
    }
}
