//! Every word of the lists, found in one pass over the text: the longest at each place, none overlapping.

use std::{ops::Range, sync::LazyLock};

use aho_corasick::{AhoCorasick, AhoCorasickBuilder, AhoCorasickKind, MatchKind};

use crate::words::WORDS;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cue {
    Neither,
    Modal,
    Demand,
    Past,
    LookingBack,
    Problem,
    ProblemsOpen,
    Quoted,
    Quoting,
    Purpose,
    Courtesy,
    Attendance,
    Plans,
    Opener,
    Adverb,
    Verb,
    BodyEnd,
    BodyStart,
}

/// A word at a place, with every role it is listed in: 要求 asks and is also what a meeting speaks by.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Hit {
    pub start: u32,
    pub end: u32,
    roles: u32,
}

impl Hit {
    pub(crate) fn is(&self, cue: Cue) -> bool {
        self.roles & (1 << cue as u32) != 0
    }

    pub(crate) fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

struct Lexicon {
    machine: AhoCorasick,
    roles: Vec<u32>,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let words = &*WORDS;
    let lists: [(Cue, &[String]); 18] = [
        (Cue::Neither, &words.neither),
        (Cue::Modal, &words.modal),
        (Cue::Demand, &words.demand),
        (Cue::Past, &words.past),
        (Cue::LookingBack, &words.looking_back),
        (Cue::Problem, &words.problem),
        (Cue::ProblemsOpen, &words.problems_open),
        (Cue::Quoted, &words.quoted),
        (Cue::Quoting, &words.quoting),
        (Cue::Purpose, &words.purpose),
        (Cue::Courtesy, &words.courtesy),
        (Cue::Attendance, &words.attendance),
        (Cue::Plans, &words.plans),
        (Cue::Opener, &words.opener),
        (Cue::Adverb, &words.adverb),
        (Cue::Verb, &words.verb),
        (Cue::BodyEnd, &words.body_end),
        (Cue::BodyStart, &words.body_start),
    ];
    let mut patterns: Vec<&str> = Vec::new();
    let mut roles: Vec<u32> = Vec::new();
    let mut known = std::collections::HashMap::new();
    for (cue, list) in lists {
        for word in list {
            let place = *known.entry(word.as_str()).or_insert_with(|| {
                patterns.push(word);
                roles.push(0);
                patterns.len() - 1
            });
            roles[place] |= 1 << cue as u32;
        }
    }
    Lexicon {
        machine: machine(&patterns),
        roles,
    }
});

/// A machine that finds the longest of the words at each place.
pub(crate) fn machine<P: AsRef<str>>(words: &[P]) -> AhoCorasick {
    AhoCorasickBuilder::new()
        .match_kind(MatchKind::LeftmostLongest)
        .kind(Some(AhoCorasickKind::ContiguousNFA))
        .build(words.iter().map(|word| word.as_ref().as_bytes()))
        .expect("word lists are small")
}

/// The hits of a text, in order.
pub(crate) fn find(text: &str, out: &mut Vec<Hit>) {
    let lexicon = &*LEXICON;
    out.clear();
    out.extend(lexicon.machine.find_iter(text).map(|found| Hit {
        start: found.start() as u32,
        end: found.end() as u32,
        roles: lexicon.roles[found.pattern().as_usize()],
    }));
}
