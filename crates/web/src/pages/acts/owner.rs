//! The owner of a spot, as the form names it. One that is entered with it is looked at once more where a unit of a like name is on the
//! list, or where its credit code was mistyped; the person says that it is right, and it is taken as it is.

use app::{
    Outcome,
    hazard::{show, similar},
};
use axum::{
    extract::{Path, State},
    response::Response,
};
use domain::{HazardId, subject::CreditCode};

use super::{Typed, act};
use crate::{
    api::acts::{NewOwnerSaid, OwnerSaid},
    caller::Browser,
    pages::{form::Form, told::Told},
    problem::Problem,
    site::Site,
};

impl Typed for OwnerSaid {
    fn typed(form: &Form) -> Outcome<Self> {
        let enter = form.given("enter_kind").map(|kind| NewOwnerSaid {
            kind,
            credit_code: form.given("enter_credit_code"),
            address: form.given("enter_address"),
            principal_head: form.given("enter_principal_head"),
        });
        Ok(Self {
            owner: form.get("owner").to_owned(),
            basis: form.get("basis").to_owned(),
            enter,
        })
    }

    async fn doubts(site: &Site, browser: &Browser, id: HazardId, form: &Form) -> Outcome<Option<Told>> {
        if form.get("enter_kind").is_empty() || form.get("enter_sure") == "yes" {
            return Ok(None);
        }
        let words = browser.words;
        let who = &browser.live.caller;
        let mut doubts = Vec::new();
        let code = form.get("enter_credit_code").to_ascii_uppercase();
        if !code.is_empty() && CreditCode::of(&code) == CreditCode::Mistyped {
            let doubt = words.get("owner.mistyped").to_owned();
            doubts.push(("enter_credit_code", "mistyped", doubt));
        }
        let home = show::find(&site.app, who, id).await?.home;
        let alike = similar::units(&site.app, who, &home.county, form.get("owner")).await?;
        if !alike.is_empty() {
            let names: Vec<&str> = alike.iter().map(|one| one.name.as_str()).collect();
            let names = names.join(words.get("list.comma"));
            let doubt = words.fill("owner.alike", &[("names", &names)]);
            doubts.push(("owner", "alike", doubt));
        }
        if doubts.is_empty() {
            return Ok(None);
        }
        doubts.push(("enter_sure", "required", words.get("owner.be_sure").to_owned()));
        Ok(Some(Told::doubted(doubts)))
    }
}

pub async fn owner(
    State(site): State<Site>,
    browser: Browser,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Problem> {
    act::<OwnerSaid>(site, browser, id, form).await
}
