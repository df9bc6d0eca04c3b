//! One act a person may do on a hazard now, as a form that opens beside the record.
//!
//! The same struct serves every act: confirmation, determination, plan, rectification, acceptance,
//! sign-off, interim measure, voiding. `act` is the resource's name in the URL and the anchor of
//! the panel, so a form opens without a script. Never here: an act the viewer may not do.

use super::form::{Button, Field, FieldError, Weight};

#[derive(Clone, Debug, Default)]
pub struct ActForm {
    /// `confirmation`, `acceptance`, `sign-off`, …
    pub act: String,
    /// `/hazards/{id}/acceptance`.
    pub action: String,
    /// On the button that opens the form: 办理验收.
    pub opener: String,
    pub weight: Weight,
    /// Stands in the bar; the others under "more".
    pub first: bool,
    pub title: String,
    pub hint: Option<String>,
    pub fields: Vec<Field>,
    pub buttons: Vec<Button>,
    /// Filled when the form came back; the panel then stands open.
    pub errors: Vec<FieldError>,
    /// The hazard's version this form was made from; sent as `version`.
    pub version: i64,
    /// Sent as `idempotency_key`; made by the caller, new for every form shown.
    pub idempotency_key: String,
}

impl ActForm {
    pub fn has_files(&self) -> bool {
        self.fields.iter().any(Field::is_files)
    }
}
