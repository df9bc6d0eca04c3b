//! What is read out of each of our documents.

use reader::{Kind, LeadBasis, Reading, read_text};

use crate::labels::{Score, parse};

const DOCUMENTS: [(&str, &str); 13] = [
    ("approval", include_str!("../documents/approval.txt")),
    ("broken", include_str!("../documents/broken.txt")),
    ("feedback", include_str!("../documents/feedback.txt")),
    ("instruction", include_str!("../documents/instruction.txt")),
    ("minutes", include_str!("../documents/minutes.txt")),
    ("news", include_str!("../documents/news.txt")),
    ("notice", include_str!("../documents/notice.txt")),
    ("opinion", include_str!("../documents/opinion.txt")),
    ("plan", include_str!("../documents/plan.txt")),
    ("report", include_str!("../documents/report.txt")),
    ("rule", include_str!("../documents/rule.txt")),
    ("speech", include_str!("../documents/speech.txt")),
    ("weekly", include_str!("../documents/weekly.txt")),
];

pub fn text(name: &str) -> String {
    let (_, marked) = DOCUMENTS
        .iter()
        .find(|(known, _)| *known == name)
        .expect("a document of ours");
    parse(marked).0
}

fn reading(name: &str) -> Reading {
    read_text(&text(name)).expect("readable")
}

#[test]
fn tasks_bodies_and_times_are_found() {
    let mut score = Score::default();
    for (name, marked) in DOCUMENTS {
        let (text, labels) = parse(marked);
        let reading = read_text(&text).expect("readable");
        let mut own = Score::default();
        own.count(&text, &labels, &reading);
        assert!(own.matched * 10 >= own.labels * 8, "{name}: {own:?}");
        score.count(&text, &labels, &reading);
    }
    assert!(score.spans() >= 0.95, "spans {:.3}: {score:?}", score.spans());
    assert!(score.lead() >= 0.95, "lead {:.3}: {score:?}", score.lead());
    assert!(score.due() >= 0.95, "deadlines {:.3}: {score:?}", score.due());
}

#[test]
fn what_orders_nobody_holds_no_tasks() {
    for name in ["approval", "report", "rule"] {
        let reading = reading(name);
        assert!(reading.tasks.is_empty(), "{name}: {:?}", reading.tasks);
    }
}

#[test]
fn facts_of_a_notice() {
    let document = reading("notice").document;
    assert_eq!(document.kind.as_deref(), Some("notice"));
    assert_eq!(document.number.as_deref(), Some("秦安办发〔2026〕41号"));
    assert_eq!(document.date.as_deref(), Some("2026-11-20"));
    assert_eq!(document.issuer.as_deref(), Some("秦岭市安全生产委员会办公室"));
    assert_eq!(document.addressees, ["各县（区）安委会", "市安委会有关成员单位"]);
}

#[test]
fn places_are_those_of_the_document() {
    for (name, marked) in DOCUMENTS {
        let text: Vec<char> = parse(marked).0.chars().collect();
        let reading = reading(name);
        for task in &reading.tasks {
            let there: String = text[task.start..task.end].iter().collect();
            assert_eq!(there, task.text, "{name}");
        }
        for damage in reading
            .damage
            .iter()
            .filter(|damage| damage.kind != "boilerplate")
        {
            let there: String = text[damage.start..damage.end].iter().collect();
            assert_eq!(there, damage.found, "{name}");
        }
    }
}

#[test]
fn relations_are_kept_apart() {
    let reading = reading("minutes");
    let pond = reading
        .tasks
        .iter()
        .find(|task| task.text.contains("排洪系统"))
        .expect("a task");
    assert_eq!(pond.bodies.lead, ["县应急管理局"]);
    assert_eq!(pond.cooperating, ["县自然资源局", "县水利局"]);
    assert_eq!(pond.lead_basis, LeadBasis::Sentence);
    let plan = self::reading("plan");
    assert_eq!(plan.tasks[1].lead_basis, LeadBasis::Mark);
    assert_eq!(plan.tasks[1].cooperating, ["县市场监督管理局", "各镇人民政府"]);
    let feedback = self::reading("feedback");
    let tank = feedback
        .tasks
        .iter()
        .find(|task| task.text.contains("液位计"))
        .expect("a task");
    assert_eq!(tank.bodies.follow_up, ["市应急管理局"]);
    assert!(
        feedback
            .problems
            .iter()
            .any(|problem| problem.text.contains("高液位报警失效"))
    );
}

