//! What people do with the problem lists of visits.

use app::{
    hazard::Receipt,
    problem_list::{
        self, Done, Listed, accept, answer, list_problems, open, receive, send, sign_off, withdraw,
    },
    sign_off_list::ListReceipt,
};
use domain::{
    AgencyId, HazardId, PersonId, ProblemListId,
    hazard::Source,
    problem_list::{Remark, SendList, Visit, VisitKind},
};

use super::{Named, PersonInOffice};
use crate::Answer;

#[track_caller]
fn id_of(list: &ListReceipt) -> ProblemListId {
    ProblemListId::parse(&list.id).expect("a receipt names a list")
}

fn ids(hazards: &[&Receipt]) -> Vec<HazardId> {
    hazards.iter().map(|one| one.hazard()).collect()
}

impl PersonInOffice {
    /// A report on the unit of `enterprise-1`, made on a visit.
    pub async fn finds_on_a_visit(&self, description: &str) -> Receipt {
        let mut said = self.a_report(description).await;
        said.report.source = Source::Oversight;
        self.reports_as(said).await.good()
    }

    /// Today, unannounced.
    pub fn a_visit(&self) -> Visit {
        Visit {
            kind: VisitKind::Unannounced,
            from: self.in_days(0),
            until: self.in_days(0),
            team: vec!["陈静".to_owned(), "何志远".to_owned()],
            basis: "2026年度督查计划".to_owned(),
        }
    }

    pub async fn opens_a_problem_list(&self, county: &str, items: &[&Receipt]) -> Answer<ListReceipt> {
        let visit = self.a_visit();
        self.opens_a_problem_list_as(county, &visit, items).await
    }

    pub async fn opens_a_problem_list_as(
        &self,
        county: &str,
        visit: &Visit,
        items: &[&Receipt],
    ) -> Answer<ListReceipt> {
        let caller = self.caller().await;
        Answer(open::open(&self.app, &caller, &county.into(), visit, &ids(items)).await)
    }

    pub async fn lists_problems(
        &self,
        list: &ListReceipt,
        added: &[&Receipt],
        removed: &[&Receipt],
    ) -> Answer<Listed> {
        let caller = self.caller().await;
        let (added, removed) = (ids(added), ids(removed));
        Answer(list_problems::list_problems(&self.app, &caller, id_of(list), &added, &removed).await)
    }

    /// To be answered within ten days.
    pub fn a_letter(&self) -> SendList {
        SendList {
            reply_by: self.in_days(10),
            number: String::new(),
            demands: String::new(),
            contact: "陈静".to_owned(),
            telephone: "0915-0000000".to_owned(),
        }
    }

    pub async fn sends_the_problem_list(&self, list: &ListReceipt, to: AgencyId) -> Answer<Done> {
        let said = self.a_letter();
        self.sends_the_problem_list_as(list, to, &said).await
    }

    pub async fn sends_the_problem_list_as(
        &self,
        list: &ListReceipt,
        to: AgencyId,
        said: &SendList,
    ) -> Answer<Done> {
        Answer(send::send(&self.app, &self.caller().await, id_of(list), said, to).await)
    }

    pub async fn receives_the_problem_list(&self, list: &ListReceipt) -> Answer<Done> {
        Answer(receive::receive(&self.app, &self.caller().await, id_of(list)).await)
    }

    pub async fn accepts_on_the_problem_list(
        &self,
        list: &ListReceipt,
        items: &[&Receipt],
        inspectors: &[PersonId],
    ) -> Answer<Done> {
        let (caller, said) = (self.caller().await, self.an_acceptance());
        Answer(accept::accept(&self.app, &caller, id_of(list), &ids(items), &said, inspectors).await)
    }

    pub async fn answers_the_problem_list(
        &self,
        list: &ListReceipt,
        remarks: &[(&Receipt, &str)],
    ) -> Answer<Listed> {
        let remarks = remarks.iter().map(|(hazard, text)| Remark {
            hazard: hazard.hazard(),
            text: (*text).to_owned(),
        });
        let remarks: Vec<Remark> = remarks.collect();
        let caller = self.caller().await;
        Answer(answer::answer(&self.app, &caller, id_of(list), &remarks, "").await)
    }

    pub async fn signs_off_the_problem_list(&self, list: &ListReceipt) -> Answer<ListReceipt> {
        Answer(sign_off::sign_off(&self.app, &self.caller().await, id_of(list)).await)
    }

    pub async fn withdraws_the_problem_list(&self, list: &ListReceipt, reason: &str) -> Answer<Listed> {
        Answer(withdraw::withdraw(&self.app, &self.caller().await, id_of(list), reason).await)
    }

    pub async fn looks_at_the_problem_list(&self, list: &ListReceipt) -> Answer<Listed> {
        Answer(problem_list::show(&self.app, &self.caller().await, id_of(list)).await)
    }
}
