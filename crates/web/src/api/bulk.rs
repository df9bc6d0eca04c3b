//! One act on several hazards: as many single acts, a result for each row, in the order in which they were named. What is said is
//! the body of that act; which acts may be said of several at once is the domain's to know (`domain::hazard::together`).

use app::{
    Caller, Failure, Request,
    hazard::together::{self, Item, Row},
    ids::sha256_hex,
};
use axum::{extract::State, http::StatusCode, response::Response};
use domain::{authority::Act, hazard::together::TOGETHER};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::{
    Body,
    acts::{Said, resource, say},
    json, read,
    shape::HazardReceipt,
};
use crate::{caller::Token, problem::Problem, site::Site, words::Words};

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BulkSaid {
    /// The resource of the act: `sign-off`, `confirmation`, `acceptance`, `assignment`, `receipt` or `extension-decision`.
    pub act: String,
    /// The body of that act, the same for each.
    #[schema(value_type = Object)]
    pub said: Map<String, Value>,
    /// 1 to 100, each hazard once.
    pub items: Vec<BulkItem>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BulkItem {
    /// Id of a hazard.
    pub hazard: String,
    /// The version that was seen; another one is refused as `stale`.
    pub if_match: Option<i64>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct BulkRows {
    /// In the order in which they were sent.
    pub items: Vec<BulkRow>,
    pub next: Option<String>,
    pub done: usize,
    pub refused: usize,
}

/// One of the two: the receipt of what was done, or why it was not.
#[derive(Debug, Serialize, ToSchema)]
pub struct BulkRow {
    pub hazard: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub receipt: Option<HazardReceipt>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problem: Option<crate::problem::Body>,
}

#[utoipa::path(post, path = "/api/v1/hazards/bulk", tag = "bulk", security(("token" = [])), request_body = BulkSaid,
    responses((status = 200, body = BulkRows), (status = 401, body = crate::problem::Body), (status = 422, body = crate::problem::Body)))]
/// Do one act to several hazards. Each is an act of its own; sent again under the same key, it goes on with what is left.
pub async fn several(State(site): State<Site>, token: Token, Body(body): Body) -> Result<Response, Problem> {
    let words = token.words;
    let problem = |failure| Problem::api(failure, words);
    let said: BulkSaid = read(&body, words)?;
    let act = act_of(&said.act).ok_or_else(|| problem(Failure::field("act", "not-for-several")))?;
    let items = said.items.into_iter().map(|item| Item {
        hazard: item.hazard,
        version: item.if_match,
    });
    let mut caller = token.live.caller.clone();
    caller.if_match = None;
    let body = Value::Object(said.said).to_string();
    caller.request = token.key.as_ref().map(|key| Request {
        key: key.clone(),
        sha256: sha256_hex(body.as_bytes()),
    });
    let rows: Result<Vec<Row>, Refused> = of_several!(act, as_bodies(&site, &caller, items.collect(), &body));
    let rows = rows.map_err(|refused| match refused {
        Refused::Unreadable(error) => Problem::unreadable(error, words),
        Refused::Failed(failure) => problem(failure),
    })?;
    let done = rows.iter().filter(|row| row.outcome.is_ok()).count();
    let rows = BulkRows {
        refused: rows.len() - done,
        items: rows.into_iter().map(|row| told(row, words)).collect(),
        next: None,
        done,
    };
    Ok(json(StatusCode::OK, &rows))
}

fn told(row: Row, words: Words) -> BulkRow {
    let (receipt, problem) = match row.outcome {
        Ok(receipt) => (Some(HazardReceipt::of(receipt)), None),
        Err(failure) => (None, Some(*Problem::api(failure, words).body)),
    };
    BulkRow {
        hazard: row.hazard,
        receipt,
        problem,
    }
}

/// The act that this resource is, where it may be done to several.
pub(crate) fn act_of(name: &str) -> Option<Act> {
    let named = |act: &&Act| resource(**act) == Some(name);
    TOGETHER.iter().find(named).copied()
}

/// Calls `$one` with the body of this act as its type.
macro_rules! of_several {
    ($act:expr, $one:ident($($with:expr),* $(,)?)) => {{
        use domain::authority::Act;
        use $crate::api::acts::*;
        match $act {
            Act::Confirm => $one::<ConfirmationSaid>($($with),*).await,
            Act::Accept => $one::<AcceptanceSaid>($($with),*).await,
            Act::Assign => $one::<AssignmentSaid>($($with),*).await,
            Act::Acknowledge => $one::<ReceiptSaid>($($with),*).await,
            Act::DecideExtension => $one::<ExtensionDecisionSaid>($($with),*).await,
            _ => Err(app::Failure::field("act", "not-for-several").into()),
        }
    }};
}
pub(crate) use of_several;

/// What cannot be read at all is refused once and for all rows; what cannot be taken is told in each, after what comes before it.
async fn as_bodies<T: Said>(
    site: &Site,
    caller: &Caller,
    items: Vec<Item>,
    body: &str,
) -> Result<Vec<Row>, Refused> {
    let read = || serde_json::from_str::<Object<T>>(body).map(|Object(said)| said);
    read().map_err(Refused::Unreadable)?;
    let one = |caller: Caller, id| async move {
        let said = read().map_err(|error| Failure::Broken(error.to_string()))?;
        said.fits_several()?;
        say(&site.app, &caller, id, said).await
    };
    Ok(together::together(&site.app, caller, T::ACT, items, one).await?)
}

enum Refused {
    Unreadable(serde_json::Error),
    Failed(Failure),
}

impl From<Failure> for Refused {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

/// An object with names, as everywhere in the API.
struct Object<T>(T);

impl<'de, T: Said> Deserialize<'de> for Object<T> {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        super::object(from).map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_act_for_several_has_a_resource() {
        for act in TOGETHER {
            let name = resource(*act).expect("an act on a hazard");
            assert_eq!(act_of(name), Some(*act));
        }
        assert_eq!(act_of("voiding"), None);
    }
}