#[test]
fn attitudes_have_no_light_and_steps_have_their_time() {
    let speech = reading("speech");
    let attitude = speech
        .tasks
        .iter()
        .find(|task| task.text.contains("政治站位"))
        .expect("listed");
    assert_eq!((attitude.kind, attitude.light), (Kind::GeneralRequirement, false));
    let plan = reading("plan");
    let step = plan
        .tasks
        .iter()
        .find(|task| task.text.contains("召开动员会"))
        .expect("a step");
    assert_eq!(step.kind, Kind::Stage);
    assert!(step.deadline.as_ref().is_some_and(|deadline| deadline.inherited));
}

#[test]
fn praise_and_problems_are_not_ordered() {
    let speech = reading("speech");
    assert!(
        speech
            .problems
            .iter()
            .any(|problem| problem.text.contains("流于形式"))
    );
    assert!(speech.passages.iter().any(|passage| passage.kind == "praise"));
    assert!(
        speech
            .missing
            .iter()
            .any(|missing| missing.expected == 4 && missing.found == 3),
        "four points are announced: {:?}",
        speech.missing
    );
}

#[test]
fn a_broken_document_is_read_and_its_damage_shown() {
    let broken = reading("broken");
    let count = |kind: &str| broken.damage.iter().filter(|damage| damage.kind == kind).count();
    assert_eq!(count("piece_mark"), 3, "{:?}", broken.damage);
    assert_eq!(count("boilerplate"), 2);
    assert!(count("line_wrap") >= 10);
    assert_eq!(count("cut"), 1);
    let changed: Vec<(&str, Option<&str>)> = broken
        .damage
        .iter()
        .filter(|damage| damage.kind == "changed_word")
        .map(|damage| (damage.found.as_str(), damage.proposed.as_deref()))
        .collect();
    for pair in [
        ("平安", Some("安全")),
        ("根底", Some("基础")),
        ("局部", Some("部分")),
    ] {
        assert!(changed.contains(&pair), "{pair:?} in {changed:?}");
    }
    assert!(
        broken
            .damage
            .iter()
            .all(|damage| (0.0..=1.0).contains(&damage.confidence))
    );
    assert_eq!(broken.tasks.last().map(|task| task.kind), Some(Kind::Truncated));
}

#[test]
fn healthy_documents_are_left_alone() {
    for name in [
        "notice",
        "plan",
        "speech",
        "minutes",
        "instruction",
        "opinion",
        "report",
        "rule",
        "news",
    ] {
        let reading = reading(name);
        assert!(reading.damage.is_empty(), "{name}: {:?}", reading.damage);
    }
}

#[test]
fn columns_read_across_are_dealt_out_again() {
    let text = "总体情况较好。特别是三防工作 体系更加健全。镇、 到岗,分级负责、 任务全部落实到人。是三防工作 体系更加健全。镇、 到岗,分级负责、 任务全部落实到人。打下了基础。一是组织 村两级防汛责任人名单公布 逐级包保、层层压实 二是物资储备充足。";
    let reading = read_text(text).expect("readable");
    let columns = reading
        .damage
        .iter()
        .find(|damage| damage.kind == "columns")
        .expect("found");
    assert_eq!(
        columns.proposed.as_deref(),
        Some(
            "是三防工作打下了基础。一是组织体系更加健全。镇、村两级防汛责任人名单公布到岗,分级负责、逐级包保、层层压实任务全部落实到人。"
        )
    );
    assert!(reading.damage.iter().any(|damage| damage.kind == "printed_twice"));
}
