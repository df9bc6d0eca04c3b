//! The steps of a list as forms: each is offered to whoever may take it now, by the functions that would refuse it.

use app::{
    Caller, Outcome,
    hazard::show::once_each,
    problem_list::{self, Listed, send::series_of},
};
use domain::{
    JurisdictionId,
    agency::Role,
    authority::Act,
    hazard::{Cause, Hazard, StageName},
    problem_list::{HandOver, VisitKind},
    sign_off_list::belongs_on_a_list,
};

use super::super::{
    form::Form,
    hazard::forms::{Fields, choice, keep},
    told::Told,
};
use crate::{
    site::Site,
    views::{
        form::{Button, Choice, Field, FieldKind, Weight},
        problem_list::Step,
    },
    words::Words,
};

/// What came back: the form as it was typed, and what is wrong with it.
pub(super) type Back<'a> = Option<(&'a Form, &'a Told)>;

/// An answer within a month is what such letters ask for; the day, or the first working day after it, stands there to be changed.
const USUAL_DAYS: i64 = 15;

/// Made of `messages`: `step.NAME`, its hint and its button.
fn step(site: &Site, name: &str, action: String, fields: Vec<Field>, words: Words) -> Step {
    let hint = format!("step_hint.{name}");
    Step {
        name: name.to_owned(),
        action,
        title: words.of("step", name),
        hint: words.has(&hint).then(|| words.get(&hint).to_owned()),
        fields,
        hidden: Vec::new(),
        button: Button {
            label: words.of("step_button", name),
            weight: Weight::Main,
            ..Button::default()
        },
        errors: Vec::new(),
        idempotency_key: site.app.ids.uuid(site.app.clock.now()).to_string(),
    }
}

/// With what was typed, and what is wrong at each field.
pub(super) fn put_back(step: &mut Step, back: Back<'_>) {
    let Some((form, told)) = back else { return };
    step.errors.clone_from(&told.errors);
    for field in &mut step.fields {
        field.error = told.at(&field.name);
        keep(field, form, &[]);
    }
    let key = form.get("idempotency_key");
    if !told.needs_a_new_key && !key.is_empty() {
        key.clone_into(&mut step.idempotency_key);
    }
}

pub(super) fn opening(site: &Site, counties: &[JurisdictionId], back: Back<'_>, words: Words) -> Step {
    let today = site.app.clock.now().day();
    let mut fields = Fields(words, Vec::new());
    let options = counties.iter();
    let options = options.map(|id| choice(id, site.app.reference.name(id), counties.len() == 1));
    let options = options.collect();
    fields.add("county", true, FieldKind::Select { options });
    let kinds = VisitKind::ALL.iter();
    let kinds = kinds.map(|kind| {
        let chosen = *kind == VisitKind::Oversight;
        choice(kind, words.of("visit_kind", kind.as_str()), chosen)
    });
    let options = kinds.collect();
    fields.add("visit_kind", true, FieldKind::Choice { options });
    for name in ["visit_from", "visit_until"] {
        let day = FieldKind::Date {
            value: today.to_string(),
            earliest: None,
            latest: None,
        };
        fields.add(name, true, day);
    }
    fields.area("team", true, "");
    fields.text("basis", true, "");
    let mut step = step(site, "open", super::HERE.to_owned(), fields.1, words);
    put_back(&mut step, back);
    step
}

