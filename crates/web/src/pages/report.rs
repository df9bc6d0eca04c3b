//! Reporting a hazard: one column, asked once, photos first.

use app::{
    Failure, Outcome,
    hazard::report::{self, Named, ReportHazard},
};
use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    FileId, HazardId, SubjectId,
    agency::Role,
    evidence::EvidenceFile,
    field::{Checks, FieldError},
    hazard::{
        InitialLevel, Source,
        event::Ordered,
        report::{Report, Then, may_name},
    },
    place::{Location, Point},
    refusal::Refusal,
    subject::{Subject, SubjectKind},
    time::{Day, Instant},
};
use store::subject::SubjectFilter;

use super::{
    acts::{leaves_the_form, take_files},
    form::Form,
    frame,
    hazard::forms::keep,
    may_report, render, similar, suggest,
    told::Told,
};
use crate::{
    caller::Browser,
    problem::Problem,
    site::Site,
    views::{
        form::{Choice, Field, FieldKind},
        frame::Section,
        report::{ReportPage, SimilarLine, SubjectField, ThenField},
    },
    words::Words,
};

pub async fn page(
    State(site): State<Site>,
    browser: Browser,
    Query(about): Query<suggest::About>,
) -> Result<Response, Problem> {
    let problem = |failure| Problem::page(failure, browser.words);
    let mut page = empty(&site, &browser).await.map_err(problem)?;
    suggest::choose(&site, &browser, &about, &mut page.subject)
        .await
        .map_err(problem)?;
    Ok(render(StatusCode::OK, &page))
}

pub async fn send(State(site): State<Site>, browser: Browser, mut form: Form) -> Result<Response, Problem> {
    let words = browser.words;
    let problem = |failure| Problem::page(failure, words).coming_from("/report");
    if !form.proves(&browser) {
        return come_back(&site, &browser, &form, Told::form_expired(words)).await;
    }
    let taken = take_files(&site.app, &browser.live.caller, &mut form).await;
    if taken.is_ok() {
        let similar = similar::to_a_form(&site, &browser, &form)
            .await
            .map_err(problem)?;
        if !similar.is_empty() {
            return ask_whether_it_is_new(&site, &browser, &form, similar).await;
        }
    }
    let done = match taken {
        Ok(()) => run(&site, &browser, &form)
            .await
            .map_err(|failure| (None, failure)),
        Err((file, failure)) => Err((Some(file), failure)),
    };
    match done {
        Ok(receipt) => {
            let key = super::encode(form.get("idempotency_key"));
            Ok(Redirect::to(&format!("/hazards/{}?done=report&key={key}", receipt.id)).into_response())
        }
        Err((file, failure)) => {
            let failure = match failure {
                Failure::NotFound => Failure::field("subject", "no-such-subject"),
                other => other,
            };
            if leaves_the_form(&failure) {
                return Err(problem(failure));
            }
            let told = Told::of(failure, file.as_ref(), words);
            come_back(&site, &browser, &form, told).await
        }
    }
}

/// The page with what was typed, and above it what may be the same. Nothing is wrong with the report, and one press sends it.
async fn ask_whether_it_is_new(
    site: &Site,
    browser: &Browser,
    form: &Form,
    similar: Vec<SimilarLine>,
) -> Result<Response, Problem> {
    let mut page = come_back_with(site, browser, form, &Told::nothing()).await?;
    page.similar = similar;
    Ok(render(StatusCode::OK, &page))
}

/// The page with what was typed, and what is wrong.
async fn come_back(site: &Site, browser: &Browser, form: &Form, told: Told) -> Result<Response, Problem> {
    let page = come_back_with(site, browser, form, &told).await?;
    Ok(render(told.status, &page))
}

async fn come_back_with(
    site: &Site,
    browser: &Browser,
    form: &Form,
    told: &Told,
) -> Result<ReportPage, Problem> {
    let problem = |failure| Problem::page(failure, browser.words).coming_from("/report");
    let kept = form.kept_files(site, browser).await.map_err(problem)?;
    let mut page = empty(site, browser).await.map_err(problem)?;
    offer_matches(site, browser, &mut page, form.get("subject"))
        .await
        .map_err(problem)?;
    put_back(&mut page, form, &kept, told);
    Ok(page)
}

