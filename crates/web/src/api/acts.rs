//! Acts on a hazard: each is a resource posted below it. What the caller may do now, and with which fields, is asked at `acts`.

use app::{
    App, Caller, Failure, Outcome,
    hazard::{
        Receipt, accept_rectification::accept_rectification, confirm::confirm, determine::determine,
        interim_measure::take_interim_measure, plan, rectify, show, sign_off, void,
    },
};
use axum::{extract::State, http::StatusCode, response::Response};
use domain::{
    AgencyId, FileId, HazardId, PersonId,
    authority::Act,
    field::Checks,
    hazard::{
        Determination, InitialLevel, accept::Accept, confirm::Confirm, determine::Determine, plan::FilePlan,
        sign_off::Decide,
    },
    money::Fen,
    time::{Day, Instant},
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use utoipa::ToSchema;

use super::{Body, Id, hazards::id_of, json, read, shape::HazardReceipt, with_version};
use crate::{caller::Token, problem::Problem, site::Site};

/// What is said in an act, and what is done with it.
pub trait Said: DeserializeOwned {
    /// The resource it is posted to.
    const RESOURCE: &'static str;

    fn run(self, app: &App, who: &Caller, id: HazardId) -> impl Future<Output = Outcome<Receipt>> + Send;
}

/// Reads, runs and answers one act. A repeated request is answered before anything else is looked at.
async fn act<T: Said>(site: &Site, token: &Token, id: &str, body: &[u8]) -> Result<Response, Problem> {
    let words = token.words;
    let problem = |failure| Problem::api(failure, words);
    let caller = token.caller(&format!("/hazards/{id}/{}", T::RESOURCE), body);
    let receipt = match caller.repeated(&site.app).await.map_err(problem)? {
        Some(kept) => kept,
        None => {
            token.version_is_readable()?;
            let said: T = read(body, words)?;
            let id = id_of(id, words)?;
            let outcome = said.run(&site.app, &caller, id).await;
            caller
                .unless_repeated(&site.app, outcome)
                .await
                .map_err(problem)?
        }
    };
    let version = receipt.version;
    Ok(with_version(
        json(StatusCode::OK, &HazardReceipt::of(receipt)),
        version,
    ))
}

/// Fields that are words, days or ids cannot be handed to a use case unread. What cannot be read is only told once the record was
/// found, the right checked, the version and the stage compared: [`standing`] does that first.
async fn standing(app: &App, who: &Caller, id: HazardId, act: Act) -> Outcome<()> {
    let hazard = show::find(app, who, id).await?;
    who.actor.may(act, &hazard)?;
    match who.if_match {
        Some(version) if version != hazard.seen.version => Err(Failure::Stale {
            current: hazard.seen.version,
        }),
        _ => Ok(hazard.expects(act)?),
    }
}

fn word<T>(
    checks: &mut Checks,
    field: &'static str,
    word: &str,
    parse: impl Fn(&str) -> Option<T>,
) -> Option<T> {
    let parsed = parse(word);
    if parsed.is_none() {
        checks.fail(
            field,
            if word.trim().is_empty() {
                "required"
            } else {
                "not-a-choice"
            },
        );
    }
    parsed
}

fn day(checks: &mut Checks, field: &'static str, text: &str) -> Option<Day> {
    let day = Day::parse(text.trim());
    if day.is_none() {
        checks.fail(
            field,
            if text.trim().is_empty() {
                "required"
            } else {
                "not-a-date"
            },
        );
    }
    day
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConfirmationSaid {
    /// `general`, `serious` or `suspected_major`.
    pub initial_level: String,
    /// `pending`, `not_major` or `major`.
    pub determination: String,
    /// The criteria it is measured by; at least one for `major`.
    #[serde(default)]
    pub clauses: Vec<String>,
    /// The last day for rectification.
    pub deadline: String,
    /// Id of an agency of the same county.
    pub regulator: Option<String>,
    pub order_no: Option<String>,
}

#[utoipa::path(post, path = "/api/v1/hazards/{id}/confirmation", tag = "acts", security(("token" = [])), params(("id" = String, Path)), request_body = ConfirmationSaid,
    responses((status = 200, body = HazardReceipt), (status = 401, body = crate::problem::Body), (status = 403, body = crate::problem::Body), (status = 404, body = crate::problem::Body), (status = 409, body = crate::problem::Body), (status = 412, body = crate::problem::Body), (status = 422, body = crate::problem::Body)))]
