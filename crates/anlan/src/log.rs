//! `anlan log`: the record verified, proven, kept. Works beside a running server.

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use app::{
    App, Clock, Ids,
    record::{Follower, key, prove, verify},
};
use clap::Subcommand;
use seal::Proof;

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
        } => verify_record(&place, against, key, json).await,
        LogCommand::Prove { id, place, out } => {
            let (app, _) = open(&place).await?;
            let proof = prove::prove(&app, &id).await?;
            let json = serde_json::to_string_pretty(&proof)
                .map_err(|error| Stop::new(error, "this is a fault of the program"))?;
            match out {
                Some(file) => std::fs::write(file, json + "\n")?,
                None => println!("{json}"),
            }
            Ok(ExitCode::SUCCESS)
        }
        LogCommand::Checkpoint { place } => {
            let (app, place) = open(&place).await?;
            // Sealing needs the key; beside a server that leads already, this does nothing.
            if place.key_file().exists() {
                let follower = Follower::new(app.clone(), key::read(&place.key_file())?);
                follower.seal_all().await?;
                follower.step_down().await?;
            }
            let standing = store::event::standing(&app.store.door).await?;
            if standing.note.is_empty() {
                return Err(Stop::new(
                    "nothing has been sealed yet",
                    "start the server once; it seals within a second or so",
                ));
            }
            print!("{}", standing.note);
            Ok(ExitCode::SUCCESS)
        }
        LogCommand::Key { place } => {
            let place = Place::find(&place, "anlan-data")?;
            println!("{}", key::read(&place.key_file())?.verifying_key());
            Ok(ExitCode::SUCCESS)
        }
        LogCommand::Check { proof, key } => check(&proof, &key),
    }
}

async fn open(args: &PlaceArgs) -> Result<(App, Place), Stop> {
    let place = Place::find(args, "anlan-data")?;
    let store = place.existing_store().await?;
    Ok((place.app(store, Clock::System, Ids::Random)?, place))
}

async fn verify_record(
    args: &PlaceArgs,
    against: Option<PathBuf>,
    key: Option<String>,
    json: bool,
) -> Result<ExitCode, Stop> {
    let (app, place) = open(args).await?;
    let vkey = match key {
        Some(key) => text_or_file(&key)?,
        None => key::read(&place.key_file())
            .map(|key| key.verifying_key())
            .map_err(|failure| {
                Stop::new(
                    failure,
                    "name the public key with --key, or the folder that holds log.key with --data",
                )
            })?,
    };
    let checkpoint = against.map(std::fs::read_to_string).transpose()?;
    let report = verify::verify(&app, &verify::Against { vkey, checkpoint }).await?;
    if json {
        println!("{}", serde_json::to_string_pretty(&report).unwrap_or_default());
    } else {
        println!(
            "事件 {} 条，其中已封存 {}、待封存 {}；记录 {} 行",
            report.events, report.sealed, report.unsealed, report.rows
        );
        println!("校验值 {}", report.root);
        for fault in &report.faults {
            println!("不符 {} {}：{}", fault.table, fault.id, fault.what.in_words());
        }
        if report.more {
            println!("不符之处过多，其余未列");
        }
        println!(
            "{}",
            if report.is_sound() {
                "存证校验一致 / the record is sound"
            } else {
                "存证校验不一致 / the record has been tampered with"
            }
        );
    }
    Ok(if report.is_sound() {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(1)
    })
}

fn check(file: &Path, key: &str) -> Result<ExitCode, Stop> {
    let vkey = text_or_file(key)?;
    let bytes = std::fs::read(file)?;
    let proof = Proof::read(&bytes)
        .map_err(|error| Stop::new(error, "is this the file that `anlan log prove` wrote?"))?;
    match proof.check(&vkey) {
        Ok(checked) => {
            println!(
                "有效 / valid: 存证共 {} 条，签署名 {}",
                checked.checkpoint.size, checked.checkpoint.origin
            );
            for name in ["noun", "subject", "act", "at", "person"] {
                if let Some(value) = checked.event.get(name) {
                    println!("  {name} {}", serde_json::to_string(value).unwrap_or_default());
                }
            }
            Ok(ExitCode::SUCCESS)
        }
        Err(error) => {
            println!("无效 / not valid: {error}");
            Ok(ExitCode::from(1))
        }
    }
}

/// Keys are short enough to type; whatever is a file is read.
fn text_or_file(key: &str) -> Result<String, Stop> {
    let text = if Path::new(key).is_file() {
        std::fs::read_to_string(key)?
    } else {
        key.to_owned()
    };
    Ok(text.trim().to_owned())
}
