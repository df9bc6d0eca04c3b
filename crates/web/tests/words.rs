//! The catalogue: both languages say the same things, and templates ask only for words that exist.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use web::words::{Language, Words};

const ZH: &str = include_str!("../messages/zh.toml");
const EN: &str = include_str!("../messages/en.toml");

fn catalogue(text: &str) -> BTreeMap<String, String> {
    toml::from_str(text).expect("a flat table of strings")
}

fn placeholders(text: &str) -> BTreeSet<&str> {
    text.split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}'))
        .map(|(name, _)| name)
        .collect()
}

fn templates(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            templates(&path, found)
        } else {
            found.push(path)
        }
    }
}

#[test]
fn both_languages_have_the_same_keys_and_the_same_blanks() {
    let (zh, en) = (catalogue(ZH), catalogue(EN));
    assert_eq!(zh.keys().collect::<Vec<_>>(), en.keys().collect::<Vec<_>>());
    for (key, text) in &zh {
        assert_eq!(placeholders(text), placeholders(&en[key]), "{key}");
        assert!(
            !text.trim().is_empty() && !en[key].trim().is_empty(),
            "{key} is empty"
        );
        assert!(
            !text.contains(['!', '！']) && !en[key].contains('!'),
            "{key} shouts"
        );
    }
}

#[test]
fn every_word_a_template_asks_for_exists() {
    let words = Words::new(Language::Chinese);
    let families: BTreeSet<&str> = words
        .keys()
        .filter_map(|key| key.split_once('.'))
        .map(|(family, _)| family)
        .collect();
    let mut files = Vec::new();
    templates(Path::new("templates"), &mut files);
    let mut asked = 0;
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        for call in ["w.get(\"", "w.fill(\"", "w.count(\""] {
            for rest in text.split(call).skip(1) {
                let key = rest.split('"').next().unwrap();
                assert!(words.has(key), "{} asks for {key}", file.display());
                asked += 1;
            }
        }
        for rest in text.split("w.of(\"").skip(1) {
            let family = rest.split('"').next().unwrap();
            assert!(
                families.contains(family),
                "{} asks for the family {family}",
                file.display()
            );
            asked += 1;
        }
    }
    assert!(
        asked > 150,
        "the scan found only {asked} words: has the way templates ask changed?"
    );
}

#[test]
fn codes_of_the_contract_have_words() {
    let words = Words::new(Language::English);
    for (family, codes) in [
        (
            "stage",
            "reported confirmed rectifying submitted accepted signed_off closed transferred merged void",
        ),
        ("level", "general serious suspected_major"),
        ("determination", "pending not_major major"),
        (
            "source",
            "self_check patrol county_check oversight handed_down transfer tip media internal_report expert_service accident warning",
        ),
        (
            "subject_kind",
            "enterprise project venue household public_asset unowned",
        ),
        (
            "role",
            "admin city_office city_department county_office county_department town_office unit discipline",
        ),
        (
            "act",
            "report confirm determine plan rectify accept sign_off interim_measure void",
        ),
        (
            "did",
            "report confirm determine plan rectify accept sign_off interim_measure void",
        ),
        (
            "stopped",
            "last-signed-unreadable head-missing not-signed head-older head-differs tree-altered",
        ),
        (
            "opener",
            "confirm determine plan rectify accept sign_off interim_measure void",
        ),
    ] {
        for code in codes.split(' ') {
            assert!(words.has(&format!("{family}.{code}")), "{family}.{code}");
        }
    }
    assert_eq!(Words::new(Language::Chinese).of("stage", "accepted"), "待销号");
}

#[test]
fn blanks_are_filled_and_a_missing_key_shows() {
    let words = Words::new(Language::Chinese);
    assert_eq!(
        words.fill("filter.joined", &[("label", "阶段"), ("value", "待验收")]),
        "阶段：待验收"
    );
    assert_eq!(words.count("hazards.count", 12), "共 12 件");
    assert_eq!(words.get("stage.nowhere"), "stage.nowhere");
    assert_eq!(words.of("stage", "nowhere"), "stage.nowhere");
}
