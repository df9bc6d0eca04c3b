//! What waits in the outbox is taken where it is to go, each under a lease, a few side by side; the answer of the other side is its
//! receipt. What did not arrive is tried again after ever longer waits, and given up after the last of them, for a person to see.
//!
//! A process that is killed between delivery and receipt delivers twice; both times under the same id, by which the other side can tell.

use domain::time::SECOND;
use store::{
    door::outbox::Receipt,
    notice::{Channel, Notice},
};
use tokio::task::JoinSet;

use crate::{App, Failure, Outcome};

/// Longer than the courier is patient.
const LEASE_LASTS: i64 = 60 * SECOND;
const SIDE_BY_SIDE: usize = 10;
/// In one run; the rest comes a minute later.
const ROUNDS: usize = 20;

/// How many were delivered.
pub async fn deliver(app: &App) -> Outcome<usize> {
    let mut delivered = 0;
    for _ in 0..ROUNDS {
        if app.is_ending() {
            break;
        }
        let now = app.clock.now();
        let holder = app.ids.uuid(now).to_string();
        let door = &app.store.door;
        let claimed = door
            .claim_notices(&holder, now.plus(LEASE_LASTS), now, SIDE_BY_SIDE)
            .await?;
        let all = claimed.len() < SIDE_BY_SIDE;
        let mut under_way = JoinSet::new();
        for notice in claimed {
            let app = app.clone();
            under_way.spawn(async move { (take(&app, &notice).await, notice) });
        }
        let mut fault = None;
        while let Some(done) = under_way.join_next().await {
            let (receipt, notice) = done.map_err(|error| Failure::Broken(error.to_string()))?;
            delivered += usize::from(matches!(receipt, Receipt::Delivered { .. }));
            let channel = notice.channel.as_str();
            metrics::counter!("anlan_notices_total", "channel" => channel, "outcome" => outcome(&receipt))
                .increment(1);
            // One receipt that cannot be kept does not lose the others'.
            let now = app.clock.now();
            if let Err(error) = door.receive_receipt(&notice.id, &holder, &receipt, now).await {
                fault = Some(error);
            }
        }
        if let Some(error) = fault {
            return Err(error.into());
        }
        if all {
            break;
        }
    }
    Ok(delivered)
}

fn outcome(receipt: &Receipt) -> &'static str {
    match receipt {
        Receipt::Delivered { .. } => "delivered",
        Receipt::Again { .. } => "again",
        Receipt::Failed { .. } => "failed",
    }
}

async fn take(app: &App, notice: &Notice) -> Receipt {
    let now = app.clock.now();
    let answer = match notice.channel {
        Channel::Desk => {
            return Receipt::Delivered {
                answer: String::new(),
            };
        }
        Channel::Mail => {
            let letter = courier::Letter {
                id: notice.id.clone(),
                to: notice.address.clone(),
                subject: notice.subject.clone(),
                text: notice.body.clone(),
                at: notice.made_at.0,
            };
            app.courier.mail(&letter).await
        }
        Channel::Webhook => {
            let parcel = courier::Parcel {
                id: notice.id.clone(),
                at: now.0.div_euclid(SECOND),
                body: notice.body.clone(),
            };
            app.courier.post(&parcel).await
        }
    };
    match answer {
        Ok(answer) => Receipt::Delivered { answer },
        Err(undelivered) => {
            let wait = next_wait(app, notice.tries).filter(|_| !undelivered.for_good);
            let answer = undelivered.why;
            match wait {
                Some(wait) => Receipt::Again {
                    answer,
                    at: app.clock.now().plus(wait),
                },
                None => Receipt::Failed { answer },
            }
        }
    }
}

/// How long to wait before the next try, after so many that came before this one; none, when it was the last.
fn next_wait(app: &App, tries_before: i64) -> Option<i64> {
    let waits = &app.reference.escalation.digest.retry_after_minutes;
    let minutes = usize::try_from(tries_before).ok().and_then(|n| waits.get(n))?;
    Some(minutes * 60 * SECOND)
}

/// How often a delivery is tried before it is given up.
pub fn most_tries(app: &App) -> usize {
    app.reference.escalation.digest.retry_after_minutes.len() + 1
}
