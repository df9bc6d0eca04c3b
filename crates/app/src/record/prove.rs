//! A proof that one event stands in the record, for a stranger to check offline.

use domain::HazardId;
use seal::{Digest, Proof};
use store::{
    event::{self, EventRow},
    tree,
};

use crate::{App, Failure, Outcome};

/// The proof of an event by its id, or of the newest sealed event of a hazard by the hazard's id or number.
pub async fn prove(app: &App, name: &str) -> Outcome<Proof> {
    let event = find(app, name).await?;
    let door = &app.store.door;
    let head = tree::head(door).await?.ok_or_else(|| unsealed(&event))?;
    let index = event::leaf_of(door, &event)
        .await?
        .filter(|at| *at < head.size)
        .ok_or_else(|| unsealed(&event))?;
    let broken = |error: seal::SealError| Failure::Broken(error.to_string());

    let mut tiles = std::collections::HashMap::new();
    for (level, at) in seal::inclusion_tiles(index, head.size) {
        if let Some(tile) = tree::tile(door, level, at).await? {
            tiles.insert((level, at), tile.data);
        }
    }
    let path = seal::prove_inclusion(index, head.size, &|level, at| tiles.get(&(level, at)).cloned())
        .map_err(broken)?;
    let leaf = seal::leaf::commitment(&event.salt, &event.digest);
    seal::verify_inclusion(&leaf, index, head.size, &path, &head.root).map_err(broken)?;
    Ok(Proof {
        format: Proof::FORMAT.to_owned(),
        event: event.columns.into_iter().collect(),
        salt: event.salt,
        index,
        size: head.size,
        path: path.into_iter().collect::<Vec<Digest>>(),
        checkpoint: head.note,
    })
}

fn unsealed(event: &EventRow) -> Failure {
    Failure::Broken(format!(
        "event {} is not sealed yet: it is within a second or so, while the program serves",
        event.id
    ))
}

async fn find(app: &App, name: &str) -> Outcome<EventRow> {
    let door = &app.store.door;
    if let Some(event) = event::by_id(door, name).await? {
        return Ok(event);
    }
    let everywhere = domain::scope::Scope {
        grants: vec![domain::scope::Grant::City {
            city: app.city().clone(),
            sectors: None,
        }],
    };
    let hazards = app.store.hazards(&everywhere);
    let hazard = match HazardId::parse(name) {
        Some(id) => hazards.find(id).await?,
        None => hazards.numbered(name).await?,
    };
    let hazard = hazard.ok_or(Failure::NotFound)?;
    let mut events = event::of_hazard(door, &hazard.home.county, hazard.id).await?;
    while let Some(event) = events.pop() {
        if event::leaf_of(door, &event).await?.is_some() {
            return Ok(event);
        }
    }
    Err(Failure::NotFound)
}
