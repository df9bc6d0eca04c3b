//! The sign-off lists of the demo city's last afternoon: one whose sample was looked at and which was decided, one that is open.

use std::collections::BTreeMap;

use app::{
    App, Outcome,
    hazard::sign_off::sign_off,
    sign_off_list::{self, decide::decide, open::open},
};
use domain::{
    JurisdictionId, SignOffListId,
    authority::Act,
    hazard::sign_off::Decide,
    sign_off_list::{MOST_ITEMS, Standing},
    time::Instant,
};

use super::{
    cast::Cast,
    hours::MINUTE,
    letters::{BEGINS, ENDS},
};

const OPINION: &str = "抽查件逐条核查属实，其余按清单销号。";

/// Where most waits; later than `last` and before `now`, and not at all where the day is over.
pub async fn sign_off_lists(app: &App, cast: &Cast, last: Instant, now: Instant) -> Outcome<()> {
    let day = last.day();
    let ends = Instant(day.start().plus(ENDS).0.min(now.0));
    let mut at = Instant(last.0.max(day.start().plus(BEGINS).0));
    let Some(office) = cast.office(None) else {
        return Ok(());
    };
    let officers = cast.at(office, day);
    let Some(opener) = officers.first() else {
        return Ok(());
    };
    let who = &cast.member(*opener).caller;
    let mut waiting: BTreeMap<JurisdictionId, usize> = BTreeMap::new();
    for hazard in sign_off_list::waiting(app, who, None, MOST_ITEMS).await? {
        *waiting.entry(hazard.home.county.clone()).or_default() += 1;
    }
    let mut counties: Vec<(JurisdictionId, usize)> = waiting.into_iter().collect();
    counties.sort_by_key(|(county, n)| (std::cmp::Reverse(*n), county.clone()));
    for (n, (county, _)) in counties.into_iter().take(2).enumerate() {
        at = at.plus(3 * MINUTE);
        if at >= ends {
            return Ok(());
        }
        app.clock.set(at);
        let opened = open(app, who, &county).await?;
        let Some(id) = SignOffListId::parse(&opened.id).filter(|_| n == 1) else {
            continue;
        };
        let listed = sign_off_list::show(app, who, id).await?;
        for item in listed.list.items.iter().filter(|item| item.drawn) {
            let free = listed.hazard(item).and_then(|hazard| {
                let mut officers = officers.iter().map(|one| &cast.member(*one).caller);
                officers.find(|one| one.actor.may(Act::SignOff, hazard).is_ok())
            });
            let Some(looker) = free.filter(|_| listed.standing(item) == Standing::Waiting) else {
                continue;
            };
            at = at.plus(4 * MINUTE);
            if at >= ends {
                return Ok(());
            }
            app.clock.set(at);
            let said = Decide {
                passed: true,
                opinion: "已逐条核对验收意见、照片和凭证，同意销号。".into(),
                list: None,
            };
            sign_off(app, looker, item.hazard, said).await?;
        }
        at = at.plus(2 * MINUTE);
        if at < ends && sign_off_list::show(app, who, id).await?.sample_is_decided() {
            app.clock.set(at);
            decide(app, who, id, true, OPINION).await?;
        }
    }
    Ok(())
}
