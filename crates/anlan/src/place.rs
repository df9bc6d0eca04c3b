//! Where the data lie: a database, a folder of files, a key. Said by options, variables, or a TOML file, in this order.

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
};

use app::{App, Blobs, Clock, Ids, Reference, record::LastSigned};
use courier::{Courier, Settings};
use serde::Deserialize;
use store::{Store, StoreError};

use crate::{Stop, cli::PlaceArgs};

#[derive(Debug, Clone)]
pub struct Place {
    pub database: String,
    pub data: PathBuf,
    pub listen: Option<SocketAddr>,
    pub courier: CourierConfig,
}

/// Where digests are taken beside the desks.
#[derive(Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CourierConfig {
    pub smtp_url: Option<String>,
    pub mail_from: Option<String>,
    pub webhook_url: Option<String>,
    pub webhook_secret: Option<String>,
    pub public_url: Option<String>,
}

/// Passwords and secrets stand in it: it says only what is set.
impl std::fmt::Debug for CourierConfig {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CourierConfig")
            .field("mail", &self.smtp_url.is_some())
            .field("webhook", &self.webhook_url.is_some())
            .finish_non_exhaustive()
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Config {
    database: Option<String>,
    data: Option<PathBuf>,
    listen: Option<SocketAddr>,
    #[serde(default)]
    courier: CourierConfig,
}

/// What one source says about the data.
#[derive(Debug, Default)]
struct Said {
    database: Option<String>,
    data: Option<PathBuf>,
}

impl Place {
    pub fn find(args: &PlaceArgs, default: &str) -> Result<Self, Stop> {
        let config = match &args.config {
            Some(file) => read_config(file)?,
            None => Config::default(),
        };
        let variable = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
        let said = [
            Said {
                database: args.database.clone(),
                data: args.data.clone(),
            },
            Said {
                database: variable("ANLAN_DATABASE"),
                data: variable("ANLAN_DATA").map(PathBuf::from),
            },
            Said {
                database: config.database,
                data: config.data,
            },
        ];
        let (database, data) = decide(said, default);
        Ok(Self {
            database,
            data,
            listen: config.listen,
            courier: config.courier,
        })
    }

    pub fn sqlite_file(&self) -> Option<&Path> {
        self.database.strip_prefix("sqlite:").map(Path::new)
    }

    pub fn key_file(&self) -> PathBuf {
        self.data.join("log.key")
    }

    /// What was signed last, beside the key.
    pub fn last_signed(&self) -> LastSigned {
        LastSigned::beside_the_key(&self.data)
    }

    pub async fn store(&self) -> Result<Store, Stop> {
        std::fs::create_dir_all(&self.data)?;
        if let Some(folder) = self
            .sqlite_file()
            .and_then(Path::parent)
            .filter(|folder| !folder.as_os_str().is_empty())
        {
            std::fs::create_dir_all(folder)?;
        }
        Store::open(&self.database).await.map_err(unopened)
    }

    /// A store that must be there already: reading commands make none, and leave its tables as they are.
    pub async fn existing_store(&self) -> Result<Store, Stop> {
        if let Some(file) = self.sqlite_file().filter(|file| !file.exists()) {
            return Err(Stop::new(
                format!("{} is not there", file.display()),
                "name the folder with --data or the database with --database",
            ));
        }
        Store::open_as_it_is(&self.database).await.map_err(unopened)
    }

    /// Whoever takes digests further than to the desks; a setting that cannot be used stops the program at its start.
    pub fn with_courier(&self, app: App) -> Result<App, Stop> {
        let said = self.courier.clone();
        let url = said.public_url.as_deref();
        if let Some(url) = url.filter(|url| !url.starts_with("https://") && !url.starts_with("http://")) {
            return Err(Stop::new(
                format!("ANLAN_PUBLIC_URL: {url:?} is no address of a site"),
                "write it https://anlan.example, or leave it out",
            ));
        }
        let courier = Courier::of(&Settings {
            smtp_url: said.smtp_url,
            mail_from: said.mail_from,
            webhook_url: said.webhook_url,
            webhook_secret: said.webhook_secret,
        });
        let courier = courier.map_err(|unusable| {
            Stop::new(
                unusable,
                "correct it, or leave it out: digests are then shown on the desks alone",
            )
        })?;
        Ok(app.with_courier(courier, url))
    }

    pub fn app(&self, store: Store, clock: Clock, ids: Ids) -> Result<App, Stop> {
        Ok(App::new(
            store,
            clock,
            ids,
            Blobs::open(self.data.join("blobs"))?,
            Reference::shipped()?,
        ))
    }
}

fn unopened(error: StoreError) -> Stop {
    Stop::new(
        error,
        "is --database or --data right, does the server run, may this user write there?",
    )
}

/// The first source that says anything decides where the database is: `--data` is not overruled by a variable that names another.
fn decide(said: [Said; 3], default: &str) -> (String, PathBuf) {
    let first = said
        .iter()
        .position(|one| one.database.is_some() || one.data.is_some());
    let database = first.and_then(|at| said[at].database.clone());
    let beside = database
        .as_deref()
        .and_then(|url| url.strip_prefix("sqlite:"))
        .map(|path| {
            let folder = Path::new(path)
                .parent()
                .filter(|folder| !folder.as_os_str().is_empty());
            folder.map_or_else(|| PathBuf::from("."), Path::to_owned)
        });
    let own = first.and_then(|at| said[at].data.clone());
    let further = said
        .into_iter()
        .skip(first.map_or(0, |at| at + 1))
        .find_map(|one| one.data);
    let data = own
        .or(beside)
        .or(further)
        .unwrap_or_else(|| PathBuf::from(default));
    let database = database.unwrap_or_else(|| format!("sqlite:{}", data.join("anlan.db").display()));
    (database, data)
}

fn read_config(file: &Path) -> Result<Config, Stop> {
    let next = "correct the file, or name another with --config";
    let text = std::fs::read_to_string(file)
        .map_err(|error| Stop::new(format!("{}: {error}", file.display()), next))?;
    toml::from_str(&text).map_err(|error| Stop::new(format!("{}: {error}", file.display()), next))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(database: Option<&str>, data: Option<&str>) -> Said {
        Said {
            database: database.map(str::to_owned),
            data: data.map(PathBuf::from),
        }
    }

    fn decided(said: [Said; 3]) -> (String, String) {
        let (database, data) = decide(said, "here");
        (database, data.display().to_string())
    }

    fn pair(database: &str, data: &str) -> (String, String) {
        (database.to_owned(), data.to_owned())
    }

    #[test]
    fn the_first_source_that_speaks_of_the_data_decides() {
        let none = || said(None, None);
        assert_eq!(
            decided([none(), none(), none()]),
            pair("sqlite:here/anlan.db", "here")
        );
        let variable = said(Some("postgres://b/c"), Some("elsewhere"));
        assert_eq!(
            decided([said(None, Some("a")), variable, none()]),
            pair("sqlite:a/anlan.db", "a")
        );
        let config = said(None, Some("files"));
        assert_eq!(
            decided([none(), said(Some("postgres://b/c"), None), config]),
            pair("postgres://b/c", "files")
        );
        assert_eq!(
            decided([said(Some("sqlite:x/y.db"), None), none(), none()]),
            pair("sqlite:x/y.db", "x")
        );
        assert_eq!(
            decided([said(Some("sqlite:y.db"), None), none(), none()]),
            pair("sqlite:y.db", ".")
        );
    }
}
