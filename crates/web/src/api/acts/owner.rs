//! What was found as nobody's gets the unit that answers for it.

use app::{
    App, Caller, Outcome,
    hazard::{
        Receipt,
        name_owner::{NewOwner, Owner, name_owner},
    },
};
use domain::{HazardId, authority::Act, field::Checks, subject::SubjectKind};
use serde::Deserialize;
use utoipa::ToSchema;

use super::Said;

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OwnerSaid {
    /// Id, credit code or whole name of a unit of the same county; with `enter`, the name of one that is on no list.
    pub owner: String,
    /// What it is theirs by: contract, register, minutes.
    pub basis: String,
    /// Enters the owner in the same step, unverified. `/subjects?alike=` tells beforehand which units have a like name.
    pub enter: Option<NewOwnerSaid>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewOwnerSaid {
    /// `enterprise`, `project`, `venue`, `household` or `public_asset`.
    pub kind: String,
    /// Unified social credit code, where it has one and it is known.
    pub credit_code: Option<String>,
    pub address: Option<String>,
    /// Who heads it.
    pub principal_head: Option<String>,
}

impl Said for OwnerSaid {
    const ACT: Act = Act::NameOwner;
    type Understood = (Owner, String);

    fn understood(self) -> Outcome<(Owner, String)> {
        let Some(new) = self.enter else {
            return Ok((Owner::Listed(self.owner), self.basis));
        };
        let mut checks = Checks::default();
        let kind = super::word(&mut checks, "enter.kind", new.kind.trim(), SubjectKind::parse);
        checks.done()?;
        let kind = kind.ok_or(app::Failure::field("enter.kind", "required"))?;
        let owner = Owner::Enters(NewOwner {
            kind,
            name: self.owner,
            credit_code: new.credit_code.unwrap_or_default(),
            address: new.address.unwrap_or_default(),
            principal_head: new.principal_head.unwrap_or_default(),
        });
        Ok((owner, self.basis))
    }

    async fn run(app: &App, who: &Caller, id: HazardId, said: (Owner, String)) -> Outcome<Receipt> {
        name_owner(app, who, id, &said.0, &said.1).await
    }
}
