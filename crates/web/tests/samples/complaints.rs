//! Complaints: the form, one's own, and one that waits to be answered.

use web::{
    views::{
        complaints::{
            AnswerForm, AnswerLine, ComplaintLine, ComplaintPage, ComplaintsPage, NewComplaint, Tab,
        },
        form::{Choice, Field, FieldError, FieldKind},
        frame::Section,
    },
    words::Words,
};

use super::{Page, city, county, frame, page};

fn field(words: Words, name: &str, kind: FieldKind) -> Field {
    Field {
        name: name.into(),
        label: words.of("field", name),
        required: true,
        kind,
        ..Field::default()
    }
}

fn area() -> FieldKind {
    FieldKind::Textarea {
        value: String::new(),
        rows: 4,
    }
}

fn choices(words: Words, options: &[(&str, &str)]) -> FieldKind {
    let options = options.iter().map(|(value, key)| Choice {
        value: (*value).into(),
        label: words.get(key).into(),
        ..Choice::default()
    });
    FieldKind::Choice {
        options: options.collect(),
    }
}

fn line(words: Words, answered: bool) -> ComplaintLine {
    let signed = |key: &str, who: &str| words.fill(key, &[("who", who), ("time", "11-20 09:12")]);
    ComplaintLine {
        href: "/complaints/1".into(),
        kind: "repeated".into(),
        text: "同一份隐患台账，县里、市里、行业系统各报一次。".into(),
        made: signed("complaint.made_by", "赵明远"),
        page: "/stock".into(),
        answer: answered.then(|| AnswerLine {
            text: "自 12 月起只在本系统填报，行业系统由市局对接。".into(),
            by: signed("complaint.answered_by", "陈静"),
        }),
    }
}

pub fn pages(words: Words) -> Vec<Page> {
    let new = NewComplaint {
        frame: frame(words, "complaint.new", Some(Section::Desk), county()),
        errors: vec![FieldError {
            field: Some("words".into()),
            message: words.fill("field_error.required", &[("label", words.get("field.words"))]),
        }],
        kind: field(
            words,
            "about",
            choices(
                words,
                &[
                    ("repeated", "complaint_kind.repeated"),
                    ("system", "complaint_kind.system"),
                ],
            ),
        ),
        text: field(words, "words", area()),
        signed: field(
            words,
            "signed",
            choices(
                words,
                &[("yes", "complaint.signed"), ("no", "complaint.anonymous")],
            ),
        ),
        page: "/stock".into(),
        id: "0198".into(),
    };
    let mine = ComplaintsPage {
        frame: frame(words, "complaint.mine", Some(Section::Desk), county()),
        rows: vec![line(words, true), line(words, false)],
        next: Some("/complaints?show=mine&after=1~x".into()),
        ..ComplaintsPage::default()
    };
    let none = ComplaintsPage {
        frame: frame(words, "complaint.all", Some(Section::Desk), city()),
        tabs: vec![Tab {
            label: words.get("complaint.open").into(),
            href: "/complaints?show=open".into(),
            chosen: true,
        }],
        ..ComplaintsPage::default()
    };
    let one = ComplaintPage {
        frame: frame(words, "complaint.title", Some(Section::Desk), city()),
        complaint: line(words, false),
        nameless: true,
        answer: Some(AnswerForm {
            action: "/complaints/1/answer".into(),
            version: 1,
            errors: Vec::new(),
            text: field(words, "answer", area()),
        }),
    };
    vec![
        page("complaint-new", new),
        page("complaints-mine", mine),
        page("complaints-none", none),
        page("complaint", one),
    ]
}