/// Confirm a report: level, determination, clauses, deadline, regulator.
pub async fn confirmation(
    State(site): State<Site>,
    token: Token,
    Id(id): Id,
    Body(body): Body,
) -> Result<Response, Problem> {
    act::<ConfirmationSaid>(&site, &token, &id, &body).await
}

impl Said for ConfirmationSaid {
    const RESOURCE: &'static str = "confirmation";

    async fn run(self, app: &App, who: &Caller, id: HazardId) -> Outcome<Receipt> {
        standing(app, who, id, Act::Confirm).await?;
        let (said, regulator) = self.understood()?;
        confirm(app, who, id, said, regulator).await
    }
}

impl ConfirmationSaid {
    pub(crate) fn understood(self) -> Outcome<(Confirm, Option<AgencyId>)> {
        let mut checks = Checks::default();
        let level = word(
            &mut checks,
            "initial_level",
            &self.initial_level,
            InitialLevel::parse,
        );
        let determination = word(
            &mut checks,
            "determination",
            &self.determination,
            Determination::parse,
        );
        let deadline = day(&mut checks, "deadline", &self.deadline);
        let named = self
            .regulator
            .as_deref()
            .map(str::trim)
            .filter(|id| !id.is_empty());
        let regulator = named.map(AgencyId::parse);
        if regulator == Some(None) {
            checks.fail("regulator", "not-a-regulator-here");
        }
        checks.done()?;
        let (Some(initial_level), Some(determination), Some(deadline)) = (level, determination, deadline)
        else {
            return Err(Failure::field("body", "not-a-choice"));
        };
        let said = Confirm {
            initial_level,
            determination,
            clauses: self.clauses,
            deadline,
            order_no: self.order_no,
        };
        Ok((said, regulator.flatten()))
    }
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DeterminationSaid {
    /// `not_major` or `major`.
    pub determination: String,
    #[serde(default)]
    pub clauses: Vec<String>,
    /// What the decision rests on.
    pub basis: String,
}

#[utoipa::path(post, path = "/api/v1/hazards/{id}/determination", tag = "acts", security(("token" = [])), params(("id" = String, Path)), request_body = DeterminationSaid,
    responses((status = 200, body = HazardReceipt), (status = 401, body = crate::problem::Body), (status = 403, body = crate::problem::Body), (status = 404, body = crate::problem::Body), (status = 409, body = crate::problem::Body), (status = 412, body = crate::problem::Body), (status = 422, body = crate::problem::Body)))]
/// Decide whether it is major, where confirmation left that open.
pub async fn determination(
    State(site): State<Site>,
    token: Token,
    Id(id): Id,
    Body(body): Body,
) -> Result<Response, Problem> {
    act::<DeterminationSaid>(&site, &token, &id, &body).await
}

impl Said for DeterminationSaid {
    const RESOURCE: &'static str = "determination";

    async fn run(self, app: &App, who: &Caller, id: HazardId) -> Outcome<Receipt> {
        standing(app, who, id, Act::Determine).await?;
        determine(app, who, id, self.understood()?).await
    }
}

