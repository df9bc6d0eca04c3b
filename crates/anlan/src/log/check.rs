//! A stranger's check of a proof: the file and the published key, and nothing else.

use std::{path::Path, process::ExitCode};

use domain::time::Instant;
use seal::{Proof, SealError, Value};

use super::{unreadable, verifying_key};
use crate::Stop;

pub fn check(file: &Path, key: &str) -> Result<ExitCode, Stop> {
    let vkey = verifying_key(key)?;
    let bytes = std::fs::read(file).map_err(|error| unreadable(file, &error))?;
    let could_not = |error: SealError| {
        Stop::new(
            format!("无法核验  could not check: {error}"),
            "应为 anlan log prove 写出的文件  is this the file that `anlan log prove` wrote?",
        )
    };
    let proof = Proof::read(&bytes).map_err(could_not)?;
    let checked = match proof.check(&vkey) {
        Ok(checked) => checked,
        Err(error @ SealError::ProofFormat(_)) => return Err(could_not(error)),
        Err(error) => {
            println!("无效  not valid: {error}");
            return Ok(ExitCode::from(1));
        }
    };
    println!("有效  valid");
    println!(
        "存证  {}，共 {} 条事件  record, events",
        checked.checkpoint.origin, checked.checkpoint.size
    );
    for (name, zh) in COLUMNS {
        if let Some(value) = checked.event.get(*name).and_then(|value| shown(name, value)) {
            println!("  {zh} {name}  {value}");
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// What an event says, in the order in which people ask.
const COLUMNS: &[(&str, &str)] = &[
    ("noun", "种类"),
    ("subject", "记录"),
    ("version", "版本"),
    ("act", "行为"),
    ("at", "时间"),
    ("person", "人员"),
    ("post", "岗位"),
    ("agency", "机构"),
    ("county", "属地"),
    ("body", "内容"),
];

fn shown(name: &str, value: &Value) -> Option<String> {
    match value {
        Value::Text(text) => Some(text.clone()),
        Value::Int(at) if name == "at" => Some(Instant(*at).rfc3339()),
        Value::Int(number) => Some(number.to_string()),
        _ => None,
    }
}
