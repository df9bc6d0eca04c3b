//! What the list of a letter says of an item, as it stood when the letter was sent. The paper under the letter's number is made of
//! this and of nothing that came later, and is the same for whoever opens it. Who follows an item is told as it was before the
//! list handed it to the addressee.

use serde::{Deserialize, Serialize};

use crate::{
    HazardId,
    hazard::{Determination, Hazard, InitialLevel},
    time::Day,
};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Printed {
    pub hazard: HazardId,
    pub unit: String,
    /// County and town by name.
    pub place: String,
    pub found_on: Day,
    pub location: String,
    pub description: String,
    pub clauses: Vec<String>,
    pub initial_level: InitialLevel,
    pub determination: Determination,
    /// Measures of the plan, where there was one.
    pub demand: String,
    pub deadline: Option<Day>,
    /// 督办部门 by name.
    pub supervisor: String,
    pub photos: usize,
}

impl Printed {
    pub fn of(hazard: &Hazard, place: String, supervisor: String) -> Self {
        let confirmation = hazard.stage.confirmation();
        let plan = hazard.stage.plan();
        Self {
            hazard: hazard.id,
            unit: hazard.subject.name.clone(),
            place,
            found_on: hazard.found_at.day(),
            location: hazard.location.text.clone(),
            description: hazard.description.clone(),
            clauses: confirmation.map(|one| one.clauses.clone()).unwrap_or_default(),
            initial_level: hazard.initial_level,
            determination: hazard.determination(),
            demand: plan.map(|plan| plan.measures.clone()).unwrap_or_default(),
            deadline: hazard.deadline(),
            supervisor,
            photos: hazard.photos.len(),
        }
    }
}
