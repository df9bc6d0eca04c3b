//! The OpenAPI document: it is sound in itself, it names every route and nothing else, and the other tests read their routes from it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};
use testkit::on_both_engines;

use crate::client::Api;

pub const METHODS: [&str; 5] = ["GET", "POST", "PUT", "PATCH", "DELETE"];

/// One operation of the document.
#[derive(Debug, Clone)]
pub struct Route {
    pub method: String,
    /// As the document has it: `/api/v1/hazards/{id}`.
    pub path: String,
    pub operation: Value,
}

impl Route {
    pub fn has_id(&self) -> bool {
        self.path.contains("{id}")
    }

    pub fn at(&self, id: &str) -> String {
        self.path.replace("{id}", id)
    }

    pub fn needs_a_token(&self) -> bool {
        self.operation["security"].is_array()
    }

    /// The least that can be read as its body: every required field, each of its type. `None` for routes that take no JSON.
    pub fn body(&self) -> Option<Value> {
        let schema = self
            .operation
            .pointer("/requestBody/content/application~1json/schema")?;
        Some(least(schema))
    }

    /// Whether it takes a form with a file.
    pub fn takes_a_file(&self) -> bool {
        self.operation
            .pointer("/requestBody/content/multipart~1form-data")
            .is_some()
    }

    pub fn query(&self) -> Vec<String> {
        let parameters = self.operation["parameters"]
            .as_array()
            .cloned()
            .unwrap_or_default();
        let named = parameters.iter().filter(|one| one["in"] == "query");
        named
            .filter_map(|one| one["name"].as_str().map(str::to_owned))
            .collect()
    }
}

pub fn document() -> Value {
    serde_json::to_value(web::api::openapi::openapi()).expect("the document is JSON")
}

pub fn routes() -> Vec<Route> {
    let document = document();
    let paths = document["paths"].as_object().expect("paths");
    let of = |(path, item): (&String, &Value)| {
        let operations = item.as_object().cloned().unwrap_or_default();
        let path = path.clone();
        operations.into_iter().map(move |(method, operation)| Route {
            method: method.to_uppercase(),
            path: path.clone(),
            operation,
        })
    };
    paths.iter().flat_map(of).collect()
}

fn least(schema: &Value) -> Value {
    let document = document();
    let schema = match schema["$ref"].as_str() {
        Some(name) => document
            .pointer(name.trim_start_matches('#'))
            .expect("a reference leads somewhere"),
        None => schema,
    };
    match schema["type"].as_str() {
        Some("object") => {
            let required = schema["required"].as_array().cloned().unwrap_or_default();
            let field = |name: &Value| {
                let name = name.as_str().expect("a name");
                (name.to_owned(), least(&schema["properties"][name]))
            };
            Value::Object(required.iter().map(field).collect::<Map<String, Value>>())
        }
        Some("string") => json!("x"),
        Some("boolean") => json!(true),
        Some("integer") => json!(1),
        Some("array") => json!([]),
        other => panic!("no least value is known for the type {other:?}: {schema}"),
    }
}

fn references(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            found.extend(fields.get("$ref").and_then(Value::as_str).map(str::to_owned));
            fields.values().for_each(|value| references(value, found));
        }
        Value::Array(values) => values.iter().for_each(|value| references(value, found)),
        _ => {}
    }
}

#[test]
fn every_reference_leads_somewhere_and_no_schema_is_forgotten() {
    let document = document();
    assert!(
        document["openapi"]
            .as_str()
            .is_some_and(|version| version.starts_with("3.1"))
    );
    let mut found = BTreeSet::new();
    references(&document, &mut found);
    assert!(found.len() > 30, "{found:?}");
    for reference in &found {
        assert!(
            document.pointer(reference.trim_start_matches('#')).is_some(),
            "{reference} leads nowhere"
        );
    }
    let schemas = document["components"]["schemas"].as_object().expect("schemas");
    for name in schemas.keys() {
        assert!(
            found.contains(&format!("#/components/schemas/{name}")),
            "nothing speaks of {name}"
        );
    }
}

#[test]
fn every_operation_says_what_it_is_and_how_it_fails() {
    let mut names = BTreeSet::new();
    for route in routes() {
        let (operation, at) = (&route.operation, format!("{} {}", route.method, route.path));
        assert!(
            operation["summary"]
                .as_str()
                .is_some_and(|summary| summary.ends_with('.')),
            "{at} has no summary"
        );
        let name = operation["operationId"].as_str().unwrap_or_default();
        assert!(
            !name.is_empty() && names.insert(name.to_owned()),
            "{at} is not the only {name}"
        );
        let answers = operation["responses"].as_object().expect("answers");
        for (status, answer) in answers {
            assert!(
                answer["description"]
                    .as_str()
                    .is_some_and(|text| !text.is_empty()),
                "{at} {status}"
            );
            if !status.starts_with('2') {
                let problem = answer.pointer("/content/application~1problem+json/schema/$ref");
                assert_eq!(
                    problem,
                    Some(&json!("#/components/schemas/Problem")),
                    "{at} {status}"
                );
            }
        }
        let open = route.path == "/api/v1/sessions";
        assert_ne!(route.needs_a_token(), open, "{at}");
        let expected = [
            ("401", true),
            ("404", route.has_id()),
            ("422", route.method == "POST"),
            ("413", route.method == "POST"),
        ];
        for (status, expected) in expected {
            assert!(
                answers.contains_key(status) || !expected,
                "{at} can be answered with {status}"
            );
        }
        let declared = operation["parameters"].to_string().contains("\"in\":\"path\"");
        assert_eq!(declared, route.has_id(), "{at} declares the id in its path");
    }
}

/// Paths of the API as they stand in the one file that has them all.
fn paths_in_the_source() -> BTreeSet<String> {
    let source = include_str!("../../src/routes.rs");
    let api = source
        .split("let api = Router::new()")
        .nth(1)
        .expect("the API has a router of its own");
    let api = api.split(".fallback(").next().unwrap_or_default();
    let paths = api
        .split(".route(")
        .skip(1)
        .filter_map(|rest| rest.split('"').nth(1));
    paths.map(|path| format!("/api/v1{path}")).collect()
}

on_both_engines! {
    /// What each path answers to is asked of the router: `Allow` names the methods.
    async fn every_route_stands_in_the_document_and_nothing_else_does(w: &World) {
        let mut documented: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for route in routes() {
            documented.entry(route.path).or_default().insert(route.method);
        }
        let api = Api::of(w);
        let mut routed = BTreeMap::new();
        for path in paths_in_the_source() {
            let answer = api.anonymous("TRACE", &path.replace("{id}", "x"), "").await;
            answer.is_problem(405, "no-such-method");
            let allowed = answer.header("allow").split(',').map(str::trim).filter(|method| *method != "HEAD");
            routed.insert(path, allowed.map(str::to_owned).collect::<BTreeSet<String>>());
        }
        assert!(routed.len() > 10, "the scan no longer finds the routes: {routed:?}");
        assert_eq!(documented, routed);
    }

    async fn the_document_is_served(w: &World) {
        let answer = Api::of(w).anonymous("GET", "/api/openapi.json", "").await;
        assert_eq!((answer.status, answer.header("content-type")), (200, "application/json"));
        assert_eq!(answer.json(), document());
    }
}
