//! The form for several: its rows, each with why it may not be done, and the fields of the act as far as they can hold for many.

use app::{Outcome, hazard::show};
use domain::{authority::Act, hazard::Hazard, time::Instant};

use super::{AS_REPORTED, may, sorted::Sorted};
use crate::{
    api::acts::resource,
    caller::Browser,
    pages::{
        form::Form,
        hazard::{Showing, forms},
        hazards::place,
        marks,
    },
    problem::Problem,
    site::Site,
    views::{
        bulk::{BulkForm, BulkRow},
        form::{Field, FieldKind},
    },
    words::Words,
};

pub(super) async fn bulk_form(
    site: &Site,
    browser: &Browser,
    act: Act,
    left: &[&Hazard],
    sorted: &Sorted,
    typed: Option<&Form>,
    now: Instant,
) -> Outcome<BulkForm> {
    let words = browser.words;
    let who = &browser.live.caller;
    let ready: Vec<&Hazard> = left
        .iter()
        .copied()
        .filter(|one| may(who, one, act).is_ok())
        .collect();
    // A county's agencies are those of one county: what lies elsewhere is handed over from there.
    let county = ready.first().map(|first| first.home.county.clone());
    let elsewhere = |one: &Hazard| act == Act::Assign && Some(&one.home.county) != county.as_ref();
    let rows = left.iter().map(|hazard| {
        let refused = match may(who, hazard, act) {
            Err(failure) => Some(Problem::page(failure, words).body.detail),
            Ok(()) if elsewhere(hazard) => Some(words.get("bulk.other_county").to_owned()),
            Ok(()) => None,
        };
        let value = refused
            .is_none()
            .then(|| format!("{}:{}", hazard.id, hazard.seen.version));
        BulkRow {
            value,
            number: hazard.number.clone(),
            href: format!("/hazards/{}", hazard.id),
            unit: hazard.subject.name.clone(),
            place: place(site, hazard),
            description: hazard.description.clone(),
            severity: marks::severity(hazard),
            stage: hazard.stage.name().to_string(),
            due: marks::due(hazard, words, now),
            why: sorted.why(hazard.id).or(refused),
        }
    });
    let mut form = BulkForm {
        act: resource(act).unwrap_or_default().to_owned(),
        hint: words.get("bulk.each").to_owned(),
        buttons: forms::buttons(act, words),
        rows: rows.collect(),
        idempotency_key: site.app.ids.uuid(now).to_string(),
        ..BulkForm::default()
    };
    if let Some(like) = model(&ready) {
        let dossier = show::dossier(&site.app, who, like.id).await?;
        let showing = Showing {
            site,
            dossier: &dossier,
            words,
            now,
        };
        form.fields = forms::fields(&showing, act);
        form.fields.retain(|field| said_of_several(&field.name));
        // Who regulates what lies in several counties is said in each.
        if ready.iter().any(|one| one.home.county != like.home.county) {
            form.fields.retain(|field| field.name != "regulator");
        }
        form.fields.iter_mut().for_each(|field| for_several(field, words));
    }
    if let Some(typed) = typed {
        for field in &mut form.fields {
            field.error = sorted.told.as_ref().and_then(|told| told.at(&field.name));
            forms::keep(field, typed, &[]);
        }
    }
    if let Some(told) = &sorted.told {
        form.errors.clone_from(&told.errors);
    }
    Ok(form)
}

/// The one whose form has the most fields: where any route asks for the cause, it is asked for.
fn model<'a>(ready: &[&'a Hazard]) -> Option<&'a Hazard> {
    let asks = |one: &&&Hazard| one.stage.confirmation().is_some_and(|it| it.route.cause);
    ready.iter().find(asks).or(ready.first()).copied()
}

/// Nothing is chosen for many but to leave each as it is, and none of many is called major: that is determined one by one.
fn for_several(field: &mut Field, words: Words) {
    let (FieldKind::Select { options } | FieldKind::Choice { options }) = &mut field.kind else {
        return;
    };
    options.retain(|option| !matches!(option.value.as_str(), "major" | "suspected_major"));
    let unchanged = match field.name.as_str() {
        "regulator" => ("", "bulk.as_it_is"),
        "initial_level" => (AS_REPORTED, "bulk.as_reported"),
        _ => return,
    };
    options.iter_mut().for_each(|option| option.chosen = false);
    options.insert(
        0,
        forms::choice(unchanged.0, words.get(unchanged.1).to_owned(), true),
    );
}

/// Inspectors are named for one visit at a time, and so are the clauses of one finding.
fn said_of_several(field: &str) -> bool {
    !matches!(field, "inspectors" | "clauses")
}
