//! Candidates for being the same thing: open records of one subject, of one town, or near a point, the newest first. Which of them
//! are alike is for the domain to say; what lies outside of the scope is no candidate.

use domain::{JurisdictionId, SubjectId, hazard::Hazard, place::Point, similar, time::Instant};
use seal::Value;

use super::{Hazards, hazard};
use crate::{
    error::Result,
    scope::{Of, Where, limit_of},
};

/// Where candidates lie.
#[derive(Debug, Clone, PartialEq)]
pub enum Near {
    Subject(SubjectId),
    Town { town: JurisdictionId, sector: String },
    Point(Point),
}

impl Hazards<'_> {
    pub async fn open_near(&self, near: &Near, since: Instant, limit: usize) -> Result<Vec<Hazard>> {
        let mut condition = Where::default();
        match near {
            Near::Subject(subject) => condition.equals("subject", Some(subject)),
            Near::Town { town, sector } => {
                condition.equals("town", Some(town));
                condition.equals("sector", Some(sector));
            }
            Near::Point(point) => {
                let [west, south, east, north] = similar::square(*point).map(Value::Real);
                let (south, north) = (condition.bind(south), condition.bind(north));
                let (west, east) = (condition.bind(west), condition.bind(east));
                condition.and(format!(
                    "lat BETWEEN {south} AND {north} AND lon BETWEEN {west} AND {east}"
                ));
            }
        }
        let since = condition.bind(Value::Int(since.0));
        condition.and(format!("reported_at >= {since} AND waits_for IS NOT NULL"));
        condition.within(self.scope, Of::Hazard);
        let limit = condition.bind(limit_of(limit));
        let sql = format!(
            "SELECT * FROM hazard WHERE {} ORDER BY reported_at DESC, id DESC LIMIT {limit}",
            condition.sql()
        );
        let rows = self.door.read(sql, condition.params).await?;
        rows.iter().map(hazard).collect()
    }
}