impl DeterminationSaid {
    pub(crate) fn understood(self) -> Outcome<Determine> {
        let mut checks = Checks::default();
        let determination = word(
            &mut checks,
            "determination",
            &self.determination,
            Determination::parse,
        );
        checks.done()?;
        let determination = determination.ok_or_else(|| Failure::field("determination", "not-a-choice"))?;
        Ok(Determine {
            determination,
            clauses: self.clauses,
            basis: self.basis,
        })
    }
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PlanSaid {
    pub target: String,
    pub measures: String,
    pub funds_fen: i64,
    /// The last day, not after the one that was ordered.
    pub deadline: String,
    pub responsible_person: String,
    pub responsible_unit: String,
    pub emergency_plan: String,
}

#[utoipa::path(post, path = "/api/v1/hazards/{id}/plan", tag = "acts", security(("token" = [])), params(("id" = String, Path)), request_body = PlanSaid,
    responses((status = 200, body = HazardReceipt), (status = 401, body = crate::problem::Body), (status = 403, body = crate::problem::Body), (status = 404, body = crate::problem::Body), (status = 409, body = crate::problem::Body), (status = 412, body = crate::problem::Body), (status = 422, body = crate::problem::Body)))]
/// File the plan. A complete plan starts rectification.
pub async fn plan(
    State(site): State<Site>,
    token: Token,
    Id(id): Id,
    Body(body): Body,
) -> Result<Response, Problem> {
    act::<PlanSaid>(&site, &token, &id, &body).await
}

impl Said for PlanSaid {
    const RESOURCE: &'static str = "plan";

    async fn run(self, app: &App, who: &Caller, id: HazardId) -> Outcome<Receipt> {
        standing(app, who, id, Act::Plan).await?;
        plan::plan(app, who, id, self.understood()?).await
    }
}

impl PlanSaid {
    pub(crate) fn understood(self) -> Outcome<FilePlan> {
        let mut checks = Checks::default();
        let deadline = day(&mut checks, "deadline", &self.deadline);
        checks.done()?;
        let deadline = deadline.ok_or_else(|| Failure::field("deadline", "not-a-date"))?;
        Ok(FilePlan {
            target: self.target,
            measures: self.measures,
            funds: Fen(self.funds_fen),
            deadline,
            responsible_person: self.responsible_person,
            responsible_unit: self.responsible_unit,
            emergency_plan: self.emergency_plan,
        })
    }
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RectificationSaid {
    pub summary: String,
    /// Ids of one's own uploads, at least one.
    #[serde(default)]
    pub evidence: Vec<String>,
}

#[utoipa::path(post, path = "/api/v1/hazards/{id}/rectification", tag = "acts", security(("token" = [])), params(("id" = String, Path)), request_body = RectificationSaid,
    responses((status = 200, body = HazardReceipt), (status = 401, body = crate::problem::Body), (status = 403, body = crate::problem::Body), (status = 404, body = crate::problem::Body), (status = 409, body = crate::problem::Body), (status = 412, body = crate::problem::Body), (status = 422, body = crate::problem::Body)))]
/// Report that it is rectified, with evidence.
pub async fn rectification(
    State(site): State<Site>,
    token: Token,
    Id(id): Id,
    Body(body): Body,
) -> Result<Response, Problem> {
    act::<RectificationSaid>(&site, &token, &id, &body).await
}

impl Said for RectificationSaid {
    const RESOURCE: &'static str = "rectification";

    async fn run(self, app: &App, who: &Caller, id: HazardId) -> Outcome<Receipt> {
        standing(app, who, id, Act::Rectify).await?;
        let evidence: Option<Vec<FileId>> = self.evidence.iter().map(|id| FileId::parse(id)).collect();
        let evidence = evidence.ok_or_else(|| Failure::field("evidence", "not-attachable"))?;
        rectify::rectify(app, who, id, &self.summary, &evidence).await
    }
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AcceptanceSaid {
    pub passed: bool,
    pub opinion: String,
    /// When the place was visited.
    pub visited_at: Option<String>,
    pub place: Option<String>,
    /// Ids of certified persons, different ones, as many as the route demands.
    #[serde(default)]
    pub inspectors: Vec<String>,
}

#[utoipa::path(post, path = "/api/v1/hazards/{id}/acceptance", tag = "acts", security(("token" = [])), params(("id" = String, Path)), request_body = AcceptanceSaid,
    responses((status = 200, body = HazardReceipt), (status = 401, body = crate::problem::Body), (status = 403, body = crate::problem::Body), (status = 404, body = crate::problem::Body), (status = 409, body = crate::problem::Body), (status = 412, body = crate::problem::Body), (status = 422, body = crate::problem::Body)))]
