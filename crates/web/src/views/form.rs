//! Fields of any form, each with its value, its hint and its error.
//!
//! One template renders them all (`form/field.html`). Values come back as they were typed, so nothing is
//! typed twice; the caller reads them by `name`. Some kinds send more than one parameter, told at
//! their variant. Never here: validation. An error arrives as a sentence with its next step.

#[derive(Clone, Debug, Default)]
pub struct Field {
    pub name: String,
    pub label: String,
    pub hint: Option<String>,
    pub required: bool,
    pub error: Option<String>,
    pub kind: FieldKind,
}

#[derive(Clone, Debug)]
pub enum FieldKind {
    Text {
        value: String,
        /// Stands behind the input: 人, 米.
        unit: Option<String>,
    },
    Textarea {
        value: String,
        rows: u8,
    },
    /// `2026-11-30`.
    Date {
        value: String,
        earliest: Option<String>,
        latest: Option<String>,
    },
    /// `2026-11-30T09:30`, in +08:00.
    DateTime {
        value: String,
        latest: Option<String>,
    },
    /// Radio buttons.
    Choice {
        options: Vec<Choice>,
    },
    /// A list to open, where there are more than six.
    Select {
        options: Vec<Choice>,
    },
    /// Check boxes: the name is sent once per chosen value.
    MultiChoice {
        options: Vec<Choice>,
    },
    /// An amount; `{name}_unit` says `yuan` or `wan`.
    Money {
        value: String,
        wan: bool,
    },
    /// Pictures or papers. Already uploaded ones are sent as `{name}_id`, once each; what the browser
    /// could not upload beforehand comes as file parts called `{name}`.
    Files {
        kept: Vec<KeptFile>,
        /// As in the `accept` attribute: `image/*`.
        accept: String,
        /// Opens the camera first on a phone.
        camera: bool,
    },
    /// A text for which some answers are offered, each with a note; any other may be typed.
    Suggested {
        value: String,
        offered: Vec<Choice>,
    },
    /// Typed unseen, kept nowhere: a code of six digits.
    Secret,
    /// One clause per line.
    Clauses {
        value: String,
    },
}

impl Default for FieldKind {
    fn default() -> Self {
        Self::Text {
            value: String::new(),
            unit: None,
        }
    }
}

#[derive(Clone, Debug, Default)]
pub struct Choice {
    pub value: String,
    pub label: String,
    pub hint: Option<String>,
    pub chosen: bool,
}

#[derive(Clone, Debug, Default)]
pub struct KeptFile {
    pub id: String,
    pub name: String,
    pub size: String,
}

/// One line of the summary on top of a form that came back.
#[derive(Clone, Debug, Default)]
pub struct FieldError {
    /// Name of the field the line leads to; none for a refusal of the whole act.
    pub field: Option<String>,
    pub message: String,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Weight {
    /// The act itself. One per form.
    #[default]
    Main,
    Ordinary,
    /// Sends back, stops or voids.
    Grave,
}

impl Weight {
    pub fn code(self) -> &'static str {
        match self {
            Self::Main => "main",
            Self::Ordinary => "ordinary",
            Self::Grave => "grave",
        }
    }
}

/// A submit button; where several stand side by side, `name=value` tells which was pressed.
#[derive(Clone, Debug, Default)]
pub struct Button {
    pub label: String,
    pub name: Option<String>,
    pub value: String,
    pub weight: Weight,
}

impl Field {
    pub fn is_files(&self) -> bool {
        matches!(self.kind, FieldKind::Files { .. })
    }

    /// Groups have a legend instead of a label.
    pub fn is_group(&self) -> bool {
        matches!(
            self.kind,
            FieldKind::Choice { .. } | FieldKind::MultiChoice { .. }
        )
    }
}
