//! What people do beside the stages: more time, a pause, a stop, a hand-over, another end, a look afterwards.

use app::hazard::{
    Receipt,
    assign::{acknowledge, assign, decline},
    correct::correct,
    dismiss::dismiss,
    extend::{ask_extension, decide_extension},
    instruct::{answer, instruct},
    merge::merge,
    name_owner::{NewOwner, Owner, name_owner},
    pause::{pause, resume},
    put_in_place::put_in_place,
    report::{ReportHazard, report},
    revisit::revisit,
    suspend::{ask_restart, review_restart, suspend},
    tell::tell,
    transfer::transfer,
};
use domain::{
    AgencyId, FileId,
    hazard::{
        DismissedAs, ToldTo,
        assign::Assign,
        course::{Fact, Part},
        event::Ordered,
        instruct::Instruct,
        report::Then,
        revisit::Revisit,
    },
    time::Day,
};

use super::{Named, PersonInOffice, file_id};
use crate::Answer;

impl PersonInOffice {
    /// A photo of this person's own, uploaded under no idempotency key; nothing where they may upload nothing.
    async fn evidence(&self) -> Vec<FileId> {
        let unkeyed = Self {
            request: None,
            ..self.clone()
        };
        let file = unkeyed.uploads().await;
        file.0.map(|file| vec![file_id(&file)]).unwrap_or_default()
    }

    /// A report that says what is to be done, by whom and within five days.
    pub async fn an_order(&self, description: &str) -> ReportHazard {
        let mut said = self.a_report(description).await;
        said.report.then = Then::Orders(Ordered {
            measures: "清理通道，划线标识。".to_owned(),
            responsible_person: "高志松".to_owned(),
            deadline: self.in_days(5),
            order_no: None,
        });
        said
    }

    pub async fn orders(&self, description: &str) -> Answer<Receipt> {
        let said = self.an_order(description).await;
        Answer(report(&self.app, &self.caller().await, said).await)
    }

    pub async fn fixes_on_the_spot(&self, description: &str) -> Answer<Receipt> {
        let mut said = self.a_report(description).await;
        said.report.then = Then::Fixed {
            summary: "当场移开货架，通道恢复畅通。".to_owned(),
        };
        Answer(report(&self.app, &self.caller().await, said).await)
    }

    pub async fn asks_extension(&self, hazard: &impl Named, to: Day) -> Answer<Receipt> {
        let reason = "门扇定制，供货须二十日。";
        Answer(ask_extension(&self.app, &self.caller().await, hazard.hazard(), to, reason).await)
    }

    pub async fn decides_extension(&self, hazard: &impl Named, passed: bool) -> Answer<Receipt> {
        let who = self.caller().await;
        Answer(decide_extension(&self.app, &who, hazard.hazard(), passed, "情况核实。").await)
    }

    pub async fn pauses(&self, hazard: &impl Named) -> Answer<Receipt> {
        Answer(
            pause(
                &self.app,
                &self.caller().await,
                hazard.hazard(),
                "山洪致道路中断。",
            )
            .await,
        )
    }

    pub async fn resumes(&self, hazard: &impl Named) -> Answer<Receipt> {
        Answer(resume(&self.app, &self.caller().await, hazard.hazard(), "道路抢通。").await)
    }

    pub async fn suspends(&self, hazard: &impl Named) -> Answer<Receipt> {
        let who = self.caller().await;
        let number = "汉滨应急现决〔2026〕1号";
        Answer(suspend(&self.app, &who, hazard.hazard(), number, "二楼裁剪车间").await)
    }

    pub async fn asks_restart(&self, hazard: &impl Named) -> Answer<Receipt> {
        let evidence = self.evidence().await;
        let who = self.caller().await;
        Answer(
            ask_restart(
                &self.app,
                &who,
                hazard.hazard(),
                "隐患已消除，申请复产。",
                &evidence,
            )
            .await,
        )
    }

    pub async fn reviews_restart(&self, hazard: &impl Named, passed: bool) -> Answer<Receipt> {
        let who = self.caller().await;
        Answer(review_restart(&self.app, &who, hazard.hazard(), passed, "现场审查。").await)
    }

    /// To an agency, with three days to reply; `basis` where a disputed duty is settled.
    pub async fn assigns(&self, hazard: &impl Named, to: AgencyId, basis: Option<&str>) -> Answer<Receipt> {
        let said = Assign {
            reply_by: self.in_days(3),
            basis: basis.map(str::to_owned),
        };
        Answer(assign(&self.app, &self.caller().await, hazard.hazard(), said, to).await)
    }

