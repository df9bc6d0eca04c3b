//! The folder of files: bytes under their SHA-256, written and synced before their row, never changed.

use std::{
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
};

use bytes::Bytes;

use crate::{Failure, Outcome, ids::sha256_hex};

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
                write_durably(&path, &bytes)?;
            }
            Ok(sha256)
        })
        .await
    }

    pub async fn read(&self, sha256: &str) -> Outcome<Bytes> {
        let path = self.path(sha256);
        in_the_background(move || fs::read(path).map(Bytes::from)).await
    }

    /// Removes bytes that no row names any more.
    pub async fn remove(&self, sha256: &str) -> Outcome<()> {
        let path = self.path(sha256);
        in_the_background(move || match fs::remove_file(path) {
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

/// Written beside, synced, renamed, and the folders synced: at no instant is there half a file under the final name.
fn write_durably(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().ok_or(io::ErrorKind::InvalidInput)?;
    fs::create_dir_all(folder)?;
    let beside = path.with_extension(format!("{}.part", std::process::id()));
    let written = File::create(&beside).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    if let Err(error) = written.and_then(|()| fs::rename(&beside, path)) {
        let _ = fs::remove_file(&beside);
        return Err(error);
    }
    File::open(folder)?.sync_all()?;
    folder
        .parent()
        .map_or(Ok(()), |above| File::open(above)?.sync_all())
}

async fn in_the_background<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> Outcome<T> {
    let done = tokio::task::spawn_blocking(work)
        .await
        .map_err(|error| Failure::Broken(error.to_string()))?;
    Ok(done?)
}
