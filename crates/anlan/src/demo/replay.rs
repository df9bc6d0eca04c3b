//! The schedule is replayed through the use cases that people use, each act at its own moment. Whatever the rules refuse would stop
//! the making of the demo city: nothing is written past them.

use app::{
    App, Failure, Outcome,
    file::receive::receive,
    hazard::{
        accept_rectification::accept_rectification,
        assign::{acknowledge, assign, decline},
        confirm::confirm,
        correct::correct,
        determine::determine,
        dismiss::dismiss,
        extend::{ask_extension, decide_extension},
        interim_measure::take_interim_measure,
        merge::merge,
        pause::{pause, resume},
        plan::plan,
        put_in_place::put_in_place,
        rectify::rectify,
        report::{ReportHazard, report},
        revisit::revisit,
        sign_off::sign_off,
        suspend::{ask_restart, review_restart, suspend},
        tell::tell,
        transfer::transfer,
        void::void,
    },
    record::Follower,
};
use domain::{FileId, HazardId, agency::Role, hazard::report::Report, place::Location, time::Instant};

use super::{
    act::{Act, Case, On, Step},
    cast::Cast,
    instructions::Instructions,
    letters::Letters,
    listings::Listings,
    lists::sign_off_lists,
    schedule::Schedule,
    texts::drawing,
    visits::Visits,
};

/// What a case has come to.
struct Running {
    first: HazardId,
    second: Option<HazardId>,
    /// Sent up, and not yet part of anything.
    files: Vec<FileId>,
}

/// Seals at the end of each day, so that every day has its checkpoint; the ladder is climbed in the night, see `letters.rs`.
pub async fn replay(
    app: &App,
    follower: &Follower,
    cast: &Cast,
    schedule: &Schedule,
    letters: &mut Letters<'_>,
    now: Instant,
    done: impl Fn(usize, usize),
) -> Outcome<()> {
    let mut running: Vec<Option<Running>> = schedule.cases.iter().map(|_| None).collect();
    let mut last: Option<Instant> = None;
    let end = schedule.order.last();
    let end = end.map(|(at, act)| schedule.cases[*at].acts[*act].at);
    let end = end.unwrap_or_else(|| app.clock.now());
    let (mut visits, mut instructions) = (Visits::until(end), Instructions::until(end));
    let mut listings = Listings::until(end);
    for (n, (at, act)) in schedule.order.iter().enumerate() {
        let case = &schedule.cases[*at];
        let act = &case.acts[*act];
        if let Some(last) = last.filter(|last| last.day() != act.at.day()) {
            letters.decide(last, now).await?;
            follower.seal_all().await?;
            letters.raise(last.day(), act.at.day(), now).await?;
        }
        last = Some(act.at);
        app.clock.set(act.at);
        let state = running[*at].get_or_insert_with(|| Running {
            first: HazardId(app.ids.uuid(act.at)),
            second: None,
            files: Vec::new(),
        });
        let handed = case
            .acts
            .iter()
            .any(|act| matches!(act.step, Step::Assign { .. }));
        if handed {
            visits.leaves_out(state.first);
        }
        carry_out(app, cast, case, act, state).await.map_err(|failure| {
            Failure::Broken(format!(
                "replaying {} of {:?} at {}: {failure:?}",
                act.step.act(),
                case.location,
                act.at.rfc3339()
            ))
        })?;
        // Enterprises begin before offices do.
        if cast.role(act.who) != Role::Unit {
            visits.pass(app, cast, act.at).await?;
            instructions.pass(app, cast, letters.sayings, act.at).await?;
            listings.pass(app, cast, letters.sayings, act.at).await?;
        }
        done(n + 1, schedule.order.len());
    }
    if let Some(last) = last {
        let last = letters.decide(last, now).await?;
        sign_off_lists(app, cast, last, now).await?;
        follower.seal_all().await?;
        letters.raise(last.day(), now.day(), now).await?;
    }
    follower.seal_all().await?;
    Ok(())
}

