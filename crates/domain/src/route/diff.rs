//! In what two tables of routes differ, piece by piece, so that a version can be told in words.

use super::{Route, RouteRule, RouteTable};

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Difference<'a> {
    RouteNew(&'a Route),
    RouteGone(&'a Route),
    /// One field of a route, with its words or figures before and after.
    RouteField {
        route: &'a Route,
        field: &'static str,
        was: String,
        is: String,
    },
    RuleNew(&'a RouteRule),
    RuleGone(&'a RouteRule),
    /// The same rules are read in another order.
    Reordered,
}

impl RouteTable {
    /// From `before` to this one.
    pub fn differences<'a>(&'a self, before: &'a RouteTable) -> Vec<Difference<'a>> {
        let mut told = Vec::new();
        for route in &self.routes {
            match before.route(&route.id) {
                Some(old) => told.extend(fields(old, route)),
                None => told.push(Difference::RouteNew(route)),
            }
        }
        let gone = before.routes.iter().filter(|old| self.route(&old.id).is_none());
        told.extend(gone.map(Difference::RouteGone));

        let (mut stayed, mut new) = (Vec::new(), Vec::new());
        let mut old: Vec<Option<&RouteRule>> = before.rules.iter().map(Some).collect();
        for rule in &self.rules {
            match old.iter().position(|one| *one == Some(rule)) {
                Some(at) => {
                    stayed.push(at);
                    old[at] = None;
                }
                None => new.push(Difference::RuleNew(rule)),
            }
        }
        told.extend(new);
        told.extend(old.into_iter().flatten().map(Difference::RuleGone));
        if !stayed.is_sorted() {
            told.push(Difference::Reordered);
        }
        told
    }
}

/// Every field of a route as people compare it: a word of a closed list, a figure, or a name.
pub fn told(route: &Route) -> [(&'static str, String); 12] {
    let yes = |is: bool| if is { "yes" } else { "no" }.to_owned();
    [
        ("name_zh", route.name_zh.clone()),
        ("name_en", route.name_en.clone()),
        ("confirm", yes(route.confirm)),
        ("plan", route.plan.to_string()),
        ("evidence", yes(route.evidence)),
        ("recheck", route.recheck.to_string()),
        ("inspectors", route.inspectors.to_string()),
        ("visit", route.visit.to_string()),
        ("in_place", yes(route.in_place)),
        ("cause", yes(route.cause)),
        ("ending", route.ending.to_string()),
        ("sample", route.sample.to_string()),
    ]
}

fn fields<'a>(old: &'a Route, new: &'a Route) -> Vec<Difference<'a>> {
    let pairs = told(old).into_iter().zip(told(new));
    let changed = pairs.filter(|((_, was), (_, is))| was != is);
    changed
        .map(|((field, was), (_, is))| Difference::RouteField {
            route: new,
            field,
            was,
            is,
        })
        .collect()
}
