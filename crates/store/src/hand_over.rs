//! What stands by somebody's name when they leave a post 岗位交接, and whose matters have passed to whom.
//!
//! Finders over tables that are others': cases and lists within a Scope, appointments of the directory. Nothing here is a count of
//! what somebody has done: only what is still to be done is asked for.

use domain::{
    AgencyId, AppointmentId, PersonId, hazard::Hazard, problem_list::ProblemList, scope::Scope,
    sign_off_list::SignOffList, time::Day,
};

use crate::{
    Store,
    directory::Holding,
    error::Result,
    hazard::hazard,
    problem_list::ProblemListFilter,
    scope::{Of, Where, limit_of},
    table::text,
};

/// Of one person, as they are in one appointment.
pub struct HandOvers<'a> {
    pub(crate) store: &'a Store,
    pub(crate) scope: &'a Scope,
}

impl HandOvers<'_> {
    /// Hazards that wait for one of these desks and on which this person has worked, the longest untouched first.
    pub async fn cases(&self, desks: &[String], person: PersonId, limit: usize) -> Result<Vec<Hazard>> {
        if desks.is_empty() {
            return Ok(Vec::new());
        }
        let mut condition = Where::default();
        let marks: Vec<String> = desks.iter().map(|desk| condition.bind(text(desk))).collect();
        condition.and(format!("waits_for IN ({})", marks.join(", ")));
        let mark = condition.bind(text(person));
        condition.and(format!(
            "EXISTS (SELECT 1 FROM event e WHERE e.county = hazard.county AND e.subject = hazard.id AND e.noun = 'hazard' AND e.person = {mark})"
        ));
        condition.within(self.scope, Of::Hazard);
        let limit = condition.bind(limit_of(limit));
        let sql = format!(
            "SELECT * FROM hazard WHERE {} ORDER BY last_at, id LIMIT {limit}",
            condition.sql()
        );
        let rows = self.store.door.read(sql, condition.params).await?;
        rows.iter().map(hazard).collect()
    }

    /// Problem lists of an agency that this person opened and nobody has answered.
    pub async fn problem_lists(
        &self,
        agency: AgencyId,
        person: PersonId,
        limit: usize,
    ) -> Result<Vec<ProblemList>> {
        let filter = ProblemListFilter {
            opener: Some(agency),
            unanswered: true,
            ..ProblemListFilter::default()
        };
        let mut found = self
            .store
            .problem_lists(self.scope)
            .list(&filter, None, limit)
            .await?;
        found.retain(|list| list.opened.person == person);
        Ok(found)
    }

    /// Sign-off lists that this person opened and nobody has decided.
    pub async fn sign_off_lists(&self, person: PersonId, limit: usize) -> Result<Vec<SignOffList>> {
        let mut found = self.store.sign_off_lists(self.scope).open(limit).await?;
        found.retain(|list| list.opened.person == person);
        Ok(found)
    }
}

/// Appointments that are over on a day and whose matters passed to one of these.
pub async fn left_to(store: &Store, heirs: &[AppointmentId], day: Day, limit: usize) -> Result<Vec<Holding>> {
    if heirs.is_empty() {
        return Ok(Vec::new());
    }
    let mut condition = Where::default();
    let marks: Vec<String> = heirs.iter().map(|heir| condition.bind(text(heir))).collect();
    condition.and(format!("h.successor IN ({})", marks.join(", ")));
    let today = condition.bind(text(day));
    condition.and(format!("h.to_day < {today}"));
    store.directory().held(condition, limit).await
}

/// Appointments at an agency that ended since a day and before another, of people who are there no more, whose successor nobody
/// named or has gone as well.
pub async fn left_to_agency(
    store: &Store,
    agency: AgencyId,
    (since, day): (Day, Day),
    limit: usize,
) -> Result<Vec<Holding>> {
    let mut condition = Where::default();
    condition.equals("a.id", Some(agency));
    let since = condition.bind(text(since));
    let today = condition.bind(text(day));
    let in_office = |alias: &str| {
        format!("{alias}.from_day <= {today} AND ({alias}.to_day IS NULL OR {alias}.to_day >= {today})")
    };
    condition.and(format!("h.to_day >= {since} AND h.to_day < {today}"));
    condition.and("h.successor IS NULL".to_owned());
    condition.and(format!(
        "NOT EXISTS (SELECT 1 FROM appointment o JOIN post q ON q.id = o.post WHERE o.person = h.person AND q.agency = a.id AND {})",
        in_office("o")
    ));
    store.directory().held(condition, limit).await
}
