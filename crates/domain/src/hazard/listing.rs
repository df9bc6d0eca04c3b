//! Listed supervision 挂牌督办: a major hazard that a safety committee puts on its list and follows in public. Proposed by an office,
//! approved by a leader of the committee, served on the unit with a notice, reported on by cycle; taken off again 摘牌 once the case
//! has ended as rectified, with the leader's approval and the place of its publication, or cancelled where it should not have been
//! listed.
//!
//! A listing is part of its hazard. Acceptance and sign-off are the hazard's own acts and are not done twice; the hazard's dates
//! rule. The levels of a list hold beside one another: what the province lists, the city lists as well.

use serde::{Deserialize, Serialize};

use crate::{
    FileId,
    actor::Signature,
    authority::Act,
    change::{Change, Row},
    evidence::EvidenceFile,
    field::Checks,
    hazard::{Determination, EndedAs, Hazard, HazardEvent, Leader, Moment, course::Course},
    refusal::Refusal,
    time::Day,
};

crate::words! {
    /// Whose list it is on, from the highest to the lowest.
    ListingLevel { Province = "province", City = "city", County = "county" }
}

crate::words! {
    /// How often progress is reported.
    ReportCycle { Month = "month", Quarter = "quarter" }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listing {
    pub level: ListingLevel,
    /// What is demanded, beyond what was ordered.
    pub requirements: String,
    /// The leader who sees to it 包抓领导.
    pub leader: Leader,
    /// The day by which a plan of rectification is filed with the office that lists.
    pub plan_by: Day,
    pub reports_every: ReportCycle,
    pub proposed: Signature,
    pub approval: Option<Approval>,
    pub service: Option<Service>,
    pub progress: Vec<Progress>,
    pub end: Option<ListingEnd>,
}

/// A leader of the committee agreed; a clerk put that on the record with the signed page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approval {
    /// Number of the notice 挂牌督办通知书.
    pub number: String,
    pub leader: Leader,
    pub signed_on: Day,
    pub page: Vec<FileId>,
    pub by: Signature,
}

/// The notice was handed over, and who signed for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Service {
    pub on: Day,
    pub receiver: String,
    pub proof: Vec<FileId>,
    pub by: Signature,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    pub note: String,
    pub evidence: Vec<FileId>,
    pub by: Signature,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListingEnd {
    /// Taken off because it is rectified; otherwise it was cancelled.
    pub delisted: bool,
    pub opinion: String,
    pub leader: Leader,
    /// Where its end was made public; empty where it was never listed in public.
    pub published: String,
    pub page: Vec<FileId>,
    pub by: Signature,
}

impl Listing {
    pub fn is_open(&self) -> bool {
        self.end.is_none()
    }

    /// Approved and not ended: it counts as listed.
    pub fn is_in_force(&self) -> bool {
        self.is_open() && self.approval.is_some()
    }
}

impl Course {
    pub fn listings_open(&self) -> impl Iterator<Item = &Listing> {
        self.listings.iter().filter(|listing| listing.is_open())
    }

    fn listing_mut(
        &mut self,
        level: Option<ListingLevel>,
        fits: impl Fn(&Listing) -> bool,
    ) -> Option<&mut Listing> {
        let named = |listing: &&mut Listing| level.is_none_or(|level| listing.level == level);
        let open = self.listings.iter_mut().filter(|listing| listing.is_open());
        open.filter(named).find(|listing| fits(listing))
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct ProposeListing {
    pub level: ListingLevel,
    pub requirements: String,
    pub leader: String,
    pub leader_office: String,
    pub plan_by: Day,
    pub reports_every: ReportCycle,
}

/// What a leader decided, and the page that shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct Decided {
    /// Which listing, where several are open.
    pub level: Option<ListingLevel>,
    pub leader: String,
    pub leader_office: String,
    pub signed_on: Day,
    pub page: Vec<EvidenceFile>,
}

/// A plan is filed within this time of the proposal.
const PLAN_DAYS: i64 = 60;
/// More reports than a year's of weeks say nothing new.
const MOST_PROGRESS: usize = 60;

impl Hazard {
    /// The highest list that it stands on.
    pub fn listed(&self) -> Option<ListingLevel> {
        let levels = self.course.listings.iter().filter(|one| one.is_in_force());
        levels.map(|one| one.level).min_by_key(|level| rank(*level))
    }

