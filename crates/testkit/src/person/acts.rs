//! What people do, with something sensible said where the test does not care what.

use app::{
    complaint,
    directory::load::{agency_id, subject_id},
    file::receive::{FileReceipt, receive},
    hazard::{
        Receipt,
        accept_rectification::accept_rectification,
        confirm::confirm,
        determine::determine,
        interim_measure::take_interim_measure,
        plan::plan,
        rectify::rectify,
        report::{self, ReportHazard, report},
        sign_off::sign_off,
        void::void,
    },
    person_record::{self, PersonRecord},
    sign_off_list::{
        self, ListReceipt, Listed,
        decide::{self, Decided},
        open,
    },
};
use bytes::Bytes;
use domain::{
    ComplaintId, FileId, HazardId, PersonId, PersonOpeningId, SignOffListId,
    agency::Role,
    complaint::{Complain, Complaint, ComplaintKind},
    hazard::{
        Cause, Determination, InitialLevel, Source,
        accept::Accept,
        confirm::Confirm,
        determine::Determine,
        event::Ordered,
        plan::FilePlan,
        report::{Report, Then},
        sign_off::Decide,
    },
    money::Fen,
    person_opening::PersonOpening,
    place::Location,
    subject::SubjectKind,
    time::{Day, HOUR},
};

use super::{Named, PersonInOffice, file_id};
use crate::{Answer, SUBJECT, photo};

impl PersonInOffice {
    /// A report on the unit of `enterprise-1`, as this person would make it.
    pub async fn a_report(&self, description: &str) -> ReportHazard {
        let role = self.caller().await.actor.role;
        let now = self.app.clock.now();
        ReportHazard {
            kind: SubjectKind::Enterprise,
            subject: report::Named::Id(subject_id(SUBJECT)),
            report: Report {
                id: HazardId(self.app.ids.uuid(now)),
                description: description.to_owned(),
                location: Location {
                    text: "二楼裁剪车间东侧".to_owned(),
                    point: None,
                },
                initial_level: InitialLevel::General,
                source: if role == Role::Unit {
                    Source::SelfCheck
                } else {
                    Source::Patrol
                },
                found_at: None,
                then: Then::Waits,
            },
            photos: Vec::new(),
        }
    }

    pub async fn reports(&self, description: &str) -> Answer<Receipt> {
        let said = self.a_report(description).await;
        self.reports_as(said).await
    }

    pub async fn reports_as(&self, said: ReportHazard) -> Answer<Receipt> {
        Answer(report(&self.app, &self.caller().await, said).await)
    }

    /// General, not major, to be rectified within ten days.
    pub fn a_confirmation(&self) -> Confirm {
        Confirm {
            initial_level: InitialLevel::General,
            determination: Determination::NotMajor,
            clauses: vec!["GB 50016-2014（2018年版）5.5.8".to_owned()],
            deadline: self.in_days(10),
            order_no: None,
        }
    }

    pub fn in_days(&self, days: i64) -> Day {
        self.app.clock.now().day().plus_days(days)
    }

    pub async fn confirms(&self, hazard: &impl Named) -> Answer<Receipt> {
        self.confirms_as(hazard, self.a_confirmation()).await
    }

    pub async fn confirms_as(&self, hazard: &impl Named, said: Confirm) -> Answer<Receipt> {
        Answer(confirm(&self.app, &self.caller().await, hazard.hazard(), said, None).await)
    }

    /// Confirms and names who regulates, by the agency's name in the demo directory.
    pub async fn confirms_for(&self, hazard: &impl Named, regulator: &str) -> Answer<Receipt> {
        let said = self.a_confirmation();
        Answer(
            confirm(
                &self.app,
                &self.caller().await,
                hazard.hazard(),
                said,
                Some(agency_id(regulator)),
            )
            .await,
        )
    }

    pub async fn determines(&self, hazard: &impl Named, determination: Determination) -> Answer<Receipt> {
        let clauses = vec!["工贸企业重大事故隐患判定标准 第三条".to_owned()];
        let said = Determine {
            determination,
            clauses,
            basis: "现场核查并比对判定标准。".to_owned(),
        };
        Answer(determine(&self.app, &self.caller().await, hazard.hazard(), said).await)
    }

