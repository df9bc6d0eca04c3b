//! The city's routes: what is in force, what comes, what was; what a change would cost, and the change itself.

pub mod preview;
pub mod set;

use domain::{
    change::Seen,
    route::{Route, RouteRule, RouteTable, version::RouteVersion},
};

use crate::{App, Failure, Outcome, ids::sha256_hex};

/// The most versions of one page.
pub const MOST_VERSIONS: usize = 20;

/// How the routes stand.
#[derive(Debug, Clone)]
pub struct Standing {
    pub in_force: RouteTable,
    /// The act by which they were set; `None` for what was loaded.
    pub set: Option<RouteVersion>,
    /// Set already, and still to come into force; the newest first.
    pub coming: Vec<RouteVersion>,
    /// As they were loaded, with the version of the record that all versions are entered on.
    pub loaded: RouteTable,
}

impl Standing {
    /// What a change is made against: the version of the record.
    pub fn version(&self) -> i64 {
        self.loaded.seen.version
    }
}

pub async fn show(app: &App) -> Outcome<Standing> {
    let loaded = loaded(app).await?;
    let today = app.clock.now().day();
    let door = &app.store.door;
    let in_force = app.store.routes_on(app.city(), today).await?;
    let in_force = in_force.unwrap_or_else(|| loaded.clone());
    let newest = store::route::versions(door, app.city(), None, MOST_VERSIONS).await?;
    // What was set last among those that hold is in force: one whose day is not before that of a later one never is.
    let mut overtaken_from = None;
    let mut coming = newest;
    coming.retain(|version| {
        let comes = overtaken_from.is_none_or(|day| version.holds_from < day);
        if comes {
            overtaken_from = Some(version.holds_from);
        }
        comes && version.no > in_force.no && version.holds_from > today
    });
    Ok(Standing {
        set: store::route::version(door, app.city(), in_force.no).await?,
        coming,
        in_force,
        loaded,
    })
}

/// Versions that were set, the newest first, and the number before which the next page begins.
pub async fn history(app: &App, before: Option<i64>) -> Outcome<(Vec<RouteVersion>, Option<i64>)> {
    let door = &app.store.door;
    let mut versions = store::route::versions(door, app.city(), before, MOST_VERSIONS + 1).await?;
    let more = versions.len() > MOST_VERSIONS;
    versions.truncate(MOST_VERSIONS);
    let next = versions.last().filter(|_| more).map(|last| last.no);
    Ok((versions, next))
}

/// One version, whether it was loaded or set.
pub async fn version(app: &App, no: i64) -> Outcome<RouteTable> {
    let loaded = loaded(app).await?;
    if no == loaded.no {
        return Ok(loaded);
    }
    let version = store::route::version(&app.store.door, app.city(), no).await?;
    let version = version.ok_or(Failure::NotFound)?;
    Ok(RouteTable {
        no,
        routes: version.routes,
        rules: version.rules,
        ..loaded
    })
}

/// The one that was set last, whether its day has come or not.
async fn newest(app: &App, loaded: &RouteTable) -> Outcome<RouteTable> {
    let newest = store::route::versions(&app.store.door, app.city(), None, 1).await?;
    Ok(newest.into_iter().next().map_or_else(
        || loaded.clone(),
        |version| RouteTable {
            no: version.no,
            routes: version.routes,
            rules: version.rules,
            ..loaded.clone()
        },
    ))
}

async fn loaded(app: &App) -> Outcome<RouteTable> {
    let loaded = app.store.routes(app.city()).await?;
    loaded.ok_or_else(|| Failure::Broken("the city has no table of routes".into()))
}

/// Routes and rules that nobody has set yet.
pub fn draft(app: &App, routes: Vec<Route>, rules: Vec<RouteRule>) -> RouteTable {
    RouteTable {
        city: app.city().clone(),
        seen: Seen::NEW,
        no: 0,
        routes,
        rules,
    }
}

/// Of the text that routes and rules make, as it stands in the database: routes, a line end, rules.
pub fn sha256_of(routes: &[Route], rules: &[RouteRule]) -> String {
    let text = format!("{}\n{}", store::table::json(&routes), store::table::json(&rules));
    sha256_hex(text.as_bytes())
}
