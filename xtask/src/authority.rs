//! docs/authority.md: the table of rights as a matrix for people to review, and the acts that must be in different hands.

use domain::{
    agency::Role,
    authority::{Act, Relation, SEPARATE, TABLE},
    delegation::{Kept, MOST_DAYS, NOT_DELEGABLE},
};
use web::words::{Language, Words};

use crate::table::{both, head, row};

pub fn document() -> String {
    let mut text = String::from(
        "<!-- Generated from crates/domain/src/authority.rs by `cargo run -p xtask -- generate`; edits here are lost. -->\n\n\
         # 权限表 Who may do what\n\n\
         Rights come from the post that a person holds today, by the role of the post and by how the person stands to the record.\n\
         An empty cell is a refusal (403). What a person may not see is not found (404) and is decided before this table.\n\
         Whether an act fits the stage that a hazard is in is not said here: see [domain/hazard.md](domain/hazard.md).\n\n",
    );
    text += &relations();
    text += "## 事项与角色 Acts and roles\n\n";
    text += &matrix();
    text += &beyond_the_table();
    text += &separate();
    text += &kept();
    text
}

fn relations() -> String {
    let mut text = String::from("## 关系 Relations\n\n");
    text += &head(&["关系 Relation".into(), "meaning".into()]);
    for relation in Relation::ALL {
        let meaning = match relation {
            Relation::Territory => {
                "the record lies in the jurisdiction of the post: its town, else its county, else its city"
            }
            Relation::Regulator => "the agency of the post is the record's named regulator",
            Relation::Responsible => {
                "it is the person's own unit, or the agency of the post rectifies in its place"
            }
            Relation::Any => "no relation is needed",
            Relation::Awaited => "the next step of the record waits for the agency of the post",
            Relation::Proxy => {
                "it is a small unit's, for which the agency of the post records by arrangement"
            }
        };
        text += &row([both("relation", relation.as_str()), meaning.into()]);
    }
    text + "\n"
}

fn matrix() -> String {
    let mut titles = vec!["事项 Act".to_owned()];
    titles.extend(Role::ALL.iter().map(|role| both("role", role.as_str())));
    let mut text = head(&titles);
    for act in Act::ALL {
        let cells = Role::ALL.iter().map(|role| cell(*role, *act));
        text += &row([both("act", act.as_str())].into_iter().chain(cells));
    }
    text + "\n"
}

fn cell(role: Role, act: Act) -> String {
    let rows = TABLE.iter().filter(|row| row.0 == role && row.1 == act);
    rows.map(|row| both("relation", row.2.as_str()))
        .collect::<Vec<_>>()
        .join("; ")
}

/// What the table cannot say: acts of nobody's, and the one rule that looks at the hazard.
fn beyond_the_table() -> String {
    let nobodys = Act::ALL
        .iter()
        .filter(|act| !TABLE.iter().any(|row| row.1 == **act));
    let nobodys: Vec<String> = nobodys.map(|act| both("act", act.as_str())).collect();
    let rules = ["major-voided-by-city", "major-decided-by-city"].map(|code| {
        let [zh, en] =
            [Language::Chinese, Language::English].map(|language| Words::new(language).of("refusal", code));
        format!("{zh} {en}")
    });
    format!(
        "Acts without a role are done by the program itself or by whoever runs it, at the command line: {}.\n\n\
         Rules beside the table:\n\n- {}\n- Sheets for leaders and referrals to discipline are sent and set aside by the city's safety office alone.\n\
         - Everybody reads their own record; whoever else may opens it with a reason, for eight hours. To all others it is not found.\n\
         - Who reported a tip is not shown to discipline.\n\n",
        nobodys.join(", "),
        rules.join("\n- ")
    )
}

fn separate() -> String {
    let mut text = String::from(
        "## 不相容岗位分离 Different hands\n\n\
         Over all rounds of one hazard, and through delegation, the same person may not do both acts of a line. Persons and the\n\
         principals they act for are compared, each with each.\n\n",
    );
    text += &head(&["事项 Act".into(), "事项 Act".into()]);
    for (one, other) in SEPARATE {
        text += &row([both("act", one.as_str()), both("act", other.as_str())]);
    }
    text
}

fn kept() -> String {
    let mut text = format!(
        "\n## 不能委托的事项 What stays with the post\n\n\
         Everything else of a post may be delegated to a colleague of the same agency, for at most {MOST_DAYS} days\n\
         ([adr/0023](adr/0023-delegation.md)); never more than the post has itself, nor what it does for small units.\n\n"
    );
    text += &head(&["事项 Act".into(), "why".into()]);
    for (act, why) in NOT_DELEGABLE {
        let why = match why {
            Kept::Rights => "rights themselves are not passed on",
            Kept::Personal => "it is about the person and not the post",
            Kept::ForAnother => "it is already done for another, and a signature names one principal",
            Kept::Rules => "it binds everybody, those who decided it included",
            Kept::Systems => "no person does it",
            Kept::Along => "it goes with every delegation and is not chosen",
        };
        text += &row([both("act", act.as_str()), why.into()]);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(act: Act) -> Vec<String> {
        let text = matrix();
        let name = format!("| {} |", both("act", act.as_str()));
        let line = text
            .lines()
            .find(|line| line.starts_with(&name))
            .expect("every act has a line");
        line.trim_matches('|')
            .split('|')
            .skip(1)
            .map(|cell| cell.trim().to_owned())
            .collect()
    }

    #[test]
    fn every_row_of_the_table_stands_in_its_cell_and_nothing_else_does() {
        for act in Act::ALL {
            for (role, cell) in Role::ALL.iter().zip(cells(*act)) {
                let said: Vec<&str> = cell.split("; ").filter(|one| !one.is_empty()).collect();
                let rows = TABLE.iter().filter(|row| row.0 == *role && row.1 == *act).count();
                assert_eq!(said.len(), rows, "{role} {act}");
            }
        }
    }

    #[test]
    fn discipline_changes_nothing_and_only_the_city_signs_off() {
        let at = |role: Role| {
            Role::ALL
                .iter()
                .position(|one| *one == role)
                .expect("the role is one of all")
        };
        // What it says itself: a complaint, and why it opens a person's record.
        let said = [Act::Complain, Act::OpenPersonRecord];
        for act in Act::ALL.iter().filter(|act| !said.contains(act)) {
            assert_eq!(cells(*act)[at(Role::Discipline)], "", "{act}");
        }
        let sign_off = cells(Act::SignOff);
        let may: Vec<usize> = (0..sign_off.len())
            .filter(|at| !sign_off[*at].is_empty())
            .collect();
        assert_eq!(may, [at(Role::CityOffice)]);
    }
}
