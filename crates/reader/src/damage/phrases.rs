//! Words changed to escape copy detection, and fixed phrases misquoted. The same checker serves healthy documents.
//!
//! The dictionary is data. It says where a word is certainly wrong by its company; where that is found and the right word is missing from
//! the whole document, the other places of the wrong word are shown as well, with less confidence.

use std::{collections::HashMap, ops::Range, sync::LazyLock};

use aho_corasick::AhoCorasick;

use super::Finding;
use crate::{cues::machine, words::PHRASES};

#[derive(Debug, Clone, Copy)]
enum Entry {
    /// `found` stands this many bytes into the pattern
    Sure(usize, usize),
    Genuine,
    Bare(usize),
    Fixed(usize),
}

struct Dictionary {
    machine: AhoCorasick,
    entries: Vec<Entry>,
    halves: AhoCorasick,
    /// phrase, and whether it is its second half
    owners: Vec<(usize, bool)>,
}

static DICTIONARY: LazyLock<Dictionary> = LazyLock::new(|| {
    let phrases = &*PHRASES;
    let mut known: HashMap<String, Entry> = HashMap::new();
    for (place, word) in phrases.word.iter().enumerate() {
        known.entry(word.found.clone()).or_insert(Entry::Bare(place));
    }
    for (place, word) in phrases.word.iter().enumerate() {
        for genuine in &word.genuine {
            known.insert(genuine.clone(), Entry::Genuine);
        }
        for sure in &word.sure {
            let at = sure
                .find(&word.found)
                .expect("data/reading/phrases.toml: `sure` holds `found`");
            known.insert(sure.clone(), Entry::Sure(place, at));
        }
    }
    for (place, fixed) in phrases.fixed.iter().enumerate() {
        known.insert(fixed.found.clone(), Entry::Fixed(place));
    }
    // The right phrases hide the changed words inside them from a second look.
    let mut pairs: Vec<(String, Entry)> = known.into_iter().collect();
    pairs.sort_by(|(one, _), (other, _)| one.cmp(other));
    let (words, entries): (Vec<String>, Vec<Entry>) = pairs.into_iter().unzip();
    let mut halves = Vec::new();
    let mut owners = Vec::new();
    for (place, phrase) in phrases.canonical.phrases.iter().enumerate() {
        let middle = phrase
            .char_indices()
            .nth(phrase.chars().count() / 2)
            .map_or(0, |(at, _)| at);
        halves.extend([phrase[..middle].to_owned(), phrase[middle..].to_owned()]);
        owners.extend([(place, false), (place, true)]);
    }
    Dictionary {
        machine: machine(&words),
        entries,
        halves: machine(&halves),
        owners,
    }
});

/// Findings in the text as read; places are the text's own.
pub(crate) fn phrases(text: &str) -> Vec<Finding> {
    let dictionary = &*DICTIONARY;
    let phrases = &*PHRASES;
    let mut out = Vec::new();
    let mut bare: Vec<(usize, Range<usize>)> = Vec::new();
    let mut sure = vec![0usize; phrases.word.len()];
    for found in dictionary.machine.find_iter(text) {
        match dictionary.entries[found.pattern().as_usize()] {
            Entry::Genuine => {}
            Entry::Bare(word) => bare.push((word, found.range())),
            Entry::Sure(word, at) => {
                sure[word] += 1;
                let changed = &phrases.word[word];
                let start = found.start() + at;
                out.push(changed_word(
                    start..start + changed.found.len(),
                    &changed.proposed,
                    changed.confidence,
                    format!(
                        "固定搭配“{}”",
                        text[found.range()].replacen(&changed.found, &changed.proposed, 1)
                    ),
                ));
            }
            Entry::Fixed(place) => {
                let fixed = &phrases.fixed[place];
                out.push(changed_word(
                    found.range(),
                    &fixed.proposed,
                    fixed.confidence,
                    "常用表述".to_owned(),
                ));
            }
        }
    }
    let missing: Vec<bool> = phrases
        .word
        .iter()
        .enumerate()
        .map(|(place, word)| {
            sure[place] >= 2 && word.elsewhere > 0.0 && text.matches(&word.proposed).take(3).count() < 3
        })
        .collect();
    for (word, range) in bare {
        if missing[word] {
            let changed = &phrases.word[word];
            out.push(changed_word(
                range,
                &changed.proposed,
                changed.elsewhere,
                format!("全文几乎不见“{}”，疑被整体替换", changed.proposed),
            ));
        }
    }
    misquoted(text, &mut out);
    out.sort_by_key(|finding| (finding.range.start, finding.range.end));
    // One place, one finding: the first, which is the longest known there.
    out.dedup_by(|next, kept| next.range.start < kept.range.end);
    out
}

