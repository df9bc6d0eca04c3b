//! A small unit confirms what its town recorded for it.

use app::{
    App, Caller, Outcome,
    hazard::{Receipt, confirm_proxy::confirm_proxy},
};
use domain::{FileId, HazardId, authority::Act};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{Said, files_of};

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProxyConfirmationSaid {
    /// Six digits of the unit's slip, unused.
    #[serde(default)]
    pub code: Option<String>,
    /// The signed page instead: ids of one's own uploads.
    #[serde(default)]
    pub signed_page: Vec<String>,
}

impl Said for ProxyConfirmationSaid {
    const ACT: Act = Act::ConfirmProxy;
    type Understood = (Option<String>, Vec<FileId>);

    fn understood(self) -> Outcome<Self::Understood> {
        let code = self.code.filter(|code| !code.trim().is_empty());
        Ok((code, files_of("signed_page", &self.signed_page)?))
    }

    async fn run(app: &App, who: &Caller, id: HazardId, said: Self::Understood) -> Outcome<Receipt> {
        confirm_proxy(app, who, id, said.0.as_deref(), &said.1).await
    }
}
