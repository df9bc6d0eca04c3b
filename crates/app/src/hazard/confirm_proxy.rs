//! A small unit confirms what its town recorded for it: by a code of its slip, or by the signed page.

use domain::{FileId, HazardId, authority::Act, hazard::confirm_proxy::Confirming};

use super::{Receipt, act_on, files, show};
use crate::{App, Caller, Failure, Outcome, proxy};

/// Either a code or the files of the signed page; the unit's own people need neither.
pub async fn confirm_proxy(
    app: &App,
    who: &Caller,
    id: HazardId,
    code: Option<&str>,
    page: &[FileId],
) -> Outcome<Receipt> {
    let gather = || async {
        match code {
            Some(_) if !page.is_empty() => Err(Failure::field("code", "code-or-page")),
            Some(code) => {
                let subject = show::find(app, who, id).await?.subject.id;
                let (proxy, code) = proxy::entered(app, who, subject, code).await?;
                let proxy = Box::new(proxy);
                Ok(Confirming::Code { proxy, code })
            }
            None if page.is_empty() && who.actor.unit.is_some() => Ok(Confirming::Itself),
            None => Ok(Confirming::Page(files(app, "signed_page", page).await?)),
        }
    };
    act_on(app, who, id, Act::ConfirmProxy, gather, |hazard, how, moment| {
        hazard.confirm_proxy(how, moment)
    })
    .await
}