fn changed_word(range: Range<usize>, proposed: &str, confidence: f64, note: String) -> Finding {
    Finding {
        range,
        kind: "changed_word",
        proposed: Some(proposed.to_owned()),
        confidence,
        note,
    }
}

/// Characters by which the other half of a fixed phrase may differ.
const DIFFER: usize = 2;

fn misquoted(text: &str, out: &mut Vec<Finding>) {
    let dictionary = &*DICTIONARY;
    for found in dictionary.halves.find_iter(text) {
        let (place, second) = dictionary.owners[found.pattern().as_usize()];
        let phrase = &PHRASES.canonical.phrases[place];
        let half = found.end() - found.start();
        let (other, here) = match second {
            true => {
                let other = &phrase[..phrase.len() - half];
                let count = other.chars().count();
                let before = &text[..found.start()];
                let Some((at, _)) = before.char_indices().rev().nth(count.saturating_sub(1)) else {
                    continue;
                };
                (other, at..found.start())
            }
            false => {
                let other = &phrase[half..];
                let count = other.chars().count();
                let rest = &text[found.end()..];
                let Some((at, c)) = rest.char_indices().nth(count.saturating_sub(1)) else {
                    continue;
                };
                (other, found.end()..found.end() + at + c.len_utf8())
            }
        };
        let length = other.chars().count();
        let differ = other
            .chars()
            .zip(text[here.clone()].chars())
            .filter(|(one, two)| {
                one != two && !(matches!(one, '、' | '，' | ',') && matches!(two, '、' | '，' | ','))
            })
            .count();
        if differ == 0 || differ > DIFFER || differ * 3 > length {
            continue;
        }
        let range = here.start.min(found.start())..here.end.max(found.end());
        out.push(Finding {
            range,
            kind: "misquoted",
            proposed: Some(phrase.clone()),
            confidence: PHRASES.canonical.confidence - 0.1 * (differ as f64 - 1.0),
            note: "固定提法，疑有误".to_owned(),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(String, String)> {
        phrases(text)
            .into_iter()
            .map(|finding| {
                (
                    text[finding.range].to_owned(),
                    finding.proposed.unwrap_or_default(),
                )
            })
            .collect()
    }

    #[test]
    fn a_healthy_text_is_left_alone() {
        let text = "深入开展安全生产大检查，推进平安建设，保一方平安。坚持人民至上、生命至上，落实党政同责、一岗双责、齐抓共管、失职追责。";
        assert_eq!(found(text), []);
    }

    #[test]
    fn changed_words_are_shown_with_what_is_certain_and_what_follows_from_it() {
        let text = "平安生产和平安隐患都是大事，抓平安不容松懈，保一方平安。经济开展要快，开展排查要细。";
        assert_eq!(
            found(text),
            [
                ("平安", "安全"),
                ("平安", "安全"),
                ("平安", "安全"),
                ("开展", "发展")
            ]
            .map(|(a, b)| (a.to_owned(), b.to_owned()))
        );
    }

    #[test]
    fn a_misquoted_phrase() {
        assert_eq!(
            found("落实党政同责、一岗双责、齐抓共管、失职问责要求"),
            [(
                "党政同责、一岗双责、齐抓共管、失职问责".to_owned(),
                "党政同责、一岗双责、齐抓共管、失职追责".to_owned()
            )]
        );
    }
}