    /// Whether an act about a listing has something to be about.
    pub(super) fn fits_listing(&self, act: Act) -> bool {
        let mut open = self.course.listings_open();
        match act {
            Act::ProposeListing => {
                self.determination() == Determination::Major && open.count() < ListingLevel::ALL.len()
            }
            Act::ApproveListing => open.any(|one| one.approval.is_none()),
            Act::ServeListing => open.any(|one| one.approval.is_some() && one.service.is_none()),
            Act::ReportProgress => {
                open.any(|one| one.service.is_some() && one.progress.len() < MOST_PROGRESS)
            }
            Act::Delist => self.stage.ended_as() == Some(EndedAs::Fixed) && open.any(Listing::is_in_force),
            Act::CancelListing => open.next().is_some(),
            _ => true,
        }
    }

    pub fn propose_listing(mut self, said: ProposeListing, moment: Moment) -> Result<Change, Refusal> {
        self.expects(Act::ProposeListing)?;
        let today = moment.now.day();
        let mut checks = Checks::default();
        if self.course.listings_open().any(|one| one.level == said.level) {
            checks.fail("listing_level", "listed-already");
        }
        let requirements = checks.text("requirements", &said.requirements, 2_000);
        let leader = Leader {
            person: None,
            name: checks.text("overseer", &said.leader, 60),
            office: checks.text("overseer_office", &said.leader_office, 120),
        };
        checks.not_before("plan_by", said.plan_by, today);
        checks.not_after("plan_by", said.plan_by, today.plus_days(PLAN_DAYS));
        checks.done()?;

        let before = self.cell();
        self.course.listings.push(Listing {
            level: said.level,
            requirements: requirements.clone(),
            leader: leader.clone(),
            plan_by: said.plan_by,
            reports_every: said.reports_every,
            proposed: moment.signature(),
            approval: None,
            service: None,
            progress: Vec::new(),
            end: None,
        });
        let told = HazardEvent::ListingProposed {
            level: said.level,
            requirements,
            leader,
            plan_by: said.plan_by,
            reports_every: said.reports_every,
        };
        Ok(self.recorded(before, &moment, Act::ProposeListing, told))
    }

    pub fn approve_listing(mut self, number: &str, said: Decided, moment: Moment) -> Result<Change, Refusal> {
        self.expects(Act::ApproveListing)?;
        let mut checks = Checks::default();
        let number = checks.text("order_no", number, 60);
        let (leader, page, files) = self.read_decided(&said, &mut checks, &moment);
        checks.done()?;

        let before = self.cell();
        let waits = |one: &Listing| one.approval.is_none();
        let Some(listing) = self.course.listing_mut(said.level, waits) else {
            return Err(Refusal::field("listing_level", "not-a-choice"));
        };
        let level = listing.level;
        listing.approval = Some(Approval {
            number: number.clone(),
            leader: leader.clone(),
            signed_on: said.signed_on,
            page: page.clone(),
            by: moment.signature(),
        });
        let told = HazardEvent::ListingApproved {
            level,
            number,
            leader,
            signed_on: said.signed_on,
            page,
        };
        Ok(with(
            self.recorded(before, &moment, Act::ApproveListing, told),
            files,
        ))
    }

    pub fn serve_listing(
        mut self,
        level: Option<ListingLevel>,
        on: Day,
        receiver: &str,
        proof: Vec<EvidenceFile>,
        moment: Moment,
    ) -> Result<Change, Refusal> {
        self.expects(Act::ServeListing)?;
        let mut checks = Checks::default();
        let receiver = checks.text("receiver", receiver, 60);
        checks.not_after("served_on", on, moment.now.day());
        let waits = |one: &Listing| one.approval.is_some() && one.service.is_none();
        let approved = self
            .course
            .listing_mut(level, waits)
            .and_then(|one| one.approval.as_ref());
        match approved {
            Some(approval) => checks.not_before("served_on", on, approval.signed_on),
            None => checks.fail("listing_level", "not-a-choice"),
        }
        let (proof, files) = self.attach("proof", proof, true, &mut checks, &moment);
        checks.done()?;

        let before = self.cell();
        let Some(listing) = self.course.listing_mut(level, waits) else {
            return Err(Refusal::field("listing_level", "not-a-choice"));
        };
        let level = listing.level;
        listing.service = Some(Service {
            on,
            receiver: receiver.clone(),
            proof: proof.clone(),
            by: moment.signature(),
        });
        let told = HazardEvent::ListingServed {
            level,
            on,
            receiver,
            proof,
        };
        Ok(with(
            self.recorded(before, &moment, Act::ServeListing, told),
            files,
        ))
    }

