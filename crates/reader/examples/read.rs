//! Prints the reading of files as JSON, one object each: what `anlan decompose` prints, without the rest of the program. With `--time`
//! it prints what each file took instead (build it with --release for a figure that means something).

#![allow(clippy::disallowed_methods)] // a stopwatch

use std::{env, process::ExitCode, time::Instant};

fn main() -> ExitCode {
    let mut code = ExitCode::SUCCESS;
    let (flags, files): (Vec<String>, Vec<String>) =
        env::args().skip(1).partition(|word| word.starts_with("--"));
    let time = flags.iter().any(|flag| flag == "--time");
    for file in files {
        let bytes = match std::fs::read(&file) {
            Ok(bytes) => bytes,
            Err(error) => {
                eprintln!("{file}: {error}");
                code = ExitCode::from(2);
                continue;
            }
        };
        let started = Instant::now();
        match reader::read(&bytes) {
            Ok(reading) if time => {
                let seconds = started.elapsed().as_secs_f64();
                let rate = bytes.len() as f64 / 1e6 / seconds;
                println!(
                    "{file}\t{} B\t{:.1} ms\t{rate:.1} MB/s\ttasks {}\tdamage {}",
                    bytes.len(),
                    seconds * 1e3,
                    reading.tasks.len(),
                    reading.damage.len()
                );
            }
            Ok(reading) => println!("{}", serde_json::to_string(&reading).expect("a reading is JSON")),
            Err(error) => {
                eprintln!("{file}: {error}");
                code = ExitCode::from(2);
            }
        }
    }
    code
}