    /// All seven parts, to be done within five days.
    pub fn a_plan(&self) -> FilePlan {
        FilePlan {
            target: "疏散门恢复向外开启，通道净宽不小于1.4米。".to_owned(),
            measures: "拆除堆放货架，更换门扇。".to_owned(),
            funds: Fen(1_200_000),
            deadline: self.in_days(5),
            responsible_person: "高志松".to_owned(),
            responsible_unit: "青屿毛绒玩具（演示）有限公司".to_owned(),
            emergency_plan: "整改期间二楼停产，安排专人值守。".to_owned(),
        }
    }

    pub async fn plans(&self, hazard: &impl Named) -> Answer<Receipt> {
        self.plans_as(hazard, self.a_plan()).await
    }

    pub async fn plans_as(&self, hazard: &impl Named, said: FilePlan) -> Answer<Receipt> {
        Answer(plan(&self.app, &self.caller().await, hazard.hazard(), said).await)
    }

    /// The same plan, to be done by this day.
    pub async fn plans_until(&self, hazard: &impl Named, deadline: Day) -> Answer<Receipt> {
        let said = FilePlan {
            deadline,
            ..self.a_plan()
        };
        self.plans_as(hazard, said).await
    }

    /// Uploads a photo and says that it is done.
    pub async fn rectifies(&self, hazard: &impl Named) -> Answer<Receipt> {
        let unkeyed = Self {
            request: None,
            ..self.clone()
        };
        let file = unkeyed.uploads().await.good();
        self.rectifies_with(hazard, "货架已拆除，门扇已更换，通道畅通。", &[file_id(&file)])
            .await
    }

    pub async fn rectifies_with(
        &self,
        hazard: &impl Named,
        summary: &str,
        evidence: &[FileId],
    ) -> Answer<Receipt> {
        Answer(
            rectify(
                &self.app,
                &self.caller().await,
                hazard.hazard(),
                summary,
                evidence,
            )
            .await,
        )
    }

    /// Passed, after a visit an hour ago.
    pub fn an_acceptance(&self) -> Accept {
        Accept {
            passed: true,
            opinion: "现场核查，整改到位。".to_owned(),
            visited_at: Some(self.app.clock.now().plus(-HOUR)),
            place: Some("二楼裁剪车间".to_owned()),
            cause: Some(Cause::Management),
        }
    }

    /// Two certified people of the home county who have had no hand in it.
    pub async fn two_inspectors(&self, hazard: &impl Named) -> Vec<PersonId> {
        let everywhere = self.caller().await.actor.city_wide();
        let found = self
            .app
            .store
            .hazards(&everywhere)
            .find(hazard.hazard())
            .await
            .expect("hazards can be read");
        let found = found.expect("the hazard is there");
        let day = self.app.clock.now().day();
        let offices = self
            .app
            .store
            .directory()
            .offices(&found.home.county, true, day)
            .await
            .expect("offices can be read");
        let mut people: Vec<PersonId> = offices.iter().map(|office| office.person).collect();
        people.retain(|one| !found.hands.iter().any(|hand| hand.by.person == *one));
        people.sort_unstable();
        people.dedup();
        people.truncate(2);
        people
    }

    pub async fn accepts(&self, hazard: &impl Named) -> Answer<Receipt> {
        let inspectors = self.two_inspectors(hazard).await;
        self.accepts_as(hazard, self.an_acceptance(), &inspectors).await
    }

    pub async fn accepts_as(
        &self,
        hazard: &impl Named,
        said: Accept,
        inspectors: &[PersonId],
    ) -> Answer<Receipt> {
        Answer(accept_rectification(&self.app, &self.caller().await, hazard.hazard(), said, inspectors).await)
    }

    /// Sends it back to rectification: the city from sign-off, everybody else from acceptance.
    pub async fn returns(&self, hazard: &impl Named, reason: &str) -> Answer<Receipt> {
        if self.caller().await.actor.role == Role::CityOffice {
            return self.decides(hazard, false, reason).await;
        }
        let said = Accept {
            passed: false,
            opinion: reason.to_owned(),
            visited_at: None,
            place: None,
            cause: None,
        };
        self.accepts_as(hazard, said, &[]).await
    }

