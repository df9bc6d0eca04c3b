//! One act on several hazards, as a page: chosen in the ledger, said once, a result for each. It works without a script: the ledger
//! sends ids, this page sends ids with the versions that it showed, and what was refused comes back in the same form.

mod form;
mod sorted;

use app::{
    Caller, Failure, Outcome, Request,
    hazard::{
        show,
        together::{self, Item, MOST, Row},
    },
    ids::sha256_hex,
};
use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::Response,
};
use domain::{
    HazardId,
    authority::Act,
    hazard::{Hazard, together::TOGETHER},
};

use form::bulk_form;
use sorted::Sorted;

use super::{acts::Typed, form::Form, frame, hazard::forms, inside, render, told::Told};
use crate::{
    api::{
        acts::{resource, say},
        bulk::{act_of, of_several},
    },
    caller::Browser,
    problem::Problem,
    site::Site,
    views::{
        bulk::{BulkAct, BulkPage},
        frame::Section,
    },
    words::Words,
};

/// In the place of a level: each keeps its own.
const AS_REPORTED: &str = "as_reported";

/// What this person may do now to this hazard together with others.
pub(super) fn open_together(who: &Caller, hazard: &Hazard) -> Vec<Act> {
    let open = |act: &&Act| may(who, hazard, **act).is_ok();
    TOGETHER.iter().filter(open).copied().collect()
}

/// What may be done to some of them, with the number of those.
pub(super) fn acts_on(rows: &[Vec<Act>], words: Words) -> Vec<BulkAct> {
    let to = |act: &Act| rows.iter().filter(|acts| acts.contains(act)).count();
    let some = TOGETHER.iter().filter(|act| to(act) > 0);
    some.filter_map(|act| {
        Some(BulkAct {
            act: resource(*act)?.to_owned(),
            label: forms::opener(*act, words),
            n: to(act),
        })
    })
    .collect()
}

fn may(who: &Caller, hazard: &Hazard, act: Act) -> Outcome<()> {
    who.actor.may(act, hazard)?;
    hazard.expects(act)?;
    Ok(hazard.goes_together(act)?)
}

pub async fn page(
    State(site): State<Site>,
    browser: Browser,
    Query(asked): Query<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let problem = |failure| Problem::page(failure, browser.words).coming_from("/hazards");
    let asked = Form {
        fields: asked,
        files: Vec::new(),
    };
    let act = act_asked(&asked).map_err(problem)?;
    let chosen = Chosen::read(asked.all("id")).map_err(problem)?;
    let page = fill(&site, &browser, act, &chosen, asked.get("back"), None).await;
    Ok(render(StatusCode::OK, &page.map_err(problem)?))
}

pub async fn send(State(site): State<Site>, browser: Browser, form: Form) -> Result<Response, Problem> {
    let words = browser.words;
    let problem = |failure| Problem::page(failure, words).coming_from("/hazards");
    let act = act_asked(&form).map_err(problem)?;
    let act = act.ok_or_else(|| problem(Failure::field("act", "not-for-several")))?;
    let items: Vec<Item> = form.all("item").iter().map(|item| read_item(item)).collect();
    let chosen = Chosen::read(items.iter().map(|item| item.hazard.clone()).collect()).map_err(problem)?;
    let mut back = Back {
        form: &form,
        rows: Vec::new(),
        told: None,
    };
    if !form.proves(&browser) {
        back.told = Some(Told::form_expired(words));
    } else if items.is_empty() {
        back.told = Some(Told::of(Failure::field("items", "required"), None, words));
    } else {
        let caller = caller(&browser, &form);
        let rows: Outcome<Vec<Row>> = of_several!(act, as_forms(&site, &caller, items, &form));
        back.rows = rows.map_err(problem)?;
    }
    let status = back.told.as_ref().map_or(StatusCode::OK, |told| told.status);
    let page = fill(&site, &browser, Some(act), &chosen, form.get("back"), Some(back)).await;
    Ok(render(status, &page.map_err(problem)?))
}

async fn as_forms<T: Typed>(
    site: &Site,
    caller: &Caller,
    items: Vec<Item>,
    form: &Form,
) -> Outcome<Vec<Row>> {
    let one = |caller: Caller, id| async move {
        let form = with_its_own_level(site, &caller, id, form).await?;
        let said = T::typed(&form)?;
        said.fits_several()?;
        say(&site.app, &caller, id, said).await
    };
    together::together(&site.app, caller, T::ACT, items, one).await
}

