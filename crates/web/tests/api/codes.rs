//! Every code that the sources can answer has its sentence in both languages: nobody reads `field_error.too-long`.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use domain::{
    agency::Role,
    authority::Act,
    hazard::{Determination, InitialLevel, Source, StageName},
    subject::SubjectKind,
};
use web::words::{Language, Words};

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder)
        .expect("the sources are beside the tests")
        .flatten()
    {
        let path = entry.path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|end| end == "rs") {
            found.push(path);
        }
    }
}

/// The text of every source file of the rules, the use cases and the web, without tests and comments.
fn texts() -> Vec<(PathBuf, String)> {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut files = Vec::new();
    for name in ["domain", "app", "web"] {
        sources(&crates.join(name).join("src"), &mut files);
    }
    let read = |path: PathBuf| {
        let text = fs::read_to_string(&path).expect("a source file can be read");
        let text = text.split("#[cfg(test)]").next().unwrap_or_default().to_owned();
        let said = text.lines().filter(|line| !line.trim_start().starts_with("//"));
        let said = said.collect::<Vec<_>>().join("\n");
        (path, said)
    };
    files.into_iter().map(read).collect()
}

/// What stands between the bracket that `rest` begins behind and the one that closes it.
fn arguments(rest: &str) -> &str {
    let mut depth = 1;
    for (at, c) in rest.char_indices() {
        match c {
            '(' | '{' => depth += 1,
            ')' | '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return &rest[..at];
        }
    }
    rest
}

fn literals(text: &str) -> Vec<&str> {
    text.split('"').skip(1).step_by(2).collect()
}

/// Fields and codes of every call that refuses a field.
fn refused_fields() -> (BTreeSet<String>, BTreeSet<String>) {
    let (mut fields, mut codes) = (BTreeSet::new(), BTreeSet::new());
    for (_, text) in texts() {
        for call in [
            ".fail(",
            ".fail_at(",
            "Failure::field(",
            "Refusal::field(",
            "Self::field(",
            "FieldError {",
        ] {
            for rest in text.split(call).skip(1) {
                let said = arguments(rest);
                // Pages have a struct of the same name, for what is shown.
                if call.starts_with("FieldError") && !said.contains("code: \"") {
                    continue;
                }
                let names_its_field = said.trim_start().starts_with('"') || said.contains("field: \"");
                let mut said = literals(said).into_iter();
                fields.extend(names_its_field.then(|| said.next()).flatten().map(str::to_owned));
                codes.extend(said.map(str::to_owned));
            }
        }
        // Checks that take the field first and the code is their own.
        for call in [
            "checks.text(",
            "checks.optional(",
            "checks.not_before(",
            "checks.not_after(",
        ] {
            let calls = text
                .split(call)
                .skip(1)
                .map(arguments)
                .filter(|said| said.starts_with('"'));
            fields.extend(calls.filter_map(|said| literals(said).first().map(|field| (*field).to_owned())));
        }
    }
    (fields, codes)
}

fn has_both(key: &str) -> bool {
    [Language::Chinese, Language::English]
        .iter()
        .all(|language| Words::new(*language).has(key))
}

fn without_words<'a>(keys: impl IntoIterator<Item = &'a String>) -> Vec<&'a String> {
    keys.into_iter().filter(|key| !has_both(key)).collect()
}

#[test]
fn every_code_of_a_field_has_its_sentence() {
    let (_, codes) = refused_fields();
    for known in [
        "required",
        "too-long",
        "too-short",
        "unknown-person",
        "ambiguous-name",
        "unreadable-version",
    ] {
        assert!(
            codes.contains(known),
            "the scan no longer finds {known}: has the way fields are refused changed? {codes:?}"
        );
    }
    let keys: BTreeSet<String> = codes.iter().map(|code| format!("field_error.{code}")).collect();
    assert_eq!(without_words(&keys), Vec::<&String>::new());
}

