//! The form of a change: read from what a browser sent, and filled from a table. No name of a field leaves this file.

use domain::{
    hazard::{Determination, InitialLevel, Source},
    route::{
        Ending, PlanDemand, Recheck, Route, RouteRule, Visit,
        check::{MOST_ROUTES, MOST_RULES},
    },
};

use super::{super::form::Form, told};
use crate::{
    views::{
        form::Choice,
        routes::{RouteChoice, RouteFields, RuleFields},
    },
    words::Words,
};

/// Routes and rules as they were typed, with what could not be read.
#[derive(Debug, Clone, Default)]
pub struct Draft {
    pub routes: Vec<Route>,
    pub rules: Vec<RouteRule>,
    /// Names of the fields and their keys in the catalogue.
    pub unread: Vec<(String, &'static str)>,
}

/// What a button of the form asks for, beside showing it again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    Preview,
    AddRule,
    AddRoute,
    DropRule(usize),
    DropRoute(usize),
    Up(usize),
    Down(usize),
}

impl Asked {
    pub fn read(word: &str) -> Self {
        let (what, at) = word.split_once('.').unwrap_or((word, ""));
        let at = at.parse().unwrap_or(usize::MAX);
        match what {
            "add_rule" => Self::AddRule,
            "add_route" => Self::AddRoute,
            "drop_rule" => Self::DropRule(at),
            "drop_route" => Self::DropRoute(at),
            "up" => Self::Up(at),
            "down" => Self::Down(at),
            _ => Self::Preview,
        }
    }
}

impl Draft {
    pub fn read(form: &Form) -> Self {
        let mut draft = Self::default();
        for at in 0..=MOST_ROUTES {
            if form
                .fields
                .iter()
                .any(|(name, _)| *name == format!("route.{at}.id"))
            {
                let route = draft.read_route(form, at);
                draft.routes.push(route);
            }
        }
        for at in 0..=MOST_RULES {
            if form
                .fields
                .iter()
                .any(|(name, _)| *name == format!("rule.{at}.route"))
            {
                let rule = draft.read_rule(form, at);
                draft.rules.push(rule);
            }
        }
        draft
    }

    fn read_route(&mut self, form: &Form, at: usize) -> Route {
        let get = |name: &str| form.get(&format!("route.{at}.{name}"));
        let is = |name: &str| get(name) == "yes";
        Route {
            id: get("id").into(),
            name_zh: get("name_zh").to_owned(),
            name_en: get("name_en").to_owned(),
            confirm: is("confirm"),
            plan: PlanDemand::parse(get("plan")).unwrap_or(PlanDemand::Full),
            evidence: is("evidence"),
            recheck: Recheck::parse(get("recheck")).unwrap_or(Recheck::County),
            inspectors: self.number(form, &format!("route.{at}.inspectors"), "route_field.inspectors"),
            visit: Visit::parse(get("visit")).unwrap_or(Visit::Major),
            in_place: is("in_place"),
            cause: is("cause"),
            ending: Ending::parse(get("ending")).unwrap_or(Ending::Items),
            sample: self.number(form, &format!("route.{at}.sample"), "route_field.sample"),
        }
    }

    fn read_rule(&mut self, form: &Form, at: usize) -> RouteRule {
        let get = |name: &str| form.get(&format!("rule.{at}.{name}"));
        let returns = format!("rule.{at}.returns");
        RouteRule {
            initial_level: InitialLevel::parse(get("level")),
            determination: Determination::parse(get("determination")),
            source: Source::parse(get("source")),
            returns: form
                .given(&returns)
                .map(|_| self.number(form, &returns, "routes.returns")),
            route: get("route").into(),
        }
    }

    fn number(&mut self, form: &Form, name: &str, label: &'static str) -> u8 {
        match form.get(name) {
            "" => 0,
            typed => typed.parse().unwrap_or_else(|_| {
                self.unread.push((name.to_owned(), label));
                0
            }),
        }
    }

    /// The form as the pressed button wants it.
    pub fn change(&mut self, asked: Asked) {
        let rules = self.rules.len();
        match asked {
            Asked::AddRule if rules < MOST_RULES => {
                // Before the last, which holds for all that is left.
                let route = self
                    .routes
                    .first()
                    .map_or_else(|| "".into(), |route| route.id.clone());
                self.rules.insert(rules.saturating_sub(1), any_to(route));
            }
            Asked::AddRoute if self.routes.len() < MOST_ROUTES => {
                let copy = self.routes.last().cloned();
                self.routes.extend(copy.map(|copy| Route {
                    id: self.free_id(),
                    name_zh: "新路线".into(),
                    name_en: "New route".into(),
                    ..copy
                }));
            }
            Asked::DropRule(at) if at < rules => {
                self.rules.remove(at);
            }
            Asked::DropRoute(at) if at < self.routes.len() => {
                self.routes.remove(at);
            }
            Asked::Up(at) if at > 0 && at < rules => self.rules.swap(at, at - 1),
            Asked::Down(at) if at + 1 < rules => self.rules.swap(at, at + 1),
            _ => {}
        }
    }

