//! A file comes in: its bytes are made safe on disk first, then it goes onto the record.

use bytes::Bytes;
use domain::{
    FileId,
    authority::Act,
    evidence::{EvidenceFile, FileFacts},
};
use serde::{Deserialize, Serialize};
use store::StoreError;

use super::picture::{MediaType, captured_at, stripped};
use crate::{App, Caller, Failure, Outcome};

/// A phone's photo is some 5 MB, a short film some 15.
pub const LARGEST: usize = 20 * 1024 * 1024;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileReceipt {
    pub id: String,
    pub sha256: String,
    pub media_type: String,
    pub size: i64,
    pub captured_at: Option<i64>,
    pub received_at: i64,
}

pub async fn receive(app: &App, who: &Caller, name: &str, bytes: Bytes) -> Outcome<FileReceipt> {
    if let Some(kept) = who.repeated(app).await? {
        return Ok(kept);
    }
    who.actor.may_at_all(Act::UploadFile)?;
    if bytes.len() > LARGEST {
        return Err(Failure::TooLarge { limit: LARGEST });
    }
    if bytes.is_empty() {
        return Err(Failure::field("file", "required"));
    }
    let media_type = MediaType::of(&bytes).ok_or(Failure::UnsupportedFile)?;
    // What could never be shown again is no evidence.
    if media_type.is_picture() && stripped(bytes.clone()).is_none() {
        return Err(Failure::UnsupportedFile);
    }
    let now = app.clock.now();
    let id = FileId(app.ids.uuid(now));
    let captured_at = media_type.is_picture().then(|| captured_at(&bytes)).flatten();
    let facts = FileFacts {
        name: plain_name(name, id),
        media_type: media_type.as_str().to_owned(),
        size: i64::try_from(bytes.len()).unwrap_or(i64::MAX),
        sha256: app.blobs.keep(bytes.clone()).await?,
        captured_at,
    };
    let receipt = FileReceipt {
        id: id.to_string(),
        sha256: facts.sha256.clone(),
        media_type: facts.media_type.clone(),
        size: facts.size,
        captured_at: captured_at.map(|at| at.0),
        received_at: now.0,
    };
    let change = EvidenceFile::receive(&who.actor, app.ids.event(now), id, facts, now)?;
    match app.record_with(&change, who.answers(app, &receipt)?).await {
        Ok(()) => {
            // The same bytes may have been swept between the two: now that the row stands, nobody sweeps them any more.
            app.blobs.keep(bytes).await?;
            Ok(receipt)
        }
        Err(StoreError::Taken { table }) if table == "answer" => {
            who.repeated(app).await?.ok_or(Failure::Conflict)
        }
        Err(error) => Err(error.into()),
    }
}

/// The last part of whatever path a browser sent, without what cannot be printed.
fn plain_name(name: &str, id: FileId) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain: String = last.chars().filter(|c| !c.is_control()).take(200).collect();
    let plain = plain.trim().to_owned();
    if plain.is_empty() { id.to_string() } else { plain }
}
