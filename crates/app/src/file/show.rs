//! A file is shown to whoever sees the hazard it belongs to, or brought it; pictures without what the camera wrote into them.

use bytes::Bytes;
use domain::{
    FileId,
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
        FileState::Attached(hazard) => app.store.hazards(&who.scope).find(hazard).await?.is_some(),
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