/// Every step that is open to the viewer, in the order of the work.
pub(super) async fn steps(site: &Site, caller: &Caller, listed: &Listed, words: Words) -> Outcome<Vec<Step>> {
    let list = &listed.list;
    let here = format!("{}/{}", super::HERE, list.id);
    let may = |act| caller.actor.may_about(act, &list.about()).is_ok();
    let open = |act| may(act) && list.expects(act).is_ok();
    let at = |name: &str| format!("{here}/{name}");
    let mut steps = Vec::new();
    if open(Act::ListProblems) {
        let fields = candidates(site, caller, listed, words).await?;
        if !fields.is_empty() {
            steps.push(step(site, "items", at("items"), fields, words));
        }
    }
    if open(Act::SendProblemList) && !list.items.is_empty() {
        let fields = letter(site, caller, listed, words).await?;
        steps.push(step(site, "letter", at("letter"), fields, words));
    }
    let unhanded = listed.unhanded().count();
    if let Some(sending) = list.sending()
        && may(Act::SendProblemList)
        && unhanded > 0
    {
        let mut on = step(site, "letter_on", at("letter"), Vec::new(), words);
        on.hidden = vec![
            ("addressee".to_owned(), sending.to.to_string()),
            ("reply_by".to_owned(), sending.reply_by.to_string()),
        ];
        steps.push(on);
    }
    let unreceived = listed.standing(HandOver::Unreceived).count();
    if may(Act::ReceiveProblemList) {
        if list.expects(Act::ReceiveProblemList).is_ok() {
            steps.push(step(site, "receipt", at("receipt"), Vec::new(), words));
        } else if unreceived > 0 && list.receipt().is_some() {
            steps.push(step(site, "receipt_on", at("receipt"), Vec::new(), words));
        }
    }
    if open(Act::Accept) {
        let mine = submitted(caller, listed);
        if !mine.is_empty() {
            let fields = acceptance(site, caller, listed, &mine, words).await?;
            steps.push(step(site, "acceptance", at("acceptance"), fields, words));
        }
    }
    if open(Act::AnswerProblemList) {
        steps.push(step(site, "answer", at("answer"), answer(listed, words), words));
    }
    if open(Act::WithdrawProblemList) {
        let mut fields = Fields(words, Vec::new());
        fields.area("reason", true, "");
        let mut last = step(site, "withdrawal", at("withdrawal"), fields.1, words);
        last.button.weight = Weight::Grave;
        steps.push(last);
    }
    let undecided = listed.sign_offs.iter().any(|one| one.decision().is_none());
    let waits = |(_, hazard): (_, &Hazard)| belongs_on_a_list(hazard);
    if open(Act::OpenList) && !undecided && listed.in_stage(StageName::Accepted).any(waits) {
        steps.push(step(
            site,
            "sign-off-list",
            at("sign-off-list"),
            Vec::new(),
            words,
        ));
    }
    Ok(steps)
}

/// Submitted items that this person may judge.
fn submitted<'a>(caller: &Caller, listed: &'a Listed) -> Vec<&'a Hazard> {
    let items = listed.in_stage(StageName::Submitted);
    let hazards = items.map(|(_, hazard)| hazard);
    hazards
        .filter(|hazard| {
            hazard.is_accepted_on_a_list().is_ok() && caller.actor.may(Act::Accept, hazard).is_ok()
        })
        .collect()
}

/// Own reports of the county, those found during the visit chosen.
async fn candidates(site: &Site, caller: &Caller, listed: &Listed, words: Words) -> Outcome<Vec<Field>> {
    let list = &listed.list;
    let visit = &list.visit;
    let reports = problem_list::reports(&site.app, caller, &list.home.county, Some(visit.from)).await?;
    if reports.is_empty() {
        return Ok(Vec::new());
    }
    let options = reports.iter().map(|hazard| {
        let day = hazard.found_at.day();
        Choice {
            hint: Some(hazard.description.clone()),
            ..choice(
                hazard.id,
                format!("{} {}", hazard.number, hazard.subject.name),
                visit.from <= day && day <= visit.until,
            )
        }
    });
    let options = options.collect();
    let mut fields = Fields(words, Vec::new());
    fields.add("items", true, FieldKind::MultiChoice { options });
    Ok(fields.1)
}

