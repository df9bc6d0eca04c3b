//! Checks of what people typed. All fields are looked at before anything is said, so that nobody corrects one error at a time.

use crate::{refusal::Refusal, time::Day};

/// One field that cannot be taken as it is. `code` names the rule; `limit` is the figure it speaks of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    pub field: &'static str,
    pub code: &'static str,
    pub limit: Option<String>,
}

#[derive(Debug, Default)]
pub struct Checks {
    errors: Vec<FieldError>,
}

impl Checks {
    pub fn fail(&mut self, field: &'static str, code: &'static str) {
        self.errors.push(FieldError {
            field,
            code,
            limit: None,
        });
    }

    pub fn fail_at(&mut self, field: &'static str, code: &'static str, limit: impl ToString) {
        self.errors.push(FieldError {
            field,
            code,
            limit: Some(limit.to_string()),
        });
    }

    /// Text that must say something, at most `max` characters. Returns it trimmed.
    pub fn text(&mut self, field: &'static str, text: &str, max: usize) -> String {
        let text = self.optional(field, text, max);
        if text.is_empty() {
            self.fail(field, "required");
        }
        text
    }

    /// Text that may be absent. Control characters other than line ends and tabs are refused: they cannot be printed.
    pub fn optional(&mut self, field: &'static str, text: &str, max: usize) -> String {
        let text = text.trim();
        if text.chars().count() > max {
            self.fail_at(field, "too-long", max);
        }
        if text
            .chars()
            .any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
        {
            self.fail(field, "unprintable");
        }
        text.to_owned()
    }

    pub fn not_before(&mut self, field: &'static str, day: Day, earliest: Day) {
        if day < earliest {
            self.fail_at(field, "too-early", earliest);
        }
    }

    pub fn not_after(&mut self, field: &'static str, day: Day, latest: Day) {
        if day > latest {
            self.fail_at(field, "too-late", latest);
        }
    }

    pub fn done(self) -> Result<(), Refusal> {
        if self.errors.is_empty() {
            Ok(())
        } else {
            Err(Refusal::Fields(self.errors))
        }
    }
}