async fn run(site: &Site, browser: &Browser, form: &Form) -> Outcome<app::hazard::Receipt> {
    let caller = form.caller(browser, "/hazards");
    if let Some(kept) = caller.repeated(&site.app).await? {
        return Ok(kept);
    }
    let id = HazardId(site.app.ids.uuid(site.app.clock.now()));
    let subject = match subject(site, browser, form).await {
        Err(Failure::Fields(mut errors)) => {
            errors.extend(blanks(form));
            return Err(Failure::Fields(errors));
        }
        other => other?,
    };
    report::report(&site.app, &caller, understood(form, id, subject)?).await
}

/// What else is missing where it stops at the subject: all of it is told at once.
fn blanks(form: &Form) -> Vec<FieldError> {
    let mut checks = Checks::default();
    checks.text("location.text", form.get("location_text"), 200);
    checks.text("description", form.get("description"), 2_000);
    match checks.done() {
        Err(Refusal::Fields(errors)) => errors,
        _ => Vec::new(),
    }
}

/// The one that was chosen from the list, the one of exactly this name, or a new one.
pub(super) async fn subject(site: &Site, browser: &Browser, form: &Form) -> Outcome<(SubjectKind, Named)> {
    let subjects = site.app.store.subjects(&browser.live.caller.scope);
    if let Some(kind) = form
        .given("subject_kind")
        .filter(|_| form.get("subject").is_empty())
    {
        let kind = SubjectKind::parse(&kind).ok_or_else(|| Failure::field("subject", "not-a-choice"))?;
        let name = form.get("subject_name").to_owned();
        return if name.is_empty() {
            Err(Failure::field("subject.name", "required"))
        } else {
            Ok((kind, Named::Name(name)))
        };
    }
    let typed = form.get("subject");
    if let Some(id) = SubjectId::parse(form.get("subject_id"))
        && let Some(found) = subjects.find(id).await?
        && (typed.is_empty() || typed == found.name)
    {
        return Ok((found.kind, Named::Id(found.id)));
    }
    if typed.is_empty() {
        return Err(Failure::field("subject", "required"));
    }
    match subjects.exactly_named(typed).await?.as_slice() {
        [] => Err(Failure::field("subject", "no-such-subject")),
        [one] => Ok((one.kind, Named::Id(one.id))),
        _ => Err(Failure::field("subject", "ambiguous-name")),
    }
}

fn understood(form: &Form, id: HazardId, (kind, subject): (SubjectKind, Named)) -> Outcome<ReportHazard> {
    let mut checks = Checks::default();
    let level = InitialLevel::parse(form.get("initial_level"));
    if level.is_none() {
        checks.fail("initial_level", "required");
    }
    let source = Source::parse(form.get("source"));
    if source.is_none() {
        checks.fail("source", "required");
    }
    let found_at = form
        .given("found_at")
        .map(|local| Instant::parse(&format!("{local}:00+08:00")));
    if found_at == Some(None) {
        checks.fail("found_at", "not-an-instant");
    }
    let photos: Option<Vec<FileId>> = form.all("photos_id").iter().map(|id| FileId::parse(id)).collect();
    if photos.is_none() {
        checks.fail("photos", "not-attachable");
    }
    let then = then(form, &mut checks);
    checks.done()?;
    let (Some(initial_level), Some(source)) = (level, source) else {
        return Err(Failure::field("initial_level", "required"));
    };
    let point = point(form);
    Ok(ReportHazard {
        kind,
        subject,
        report: Report {
            id,
            description: form.get("description").to_owned(),
            location: Location {
                text: form.get("location_text").to_owned(),
                point,
            },
            initial_level,
            source,
            found_at: found_at.flatten(),
            then,
        },
        photos: photos.unwrap_or_default(),
    })
}

/// A position that a browser gave wrongly is no reason to keep somebody from reporting.
pub(super) fn point(form: &Form) -> Option<Point> {
    let (lon, lat) = form.get("position").split_once(',')?;
    Point::read(lon.trim().parse().ok(), lat.trim().parse().ok())
        .ok()
        .flatten()
}

/// What the finder does beside reporting: nothing, orders it, or saw it rectified.
fn then(form: &Form, checks: &mut Checks) -> Then {
    match form.get("then") {
        "fixed" => Then::Fixed {
            summary: form.get("fixed_summary").to_owned(),
        },
        "orders" => match Day::parse(form.get("order_deadline")) {
            Some(deadline) => Then::Orders(Ordered {
                measures: form.get("order_measures").to_owned(),
                responsible_person: form.get("order_responsible_person").to_owned(),
                deadline,
                order_no: form.given("order_order_no"),
            }),
            None => {
                checks.fail("order.deadline", "required");
                Then::Waits
            }
        },
        _ => Then::Waits,
    }
}

