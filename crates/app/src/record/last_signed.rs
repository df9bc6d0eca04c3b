//! The last checkpoint that was signed here, in a file beside the key and not in the database.
//!
//! Whoever can write the database can set its tree back, or take it away; this file remembers how far it was. It holds the signed
//! note itself, so that a file that somebody has been at does not pass for one. Without the file, the head in the database is
//! believed as long as it is signed: that is the way on after an older backup has been put back (docs/record.md).

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use crate::{Failure, Outcome, durable};

#[derive(Debug, Clone)]
pub struct LastSigned {
    path: PathBuf,
}

impl LastSigned {
    pub const NAME: &str = "log.head";

    /// In the folder in which the key lies.
    pub fn beside_the_key(folder: &Path) -> Self {
        Self {
            path: folder.join(Self::NAME),
        }
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The signed note, as it was kept; whoever reads it opens it with the key.
    pub fn note(&self) -> Outcome<Option<String>> {
        match fs::read(&self.path) {
            // What is no text is no note: it will not open.
            Ok(bytes) => Ok(Some(String::from_utf8_lossy(&bytes).into_owned())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// When it returns, the note survives a power cut.
    pub(crate) async fn keep(&self, note: String) -> Outcome<()> {
        let path = self.path.clone();
        let kept = tokio::task::spawn_blocking(move || durable::write(&path, note.as_bytes())).await;
        Ok(kept.map_err(|error| Failure::Broken(error.to_string()))??)
    }
}