/// Accept the rectification, or return it with the reason as opinion.
pub async fn acceptance(
    State(site): State<Site>,
    token: Token,
    Id(id): Id,
    Body(body): Body,
) -> Result<Response, Problem> {
    act::<AcceptanceSaid>(&site, &token, &id, &body).await
}

impl Said for AcceptanceSaid {
    const RESOURCE: &'static str = "acceptance";

    async fn run(self, app: &App, who: &Caller, id: HazardId) -> Outcome<Receipt> {
        standing(app, who, id, Act::Accept).await?;
        let (said, inspectors) = self.understood()?;
        accept_rectification(app, who, id, said, &inspectors).await
    }
}

impl AcceptanceSaid {
    pub(crate) fn understood(self) -> Outcome<(Accept, Vec<PersonId>)> {
        let mut checks = Checks::default();
        let visited_at = self
            .visited_at
            .as_deref()
            .map(str::trim)
            .filter(|at| !at.is_empty())
            .map(instant_or_day);
        if visited_at == Some(None) {
            checks.fail("visited_at", "not-an-instant");
        }
        let inspectors: Option<Vec<PersonId>> =
            self.inspectors.iter().map(|id| PersonId::parse(id)).collect();
        if inspectors.is_none() {
            checks.fail("inspectors", "unknown-person");
        }
        checks.done()?;
        let said = Accept {
            passed: self.passed,
            opinion: self.opinion,
            visited_at: visited_at.flatten(),
            place: self.place,
        };
        Ok((said, inspectors.unwrap_or_default()))
    }
}

/// A visit may be told to the minute or just by its day.
fn instant_or_day(text: &str) -> Option<Instant> {
    Instant::parse(text).or_else(|| Day::parse(text).map(Day::start))
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SignOffSaid {
    pub passed: bool,
    pub opinion: String,
}

#[utoipa::path(post, path = "/api/v1/hazards/{id}/sign-off", tag = "acts", security(("token" = [])), params(("id" = String, Path)), request_body = SignOffSaid,
    responses((status = 200, body = HazardReceipt), (status = 401, body = crate::problem::Body), (status = 403, body = crate::problem::Body), (status = 404, body = crate::problem::Body), (status = 409, body = crate::problem::Body), (status = 412, body = crate::problem::Body), (status = 422, body = crate::problem::Body)))]
/// Sign off, or send back.
pub async fn sign_off(
    State(site): State<Site>,
    token: Token,
    Id(id): Id,
    Body(body): Body,
) -> Result<Response, Problem> {
    act::<SignOffSaid>(&site, &token, &id, &body).await
}

impl Said for SignOffSaid {
    const RESOURCE: &'static str = "sign-off";

    async fn run(self, app: &App, who: &Caller, id: HazardId) -> Outcome<Receipt> {
        sign_off::sign_off(
            app,
            who,
            id,
            Decide {
                passed: self.passed,
                opinion: self.opinion,
            },
        )
        .await
    }
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct InterimMeasureSaid {
    /// A word of the city's table (`evacuate`, `cordon`, …) or one's own.
    pub kind: String,
    pub text: String,
}

#[utoipa::path(post, path = "/api/v1/hazards/{id}/interim-measure", tag = "acts", security(("token" = [])), params(("id" = String, Path)), request_body = InterimMeasureSaid,
    responses((status = 200, body = HazardReceipt), (status = 401, body = crate::problem::Body), (status = 403, body = crate::problem::Body), (status = 404, body = crate::problem::Body), (status = 409, body = crate::problem::Body), (status = 412, body = crate::problem::Body), (status = 422, body = crate::problem::Body)))]
