//! The command line.

use std::{
    net::{IpAddr, SocketAddr},
    path::PathBuf,
    process::ExitCode,
};

use clap::{Args, Parser, Subcommand};
use domain::time::Instant;

use crate::{
    Stop, decompose, demo, log,
    place::{CourierConfig, Place},
    serve::{self, Front},
};

#[derive(Parser)]
#[command(
    name = "anlan",
    version,
    about = "安澜: hazards round their closed loop, on a record that nobody can quietly change"
)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Make the demo city on first use, and serve it
    Demo {
        #[command(flatten)]
        place: PlaceArgs,
        /// Where to listen; port 0 takes any that is free
        #[arg(long, default_value = "127.0.0.1:8080", env = "ANLAN_LISTEN")]
        listen: SocketAddr,
        /// Password of every demo account
        #[arg(long, env = "ANLAN_DEMO_PASSWORD", hide_env_values = true, default_value = demo::PASSWORD)]
        password: String,
        /// How many hazards the demo city has
        #[arg(long, default_value_t = demo::HAZARDS, hide = true)]
        hazards: usize,
        /// The moment at which its year ends, if not now
        #[arg(long, hide = true, value_parser = moment)]
        until: Option<Instant>,
        /// How many days the clock of a city that is there already runs ahead of the system's
        #[arg(long, default_value_t = 0, hide = true, value_parser = clap::value_parser!(u16).range(..=366))]
        days_ahead: u16,
    },
    /// Serve pages and API
    Serve {
        #[command(flatten)]
        place: PlaceArgs,
        #[arg(long, env = "ANLAN_LISTEN")]
        listen: Option<SocketAddr>,
        /// Send the session cookie over HTTPS only
        #[arg(long, env = "ANLAN_SECURE_COOKIES")]
        secure_cookies: bool,
        /// Address of the proxy in front; only its word is taken on where a request comes from
        #[arg(long, env = "ANLAN_TRUSTED_PROXY")]
        trusted_proxy: Option<IpAddr>,
        #[command(flatten)]
        courier: CourierArgs,
    },
    /// Bring the tables up to date
    Migrate {
        #[command(flatten)]
        place: PlaceArgs,
    },
    /// The record: verify, prove, keep checkpoints
    Log {
        #[command(subcommand)]
        command: log::LogCommand,
    },
    /// Read speeches, plans, notices and minutes into tasks: spans, bodies, deadlines, damage (docs/reading.md)
    Decompose {
        /// Plain text (UTF-8, GB18030), .docx, a saved web page, Word XML
        #[arg(required = true)]
        files: Vec<PathBuf>,
        #[arg(long, value_enum, default_value = "json")]
        format: decompose::Shape,
        /// Where to write; without it JSON and table go to standard output, a workbook beside the reader
        #[arg(long)]
        out: Option<PathBuf>,
    },
}

/// Where the data lie.
#[derive(Args, Clone, Debug, Default)]
pub struct PlaceArgs {
    /// `sqlite:PATH` or `postgres://…` [env: ANLAN_DATABASE]
    #[arg(long)]
    pub database: Option<String>,
    /// Folder of files, key and, unless a database is named, of anlan.db [env: ANLAN_DATA]
    #[arg(long)]
    pub data: Option<PathBuf>,
    /// TOML file with `database`, `data`, `listen`, and `[courier]` with `smtp_url` and what else digests need
    #[arg(long, env = "ANLAN_CONFIG")]
    pub config: Option<PathBuf>,
}

/// Where digests are taken beside the desks. Secrets are better said by variable or file than here, where a list of processes shows
/// them.
#[derive(Args, Clone, Default)]
pub struct CourierArgs {
    /// Mail server: smtp://HOST:PORT, smtp://USER:PASSWORD@HOST:PORT?tls=required or smtps://USER:PASSWORD@HOST
    #[arg(long, env = "ANLAN_SMTP_URL", hide_env_values = true)]
    smtp_url: Option<String>,
    /// Address that digests come from
    #[arg(long, env = "ANLAN_MAIL_FROM")]
    mail_from: Option<String>,
    /// Gateway for short messages and office messengers, asked as Standard Webhooks has it
    #[arg(long, env = "ANLAN_WEBHOOK_URL")]
    webhook_url: Option<String>,
    /// `whsec_` and 24 to 64 random bytes in base64
    #[arg(long, env = "ANLAN_WEBHOOK_SECRET", hide_env_values = true)]
    webhook_secret: Option<String>,
    /// What addresses of this system begin with, for links in digests: https://anlan.example
    #[arg(long, env = "ANLAN_PUBLIC_URL")]
    public_url: Option<String>,
}

impl CourierArgs {
    /// What is said here goes before what the file says; a variable that is empty says nothing.
    fn over(self, file: CourierConfig) -> CourierConfig {
        let first = |said: Option<String>, file| said.filter(|text| !text.is_empty()).or(file);
        CourierConfig {
            smtp_url: first(self.smtp_url, file.smtp_url),
            mail_from: first(self.mail_from, file.mail_from),
            webhook_url: first(self.webhook_url, file.webhook_url),
            webhook_secret: first(self.webhook_secret, file.webhook_secret),
            public_url: first(self.public_url, file.public_url),
        }
    }
}

pub async fn run(cli: Cli) -> Result<ExitCode, Stop> {
    match cli.command {
        Command::Demo {
            place,
            listen,
            password,
            hazards,
            until,
            days_ahead,
        } => {
            let city = demo::Wanted {
                password,
                hazards,
                until,
                days_ahead,
            };
            demo::run(Place::find(&place, "demo-data")?, listen, city).await?;
        }
        Command::Serve {
            place,
            listen,
            secure_cookies,
            trusted_proxy,
            courier,
        } => {
            let front = Front {
                secure_cookies,
                trusted_proxy,
            };
            let mut place = Place::find(&place, "anlan-data")?;
            place.courier = courier.over(place.courier);
            let listen = listen
                .or(place.listen)
                .unwrap_or(SocketAddr::from(([127, 0, 0, 1], 8080)));
            serve::run(place, listen, front).await?;
        }
        Command::Migrate { place } => {
            Place::find(&place, "anlan-data")?.store().await?;
            println!("数据库已是最新 / the tables are up to date");
        }
        Command::Log { command } => return log::run(command).await,
        Command::Decompose { files, format, out } => return decompose::run(&files, format, out.as_deref()),
    }
    Ok(ExitCode::SUCCESS)
}

fn moment(text: &str) -> Result<Instant, &'static str> {
    Instant::parse(text).ok_or("a moment is written 2026-03-04T09:12:00+08:00")
}
