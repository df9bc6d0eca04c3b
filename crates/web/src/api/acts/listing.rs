//! Listed supervision 挂牌督办 of a major hazard.

use app::{
    App, Caller, Failure, Outcome,
    hazard::{Receipt, listing},
};
use domain::{
    FileId, HazardId,
    authority::Act,
    field::Checks,
    hazard::listing::{ListingLevel, ProposeListing, ReportCycle},
    time::Day,
};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{Said, day, files_of, word};

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ListingProposalSaid {
    /// `province`, `city` or `county`.
    pub listing_level: String,
    /// What is demanded, beyond what was ordered.
    pub requirements: String,
    /// Name of the leader who sees to it.
    pub overseer: String,
    pub overseer_office: String,
    /// The day by which a plan of rectification is filed.
    pub plan_by: String,
    /// `month` or `quarter`.
    pub reports_every: String,
}

impl Said for ListingProposalSaid {
    const ACT: Act = Act::ProposeListing;
    type Understood = ProposeListing;

    fn understood(self) -> Outcome<ProposeListing> {
        let mut checks = Checks::default();
        let level = word(
            &mut checks,
            "listing_level",
            &self.listing_level,
            ListingLevel::parse,
        );
        let plan_by = day(&mut checks, "plan_by", &self.plan_by);
        let cycle = word(
            &mut checks,
            "reports_every",
            &self.reports_every,
            ReportCycle::parse,
        );
        checks.done()?;
        let (Some(level), Some(plan_by), Some(reports_every)) = (level, plan_by, cycle) else {
            return Err(Failure::field("body", "not-a-choice"));
        };
        Ok(ProposeListing {
            level,
            requirements: self.requirements,
            leader: self.overseer,
            leader_office: self.overseer_office,
            plan_by,
            reports_every,
        })
    }

    async fn run(app: &App, who: &Caller, id: HazardId, said: ProposeListing) -> Outcome<Receipt> {
        listing::propose(app, who, id, said).await
    }
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ListingApprovalSaid {
    /// Which list, where it was proposed for several.
    #[serde(default)]
    pub listing_level: Option<String>,
    /// Number of the notice.
    pub order_no: String,
    /// Name of the leader of the committee who approved.
    pub leader_name: String,
    pub leader_office: String,
    pub signed_on: String,
    /// The signed page: ids of one's own uploads, at least one.
    #[serde(default)]
    pub leader_page: Vec<String>,
}

impl Said for ListingApprovalSaid {
    const ACT: Act = Act::ApproveListing;
    type Understood = (String, listing::Said);

    fn understood(self) -> Outcome<Self::Understood> {
        let said = decided(
            self.listing_level.as_deref(),
            self.leader_name,
            self.leader_office,
            &self.signed_on,
            &self.leader_page,
        )?;
        Ok((self.order_no, said))
    }

    async fn run(
        app: &App,
        who: &Caller,
        id: HazardId,
        (number, said): Self::Understood,
    ) -> Outcome<Receipt> {
        listing::approve(app, who, id, &number, said).await
    }
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ListingServiceSaid {
    #[serde(default)]
    pub listing_level: Option<String>,
    pub served_on: String,
    /// Who signed for the notice.
    pub receiver: String,
    /// The signed receipt: ids of one's own uploads, at least one.
    #[serde(default)]
    pub proof: Vec<String>,
}

impl Said for ListingServiceSaid {
    const ACT: Act = Act::ServeListing;
    type Understood = (Option<ListingLevel>, Day, String, Vec<FileId>);

    fn understood(self) -> Outcome<Self::Understood> {
        let mut checks = Checks::default();
        let level = level_of(&mut checks, self.listing_level.as_deref());
        let on = day(&mut checks, "served_on", &self.served_on);
        checks.done()?;
        let on = on.ok_or_else(|| Failure::field("served_on", "not-a-date"))?;
        Ok((level, on, self.receiver, files_of("proof", &self.proof)?))
    }

    async fn run(app: &App, who: &Caller, id: HazardId, said: Self::Understood) -> Outcome<Receipt> {
        listing::serve(app, who, id, said.0, said.1, &said.2, &said.3).await
    }
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProgressSaid {
    pub note: String,
    /// Ids of one's own uploads.
    #[serde(default)]
    pub evidence: Vec<String>,
}

impl Said for ProgressSaid {
    const ACT: Act = Act::ReportProgress;
    type Understood = (String, Vec<FileId>);

    fn understood(self) -> Outcome<Self::Understood> {
        Ok((self.note, files_of("evidence", &self.evidence)?))
    }

    async fn run(app: &App, who: &Caller, id: HazardId, said: Self::Understood) -> Outcome<Receipt> {
        listing::report_progress(app, who, id, &said.0, &said.1).await
    }
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DelistingSaid {
    #[serde(default)]
    pub listing_level: Option<String>,
    pub opinion: String,
    /// Where its end was made public.
    pub published: String,
    pub leader_name: String,
    pub leader_office: String,
    pub signed_on: String,
    #[serde(default)]
    pub leader_page: Vec<String>,
}

impl Said for DelistingSaid {
    const ACT: Act = Act::Delist;
    type Understood = (String, String, listing::Said);

    fn understood(self) -> Outcome<Self::Understood> {
        let said = decided(
            self.listing_level.as_deref(),
            self.leader_name,
            self.leader_office,
            &self.signed_on,
            &self.leader_page,
        )?;
        Ok((self.opinion, self.published, said))
    }

    async fn run(app: &App, who: &Caller, id: HazardId, said: Self::Understood) -> Outcome<Receipt> {
        listing::delist(app, who, id, &said.0, &said.1, said.2).await
    }
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ListingCancellationSaid {
    #[serde(default)]
    pub listing_level: Option<String>,
    pub opinion: String,
    /// Where its end was made public, if it was listed in public.
    #[serde(default)]
    pub published: String,
    pub leader_name: String,
    pub leader_office: String,
    pub signed_on: String,
    #[serde(default)]
    pub leader_page: Vec<String>,
}

impl Said for ListingCancellationSaid {
    const ACT: Act = Act::CancelListing;
    type Understood = (String, String, listing::Said);

    fn understood(self) -> Outcome<Self::Understood> {
        let said = decided(
            self.listing_level.as_deref(),
            self.leader_name,
            self.leader_office,
            &self.signed_on,
            &self.leader_page,
        )?;
        Ok((self.opinion, self.published, said))
    }

    async fn run(app: &App, who: &Caller, id: HazardId, said: Self::Understood) -> Outcome<Receipt> {
        listing::cancel(app, who, id, &said.0, &said.1, said.2).await
    }
}

fn level_of(checks: &mut Checks, text: Option<&str>) -> Option<ListingLevel> {
    let text = text.map(str::trim).filter(|text| !text.is_empty())?;
    word(checks, "listing_level", text, ListingLevel::parse)
}

fn decided(
    level: Option<&str>,
    leader: String,
    leader_office: String,
    signed_on: &str,
    page: &[String],
) -> Outcome<listing::Said> {
    let mut checks = Checks::default();
    let level = level_of(&mut checks, level);
    let signed_on = day(&mut checks, "signed_on", signed_on);
    checks.done()?;
    Ok(listing::Said {
        level,
        leader,
        leader_office,
        signed_on: signed_on.ok_or_else(|| Failure::field("signed_on", "not-a-date"))?,
        page: files_of("leader_page", page)?,
    })
}
