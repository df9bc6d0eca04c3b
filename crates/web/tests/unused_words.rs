//! The catalogue holds what the program says and nothing else: each key is asked for somewhere, and English is English.
//!
//! A key is asked for by its name, or as a code of a family (`words.of("stage", …)`, `format!("button.{act}_pass")`): then the family
//! stands in the sources, and so does the code.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

const ZH: &str = include_str!("../messages/zh.toml");
const EN: &str = include_str!("../messages/en.toml");

/// Says by itself what it is, in any language.
const SAME_IN_BOTH: [&str; 2] = ["stock.xlsx", "notices.receipt"];

fn catalogue(text: &str) -> BTreeMap<String, String> {
    toml::from_str(text).expect("a flat table of strings")
}

fn gather(folder: &Path, ending: &str, all: &mut String) {
    for entry in fs::read_dir(folder).expect("the folder can be read").flatten() {
        let path = entry.path();
        if path.is_dir() {
            gather(&path, ending, all);
        } else if path.extension().is_some_and(|found| found == ending) {
            all.push_str(&fs::read_to_string(&path).expect("the file is text"));
        }
    }
}

/// Every source of the program and every template; codes also stand in the data.
struct Sources {
    /// Whatever stands between two quotation marks.
    named: BTreeSet<String>,
    codes: BTreeSet<String>,
    /// Of HTTP, as failures are given them.
    statuses: BTreeSet<String>,
    patterns: Vec<(String, String)>,
}

impl Sources {
    fn read() -> Self {
        let mut text = String::new();
        for one in fs::read_dir("..").expect("the crates are there").flatten() {
            let src = one.path().join("src");
            if src.is_dir() {
                gather(&src, "rs", &mut text);
            }
        }
        gather(Path::new("templates"), "html", &mut text);
        let mut data = String::new();
        gather(Path::new("../../data"), "toml", &mut data);
        // What stands between quotation marks, line by line; a list of codes may stand in one text.
        let quoted = |text: &str| -> BTreeSet<String> {
            let texts = text.lines().flat_map(|line| line.split('"').skip(1).step_by(2));
            texts.flat_map(str::split_whitespace).map(str::to_owned).collect()
        };
        let mut codes = quoted(&text);
        codes.extend(quoted(&data));
        // `"button.{act}_pass"` stands for whatever begins with `button.` and ends with `_pass`.
        let plain = |part: &str| {
            part.bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte == b'_' || byte == b'.')
        };
        let patterns = text.split('"').filter_map(|one| {
            let (before, rest) = one.split_once('{')?;
            let (_, after) = rest.split_once('}')?;
            let of_a_family = before
                .split_once('.')
                .is_some_and(|(family, _)| !family.is_empty());
            (of_a_family && plain(before) && plain(after)).then(|| (before.to_owned(), after.to_owned()))
        });
        Self {
            patterns: patterns.collect(),
            statuses: text
                .split("=> (")
                .skip(1)
                .filter_map(|rest| rest.get(..3))
                .map(str::to_owned)
                .collect(),
            named: text.split('"').map(str::to_owned).collect(),
            codes,
        }
    }

    fn knows(&self, code: &str) -> bool {
        self.codes.contains(code)
            || self.codes.contains(&code.replace('_', "."))
            || self.statuses.contains(code)
    }

    fn ask_for(&self, key: &str) -> bool {
        if self.named.contains(key) {
            return true;
        }
        let of_family = key
            .split_once('.')
            .is_some_and(|(family, code)| self.named.contains(family) && self.knows(code));
        let mut patterns = self.patterns.iter();
        of_family
            || patterns.any(|(before, after)| {
                let code = key.strip_prefix(before.as_str());
                let code = code.and_then(|rest| rest.strip_suffix(after.as_str()));
                code.is_some_and(|code| self.knows(code))
            })
    }
}

#[test]
fn every_word_of_the_catalogue_is_asked_for() {
    let sources = Sources::read();
    assert!(
        sources.patterns.len() >= 6,
        "the scan no longer finds patterns: {:?}",
        sources.patterns
    );
    for never in [
        "desk.nowhere_at_all",
        "stage.nowhere_at_all",
        "button.nowhere_at_all_pass",
    ] {
        assert!(!sources.ask_for(never), "the scan would find {never}");
    }
    let catalogue = catalogue(ZH);
    let unused: Vec<&String> = catalogue.keys().filter(|key| !sources.ask_for(key)).collect();
    assert!(unused.is_empty(), "nothing asks for {unused:?}");
}

#[test]
fn english_is_complete_and_english() {
    let han = |text: &str| {
        text.chars()
            .any(|one| ('\u{3400}'..='\u{9fff}').contains(&one) || "，。；：（）、".contains(one))
    };
    let english = catalogue(EN);
    let chinese: Vec<_> = english.iter().filter(|(_, text)| han(text)).collect();
    assert!(chinese.is_empty(), "{chinese:?}");
    // What was copied and never translated is the same in both.
    let copied = catalogue(ZH);
    let copied: Vec<_> = copied
        .iter()
        .filter(|(key, text)| english.get(*key) == Some(text) && !SAME_IN_BOTH.contains(&key.as_str()))
        .collect();
    assert!(copied.is_empty(), "{copied:?}");
}
