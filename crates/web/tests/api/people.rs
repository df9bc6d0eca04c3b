//! The five people of the loop, signed in, and hazards that they have brought to a stage. What is said is sensible where a test
//! does not care.

use serde_json::{Value, json};
use testkit::{World, photo};

use crate::client::{Api, Eyes};

pub struct People {
    pub api: Api,
    pub town: Eyes,
    pub unit: Eyes,
    pub county: Eyes,
    pub second: Eyes,
    pub city: Eyes,
}

impl People {
    pub async fn of(w: &World) -> Self {
        let api = Api::of(w);
        Self {
            town: api.signs_in("town-610902001").await,
            unit: api.signs_in("enterprise-1").await,
            county: api.signs_in("county-610902").await,
            second: api.signs_in("county-610902-2").await,
            city: api.signs_in("city").await,
            api,
        }
    }

    /// The id of a new hazard that has come this far.
    pub async fn hazard_at(&self, stage: &str) -> String {
        let reported = self.town.reports("二楼安全出口被货架堵塞").await;
        let id = reported["id"].as_str().expect("an id").to_owned();
        if stage == "void" {
            self.county.acts(&id, "voiding", &voiding()).await;
            return id;
        }
        let steps = [
            "reported",
            "confirmed",
            "rectifying",
            "submitted",
            "accepted",
            "signed_off",
        ];
        let steps_to_go = steps
            .iter()
            .position(|one| *one == stage)
            .unwrap_or_else(|| panic!("{stage} is no step"));
        for step in 0..steps_to_go {
            self.takes_step(&id, step).await;
        }
        id
    }

    /// A step of the ladder, as if it fell on the hazard now: days do not pass here, for sessions end after twelve hours.
    pub async fn escalation_of(&self, hazard: &str, step: &str) -> String {
        let app = &self.api.app;
        let scope = domain::scope::Scope {
            grants: vec![domain::scope::Grant::City {
                city: app.city().clone(),
                sectors: None,
            }],
        };
        let id = domain::HazardId::parse(hazard).expect("an id");
        let hazard = app
            .store
            .hazards(&scope)
            .find(id)
            .await
            .expect("it is read")
            .expect("it is there");
        let step = app.reference.escalation.step(step).expect("a step of the ladder");
        let now = app.clock.now();
        let due = hazard.due.as_ref().expect("it waits for a date").at.0;
        let id = app::escalation::sweep::id_of(&hazard, due, &step.id);
        let raised = domain::escalation::Escalation::raise(&hazard, step, id, app.ids.event(now), now);
        let stamp = store::Stamp {
            salt: app.ids.salt(),
            answer: None,
        };
        app.store
            .record(&raised.expect("a date"), stamp)
            .await
            .expect("it is raised");
        id.to_string()
    }

    async fn takes_step(&self, id: &str, step: usize) {
        match step {
            0 => self.county.acts(id, "confirmation", &confirmation()).await,
            1 => self.unit.acts(id, "plan", &plan()).await,
            2 => {
                self.unit
                    .acts(id, "rectification", &rectification(&self.unit.photo().await))
                    .await
            }
            3 => {
                self.second
                    .acts(
                        id,
                        "acceptance",
                        &acceptance(&self.second.inspectors_of(id).await),
                    )
                    .await
            }
            _ => self.city.acts(id, "sign-off", &sign_off()).await,
        };
    }
}

impl Eyes {
    /// Does what should go well, and gives the receipt.
    pub async fn acts(&self, id: &str, act: &str, said: &Value) -> Value {
        self.posts(&format!("/hazards/{id}/{act}"), said).await.is(200)
    }

    /// Uploads a photo that nobody else has, and gives its id.
    pub async fn photo(&self) -> String {
        let mark = self.token.get(..16).unwrap_or_default();
        let received = self.uploads("after.jpg", &photo::with_place(mark)).await.is(201);
        received["id"].as_str().expect("an id").to_owned()
    }

    /// Two of those whom acceptance may name.
    pub async fn inspectors_of(&self, id: &str) -> Vec<String> {
        let acts = self.gets(&format!("/hazards/{id}/acts")).await.is(200);
        let of = |items: &Value, name: &str, what: &str| {
            let items = items.as_array().cloned().unwrap_or_default();
            items
                .into_iter()
                .find(|one| one[name] == what)
                .unwrap_or_else(|| panic!("{what} is not offered: {acts}"))
        };
        let field = of(
            &of(&acts["items"], "act", "acceptance")["fields"],
            "name",
            "inspectors",
        );
        let choices = field["choices"].as_array().expect("choices");
        choices
            .iter()
            .take(2)
            .map(|one| one["value"].as_str().expect("an id").to_owned())
            .collect()
    }
}

pub fn confirmation() -> Value {
    json!({
        "initial_level": "general",
        "determination": "not_major",
        "clauses": ["GB 50016-2014（2018年版）5.5.8"],
        "deadline": "2026-03-20",
    })
}

/// A suspected major whose determination is left open.
pub fn open_confirmation() -> Value {
    json!({ "initial_level": "suspected_major", "determination": "pending", "deadline": "2026-03-20" })
}

pub fn determination() -> Value {
    json!({ "determination": "not_major", "basis": "现场核查并比对判定标准。" })
}

pub fn plan() -> Value {
    json!({
        "target": "疏散门恢复向外开启，通道净宽不小于1.4米。",
        "measures": "拆除堆放货架，更换门扇。",
        "funds_fen": 1_200_000,
        "deadline": "2026-03-10",
        "responsible_person": "高志松",
        "responsible_unit": "青屿毛绒玩具（演示）有限公司",
        "emergency_plan": "整改期间二楼停产，安排专人值守。",
    })
}

pub fn rectification(file: &str) -> Value {
    json!({ "summary": "货架已拆除，门扇已更换，通道畅通。", "evidence": [file] })
}

pub fn acceptance(inspectors: &[String]) -> Value {
    json!({
        "passed": true,
        "opinion": "现场核查，整改到位。",
        "visited_at": "2026-03-04T08:30:00+08:00",
        "place": "二楼裁剪车间",
        "inspectors": inspectors,
    })
}

pub fn sign_off() -> Value {
    json!({ "passed": true, "opinion": "资料齐全，同意销号。" })
}

pub fn interim_measure() -> Value {
    json!({ "kind": "suspend_work", "text": "二楼暂停作业。" })
}

pub fn voiding() -> Value {
    json!({ "reason": "与前一条重复。" })
}