    pub async fn acknowledges(&self, hazard: &impl Named) -> Answer<Receipt> {
        Answer(acknowledge(&self.app, &self.caller().await, hazard.hazard()).await)
    }

    pub async fn declines(&self, hazard: &impl Named) -> Answer<Receipt> {
        Answer(
            decline(
                &self.app,
                &self.caller().await,
                hazard.hazard(),
                "不属本单位职责。",
            )
            .await,
        )
    }

    pub async fn transfers(&self, hazard: &impl Named, county: &str) -> Answer<Receipt> {
        let who = self.caller().await;
        Answer(transfer(&self.app, &who, hazard.hazard(), &county.into(), "点位不在本区。").await)
    }

    /// Into the hazard of this number or id.
    pub async fn merges(&self, hazard: &impl Named, into: &str) -> Answer<Receipt> {
        Answer(merge(&self.app, &self.caller().await, hazard.hazard(), into, "同一处。").await)
    }

    pub async fn dismisses(&self, hazard: &impl Named, ended_as: DismissedAs) -> Answer<Receipt> {
        let who = self.caller().await;
        Answer(dismiss(&self.app, &who, hazard.hazard(), ended_as, "现场核实。").await)
    }

    pub async fn revisits(&self, hazard: &impl Named, passed: bool) -> Answer<Receipt> {
        let evidence = self.evidence().await;
        let said = Revisit {
            passed,
            opinion: if passed {
                "整改属实。"
            } else {
                "货架又堵住通道。"
            }
            .to_owned(),
            visited_at: self.app.clock.now(),
        };
        Answer(revisit(&self.app, &self.caller().await, hazard.hazard(), said, &evidence).await)
    }

    pub async fn corrects(&self, hazard: &impl Named, fact: Fact, value: &str) -> Answer<Receipt> {
        let who = self.caller().await;
        Answer(correct(&self.app, &who, hazard.hazard(), fact, value, "填报有误。").await)
    }

    pub async fn tells(&self, hazard: &impl Named, to: ToldTo) -> Answer<Receipt> {
        let (who, today) = (self.caller().await, self.in_days(0));
        Answer(tell(&self.app, &who, hazard.hazard(), to, today, "书面报告。").await)
    }

    /// With a voucher where funds are shown; the person accepts by doing it.
    pub async fn puts_in_place(&self, hazard: &impl Named, part: Part) -> Answer<Receipt> {
        let evidence = match part {
            Part::Funds => self.evidence().await,
            _ => Vec::new(),
        };
        let who = self.caller().await;
        Answer(put_in_place(&self.app, &who, hazard.hazard(), part, "已落实。", &evidence).await)
    }

    /// One that is on no list yet.
    pub async fn enters_owner(&self, hazard: &impl Named, owner: NewOwner) -> Answer<Receipt> {
        let who = self.caller().await;
        let owner = Owner::Enters(owner);
        Answer(name_owner(&self.app, &who, hazard.hazard(), &owner, "现场核实。").await)
    }

    /// By id, credit code or whole name.
    pub async fn names_owner(&self, hazard: &impl Named, owner: &str) -> Answer<Receipt> {
        let who = self.caller().await;
        Answer(
            name_owner(
                &self.app,
                &who,
                hazard.hazard(),
                &Owner::Listed(owner.to_owned()),
                "养护协议。",
            )
            .await,
        )
    }

    /// Records what a deputy mayor wrote, with a photo of the page; the answer is asked for within a week.
    pub async fn records_an_instruction(&self, hazard: &impl Named) -> Answer<Receipt> {
        let page = self.evidence().await;
        let said = Instruct {
            leader_name: "罗安国".to_owned(),
            leader_office: "副市长".to_owned(),
            wording: "请盯住整改，限期办复。".to_owned(),
            signed_on: self.in_days(0),
            answer_by: Some(self.in_days(7)),
        };
        Answer(
            instruct(
                &self.app,
                &self.caller().await,
                hazard.hazard(),
                said,
                None,
                &page,
            )
            .await,
        )
    }

    pub async fn answers_the_instruction(&self, hazard: &impl Named) -> Answer<Receipt> {
        let who = self.caller().await;
        Answer(answer(&self.app, &who, hazard.hazard(), 1, "已约谈企业负责人。", &[]).await)
    }
}