async fn letter(site: &Site, caller: &Caller, listed: &Listed, words: Words) -> Outcome<Vec<Field>> {
    let list = &listed.list;
    let directory = site.app.store.directory();
    let mut agencies = directory.regulators(&list.home.county).await?;
    agencies.retain(|agency| agency.id != list.opened.agency);
    // Where the county's safety officers sit; another may be chosen.
    let office = directory
        .agency_with_role(&list.home.county, Role::CountyOffice)
        .await?;
    let office = office.map(|office| office.id);
    let options = agencies
        .iter()
        .map(|agency| choice(agency.id, agency.name.clone(), Some(agency.id) == office));
    let options = options.collect();
    let today = site.app.clock.now().day();
    let calendar = &site.app.reference.timetable.calendar;
    let (usual, _) = calendar.working_days_after(today.plus_days(USUAL_DAYS - 1), 1);
    let mut fields = Fields(words, Vec::new());
    fields.add("addressee", true, FieldKind::Select { options });
    let day = FieldKind::Date {
        value: usual.to_string(),
        earliest: Some(today.to_string()),
        latest: None,
    };
    fields.add("reply_by", true, day);
    if series_of(caller.actor.role).is_none() {
        fields.text("letter_no", true, "");
    }
    fields.area("demands", false, "");
    fields.text("contact", false, &caller.person_name);
    fields.text("telephone", false, "");
    Ok(fields.1)
}

async fn acceptance(
    site: &Site,
    caller: &Caller,
    listed: &Listed,
    mine: &[&Hazard],
    words: Words,
) -> Outcome<Vec<Field>> {
    let now = site.app.clock.now();
    let county = &listed.list.home.county;
    let offices = site
        .app
        .store
        .directory()
        .offices(county, true, now.day())
        .await?;
    let routes = mine.iter().filter_map(|hazard| hazard.stage.confirmation());
    let routes: Vec<_> = routes.map(|confirmation| &confirmation.route).collect();
    let demanded = routes.iter().map(|route| route.inspectors).max().unwrap_or(0);
    let mut fields = Fields(words, Vec::new());
    let options = mine.iter().map(|hazard| Choice {
        hint: hazard.stage.rectification().map(|done| done.summary.clone()),
        ..choice(
            hazard.id,
            format!("{} {}", hazard.number, hazard.subject.name),
            true,
        )
    });
    let options = options.collect();
    fields.add("items", true, FieldKind::MultiChoice { options });
    let options = once_each(offices, caller).into_iter().map(|office| Choice {
        hint: Some(format!(
            "{} {} {}",
            office.agency_name, office.title, office.certificate_no
        )),
        ..choice(office.person, office.person_name.clone(), false)
    });
    let options = options.collect();
    let people = fields.add("inspectors", demanded > 0, FieldKind::MultiChoice { options });
    people.hint = Some(words.count("hint.inspectors", demanded));
    if routes.iter().any(|route| route.cause) {
        let causes = Cause::ALL.iter();
        let options = causes.map(|cause| choice(cause, words.of("cause", cause.as_str()), false));
        let options = options.collect();
        fields.add("cause", true, FieldKind::Choice { options });
    }
    let latest = now.rfc3339().get(..16).map(str::to_owned);
    let value = String::new();
    fields.add("visited_at", false, FieldKind::DateTime { value, latest });
    fields.text("place", false, "");
    fields.area("opinion", true, "").hint = None;
    Ok(fields.1)
}

/// The result of each item stands there as it will be answered, and room for a remark.
fn answer(listed: &Listed, words: Words) -> Vec<Field> {
    let items = listed.list.items.iter().enumerate();
    let remarks = items.map(|(at, item)| {
        let unit = listed.hazard(item).map(|hazard| hazard.subject.name.clone());
        let result = words.of("looked", listed.looked(item).as_str());
        Field {
            name: format!("remark-{}", item.hazard),
            label: format!("{}. {} {}", at + 1, item.number, unit.unwrap_or_default()),
            hint: Some(words.fill("problems.result_is", &[("result", &result)])),
            required: false,
            error: None,
            kind: FieldKind::Text {
                value: String::new(),
                unit: None,
            },
        }
    });
    let mut fields = Fields(words, remarks.collect());
    fields.area("answer_note", false, "");
    fields.1
}