    fn free_id(&self) -> domain::RouteId {
        let taken = |id: &str| self.routes.iter().any(|route| route.id.as_str() == id);
        let ids = (1..).map(|n| format!("r{n}"));
        let mut free = ids.filter(|id| !taken(id));
        free.next().unwrap_or_default().as_str().into()
    }

    pub fn rule_fields(&self, words: Words) -> Vec<RuleFields> {
        let fields = self.rules.iter().enumerate().map(|(at, rule)| RuleFields {
            at,
            n: at + 1,
            level: any_or(
                "level",
                InitialLevel::ALL,
                InitialLevel::as_str,
                rule.initial_level,
                words,
            ),
            determination: any_or(
                "determination",
                Determination::ALL,
                Determination::as_str,
                rule.determination,
                words,
            ),
            source: any_or("source", Source::ALL, Source::as_str, rule.source, words),
            returns: rule.returns.map(|n| n.to_string()).unwrap_or_default(),
            route: self
                .routes
                .iter()
                .map(|route| Choice {
                    value: route.id.to_string(),
                    label: told::name_of(route, words).to_owned(),
                    hint: None,
                    chosen: route.id == rule.route,
                })
                .collect(),
            first: at == 0,
            last: at + 1 == self.rules.len(),
        });
        fields.collect()
    }

    pub fn route_fields(&self, words: Words) -> Vec<RouteFields> {
        let fields = self.routes.iter().enumerate().map(|(at, route)| RouteFields {
            at,
            id: route.id.to_string(),
            title: told::name_of(route, words).to_owned(),
            sentence: told::sentence(route, words),
            name_zh: route.name_zh.clone(),
            name_en: route.name_en.clone(),
            inspectors: route.inspectors.to_string(),
            sample: route.sample.to_string(),
            choices: choices(route, words),
            // A new one is open: it has to be filled in.
            open: route.name_zh == "新路线",
        });
        fields.collect()
    }
}

fn any_to(route: domain::RouteId) -> RouteRule {
    RouteRule {
        initial_level: None,
        determination: None,
        source: None,
        returns: None,
        route,
    }
}

fn any_or<T: Copy + PartialEq>(
    family: &str,
    all: &[T],
    code: fn(T) -> &'static str,
    chosen: Option<T>,
    words: Words,
) -> Vec<Choice> {
    let any = Choice {
        value: String::new(),
        label: words.get("routes.any").to_owned(),
        hint: None,
        chosen: chosen.is_none(),
    };
    let each = all.iter().map(|one| Choice {
        value: code(*one).to_owned(),
        label: words.of(family, code(*one)),
        hint: None,
        chosen: chosen == Some(*one),
    });
    std::iter::once(any).chain(each).collect()
}

fn choices(route: &Route, words: Words) -> Vec<RouteChoice> {
    let of = |name: &'static str, family: &str, codes: Vec<&'static str>, chosen: &str| RouteChoice {
        name,
        label: words.of("route_field", name),
        options: codes
            .into_iter()
            .map(|code| Choice {
                value: code.to_owned(),
                label: words.of(family, code),
                hint: None,
                chosen: code == chosen,
            })
            .collect(),
    };
    let is = |name, chosen| of(name, "route_is", vec!["no", "yes"], told::yes(chosen));
    let plans = PlanDemand::ALL.iter().map(|one| one.as_str()).collect();
    let visits = Visit::ALL.iter().map(|one| one.as_str()).collect();
    let endings = Ending::ALL.iter().map(|one| one.as_str()).collect();
    vec![
        of(
            "confirm",
            "route_confirm",
            vec!["no", "yes"],
            told::yes(route.confirm),
        ),
        of("plan", "route_plan", plans, route.plan.as_str()),
        is("evidence", route.evidence),
        of(
            "recheck",
            "route_recheck",
            told::recheck_words(),
            route.recheck.as_str(),
        ),
        of("visit", "route_visit", visits, route.visit.as_str()),
        is("in_place", route.in_place),
        is("cause", route.cause),
        of("ending", "route_ending", endings, route.ending.as_str()),
    ]
}
