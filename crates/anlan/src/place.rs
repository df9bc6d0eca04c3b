//! Where the data lie: a database, a folder of files, a key. Said by options, variables, or a TOML file, in this order.

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
};

use app::{App, Blobs, Clock, Ids, Reference};
use serde::Deserialize;
use store::Store;

use crate::{Stop, cli::PlaceArgs};

#[derive(Debug, Clone)]
pub struct Place {
    pub database: String,
    pub data: PathBuf,
    pub listen: Option<SocketAddr>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Config {
    database: Option<String>,
    data: Option<PathBuf>,
    listen: Option<SocketAddr>,
}

impl Place {
    pub fn find(args: &PlaceArgs, default: &str) -> Result<Self, Stop> {
        let config = match &args.config {
            Some(file) => read_config(file)?,
            None => Config::default(),
        };
        let database = args.database.clone().or(config.database);
        let beside = database
            .as_deref()
            .and_then(|url| url.strip_prefix("sqlite:"))
            .map(|path| {
                let folder = Path::new(path)
                    .parent()
                    .filter(|folder| !folder.as_os_str().is_empty());
                folder.map_or_else(|| PathBuf::from("."), Path::to_owned)
            });
        let data = args
            .data
            .clone()
            .or(config.data)
            .or(beside)
            .unwrap_or_else(|| PathBuf::from(default));
        let database = database.unwrap_or_else(|| format!("sqlite:{}", data.join("anlan.db").display()));
        Ok(Self {
            database,
            data,
            listen: config.listen,
        })
    }

    pub fn sqlite_file(&self) -> Option<&Path> {
        self.database.strip_prefix("sqlite:").map(Path::new)
    }

    pub fn key_file(&self) -> PathBuf {
        self.data.join("log.key")
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
        let opened = Store::open(&self.database).await;
        opened.map_err(|error| {
            Stop::new(
                error,
                "is --database or --data right, does the server run, may this user write there?",
            )
        })
    }

    /// A store that must be there already: reading commands make none.
    pub async fn existing_store(&self) -> Result<Store, Stop> {
        if let Some(file) = self.sqlite_file().filter(|file| !file.exists()) {
            return Err(Stop::new(
                format!("{} is not there", file.display()),
                "name the folder with --data or the database with --database",
            ));
        }
        self.store().await
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

fn read_config(file: &Path) -> Result<Config, Stop> {
    let next = "correct the file, or name another with --config";
    let text = std::fs::read_to_string(file)
        .map_err(|error| Stop::new(format!("{}: {error}", file.display()), next))?;
    toml::from_str(&text).map_err(|error| Stop::new(format!("{}: {error}", file.display()), next))
}