    /// One report is for every list that it stands on: nothing is written twice.
    pub fn report_progress(
        mut self,
        note: &str,
        evidence: Vec<EvidenceFile>,
        moment: Moment,
    ) -> Result<Change, Refusal> {
        self.expects(Act::ReportProgress)?;
        let mut checks = Checks::default();
        let note = checks.text("note", note, 2_000);
        let (evidence, files) = self.attach("evidence", evidence, false, &mut checks, &moment);
        checks.done()?;

        let before = self.cell();
        let report = Progress {
            note: note.clone(),
            evidence: evidence.clone(),
            by: moment.signature(),
        };
        let served = self.course.listings.iter_mut();
        for listing in served.filter(|one| one.is_open() && one.service.is_some()) {
            listing.progress.push(report.clone());
        }
        let told = HazardEvent::ProgressReported { note, evidence };
        Ok(with(
            self.recorded(before, &moment, Act::ReportProgress, told),
            files,
        ))
    }

    /// The case has ended as rectified, the leader agrees, and it is said where that was published.
    pub fn delist(
        self,
        opinion: &str,
        published: &str,
        said: Decided,
        moment: Moment,
    ) -> Result<Change, Refusal> {
        self.end_listing(Act::Delist, opinion, published, said, moment)
    }

    /// It was listed wrongly, or has ended otherwise.
    pub fn cancel_listing(
        self,
        reason: &str,
        published: &str,
        said: Decided,
        moment: Moment,
    ) -> Result<Change, Refusal> {
        self.end_listing(Act::CancelListing, reason, published, said, moment)
    }

    fn end_listing(
        mut self,
        act: Act,
        opinion: &str,
        published: &str,
        said: Decided,
        moment: Moment,
    ) -> Result<Change, Refusal> {
        self.expects(act)?;
        let delisted = act == Act::Delist;
        let mut checks = Checks::default();
        let opinion = checks.text("opinion", opinion, 1_000);
        let published = if delisted {
            checks.text("published", published, 300)
        } else {
            checks.optional("published", published, 300)
        };
        let (leader, page, files) = self.read_decided(&said, &mut checks, &moment);
        checks.done()?;

        let before = self.cell();
        let ends = |one: &Listing| !delisted || one.is_in_force();
        let Some(listing) = self.course.listing_mut(said.level, ends) else {
            return Err(Refusal::field("listing_level", "not-a-choice"));
        };
        let level = listing.level;
        listing.end = Some(ListingEnd {
            delisted,
            opinion: opinion.clone(),
            leader: leader.clone(),
            published: published.clone(),
            page: page.clone(),
            by: moment.signature(),
        });
        let told = HazardEvent::ListingEnded {
            level,
            delisted,
            opinion,
            leader,
            published,
            page,
        };
        Ok(with(self.recorded(before, &moment, act, told), files))
    }

    fn read_decided(
        &mut self,
        said: &Decided,
        checks: &mut Checks,
        moment: &Moment,
    ) -> (Leader, Vec<FileId>, Vec<EvidenceFile>) {
        let leader = Leader {
            person: None,
            name: checks.text("leader_name", &said.leader, 60),
            office: checks.text("leader_office", &said.leader_office, 120),
        };
        checks.not_after("signed_on", said.signed_on, moment.now.day());
        let (page, files) = self.attach("leader_page", said.page.clone(), true, checks, moment);
        (leader, page, files)
    }
}

fn rank(level: ListingLevel) -> usize {
    let at = ListingLevel::ALL.iter().position(|one| *one == level);
    at.unwrap_or(usize::MAX)
}

fn with(change: Change, files: Vec<EvidenceFile>) -> Change {
    files
        .into_iter()
        .fold(change, |change, file| change.and(Row::File(file)))
}
