//! The stock table, as the page shows it.

use app::stock::{self, Asked, Figures};
use axum::{
    extract::{Query, State, rejection::QueryRejection},
    http::StatusCode,
    response::Response,
};
use domain::{
    agency::Role,
    field::Checks,
    hazard::{Determination, InitialLevel, Source},
    stock::{By, Part, Period},
};
use serde::{Deserialize, Serialize};
use store::stock::Within;
use utoipa::{IntoParams, ToSchema};

use super::json;
use crate::{caller::Token, problem::Problem, site::Site};

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct StockQuery {
    /// What the lines are: `county`, `town`, `sector`, `level`, `determination`, `source` or `month`; `county` if not said.
    pub by: Option<String>,
    /// A month (`2026-03`) or a year (`2026`) that has begun; the present month if not said. Of lines that are months, the year.
    pub period: Option<String>,
    /// Id of a county or zone.
    pub county: Option<String>,
    /// Id of a town; empty for what lies in none.
    pub town: Option<String>,
    /// Division of GB/T 4754; empty for what has none.
    pub sector: Option<String>,
    /// `general`, `serious` or `suspected_major`.
    pub level: Option<String>,
    /// `pending`, `not_major` or `major`.
    pub determination: Option<String>,
    /// How it came to be known.
    pub source: Option<String>,
}

/// opening + new + reopened + moved_in - closed - ended - moved_out = closing.
#[derive(Debug, Serialize, ToSchema)]
pub struct StockFigures {
    pub opening: i64,
    pub new: i64,
    /// Closed once, and open again.
    pub reopened: i64,
    /// Came from another line while open, as when its level was changed.
    pub moved_in: i64,
    /// Signed off, or closed with acceptance where the route has no sign-off.
    pub closed: i64,
    /// Void, transferred or merged.
    pub ended: i64,
    pub moved_out: i64,
    pub closing: i64,
    /// Of those in `closing`.
    pub major: i64,
    /// Of those in `closing`: past what the next step was due by, at the end of the period or now.
    pub overdue: i64,
    /// Sent back in the period; beside the balance.
    pub returned: i64,
    /// closed / (closed + closing); `null` where that is 0 of 0.
    pub closed_rate: Option<f64>,
    /// overdue / closing; `null` where that is 0 of 0.
    pub overdue_rate: Option<f64>,
}

impl From<&Figures> for StockFigures {
    fn from(figures: &Figures) -> Self {
        let of = |part| figures.of(part);
        Self {
            opening: of(Part::Opening),
            new: of(Part::New),
            reopened: of(Part::Reopened),
            moved_in: of(Part::MovedIn),
            closed: of(Part::Closed),
            ended: of(Part::Ended),
            moved_out: of(Part::MovedOut),
            closing: of(Part::Closing),
            major: of(Part::Major),
            overdue: of(Part::Overdue),
            returned: of(Part::Returned),
            closed_rate: figures.closed_rate(),
            overdue_rate: figures.overdue_rate(),
        }
    }
}

#[derive(Debug, Serialize, ToSchema)]
pub struct StockLine {
    /// Id, code, word or month; empty for what has none.
    pub value: String,
    pub figures: StockFigures,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct StockTable {
    pub by: String,
    pub period: String,
    /// In official order.
    pub lines: Vec<StockLine>,
    pub total: StockFigures,
    pub as_of: String,
    /// Events that are recorded and not in these figures yet.
    pub uncounted: i64,
    /// The signed note of the record that the figures belong to.
    pub checkpoint: String,
}

#[utoipa::path(get, path = "/api/v1/stock", tag = "stock", params(StockQuery), security(("token" = [])),
    responses((status = 200, body = StockTable), (status = 401, body = crate::problem::Body), (status = 404, body = crate::problem::Body), (status = 422, body = crate::problem::Body)))]
/// What stood, came in, went out and stands, within what the caller may see. Enterprise people have no such table.
pub async fn table(
    State(site): State<Site>,
    token: Token,
    query: Result<Query<StockQuery>, QueryRejection>,
) -> Result<Response, Problem> {
    let words = token.words;
    let problem = |failure| Problem::api(failure, words);
    let Query(query) = query.map_err(|error| Problem::unreadable(error.body_text(), words))?;
    let caller = &token.live.caller;
    if caller.actor.role == Role::Unit {
        return Err(problem(app::Failure::NotFound));
    }
    let now = Period::month_of(site.app.clock.now());
    let asked = asked(query, now).map_err(|refusal| problem(refusal.into()))?;
    let table = stock::table(&site.app, caller, asked).await.map_err(problem)?;
    let lines = table.lines.iter().map(|line| StockLine {
        value: line.value.clone(),
        figures: (&line.figures).into(),
    });
    let body = StockTable {
        by: table.asked.by.to_string(),
        period: table.asked.period.to_string(),
        lines: lines.collect(),
        total: (&table.total).into(),
        as_of: table.standing.as_of.rfc3339(),
        uncounted: table.standing.uncounted,
        checkpoint: table.standing.note.clone(),
    };
    Ok(json(StatusCode::OK, &body))
}

/// Every word is looked at before anything is refused.
fn asked(query: StockQuery, now: Period) -> Result<Asked, domain::refusal::Refusal> {
    let mut checks = Checks::default();
    let by = word(&mut checks, "by", query.by, By::parse).unwrap_or(By::County);
    let period = word(&mut checks, "period", query.period, Period::parse).unwrap_or(now);
    let within = Within {
        county: query.county,
        town: query.town,
        sector: query.sector,
        level: word(&mut checks, "level", query.level, InitialLevel::parse),
        determination: word(
            &mut checks,
            "determination",
            query.determination,
            Determination::parse,
        ),
        source: word(&mut checks, "source", query.source, Source::parse),
    };
    checks.done()?;
    Ok(Asked {
        by,
        period: if by == By::Month { period.year() } else { period },
        within,
    })
}

fn word<T>(
    checks: &mut Checks,
    field: &'static str,
    said: Option<String>,
    parse: impl Fn(&str) -> Option<T>,
) -> Option<T> {
    let said = said?;
    let word = parse(&said);
    if word.is_none() {
        checks.fail(field, "not-a-choice");
    }
    word
}
