//! The schedule is replayed through the use cases that people use, each act at its own moment. Whatever the rules refuse would stop
//! the making of the demo city: nothing is written past them.

use app::{
    App, Failure, Outcome,
    file::receive::receive,
    hazard::{
        accept_rectification::accept_rectification,
        confirm::confirm,
        determine::determine,
        interim_measure::take_interim_measure,
        plan::plan,
        rectify::rectify,
        report::{ReportHazard, report},
        sign_off::sign_off,
        void::void,
    },
    record::Follower,
};
use domain::{
    FileId, HazardId,
    hazard::report::{Report, Then},
    place::Location,
    time::Day,
};

use super::{
    act::{Act, Case, Step},
    cast::Cast,
    schedule::Schedule,
    texts::drawing,
};

/// What a case has come to.
struct Running {
    id: HazardId,
    /// Sent up, and not yet part of anything.
    files: Vec<FileId>,
}

/// Seals at the end of each day, so that every day has its checkpoint.
pub async fn replay(
    app: &App,
    follower: &Follower,
    cast: &Cast,
    schedule: &Schedule,
    done: impl Fn(usize, usize),
) -> Outcome<()> {
    let mut running: Vec<Option<Running>> = schedule.cases.iter().map(|_| None).collect();
    let mut day: Option<Day> = None;
    for (n, (at, act)) in schedule.order.iter().enumerate() {
        let case = &schedule.cases[*at];
        let act = &case.acts[*act];
        if day.is_some_and(|day| day != act.at.day()) {
            follower.seal_all().await?;
        }
        day = Some(act.at.day());
        app.clock.set(act.at);
        let state = running[*at].get_or_insert_with(|| Running {
            id: HazardId(app.ids.uuid(act.at)),
            files: Vec::new(),
        });
        carry_out(app, cast, case, act, state).await.map_err(|failure| {
            Failure::Broken(format!(
                "replaying {} of {:?} at {}: {failure:?}",
                act.step.name(),
                case.description,
                act.at.rfc3339()
            ))
        })?;
        done(n + 1, schedule.order.len());
    }
    follower.seal_all().await?;
    Ok(())
}

async fn carry_out(app: &App, cast: &Cast, case: &Case, act: &Act, state: &mut Running) -> Outcome<()> {
    let who = &cast.member(act.who).caller;
    let id = state.id;
    match &act.step {
        Step::Upload { photo, name } => {
            let receipt = receive(
                app,
                who,
                name,
                drawing(photo, &format!("{id} {}", act.at.rfc3339()))?,
            )
            .await?;
            let file =
                FileId::parse(&receipt.id).ok_or_else(|| Failure::Broken("a file was given no id".into()))?;
            state.files.push(file);
        }
        Step::Report { source, found_at } => {
            let said = Report {
                id,
                description: case.description.clone(),
                location: Location {
                    text: case.location.clone(),
                    point: None,
                },
                initial_level: case.level,
                source: *source,
                found_at: Some(*found_at),
                then: Then::Waits,
            };
            let photos = std::mem::take(&mut state.files);
            report(
                app,
                who,
                ReportHazard {
                    kind: case.kind,
                    subject: case.subject.clone(),
                    report: said,
                    photos,
                },
            )
            .await?;
        }
        Step::Confirm { said, regulator } => drop(confirm(app, who, id, said.clone(), *regulator).await?),
        Step::Determine(said) => drop(determine(app, who, id, said.clone()).await?),
        Step::Interim { kind, text } => drop(take_interim_measure(app, who, id, kind, text).await?),
        Step::Plan(said) => drop(plan(app, who, id, said.clone()).await?),
        Step::Rectify { summary } => {
            let evidence = std::mem::take(&mut state.files);
            rectify(app, who, id, summary, &evidence).await?;
        }
        Step::Accept { said, inspectors } => {
            drop(accept_rectification(app, who, id, said.clone(), inspectors).await?)
        }
        Step::SignOff(said) => drop(sign_off(app, who, id, said.clone()).await?),
        Step::Void { reason } => drop(void(app, who, id, reason).await?),
    }
    Ok(())
}