/// Many are confirmed with one deadline, and each keeps the level that it was reported with.
async fn with_its_own_level(site: &Site, who: &Caller, id: HazardId, form: &Form) -> Outcome<Form> {
    let mut form = form.clone();
    if form.get("initial_level") == AS_REPORTED {
        let hazard = show::find(&site.app, who, id).await?;
        let level = form.fields.iter_mut().filter(|(name, _)| name == "initial_level");
        level.for_each(|(_, value)| *value = hazard.initial_level.to_string());
    }
    Ok(form)
}

/// A double press is the same request: what is said counts, not to how many it was said.
fn caller(browser: &Browser, form: &Form) -> Caller {
    let mut caller = form.caller(browser, "/hazards/bulk");
    let aside = ["csrf", "item", "back", "idempotency_key"];
    let said = form
        .fields
        .iter()
        .filter(|(name, _)| !aside.contains(&name.as_str()));
    let said: Vec<String> = said.map(|(name, value)| format!("{name}={value}")).collect();
    let sha256 = sha256_hex(said.join("&").as_bytes());
    caller.request = caller.request.map(|request| Request { sha256, ..request });
    caller.if_match = None;
    caller
}

fn act_asked(form: &Form) -> Outcome<Option<Act>> {
    match form.given("act") {
        None => Ok(None),
        Some(name) => Ok(Some(act_of(&name).ok_or(Failure::NotFound)?)),
    }
}

/// `id:version`
fn read_item(item: &str) -> Item {
    let (hazard, version) = item.split_once(':').unwrap_or((item, ""));
    Item {
        hazard: hazard.to_owned(),
        version: version.parse().ok(),
    }
}

/// In the order in which they were chosen, each once.
struct Chosen(Vec<HazardId>);

impl Chosen {
    fn read(ids: Vec<String>) -> Outcome<Self> {
        let mut chosen: Vec<HazardId> = Vec::with_capacity(ids.len());
        for id in ids {
            let id = HazardId::parse(&id).ok_or(Failure::NotFound)?;
            if !chosen.contains(&id) {
                chosen.push(id);
            }
        }
        let mut checks = domain::field::Checks::default();
        if chosen.len() > MOST {
            checks.fail_at("items", "too-many", MOST);
        }
        checks.done()?;
        Ok(Self(chosen))
    }

    async fn found(&self, site: &Site, who: &Caller) -> Outcome<Vec<Hazard>> {
        let mut found = site.app.store.hazards(&who.scope).among(&self.0).await?;
        found.sort_by_key(|hazard| self.0.iter().position(|id| *id == hazard.id));
        Ok(found)
    }
}

/// What came back: the form as it was typed, what became of each, and what is wrong with the form as a whole.
struct Back<'a> {
    form: &'a Form,
    rows: Vec<Row>,
    told: Option<Told>,
}

async fn fill(
    site: &Site,
    browser: &Browser,
    act: Option<Act>,
    chosen: &Chosen,
    back_to: &str,
    back: Option<Back<'_>>,
) -> Outcome<BulkPage> {
    let words = browser.words;
    let now = site.app.clock.now();
    let who = &browser.live.caller;
    let found = chosen.found(site, who).await?;
    let title = act.map_or_else(
        || words.get("bulk.title").to_owned(),
        |act| words.fill("bulk.title_of", &[("act", &forms::opener(act, words))]),
    );
    let open: Vec<Vec<Act>> = found.iter().map(|hazard| open_together(who, hazard)).collect();
    let mut page = BulkPage {
        frame: frame(site, browser, title, Section::Hazards, "/hazards", now),
        acts: acts_on(&open, words),
        ids: found.iter().map(|hazard| hazard.id.to_string()).collect(),
        unseen: chosen.0.len() - found.len(),
        back: ledger(back_to).to_owned(),
        ..BulkPage::default()
    };
    let Some(act) = act else {
        return Ok(page);
    };
    let (form, rows, told) = back.map_or((None, Vec::new(), None), |back| {
        (Some(back.form), back.rows, back.told)
    });
    let sorted = Sorted::of(rows, told, words);
    page.result = sorted.result(&found);
    let left: Vec<&Hazard> = found.iter().filter(|hazard| !sorted.is_done(hazard.id)).collect();
    if !left.is_empty() {
        page.form = Some(bulk_form(site, browser, act, &left, &sorted, form, now).await?);
    }
    Ok(page)
}

/// Back to where they were chosen, and nowhere but the ledger.
fn ledger(back: &str) -> &str {
    let back = inside(back);
    if back == "/hazards" || back.starts_with("/hazards?") {
        back
    } else {
        "/hazards"
    }
}
