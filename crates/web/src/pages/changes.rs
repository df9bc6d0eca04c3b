//! "Look again", as server-sent events: an open desk is told when something in its jurisdiction went on the record. It carries no
//! facts: what the desk then shows is read anew, within the reader's scope.

use std::{convert::Infallible, pin::Pin, time::Duration};

use app::{
    Failure,
    record::wake::{Listening, Wake},
};
use axum::{
    extract::State,
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
};
use domain::JurisdictionId;
use futures_util::stream;
use tokio::time::{Sleep, sleep};

use crate::{caller::Browser, problem::Problem, site::Site};

/// Desks that one process wakes; the others stay as quiet as a desk without script.
const MOST_DESKS: usize = 5_000;
/// A stream ends after this and is asked for again, so that a session that was revoked does not listen for ever.
const LASTS: Duration = Duration::from_secs(15 * 60);
/// A desk is woken at most this often, however much is going on.
const REST: Duration = Duration::from_secs(3);

struct Desk {
    wakes: Listening,
    county: Option<JurisdictionId>,
    ends: Pin<Box<Sleep>>,
    rest: Pin<Box<Sleep>>,
}

impl Desk {
    /// Until the desk is to look again; `None` when it is not woken any more.
    async fn woken(&mut self) -> Option<()> {
        let (mut rested, mut looks) = (false, false);
        while !(rested && looks) {
            tokio::select! {
                () = &mut self.ends => return None,
                () = &mut self.rest, if !rested => rested = true,
                wake = self.wakes.next() => match wake {
                    Wake::End => return None,
                    wake => looks |= wake.concerns(self.county.as_ref()),
                },
            }
        }
        self.rest = Box::pin(sleep(REST));
        Some(())
    }
}

pub async fn stream(State(site): State<Site>, browser: Browser) -> Result<Response, Problem> {
    let wakes = &site.app.wakes;
    if wakes.listeners() >= MOST_DESKS {
        let why = Failure::Unavailable("too many open desks".into());
        return Err(Problem::api(why, browser.words));
    }
    let desk = Desk {
        wakes: wakes.listen(),
        county: browser.live.caller.actor.seat.county.clone(),
        ends: Box::pin(sleep(LASTS)),
        rest: Box::pin(sleep(Duration::ZERO)),
    };
    let looks = stream::unfold(desk, |mut desk| async move {
        desk.woken().await?;
        Some((Ok::<_, Infallible>(Event::default().data("look")), desk))
    });
    Ok(Sse::new(looks).keep_alive(KeepAlive::new()).into_response())
}
