//! A subject that nobody has entered yet is entered with the act that names it, in the same change: unverified, so that nobody types
//! twice and nobody waits for a register. The safety office of where it lies answers for it until its entry has been compared.

use domain::{
    SubjectId,
    agency::{AgencyKind, Role},
    change::Seen,
    place::Home,
    subject::{Subject, SubjectKind, SubjectStatus},
};

use super::report::offices;
use crate::{App, Caller, Outcome, directory::load::named};

pub(super) async fn enter(
    app: &App,
    who: &Caller,
    home: Home,
    kind: SubjectKind,
    name: &str,
) -> Outcome<Subject> {
    let town_office = match &home.town {
        Some(town) => {
            app.store
                .directory()
                .agency_of_kind(&home.county, Some(town), AgencyKind::TownOffice)
                .await?
        }
        None => None,
    };
    let steward = match town_office {
        Some(office) => office.id,
        None => offices(app, &home).await?.county,
    };
    // Two who enter it at the same time mean one subject: whoever comes second finds the id taken, and with it the subject.
    let id = SubjectId(named(
        "subject",
        &format!("reported:{}:{kind}:{name}", home.county),
    ));
    let taken = app.store.subjects(&who.actor.city_wide()).find(id).await?;
    let id = if taken.is_some() {
        let seen = app.store.subjects(&who.scope).find(id).await?;
        if let Some(subject) = seen.filter(|one| one.kind == kind && one.name == name) {
            return Ok(subject);
        }
        SubjectId(app.ids.uuid(app.clock.now()))
    } else {
        id
    };
    let department = who.actor.role == Role::CountyDepartment;
    Ok(Subject {
        id,
        seen: Seen::NEW,
        home,
        kind,
        name: name.to_owned(),
        credit_code: String::new(),
        sector: String::new(),
        address: String::new(),
        principal_head: String::new(),
        // A department that has found it sees it, and answers for it.
        regulator: department.then_some(who.actor.agency),
        steward: Some(steward),
        status: SubjectStatus::Unverified,
    })
}
