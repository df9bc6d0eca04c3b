//! The audit, told: what agrees, and every record that does not, by table, id and what is wrong with it.

use std::{path::PathBuf, process::ExitCode};

use app::{
    App,
    record::{
        audit::{Fault, Report},
        verify::{Against, verify as audit},
    },
};
use domain::{
    HazardId,
    scope::{Grant, Scope},
};

use super::{open, read, signing_key, verifying_key};
use crate::{Stop, cli::PlaceArgs};

pub async fn verify(
    args: &PlaceArgs,
    against: Option<PathBuf>,
    key: Option<String>,
    json: bool,
) -> Result<ExitCode, Stop> {
    let (app, place) = open(args).await?;
    let vkey = match key {
        Some(key) => verifying_key(&key)?,
        None => signing_key(&place)?.verifying_key(),
    };
    let checkpoint = against.map(|file| read(&file)).transpose()?;
    let against = Against {
        vkey,
        checkpoint,
        last_signed: place.last_signed().note()?,
    };
    let report = audit(&app, &against).await?;
    if json {
        tell_json(&report)?;
    } else {
        tell(&app, &report).await;
    }
    Ok(if report.is_sound() {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(1)
    })
}

fn tell_json(report: &Report) -> Result<(), Stop> {
    let broken = |error: serde_json::Error| Stop::new(error, "this is a fault of the program");
    let mut told = serde_json::to_value(report).map_err(broken)?;
    told["sound"] = report.is_sound().into();
    println!("{}", serde_json::to_string_pretty(&told).map_err(broken)?);
    Ok(())
}

async fn tell(app: &App, report: &Report) {
    let Report {
        events,
        sealed,
        unsealed,
        rows,
        ..
    } = report;
    println!(
        "事件 {events} 条（已封存 {sealed}，待封存 {unsealed}），记录 {rows} 行  events (sealed, not yet sealed), rows"
    );
    println!("校验值 {}  root", report.root);
    for fault in &report.faults {
        let (table, id) = (table_name(&fault.table), &fault.id);
        let number = number(app, fault)
            .await
            .map(|number| format!("（{number}）"))
            .unwrap_or_default();
        println!(
            "不符 {table} {} {id}{number}：{}",
            fault.table,
            fault.what.in_words()
        );
    }
    if report.more {
        println!("不符之处过多，其余未列  there is more than is listed");
    }
    if report.is_sound() {
        println!("存证校验一致  the record is sound");
    } else {
        println!("存证校验不一致  the record has been tampered with");
    }
}

/// The number that people know a hazard by, as long as its row can be read.
async fn number(app: &App, fault: &Fault) -> Option<String> {
    let id = HazardId::parse(&fault.id).filter(|_| fault.table == "hazard")?;
    let everywhere = Scope {
        grants: vec![Grant::City {
            city: app.city().clone(),
            sectors: None,
        }],
    };
    let hazard = app.store.hazards(&everywhere).find(id).await.ok()??;
    Some(hazard.number)
}

fn table_name(table: &str) -> &'static str {
    match table {
        "hazard" => "隐患",
        "file" => "附件",
        "subject" => "监管对象",
        "person" => "人员",
        "appointment" => "任职",
        "account" => "账号",
        "post" => "岗位",
        "agency" => "机构",
        "jurisdiction" => "辖区",
        "route_table" => "路线表",
        "event" => "事件",
        "leaf" | "pending" => "存证序列",
        "tile" | "tree_head" => "存证树",
        "checkpoint" => "存证摘要",
        "log.head" => "最近签名",
        "stock" | "flow" | "stay" | "counted" => "统计",
        _ => "表",
    }
}
