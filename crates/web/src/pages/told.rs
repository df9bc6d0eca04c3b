//! What a form that comes back is told: the lines on top of it, and what stands at each of its fields.

use app::Failure;
use axum::http::StatusCode;

use crate::{
    problem::{FieldProblem, Problem},
    views::form::FieldError,
    words::Words,
};

/// A file that came with a form and could not be taken: in which field, and what the person calls it.
pub(super) struct WrongFile {
    pub field: String,
    pub name: String,
}

pub struct Told {
    pub status: StatusCode,
    /// The summary on top.
    pub errors: Vec<FieldError>,
    pub fields: Vec<FieldProblem>,
    /// The key of the form was used with another text, so it is of no use any more.
    pub needs_a_new_key: bool,
}

impl Told {
    pub(super) fn of(failure: Failure, file: Option<&WrongFile>, words: Words) -> Self {
        let problem = Problem::page(failure, words);
        let whole = format!("{} {}", problem.body.detail, problem.body.next);
        let mut fields = problem.body.errors.clone();
        if let Some(file) = file {
            // Whatever it is about the file, it is told at the file and by its name.
            let why = fields
                .first()
                .map_or(whole.as_str(), |error| error.message.as_str());
            fields = vec![FieldProblem {
                field: file.field.clone(),
                code: problem.body.code.clone(),
                message: words.fill("upload.refused", &[("name", &file.name), ("why", why)]),
            }];
        }
        let mut errors: Vec<FieldError> = fields
            .iter()
            .map(|error| FieldError {
                field: Some(error.field.replace('.', "_").trim_end_matches("_fen").to_owned()),
                message: error.message.clone(),
            })
            .collect();
        if errors.is_empty() {
            errors.push(FieldError {
                field: None,
                message: whole,
            });
        }
        Self {
            status: problem.status(),
            errors,
            fields,
            needs_a_new_key: problem.body.code == "key-reused",
        }
    }

    /// Nothing is wrong; the form comes back for another reason.
    pub(super) fn nothing() -> Self {
        Self {
            status: StatusCode::OK,
            errors: Vec::new(),
            fields: Vec::new(),
            needs_a_new_key: false,
        }
    }

    /// Nothing is wrong for certain: field, code and sentence of what the person should look at once more.
    pub(super) fn doubted(doubts: Vec<(&str, &str, String)>) -> Self {
        let errors = doubts.iter().map(|(field, _, message)| FieldError {
            field: Some((*field).to_owned()),
            message: message.clone(),
        });
        let errors = errors.collect();
        let fields = doubts.into_iter().map(|(field, code, message)| FieldProblem {
            field: field.to_owned(),
            code: code.to_owned(),
            message,
        });
        Self {
            status: StatusCode::UNPROCESSABLE_ENTITY,
            errors,
            fields: fields.collect(),
            needs_a_new_key: false,
        }
    }

    /// The page was made for a session that has ended since. Whoever is signed in now looks at it and sends it again.
    pub(super) fn form_expired(words: Words) -> Self {
        Self {
            status: StatusCode::FORBIDDEN,
            errors: vec![FieldError {
                field: None,
                message: format!("{} {}", words.get("form.expired"), words.get("form.expired_next")),
            }],
            fields: Vec::new(),
            needs_a_new_key: false,
        }
    }

    /// What is wrong at this field.
    pub(super) fn at(&self, field: &str) -> Option<String> {
        let is_it = |error: &str| {
            error == field || error.trim_end_matches("_fen") == field || error.replace('.', "_") == field
        };
        let found = self.fields.iter().find(|error| is_it(&error.field));
        found.map(|error| error.message.clone())
    }
}