pub(super) async fn empty(site: &Site, browser: &Browser) -> Outcome<ReportPage> {
    let words = browser.words;
    let caller = &browser.live.caller;
    if !may_report(caller) {
        caller.actor.may_at_all(domain::authority::Act::Report)?;
    }
    let now = site.app.clock.now();
    let subjects = site
        .app
        .store
        .subjects(&caller.scope)
        .list(&SubjectFilter::default(), suggest::MOST + 1)
        .await?;
    let own = subjects.first().filter(|_| caller.actor.role == Role::Unit);
    let goes_to = match own {
        Some(own) => receiver(site, own).await?,
        None => None,
    };
    let field = |name: &str, required, kind| field(words, name, required, kind);
    let levels = InitialLevel::ALL.iter().map(|level| Choice {
        value: level.to_string(),
        label: words.of("level", level.as_str()),
        hint: None,
        chosen: *level == InitialLevel::General,
    });
    let latest = now.rfc3339().get(..16).map(str::to_owned);
    Ok(ReportPage {
        frame: frame(
            site,
            browser,
            words.get("report.title").to_owned(),
            Section::Report,
            "/report",
            now,
        ),
        errors: Vec::new(),
        photos: field(
            "photos",
            false,
            FieldKind::Files {
                kept: Vec::new(),
                accept: "image/*".into(),
                camera: true,
            },
        ),
        subject: subject_field(site, caller, own, &subjects, words),
        place: field(
            "location_text",
            true,
            FieldKind::Text {
                value: String::new(),
                unit: None,
            },
        ),
        position: String::new(),
        fields: vec![
            field(
                "description",
                true,
                FieldKind::Textarea {
                    value: String::new(),
                    rows: 3,
                },
            ),
            field(
                "initial_level",
                true,
                FieldKind::Choice {
                    options: levels.collect(),
                },
            ),
            field(
                "source",
                true,
                FieldKind::Select {
                    options: sources(caller.actor.role, words),
                },
            ),
            field(
                "found_at",
                false,
                FieldKind::DateTime {
                    value: String::new(),
                    latest,
                },
            ),
        ],
        then: then_field(words, now.day()),
        common: suggest::findings(site, caller.actor.role),
        idempotency_key: site.app.ids.uuid(now).to_string(),
        goes_to: goes_to.map(|whom| words.fill("report.goes_to", &[("whom", &whom)])),
        similar: Vec::new(),
    })
}

fn then_field(words: Words, today: Day) -> ThenField {
    let choices = ["waits", "fixed", "orders"].map(|value| Choice {
        value: value.to_owned(),
        label: words.of("then", value),
        hint: Some(words.of("then_hint", value)),
        chosen: value == "waits",
    });
    let area = || FieldKind::Textarea {
        value: String::new(),
        rows: 2,
    };
    let text = || FieldKind::Text {
        value: String::new(),
        unit: None,
    };
    let deadline = FieldKind::Date {
        value: String::new(),
        earliest: Some(today.to_string()),
        latest: None,
    };
    // Which of them are needed follows from the choice, so the browser is not told that they are.
    ThenField {
        choices: choices.into(),
        fixed: vec![field(words, "fixed_summary", false, area())],
        orders: vec![
            field(words, "order_measures", false, area()),
            field(words, "order_responsible_person", false, text()),
            field(words, "order_deadline", false, deadline),
            field(words, "order_order_no", false, text()),
        ],
    }
}

fn field(words: Words, name: &str, required: bool, kind: FieldKind) -> Field {
    let hint = format!("hint.{name}");
    Field {
        name: name.to_owned(),
        label: words.of("field", name),
        hint: words.has(&hint).then(|| words.get(&hint).to_owned()),
        required,
        error: None,
        kind,
    }
}

/// The sources that a role reports from, the usual one first.
fn sources(role: Role, words: Words) -> Vec<Choice> {
    let usual = match role {
        Role::Unit => Source::SelfCheck,
        Role::TownOffice => Source::Patrol,
        Role::CountyOffice | Role::CountyDepartment => Source::CountyCheck,
        _ => Source::Oversight,
    };
    let fits = |source: &&Source| may_name(role, **source);
    Source::ALL
        .iter()
        .filter(fits)
        .map(|source| Choice {
            value: source.to_string(),
            label: words.of("source", source.as_str()),
            hint: None,
            chosen: *source == usual,
        })
        .collect()
}