    pub async fn signs_off(&self, hazard: &impl Named) -> Answer<Receipt> {
        self.decides(hazard, true, "资料齐全，同意销号。").await
    }

    pub async fn decides(&self, hazard: &impl Named, passed: bool, opinion: &str) -> Answer<Receipt> {
        let said = Decide {
            passed,
            opinion: opinion.to_owned(),
            list: None,
        };
        Answer(sign_off(&self.app, &self.caller().await, hazard.hazard(), said).await)
    }

    pub async fn voids(&self, hazard: &impl Named, reason: &str) -> Answer<Receipt> {
        Answer(void(&self.app, &self.caller().await, hazard.hazard(), reason).await)
    }

    pub async fn takes_interim_measure(&self, hazard: &impl Named, text: &str) -> Answer<Receipt> {
        Answer(
            take_interim_measure(
                &self.app,
                &self.caller().await,
                hazard.hazard(),
                "suspend_work",
                text,
            )
            .await,
        )
    }

    /// A photo that nobody else has uploaded.
    pub async fn uploads(&self) -> Answer<FileReceipt> {
        let mark = self.app.ids.token();
        self.uploads_as("after.jpg", photo::with_place(&mark)).await
    }

    pub async fn uploads_as(&self, name: &str, bytes: Bytes) -> Answer<FileReceipt> {
        Answer(receive(&self.app, &self.caller().await, name, bytes).await)
    }

    /// What the county found: general, ordered by its safety office, re-checked and accepted there. Where the city grades, it then
    /// waits for a list.
    pub async fn brings_to_acceptance(&self, unit: &Self, description: &str) -> Receipt {
        let mut said = self.a_report(description).await;
        said.report.source = Source::CountyCheck;
        said.report.then = Then::Orders(Ordered {
            measures: "限期清除堆物。".to_owned(),
            responsible_person: "高志松".to_owned(),
            deadline: self.in_days(5),
            order_no: None,
        });
        let reported = self.reports_as(said).await.good();
        unit.rectifies(&reported).await.good();
        self.accepts(&reported).await.good()
    }

    pub async fn opens_a_list(&self, county: &str) -> Answer<ListReceipt> {
        Answer(open::open(&self.app, &self.caller().await, &county.into()).await)
    }

    pub async fn decides_the_list(&self, list: &ListReceipt, passed: bool, opinion: &str) -> Answer<Decided> {
        let id = SignOffListId::parse(&list.id).expect("a receipt names a list");
        Answer(decide::decide(&self.app, &self.caller().await, id, passed, opinion).await)
    }

    pub async fn looks_at_the_list(&self, list: &ListReceipt) -> Answer<Listed> {
        let id = SignOffListId::parse(&list.id).expect("a receipt names a list");
        Answer(sign_off_list::show(&self.app, &self.caller().await, id).await)
    }

    pub async fn complains(&self, words: &str, anonymous: bool) -> Answer<Complaint> {
        let said = Complain {
            id: ComplaintId(self.app.ids.uuid(self.app.clock.now())),
            kind: ComplaintKind::Repeated,
            text: words.to_owned(),
            page: "/hazards".to_owned(),
            anonymous,
        };
        Answer(complaint::complain(&self.app, &self.caller().await, said).await)
    }

    pub async fn opens_the_record_of(&self, other: &Self, reason: &str) -> Answer<PersonOpening> {
        let id = PersonOpeningId(self.app.ids.uuid(self.app.clock.now()));
        let person = other.person().await;
        Answer(person_record::open(&self.app, &self.caller().await, id, person, reason).await)
    }

    pub async fn reads_the_record_of(&self, other: &Self) -> Answer<PersonRecord> {
        let person = other.person().await;
        let most = person_record::MOST;
        Answer(person_record::show(&self.app, &self.caller().await, person, None, most).await)
    }

    pub async fn answers_the_complaint(&self, made: &Complaint, words: &str) -> Answer<Complaint> {
        Answer(complaint::answer(&self.app, &self.caller().await, made.id, words).await)
    }
}
