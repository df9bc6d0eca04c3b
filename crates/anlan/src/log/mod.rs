//! `anlan log`: the record verified, proven, kept. Works beside a running server.
//!
//! Nothing here makes a key: whoever looks at the wrong folder is told so, and no record is ever signed by two keys.

mod check;
mod verify;

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use app::{
    App, Clock, Ids,
    record::{Follower, key, prove},
};
use clap::Subcommand;
use seal::{Checkpoint, SealError, SigningKey};

use crate::{Stop, cli::PlaceArgs, place::Place};

#[derive(Subcommand)]
pub enum LogCommand {
    /// Compute everything anew and compare; exit 0 sound, 1 tampered, 2 could not check
    Verify {
        #[command(flatten)]
        place: PlaceArgs,
        /// A checkpoint that was kept elsewhere
        #[arg(long)]
        against: Option<PathBuf>,
        /// The public key, or a file that holds it; else that of the data folder
        #[arg(long)]
        key: Option<String>,
        #[arg(long)]
        json: bool,
    },
    /// A proof that one event stands in the record: by event, hazard or number
    Prove {
        id: String,
        #[command(flatten)]
        place: PlaceArgs,
        /// Where to write it, if not to standard output
        #[arg(long)]
        out: Option<PathBuf>,
    },
    /// The newest signed checkpoint, to be kept elsewhere
    Checkpoint {
        #[command(flatten)]
        place: PlaceArgs,
    },
    /// The public key of this record
    Key {
        #[command(flatten)]
        place: PlaceArgs,
    },
    /// Check a proof; needs no database
    Check {
        proof: PathBuf,
        /// The public key, or a file that holds it
        #[arg(long)]
        key: String,
    },
}

pub async fn run(command: LogCommand) -> Result<ExitCode, Stop> {
    match command {
        LogCommand::Verify {
            place,
            against,
            key,
            json,
        } => verify::verify(&place, against, key, json).await,
        LogCommand::Prove { id, place, out } => {
            let (app, _) = open(&place).await?;
            let proof = prove::prove(&app, &id).await?;
            let json = serde_json::to_string_pretty(&proof)
                .map_err(|error| Stop::new(error, "this is a fault of the program"))?;
            match out {
                Some(file) => {
                    std::fs::write(&file, json + "\n").map_err(|error| unreadable(&file, &error))?
                }
                None => println!("{json}"),
            }
            Ok(ExitCode::SUCCESS)
        }
        LogCommand::Checkpoint { place } => {
            let (app, place) = open(&place).await?;
            // Sealing needs the key; beside a server that leads already, this does nothing.
            if place.key_file().exists() {
                let follower = Follower::new(app.clone(), signing_key(&place)?, place.last_signed());
                let sealed = follower.seal_all().await;
                follower.step_down().await?;
                sealed?;
                follower.check().await?;
            }
            let standing = store::event::standing(&app.store.door).await?;
            if standing.note.is_empty() {
                return Err(Stop::new(
                    "尚无已封存的事件  nothing has been sealed yet",
                    "启动服务，约一秒内即封存  start the server: it seals within a second or so",
                ));
            }
            print!("{}", standing.note);
            Ok(ExitCode::SUCCESS)
        }
        LogCommand::Key { place } => {
            let place = Place::find(&place, "anlan-data")?;
            println!("{}", signing_key(&place)?.verifying_key());
            Ok(ExitCode::SUCCESS)
        }
        LogCommand::Check { proof, key } => check::check(&proof, &key),
    }
}

async fn open(args: &PlaceArgs) -> Result<(App, Place), Stop> {
    let place = Place::find(args, "anlan-data")?;
    let store = place.existing_store().await?;
    Ok((place.app(store, Clock::System, Ids::Random)?, place))
}

/// The signing key of the data folder.
fn signing_key(place: &Place) -> Result<SigningKey, Stop> {
    key::read(&place.key_file()).map_err(|failure| {
        Stop::new(
            format!("签名密钥无法读取  the signing key {} cannot be read: {failure}", place.key_file().display()),
            "用 --data 指明存放 log.key 的目录，校验也可用 --key 指明公钥  name the folder of log.key with --data, or the public key with --key",
        )
    })
}

/// Keys are short enough to type; whatever is a file is read.
fn verifying_key(said: &str) -> Result<String, Stop> {
    let text = if Path::new(said).is_file() {
        read(Path::new(said))?
    } else {
        said.to_owned()
    };
    let key = text.trim().to_owned();
    match Checkpoint::open("", &key) {
        Err(SealError::VerifyingKey) => Err(Stop::new(
            format!("公钥格式不对  {said:?} is neither a public key nor a file that holds one"),
            "公钥为一行文字：名称+编号+数据  it is one line: name+id+data, as `anlan log key` prints it",
        )),
        _ => Ok(key),
    }
}

fn read(file: &Path) -> Result<String, Stop> {
    std::fs::read_to_string(file).map_err(|error| unreadable(file, &error))
}

fn unreadable(file: &Path, error: &std::io::Error) -> Stop {
    Stop::new(
        format!("文件无法读取  {} cannot be read: {error}", file.display()),
        "核对路径  check the path",
    )
}
