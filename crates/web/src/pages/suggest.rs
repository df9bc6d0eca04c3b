//! What a reporter presses instead of typing: the subjects of the viewer's scope, the one whose code was scanned, and what is often
//! found. Bounded, because all of it stands in the page, and a phone keeps that page for where there is no signal.

use app::{Failure, Outcome};
use domain::{
    SubjectId,
    agency::Role,
    subject::{Subject, SubjectKind},
};
use serde::Deserialize;

use crate::{
    caller::Browser,
    site::Site,
    views::report::{CommonItem, SubjectField, SubjectSuggestion},
    words::Words,
};

/// Enough for a town or a small county; whoever sees more than this types the name.
pub const MOST: usize = 500;

#[derive(Debug, Default, Deserialize)]
pub struct About {
    /// Id of the subject that the report will be about, as its QR code has it.
    subject: Option<String>,
}

/// Chooses the subject that the address names. One that is not within the scope is not found, like any other page about it.
pub async fn choose(site: &Site, browser: &Browser, about: &About, field: &mut SubjectField) -> Outcome<()> {
    let Some(id) = about.subject.as_deref().filter(|_| !field.fixed) else {
        return Ok(());
    };
    let id = SubjectId::parse(id).ok_or(Failure::NotFound)?;
    let found = site
        .app
        .store
        .subjects(&browser.live.caller.scope)
        .find(id)
        .await?;
    let found = found.ok_or(Failure::NotFound)?;
    field.value.clone_from(&found.name);
    field.value_id = found.id.to_string();
    // It may stand beyond the end of the list.
    if field.suggestions.iter().all(|one| one.id != field.value_id) {
        field.suggestions.push(subject(site, &found, browser.words));
    }
    Ok(())
}

pub fn subject(site: &Site, subject: &Subject, words: Words) -> SubjectSuggestion {
    let place = subject.home.town.as_ref().unwrap_or(&subject.home.county);
    let kind = words.of("subject_kind", subject.kind.as_str());
    SubjectSuggestion {
        id: subject.id.to_string(),
        name: subject.name.clone(),
        note: format!("{kind} · {}", site.app.reference.name(place)),
        kind: subject.kind.to_string(),
        sector: subject.sector.clone(),
        address: subject.address.clone(),
    }
}

pub fn findings(site: &Site, role: Role) -> Vec<CommonItem> {
    let items = site.app.reference.common_items.iter();
    // A unit reports about itself, and never what is nobody's.
    let fits = items
        .filter(|item| role != Role::Unit || item.kinds.iter().any(|kind| *kind != SubjectKind::Unowned));
    fits.map(|item| CommonItem {
        text: item.text_zh.clone(),
        kinds: item
            .kinds
            .iter()
            .map(|kind| kind.as_str())
            .collect::<Vec<_>>()
            .join(" "),
        sectors: item.sectors.join(" "),
    })
    .collect()
}
