//! Hazards as short lines: what it is, whose, in which stage, and whose move it is.

use std::collections::HashMap;

use app::Failure;
use domain::{AgencyId, hazard::Hazard, time::Instant};

use super::{
    hazards::{place, waits_for},
    marks,
};
use crate::{api::hazards::agencies, site::Site, views::desk::DueRow, words::Words};

pub(super) async fn lines(
    site: &Site,
    hazards: &[Hazard],
    words: Words,
    now: Instant,
) -> Result<Vec<DueRow>, Failure> {
    let names = agencies(site, hazards).await?;
    Ok(hazards
        .iter()
        .map(|hazard| line(site, hazard, &names, words, now))
        .collect())
}

pub(super) fn line(
    site: &Site,
    hazard: &Hazard,
    names: &HashMap<AgencyId, String>,
    words: Words,
    now: Instant,
) -> DueRow {
    DueRow {
        href: format!("/hazards/{}", hazard.id),
        number: hazard.number.clone(),
        description: hazard.description.clone(),
        unit: hazard.subject.name.clone(),
        place: place(site, hazard),
        stage: hazard.stage.name().to_string(),
        severity: marks::severity(hazard),
        due: marks::due(hazard, words, now),
        stuck: marks::stuck(hazard, site.app.reference.escalation.stuck_after_days, words, now),
        button: None,
        not_you: None,
        waits_for: waits_for(hazard, names),
    }
}