/// Take an interim measure, at once and at any open stage.
pub async fn interim_measure(
    State(site): State<Site>,
    token: Token,
    Id(id): Id,
    Body(body): Body,
) -> Result<Response, Problem> {
    act::<InterimMeasureSaid>(&site, &token, &id, &body).await
}

impl Said for InterimMeasureSaid {
    const RESOURCE: &'static str = "interim-measure";

    async fn run(self, app: &App, who: &Caller, id: HazardId) -> Outcome<Receipt> {
        take_interim_measure(app, who, id, &self.kind, &self.text).await
    }
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct VoidingSaid {
    pub reason: String,
}

#[utoipa::path(post, path = "/api/v1/hazards/{id}/voiding", tag = "acts", security(("token" = [])), params(("id" = String, Path)), request_body = VoidingSaid,
    responses((status = 200, body = HazardReceipt), (status = 401, body = crate::problem::Body), (status = 403, body = crate::problem::Body), (status = 404, body = crate::problem::Body), (status = 409, body = crate::problem::Body), (status = 412, body = crate::problem::Body), (status = 422, body = crate::problem::Body)))]
/// Void a record that should never have been entered.
pub async fn voiding(
    State(site): State<Site>,
    token: Token,
    Id(id): Id,
    Body(body): Body,
) -> Result<Response, Problem> {
    act::<VoidingSaid>(&site, &token, &id, &body).await
}

impl Said for VoidingSaid {
    const RESOURCE: &'static str = "voiding";

    async fn run(self, app: &App, who: &Caller, id: HazardId) -> Outcome<Receipt> {
        void::void(app, who, id, &self.reason).await
    }
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Acts {
    pub items: Vec<ActView>,
    pub next: Option<String>,
}

/// One act that the caller may do now.
#[derive(Debug, Serialize, ToSchema)]
pub struct ActView {
    /// The resource to post to, below the hazard: `acceptance`.
    pub act: String,
    pub href: String,
    pub fields: Vec<FieldView>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct FieldView {
    pub name: String,
    /// `text`, `date`, `instant`, `integer`, `boolean`, `choice`, `texts`, `files` or `choices`.
    pub kind: String,
    pub required: bool,
    /// How many are needed at least.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at_least: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub latest: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<Choice>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Choice {
    pub value: String,
    pub label: String,
}

#[utoipa::path(get, path = "/api/v1/hazards/{id}/acts", tag = "acts", security(("token" = [])), params(("id" = String, Path)),
    responses((status = 200, body = Acts), (status = 401, body = crate::problem::Body), (status = 404, body = crate::problem::Body)))]
/// What the caller may do to this hazard now, and the fields that each act needs.
pub async fn open_to_me(State(site): State<Site>, token: Token, Id(id): Id) -> Result<Response, Problem> {
    let id = id_of(&id, token.words)?;
    let dossier = show::dossier(&site.app, &token.live.caller, id).await;
    let dossier = dossier.map_err(|failure| Problem::api(failure, token.words))?;
    let items = dossier
        .acts
        .iter()
        .filter_map(|act| {
            let name = resource(*act)?;
            let fields = crate::api::acts_fields::fields(*act, &dossier, &site, token.words);
            Some(ActView {
                act: name.to_owned(),
                href: format!("/api/v1/hazards/{id}/{name}"),
                fields,
            })
        })
        .collect();
    let version = dossier.hazard.seen.version;
    Ok(with_version(
        json(StatusCode::OK, &Acts { items, next: None }),
        version,
    ))
}

/// The resource that an act is posted to, for acts on a hazard.
pub(crate) fn resource(act: Act) -> Option<&'static str> {
    Some(match act {
        Act::Confirm => "confirmation",
        Act::Determine => "determination",
        Act::Plan => "plan",
        Act::Rectify => "rectification",
        Act::Accept => "acceptance",
        Act::SignOff => "sign-off",
        Act::InterimMeasure => "interim-measure",
        Act::Void => "voiding",
        _ => return None,
    })
}