async fn carry_out(app: &App, cast: &Cast, case: &Case, act: &Act, state: &mut Running) -> Outcome<()> {
    let who = &cast.member(act.who).caller;
    let first = state.first;
    let second = |kind: &str| HazardId(app.ids.derived(&[kind, &first.to_string()]));
    let id = match act.on {
        On::First => first,
        On::Twin => *state.second.get_or_insert_with(|| HazardId(app.ids.uuid(act.at))),
        On::Opened => state
            .second
            .ok_or_else(|| Failure::Broken("a record is acted on before it is opened".into()))?,
    };
    if matches!(act.step, Step::Upload { .. }) {
        state.files.push(send_up(app, cast, act, id).await?);
        return Ok(());
    }
    let files = match act.step {
        Step::Report { .. }
        | Step::Rectify { .. }
        | Step::AskRestart { .. }
        | Step::PutInPlace { .. }
        | Step::Revisit(_) => std::mem::take(&mut state.files),
        _ => Vec::new(),
    };
    match &act.step {
        Step::Upload { .. } => return Ok(()),
        Step::Report {
            source,
            found_at,
            description,
            then,
        } => {
            let said = Report {
                id,
                description: description.clone(),
                location: Location {
                    text: case.location.clone(),
                    point: None,
                },
                initial_level: case.level,
                source: *source,
                found_at: Some(*found_at),
                then: then.clone(),
            };
            let said = ReportHazard {
                kind: case.kind,
                subject: case.subject.clone(),
                report: said,
                photos: files,
            };
            report(app, who, said).await
        }
        Step::Confirm { said, regulator } => confirm(app, who, id, said.clone(), *regulator).await,
        Step::Determine(said) => determine(app, who, id, said.clone()).await,
        Step::Interim { kind, text } => take_interim_measure(app, who, id, kind, text).await,
        Step::Plan(said) => plan(app, who, id, said.clone()).await,
        Step::Rectify { summary } => rectify(app, who, id, summary, &files).await,
        Step::Accept { said, inspectors } => {
            accept_rectification(app, who, id, said.clone(), inspectors).await
        }
        Step::SignOff(said) => sign_off(app, who, id, said.clone()).await,
        Step::Void { reason } => void(app, who, id, reason).await,
        Step::Dismiss { ended_as, reason } => dismiss(app, who, id, *ended_as, reason).await,
        Step::Merge { reason } => merge(app, who, id, &first.to_string(), reason).await,
        Step::Transfer { to, reason } => {
            state.second = Some(second("transfer"));
            transfer(app, who, id, to, reason).await
        }
        Step::Assign { said, to } => assign(app, who, id, said.clone(), *to).await,
        Step::Acknowledge => acknowledge(app, who, id).await,
        Step::Decline { reason } => decline(app, who, id, reason).await,
        Step::AskExtension { to, reason } => ask_extension(app, who, id, *to, reason).await,
        Step::DecideExtension { passed, opinion } => decide_extension(app, who, id, *passed, opinion).await,
        Step::Pause { reason } => pause(app, who, id, reason).await,
        Step::Resume { reason } => resume(app, who, id, reason).await,
        Step::Suspend { order_no, scope } => suspend(app, who, id, order_no, scope).await,
        Step::AskRestart { summary } => ask_restart(app, who, id, summary, &files).await,
        Step::ReviewRestart { passed, opinion } => review_restart(app, who, id, *passed, opinion).await,
        Step::Tell { to, on, how } => tell(app, who, id, *to, *on, how).await,
        Step::PutInPlace { part, note } => put_in_place(app, who, id, *part, note, &files).await,
        Step::Correct { fact, value, reason } => correct(app, who, id, *fact, value, reason).await,
        Step::Revisit(said) => {
            if !said.passed {
                state.second = Some(second("reopening"));
            }
            revisit(app, who, id, said.clone(), &files).await
        }
    }?;
    Ok(())
}

async fn send_up(app: &App, cast: &Cast, act: &Act, of: HazardId) -> Outcome<FileId> {
    let Step::Upload { photo, name } = &act.step else {
        return Err(Failure::Broken("only a drawing is sent up".into()));
    };
    let bytes = drawing(photo, &format!("{of} {}", act.at.rfc3339()))?;
    let receipt = receive(app, &cast.member(act.who).caller, name, bytes).await?;
    FileId::parse(&receipt.id).ok_or_else(|| Failure::Broken("a file was given no id".into()))
}