#[test]
fn every_field_that_can_be_refused_has_its_label() {
    let (fields, _) = refused_fields();
    for known in ["subject.kind", "location.text", "funds_fen", "cursor", "on"] {
        assert!(
            fields.contains(known),
            "the scan no longer finds {known}: {fields:?}"
        );
    }
    let headers = ["Idempotency-Key", "If-Match"];
    let named = fields.iter().filter(|field| !headers.contains(&field.as_str()));
    let keys: BTreeSet<String> = named
        .map(|field| format!("field.{}", field.replace('.', "_").trim_end_matches("_fen")))
        .collect();
    assert_eq!(without_words(&keys), Vec::<&String>::new());
}

#[test]
fn every_refusal_has_its_sentence() {
    let (_, text) = texts()
        .into_iter()
        .find(|(path, _)| path.ends_with("domain/src/refusal.rs"))
        .expect("refusals are there");
    let body = text.split("fn code(").nth(1).expect("a refusal has a code");
    let body = body.split("fn ").next().unwrap_or_default();
    let codes = literals(body);
    assert!(
        codes.len() >= 9 && codes.contains(&"same-hands"),
        "the scan no longer finds the refusals: {codes:?}"
    );
    let keys: BTreeSet<String> = codes.iter().map(|code| format!("refusal.{code}")).collect();
    assert_eq!(without_words(&keys), Vec::<&String>::new());
}

#[test]
fn every_status_says_what_happened_and_what_to_do_next() {
    let (_, text) = texts()
        .into_iter()
        .find(|(path, _)| path.ends_with("web/src/problem.rs"))
        .expect("problems are there");
    let statuses: BTreeSet<&str> = text
        .split("=> (")
        .skip(1)
        .filter_map(|rest| rest.get(..3))
        .filter(|status| status.bytes().all(|byte| byte.is_ascii_digit()))
        .collect();
    assert!(
        statuses.len() >= 9,
        "the scan no longer finds the statuses: {statuses:?}"
    );
    let said = statuses.into_iter().flat_map(|status| {
        [
            format!("problem.happened_{status}"),
            format!("problem.next_{status}"),
        ]
    });
    let keys: BTreeSet<String> = said.collect();
    assert_eq!(without_words(&keys), Vec::<&String>::new());
}

/// Keys that the code asks for by name, beside those of the templates.
#[test]
fn every_word_the_code_asks_for_exists() {
    let mut keys = BTreeSet::new();
    for (path, text) in texts() {
        if !path.components().any(|part| part.as_os_str() == "web") {
            continue;
        }
        for call in [
            "words.get(\"",
            "words.fill(\"",
            "words.count(\"",
            "w.get(\"",
            "w.fill(\"",
        ] {
            keys.extend(
                text.split(call)
                    .skip(1)
                    .filter_map(|rest| rest.split('"').next())
                    .map(str::to_owned),
            );
        }
    }
    for known in ["problem.unreadable", "list.comma", "sign_in.paused_next"] {
        assert!(keys.contains(known), "the scan no longer finds {known}: {keys:?}");
    }
    assert_eq!(without_words(&keys), Vec::<&String>::new());
}

#[test]
fn every_word_of_the_domain_has_its_name() {
    let mut keys = BTreeSet::new();
    let mut family =
        |family: &str, codes: Vec<&str>| keys.extend(codes.iter().map(|code| format!("{family}.{code}")));
    family("role", Role::ALL.iter().map(|one| one.as_str()).collect());
    family("act", Act::ALL.iter().map(|one| one.as_str()).collect());
    family("stage", StageName::ALL.iter().map(|one| one.as_str()).collect());
    family(
        "level",
        InitialLevel::ALL.iter().map(|one| one.as_str()).collect(),
    );
    family(
        "determination",
        Determination::ALL.iter().map(|one| one.as_str()).collect(),
    );
    family("source", Source::ALL.iter().map(|one| one.as_str()).collect());
    family(
        "subject_kind",
        SubjectKind::ALL.iter().map(|one| one.as_str()).collect(),
    );
    assert_eq!(without_words(&keys), Vec::<&String>::new());
}
