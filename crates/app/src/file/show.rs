//! A file is shown to whoever sees the hazard it belongs to, or one that goes on from it, or brought it; pictures without what the
//! camera wrote into them.

use bytes::Bytes;
use domain::{
    FileId, HazardId,
    evidence::{EvidenceFile, FileState},
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
        FileState::Attached(hazard) => sees(app, who, hazard).await?,
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

/// Whoever was handed a case over the border of a county was handed its file.
async fn sees(app: &App, who: &Caller, hazard: HazardId) -> Outcome<bool> {
    let hazards = app.store.hazards(&who.scope);
    if hazards.find(hazard).await?.is_some() {
        return Ok(true);
    }
    let linked = hazards.linked_to(hazard).await?;
    let goes_on = linked.iter().filter_map(|one| one.course.origin.as_ref());
    Ok(goes_on.into_iter().any(|origin| origin.hazard == hazard))
}
