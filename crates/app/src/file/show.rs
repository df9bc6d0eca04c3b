//! A file is shown to whoever sees the hazard it belongs to, or one that goes on from it, or brought it; pictures without what the
//! camera wrote into them.

use bytes::Bytes;
use domain::{
    FileId, HazardId,
    evidence::{EvidenceFile, FileState},
    hazard::Hazard,
};

use super::picture::{MediaType, stripped};
use crate::{App, Caller, Failure, Outcome, ids::sha256_hex};

#[derive(Debug)]
pub struct Shown {
    pub file: EvidenceFile,
    pub bytes: Bytes,
}

pub async fn show(app: &App, who: &Caller, id: FileId) -> Outcome<Shown> {
    let file = app.store.files().find(id).await?.ok_or(Failure::NotFound)?;
    let seen = match file.state {
        FileState::Attached(hazard) => sees(app, who, hazard, id).await?,
        FileState::Loose => file.uploader == who.actor.person,
        FileState::Swept => false,
    };
    if !seen {
        return Err(Failure::NotFound);
    }
    let bytes = app.blobs.read(&file.sha256).await?;
    if sha256_hex(&bytes) != file.sha256 {
        return Err(Failure::Broken(format!(
            "file {id}: its bytes are not those that were received"
        )));
    }
    let picture = MediaType::of(&bytes).is_some_and(MediaType::is_picture);
    // A picture that cannot be taken apart cannot be stripped, and is not shown.
    let bytes = if picture {
        stripped(bytes).ok_or(Failure::UnsupportedFile)?
    } else {
        bytes
    };
    Ok(Shown { file, bytes })
}

/// Whoever was handed a case over the border of a county was handed its file. What a leader wrote is not for all who see the case.
async fn sees(app: &App, who: &Caller, hazard: HazardId, file: FileId) -> Outcome<bool> {
    let hazards = app.store.hazards(&who.scope);
    let mut found = hazards.find(hazard).await?;
    if found.is_none() {
        let linked = hazards.linked_to(hazard).await?;
        let mut goes_on = linked.iter().filter_map(|one| one.course.origin.as_ref());
        if goes_on.any(|origin| origin.hazard == hazard) {
            found = app.store.hazards(&who.actor.city_wide()).find(hazard).await?;
        }
    }
    let readable = |mut hazard: Hazard| {
        who.actor.may_read_instructions() || !hazard.withhold_instructions().contains(&file)
    };
    Ok(found.is_some_and(readable))
}
