//! The folder of files: bytes under their SHA-256, written and synced before their row, never changed.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use bytes::Bytes;

use crate::{Failure, Outcome, durable, ids::sha256_hex};

#[derive(Debug, Clone)]
pub struct Blobs {
    folder: PathBuf,
}

impl Blobs {
    pub fn open(folder: impl Into<PathBuf>) -> Outcome<Self> {
        let folder = folder.into();
        fs::create_dir_all(&folder)?;
        Ok(Self { folder })
    }

    /// Keeps the bytes and gives their digest. When it returns, they survive a power cut.
    pub async fn keep(&self, bytes: Bytes) -> Outcome<String> {
        let blobs = self.clone();
        in_the_background(move || {
            let sha256 = sha256_hex(&bytes);
            let path = blobs.path(&sha256);
            if !path.exists() {
                durable::write(&path, &bytes)?;
            }
            Ok(sha256)
        })
        .await
    }

    pub async fn read(&self, sha256: &str) -> Outcome<Bytes> {
        let path = self.path(sha256);
        in_the_background(move || fs::read(path).map(Bytes::from)).await
    }

    /// Takes bytes aside, where nobody finds them; false where there are none. From here on, whoever brings them again writes them
    /// anew.
    pub async fn put_aside(&self, sha256: &str) -> Outcome<bool> {
        let path = self.path(sha256);
        in_the_background(move || match fs::rename(&path, aside(&path)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            done => done.map(|()| true),
        })
        .await
    }

    /// Puts back what was taken aside.
    pub async fn bring_back(&self, sha256: &str) -> Outcome<()> {
        let path = self.path(sha256);
        in_the_background(move || {
            fs::rename(aside(&path), &path)?;
            path.parent().map_or(Ok(()), durable::sync)
        })
        .await
    }

    /// Removes what was taken aside.
    pub async fn remove_aside(&self, sha256: &str) -> Outcome<()> {
        let path = self.path(sha256);
        in_the_background(move || match fs::remove_file(aside(&path)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        })
        .await
    }

    fn path(&self, sha256: &str) -> PathBuf {
        // Digests come from our own tables; anything else stays inside the folder all the same.
        let name: String = sha256.chars().filter(char::is_ascii_hexdigit).take(64).collect();
        self.folder.join(name.get(..2).unwrap_or("00")).join(name)
    }
}

fn aside(path: &Path) -> PathBuf {
    path.with_extension("swept")
}

async fn in_the_background<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> Outcome<T> {
    let done = tokio::task::spawn_blocking(work)
        .await
        .map_err(|error| Failure::Broken(error.to_string()))?;
    Ok(done?)
}
