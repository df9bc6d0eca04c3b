//! docs/domain/hazard.md: the closed loop as a diagram and as a table, from the transitions that the program works with.

use domain::{
    agency::Role,
    authority::{Act, Relation, TABLE, roles_that_may},
    hazard::{Outcome, StageName, TRANSITIONS, Transition},
};
use web::words::{Language, Words};

use crate::table::{both, head, row};

pub fn document() -> String {
    let mut text = String::from(
        "<!-- Generated from crates/domain/src/hazard/transitions.rs by `cargo run -p xtask -- generate`; edits here are lost. -->\n\n\
         # 隐患闭环 The hazard's closed loop\n\n\
         Each line of the table is a way between two stages; there are no others. Who may take it also depends on how they stand to\n\
         the record and on whose hands it has been through: see [authority.md](../authority.md). Routes are the city's own data\n\
         (`data/routes.toml`); a hazard keeps the route that it was given at confirmation.\n\n",
    );
    text += &diagram();
    text += &ways();
    text += &stages();
    text
}

/// Acts that leave the stage as it is are told below the diagram: drawn, they would hide it.
fn diagram() -> String {
    let mut text = String::from("```mermaid\nstateDiagram-v2\n");
    for stage in StageName::ALL.iter().filter(|stage| is_reached(**stage)) {
        text += &format!("    state \"{}\" as {stage}\n", both("stage", stage.as_str()));
    }
    for way in TRANSITIONS.iter().filter(|way| way.from != Some(way.to)) {
        let from = way.from.map_or("[*]".to_owned(), |from| from.to_string());
        text += &format!("    {from} --> {} : {}\n", way.to, label(way));
    }
    for end in StageName::ALL
        .iter()
        .filter(|stage| is_reached(**stage) && !is_left(**stage))
    {
        text += &format!("    {end} --> [*]\n");
    }
    text += "```\n\nActs that change no stage are not drawn: ";
    text + &staying() + ".\n\n"
}

fn label(way: &Transition) -> String {
    let mut label = Words::new(Language::Chinese).of("act", way.act.as_str());
    match way.outcome {
        Outcome::Done => {}
        Outcome::Passed => label += " 合格",
        Outcome::Returned => label += " 退回",
    }
    if !way.on_route.is_empty() {
        label += &format!(" ({})", way.on_route);
    }
    label
}

fn staying() -> String {
    let mut acts: Vec<Act> = TRANSITIONS
        .iter()
        .filter(|way| way.from == Some(way.to))
        .map(|way| way.act)
        .collect();
    acts.sort_unstable();
    acts.dedup();
    let told = acts.iter().map(|act| {
        let stays = TRANSITIONS
            .iter()
            .filter(|way| way.act == *act && way.from == Some(way.to));
        let stages: Vec<String> = stays.map(|way| format!("`{}`", way.to)).collect();
        format!("{} ({})", both("act", act.as_str()), stages.join(", "))
    });
    told.collect::<Vec<_>>().join("; ")
}

fn ways() -> String {
    let titles = [
        "从 From",
        "事项 Act",
        "结果 Outcome",
        "到 To",
        "路线 On routes",
        "谁可办理 Who may",
    ];
    let mut text = String::from("## 流转 Transitions\n\n");
    text += &head(&titles.map(str::to_owned));
    for way in TRANSITIONS {
        text += &row([
            way.from.map_or_else(|| "—".to_owned(), stage),
            both("act", way.act.as_str()),
            way.outcome.to_string(),
            stage(way.to),
            if way.on_route.is_empty() {
                "all".to_owned()
            } else {
                way.on_route.to_owned()
            },
            who_may(way.act),
        ]);
    }
    text + "\n"
}

fn stage(stage: StageName) -> String {
    format!(
        "{} `{stage}`",
        Words::new(Language::Chinese).of("stage", stage.as_str())
    )
}

fn who_may(act: Act) -> String {
    let zh = Words::new(Language::Chinese);
    let relations = |role: Role| -> Vec<String> {
        let rows = TABLE
            .iter()
            .filter(|row| row.0 == role && row.1 == act && row.2 != Relation::Any);
        rows.map(|row| zh.of("relation", row.2.as_str())).collect()
    };
    let told = roles_that_may(act).into_iter().map(|role| {
        let name = zh.of("role", role.as_str());
        let relations = relations(role);
        if relations.is_empty() {
            name
        } else {
            format!("{name} ({})", relations.join(", "))
        }
    });
    told.collect::<Vec<_>>().join("; ")
}

fn stages() -> String {
    let mut text = String::from(
        "## 阶段 Stages\n\nThe names are a contract: scripts and other offices rely on them.\n\n",
    );
    text += &head(&[
        "阶段 Stage".into(),
        "中文".into(),
        "English".into(),
        "reached by".into(),
        "left by".into(),
        "work left".into(),
    ]);
    let [zh, en] = [Language::Chinese, Language::English].map(Words::new);
    for stage in StageName::ALL {
        let reached = acts(|way| way.to == *stage && way.from != Some(*stage));
        let left = acts(|way| way.from == Some(*stage) && way.to != *stage);
        text += &row([
            format!("`{stage}`"),
            zh.of("stage", stage.as_str()),
            en.of("stage", stage.as_str()),
            if reached.is_empty() {
                "nothing yet: no transition leads here".to_owned()
            } else {
                reached
            },
            if left.is_empty() {
                "nothing".to_owned()
            } else {
                left
            },
            if stage.is_open() { "yes" } else { "no" }.to_owned(),
        ]);
    }
    text
}

fn acts(chosen: impl Fn(&Transition) -> bool) -> String {
    let mut acts: Vec<Act> = TRANSITIONS
        .iter()
        .filter(|way| chosen(way))
        .map(|way| way.act)
        .collect();
    acts.sort_unstable();
    acts.dedup();
    acts.iter()
        .map(|act| both("act", act.as_str()))
        .collect::<Vec<_>>()
        .join(", ")
}

fn is_reached(stage: StageName) -> bool {
    TRANSITIONS.iter().any(|way| way.to == stage)
}

fn is_left(stage: StageName) -> bool {
    TRANSITIONS
        .iter()
        .any(|way| way.from == Some(stage) && way.to != stage)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_has_a_line_and_every_move_an_arrow() {
        let text = document();
        assert_eq!(
            ways().lines().filter(|line| line.starts_with('|')).count(),
            TRANSITIONS.len() + 2
        );
        let moves = TRANSITIONS.iter().filter(|way| way.from != Some(way.to)).count();
        let ends = StageName::ALL
            .iter()
            .filter(|stage| is_reached(**stage) && !is_left(**stage))
            .count();
        assert_eq!(text.matches(" --> ").count(), moves + ends);
    }

    #[test]
    fn every_stage_is_drawn_and_listed_with_what_leads_to_it() {
        let drawn = diagram();
        let listed = stages();
        for stage in StageName::ALL {
            assert!(drawn.contains(&format!(" as {stage}\n")), "{stage}");
            let line = listed
                .lines()
                .find(|line| line.contains(&format!("`{stage}`")))
                .expect("every stage is listed");
            assert!(!line.contains("nothing yet"), "{line}");
        }
        assert!(
            drawn.contains("state \"待销号 To be signed off\" as accepted"),
            "{drawn}"
        );
    }
}