/// Who will get what is reported on this subject: its regulator, else its county's office. Of a subject that has yet to be chosen
/// nobody can say.
async fn receiver(site: &Site, subject: &Subject) -> Outcome<Option<String>> {
    let directory = site.app.store.directory();
    if let Some(regulator) = subject.regulator {
        let named = directory.agency_names(&[regulator]).await?;
        return Ok(named.into_iter().next().map(|(_, name)| name));
    }
    let office = directory
        .agency_with_role(&subject.home.county, Role::CountyOffice)
        .await?;
    Ok(office.map(|office| office.name))
}

/// The first page offers as many as a county has; where there are more, whoever typed a part of a name gets those that hold it.
async fn offer_matches(site: &Site, browser: &Browser, page: &mut ReportPage, typed: &str) -> Outcome<()> {
    if page.subject.fixed || typed.is_empty() {
        return Ok(());
    }
    let filter = SubjectFilter {
        text: Some(typed.to_owned()),
        ..SubjectFilter::default()
    };
    let subjects = site.app.store.subjects(&browser.live.caller.scope);
    let matches = subjects.list(&filter, suggest::MOST).await?;
    if !matches.is_empty() {
        let matches = matches
            .iter()
            .map(|one| suggest::subject(site, one, browser.words));
        page.subject.suggestions = matches.collect();
    }
    Ok(())
}

fn subject_field(
    site: &Site,
    caller: &app::Caller,
    own: Option<&Subject>,
    subjects: &[Subject],
    words: Words,
) -> SubjectField {
    let listed = subjects.iter().take(suggest::MOST);
    let suggestions = listed.map(|subject| suggest::subject(site, subject, words));
    // At city level nobody enters a new subject: it would lie nowhere.
    let kinds = if caller.actor.seat.county.is_none() || own.is_some() {
        &[][..]
    } else {
        SubjectKind::ALL
    };
    SubjectField {
        value: own.map(|subject| subject.name.clone()).unwrap_or_default(),
        value_id: own.map(|subject| subject.id.to_string()).unwrap_or_default(),
        fixed: own.is_some(),
        suggestions: suggestions.collect(),
        cut: (subjects.len() > suggest::MOST).then(|| words.count("phone.list_cut", suggest::MOST)),
        kinds: kinds
            .iter()
            .map(|kind| Choice {
                value: kind.to_string(),
                label: words.of("subject_kind", kind.as_str()),
                hint: None,
                chosen: false,
            })
            .collect(),
        new_name: String::new(),
        error: None,
        hint: own.is_none().then(|| words.get("report.subject_hint").to_owned()),
    }
}

fn put_back(page: &mut ReportPage, form: &Form, kept: &[EvidenceFile], told: &Told) {
    page.errors = told.errors.clone();
    let then = form.get("then");
    page.then
        .choices
        .iter_mut()
        .for_each(|one| one.chosen = one.value == then || (then.is_empty() && one.value == "waits"));
    let then_fields = page.then.fixed.iter_mut().chain(&mut page.then.orders);
    let fields = page.fields.iter_mut().chain(then_fields);
    for field in fields.chain([&mut page.photos, &mut page.place]) {
        field.error = told.at(&field.name);
        keep(field, form, kept);
    }
    form.get("position").clone_into(&mut page.position);
    let of_subject = ["subject", "subject_name", "subject_kind"];
    page.subject.error = of_subject.iter().find_map(|name| told.at(name));
    if !page.subject.fixed {
        form.get("subject").clone_into(&mut page.subject.value);
        form.get("subject_id").clone_into(&mut page.subject.value_id);
        form.get("subject_name").clone_into(&mut page.subject.new_name);
        let kind = form.get("subject_kind");
        page.subject
            .kinds
            .iter_mut()
            .for_each(|one| one.chosen = one.value == kind);
    }
    // A key that was used with another text is of no use any more: the page has a fresh one.
    if !told.needs_a_new_key && !form.get("idempotency_key").is_empty() {
        form.get("idempotency_key").clone_into(&mut page.idempotency_key);
    }
}
