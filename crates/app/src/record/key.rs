//! The key that signs checkpoints. It lies in a file of its own, beside the database and not in it: whoever can write the
//! database cannot sign.

use std::{
    fs::{self, OpenOptions},
    io::Write,
    path::Path,
};

use domain::JurisdictionId;
use seal::SigningKey;

use crate::{App, Failure, Outcome};

/// The key of this installation; made on first use, readable by its owner alone.
pub fn open_or_make(app: &App, path: &Path) -> Outcome<SigningKey> {
    if path.exists() {
        return read(path);
    }
    let name = origin(app.city());
    let key =
        SigningKey::from_seed(&name, app.ids.salt()).map_err(|error| Failure::Broken(error.to_string()))?;
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    let mut file = options.open(path)?;
    file.write_all(key.encode().as_bytes())?;
    file.write_all(b"\n")?;
    file.sync_all()?;
    Ok(key)
}

/// The name of a city's record: its key signs under it, and its checkpoints say it.
pub fn origin(city: &JurisdictionId) -> String {
    format!("anlan/{city}")
}

pub fn read(path: &Path) -> Outcome<SigningKey> {
    let text = fs::read_to_string(path)?;
    SigningKey::decode(text.trim()).map_err(|error| Failure::Broken(format!("{}: {error}", path.display())))
}
