//! What a leader of the demo city wrote on a case 领导批示: one that was answered, and one that waits for its answer. Both are put on the
//! record by a clerk of the city's office, with the page, through the use cases that people use.

use app::{
    App, Outcome,
    file::receive::receive,
    hazard::instruct::{answer, instruct},
};
use domain::{
    FileId, HazardId,
    authority::Act,
    hazard::{Determination, Hazard, instruct::Instruct},
    time::{DAY, Instant},
};
use store::hazard::{HazardFilter, Order};

use super::{
    cast::{Cast, Who},
    texts::{Sayings, drawing},
};

/// Asked to be answered within so many days.
const ANSWER_DAYS: i64 = 10;
/// Of those due first, so many are looked through for one that nobody has written on.
const LOOKED_AT: usize = 20;
const PAGE: &str = "record-after.png";

/// When it is written and answered, in days before the end of the year.
struct Planned {
    written: i64,
    answered: Option<i64>,
    about: Option<HazardId>,
    is_answered: bool,
}

pub struct Instructions {
    end: Instant,
    planned: Vec<Planned>,
}

impl Instructions {
    pub fn until(end: Instant) -> Self {
        let planned = |written, answered| Planned {
            written,
            answered,
            about: None,
            is_answered: false,
        };
        Self {
            end,
            planned: vec![planned(27, Some(20)), planned(4, None)],
        }
    }

    /// Does what has fallen due by now, at the moment of whatever happens next.
    pub async fn pass(&mut self, app: &App, cast: &Cast, sayings: &Sayings, at: Instant) -> Outcome<()> {
        let ago = (self.end.0 - at.0).div_euclid(DAY);
        let Some(clerk) = cast
            .office(None)
            .and_then(|office| cast.at(office, at.day()).first().copied())
        else {
            return Ok(());
        };
        for (planned, said) in self.planned.iter_mut().zip(&sayings.instructions) {
            let caller = &cast.member(clerk).caller;
            match planned.about {
                None if ago <= planned.written => {
                    planned.about = write(app, cast, clerk, said, at).await?;
                }
                Some(hazard) if planned.answered.is_some_and(|day| ago <= day) && !planned.is_answered => {
                    answer(app, caller, hazard, 1, &said.answer, &[]).await?;
                    planned.is_answered = true;
                }
                _ => {}
            }
        }
        Ok(())
    }
}

/// As everyday.toml has it.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Saying {
    pub leader: String,
    pub office: String,
    pub wording: String,
    pub answer: String,
}

/// On a major hazard, or else on whatever is due first.
async fn write(app: &App, cast: &Cast, clerk: Who, said: &Saying, at: Instant) -> Outcome<Option<HazardId>> {
    let caller = &cast.member(clerk).caller;
    let open = HazardFilter {
        open: Some(true),
        ..HazardFilter::default()
    };
    let major = HazardFilter {
        determination: Some(Determination::Major),
        ..open.clone()
    };
    let mut found: Vec<Hazard> = Vec::new();
    for filter in [major, open] {
        let order = Order::Due { after: None };
        found.extend(
            app.store
                .hazards(&caller.scope)
                .list(&filter, &order, LOOKED_AT)
                .await?,
        );
    }
    let fits = |one: &&Hazard| {
        one.course.instructions.is_empty()
            && one.expects(Act::Instruct).is_ok()
            && caller.actor.may(Act::Instruct, one).is_ok()
    };
    let Some(hazard) = found.iter().find(fits) else {
        return Ok(None);
    };
    let bytes = drawing(PAGE, &format!("{} {}", hazard.id, at.rfc3339()))?;
    let page = receive(app, caller, "批示原件.png", bytes).await?;
    let page: Vec<FileId> = FileId::parse(&page.id).into_iter().collect();
    let said = Instruct {
        leader_name: said.leader.clone(),
        leader_office: said.office.clone(),
        wording: said.wording.clone(),
        signed_on: at.day(),
        answer_by: Some(at.day().plus_days(ANSWER_DAYS)),
    };
    instruct(app, caller, hazard.id, said, None, &page).await?;
    Ok(Some(hazard.id))
}
