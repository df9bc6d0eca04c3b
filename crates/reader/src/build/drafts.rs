//! What every sentence is: a task, a passage, or nothing. Marked items and tables are taken first, since they need no judging; then
//! one walk from the first sentence to the last, which carries what the passage is about.

use std::ops::Range;

use super::{Draft, Page, Passages, marked};
use crate::{
    bodies,
    cues::{self, Cue, Hit},
    judge::{self, Mood, Setting, Verdict},
    outline::Role,
    table,
    text::blank,
    words::WORDS,
};

/// From this many marked items on, the document says itself what its tasks are.
pub(super) const BY_MARK: usize = 3;

pub(super) fn drafts(page: &Page, cut: Option<&Range<usize>>, passages: &mut Passages) -> Vec<Draft> {
    let mut drafts = Vec::new();
    let marked = marked::items(page, &mut drafts, passages);
    let mut walk = Walk {
        page,
        by_mark: drafts.len() >= BY_MARK,
        drafts,
        passages,
        mood: Mood::Plain,
        mood_level: 0,
        demanded: false,
    };
    let rows = table::rows(&page.view.text);
    let mut hits = Vec::new();
    let mut row = 0;
    for (place, segment) in page.segments.iter().enumerate() {
        while row < rows.len() && rows[row].line.end <= segment.range.start {
            row += 1;
        }
        match rows.get(row) {
            Some(found) if found.line.start <= segment.range.start => walk.row(place, found),
            _ if place < page.facts.body_from || place >= page.facts.body_to || marked[place] => {}
            _ => walk.sentence(place, &mut hits),
        }
    }
    let Walk { mut drafts, mood, .. } = walk;
    headings_alone(page, &mut drafts);
    if let Some(cut) = cut.filter(|_| page.facts.orders() && mood == Mood::Plain) {
        cut_task(page, cut, &mut drafts);
    }
    drafts.sort_by_key(|draft| (draft.range.start, draft.range.end));
    drafts
}

struct Walk<'a, 'b> {
    page: &'a Page<'a>,
    drafts: Vec<Draft>,
    passages: &'b mut Passages,
    by_mark: bool,
    mood: Mood,
    /// The level of the section that the mood began in
    mood_level: usize,
    /// Somebody has begun to demand things
    demanded: bool,
}

impl Walk<'_, '_> {
    /// The first segment of a table's row stands for all of it.
    fn row(&mut self, place: usize, found: &table::Row) {
        let known = self.drafts.last().is_some_and(|last| last.range == found.range);
        if known || !self.page.segments[place].first {
            return;
        }
        self.drafts.push(Draft {
            range: found.range.clone(),
            segment: place,
            said: found.said.clone(),
            mark: Some(found.line.clone()),
        });
        if let Some(problem) = found.problem.clone().filter(|problem| *problem != found.range) {
            self.passages.push((problem, "problem"));
        }
    }

    fn sentence(&mut self, place: usize, hits: &mut Vec<Hit>) {
        let page = self.page;
        let segment = &page.segments[place];
        let from = self.after_speaker(segment.range.start + page.outline.mark[place]..segment.range.end);
        let words = &page.view.text[from..segment.range.end];
        if words.is_empty() {
            return;
        }
        cues::find(words, hits);
        self.turn(place, words, hits);
        if page.outline.is_heading[place] {
            return;
        }
        if judge::outcome(self.line_at(place)) || judge::outcome(self.line_at(place + 1)) {
            self.passages.push((from..segment.range.end, "report"));
        } else if judge::promise(words) && place > page.facts.body_from {
            self.promised(place);
        } else {
            self.judged(place, from, words, hits);
        }
    }

    /// 会议强调，…: who speaks is not part of what is asked. Returns where the sentence itself begins.
    fn after_speaker(&mut self, range: Range<usize>) -> usize {
        let words = &self.page.view.text[range.clone()];
        let Some(said) = judge::clauses(words).next() else {
            return range.start;
        };
        let speaker = &words[said.clone()];
        let speaks = said.len() < words.len()
            && said.len() < 60
            && WORDS.speaking.iter().any(|word| speaker.ends_with(word.as_str()))
            && !WORDS.quoted.iter().any(|name| speaker.contains(name.as_str()));
        if !speaks {
            return range.start;
        }
        self.demanded = self.demanded || !speaker.ends_with("指出");
        let comma = words[said.end..].chars().next().map_or(0, char::len_utf8);
        range.start + said.end + comma
    }

    /// A new section of the same rank or above, or an order in earnest, ends what the passage was about.
    fn turn(&mut self, place: usize, words: &str, hits: &[Hit]) {
        let outline = self.page.outline;
        let level = outline.under[place].map_or(0, |heading| outline.headings[heading as usize].level);
        if outline.is_heading[place] && level <= self.mood_level
            || self.mood_level == 0 && outline.is_heading[place] && level == 1
        {
            self.mood = Mood::Plain;
        }
        let opens = |cue: Cue| hits.iter().any(|hit| hit.is(cue));
        let ordered = judge::names_subject(words, hits);
        // That of the section, not of a numbered item in it.
        let above = level - usize::from(outline.mark[place] > 0 && level > 0);
        if opens(Cue::ProblemsOpen) && !ordered || ordered && words.contains("清醒看到") {
            (self.mood, self.mood_level) = (Mood::Wrong, above);
        } else if opens(Cue::LookingBack) && !ordered && !judge::imperative(words, hits) {
            (self.mood, self.mood_level) = (Mood::Looking, above);
        } else if (ordered && !words.starts_with("我们")) || words.starts_with(['要', '须']) {
            self.mood = Mood::Plain;
        }
    }

    /// The segment's words where it begins a line.
    fn line_at(&self, place: usize) -> &str {
        let segment = self.page.segments.get(place);
        segment
            .filter(|segment| segment.first)
            .map_or("", |segment| &self.page.view.text[segment.range.clone()])
    }

    /// What was promised is the sentence before, whatever it looked like.
    fn promised(&mut self, place: usize) {
        let page = self.page;
        let end = page.segments[place].range.end;
        let last = self.drafts.last_mut();
        if let Some(last) = last.filter(|last| last.segment + 1 == place && last.mark.is_none()) {
            last.range.end = end;
            return;
        }
        if page.outline.is_heading[place - 1] {
            return;
        }
        let before = &page.segments[place - 1].range;
        while self
            .passages
            .last()
            .is_some_and(|(range, _)| range.start >= before.start)
        {
            self.passages.pop();
        }
        let start = before.start + page.outline.mark[place - 1];
        self.drafts.push(Draft::of(start..end, place - 1));
    }

    fn judged(&mut self, place: usize, from: usize, words: &str, hits: &[Hit]) {
        let page = self.page;
        let segment = &page.segments[place];
        let setting = Setting {
            role: page.outline.role(place),
            mood: self.mood,
            kind: page.facts.kind_id(),
            orders: page.facts.orders(),
            demanded: self.demanded,
            item: page.outline.mark[place] > 0,
        };
        let verdict = judge::judge(words, hits, segment.stop, &setting);
        self.demanded = self.demanded || demands(words);
        match verdict {
            Verdict::Task { strong: false, .. } if self.by_mark => {
                self.passages.push((from..segment.range.end, "background"));
            }
            Verdict::Task { from: start, .. } => {
                if start > 0 && hits.iter().any(|hit| hit.is(Cue::Problem)) {
                    self.passages.push((from..from + start, "problem"));
                }
                let orders = parts(words, start).into_iter();
                self.drafts
                    .extend(orders.map(|order| Draft::of(from + order.start..from + order.end, place)));
            }
            Verdict::Passage(kind) => self.passages.push((from..segment.range.end, kind)),
            Verdict::Nothing => {}
        }
    }
}

/// Whether from here on somebody demands things.
fn demands(words: &str) -> bool {
    let end = words.trim_end_matches(['：', ':', '，']);
    WORDS.speaking.iter().any(|word| end.ends_with(word.as_str()))
        || ["会议要求", "会议强调", "要求，", "强调，"]
            .iter()
            .any(|word| words.contains(word))
}

/// The sentence that the document ends in is shown as a task that is not whole, where an order was to be expected.
fn cut_task(page: &Page, cut: &Range<usize>, drafts: &mut Vec<Draft>) {
    let last = page
        .segments
        .partition_point(|segment| segment.range.end < cut.end);
    let Some(segment) = page
        .segments
        .get(last)
        .filter(|segment| last >= page.facts.body_from && segment.range.end == cut.end)
    else {
        return;
    };
    let known = drafts
        .iter()
        .any(|draft| draft.range.end > segment.range.start && draft.range.start < segment.range.end);
    let role = page.outline.role(last);
    if !known
        && !page.outline.is_heading[last]
        && matches!(role, Role::Work | Role::Neutral)
        && page.outline.under[last].is_some()
    {
        drafts.push(Draft::of(segment.range.clone(), last));
    }
}

/// 要…，对…，要…: each order of a chain is one.
fn parts(words: &str, start: usize) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut from = start;
    let clauses: Vec<Range<usize>> = judge::clauses(words).collect();
    let orders = |clause: &Range<usize>| {
        words[clause.clone()]
            .trim_matches(blank)
            .starts_with(['要', '应', '须'])
    };
    for (place, clause) in clauses.iter().enumerate() {
        if clause.start < from + 36 || !words[clause.clone()].trim_matches(blank).starts_with('对') {
            continue;
        }
        let follows = clauses.get(place + 1).is_some_and(orders);
        let before = clauses[..place]
            .iter()
            .any(|clause| clause.start >= from && words[clause.clone()].contains('要'));
        if follows && before {
            out.push(from..clauses[place - 1].end);
            from = clause.start;
        }
    }
    out.push(from..words.len());
    out
}

/// A heading of the lowest rank with nothing under it is a task by itself, in a section of work.
fn headings_alone(page: &Page, drafts: &mut Vec<Draft>) {
    if !page.facts.orders() || drafts.iter().filter(|draft| draft.mark.is_some()).count() >= BY_MARK {
        return;
    }
    let text = &page.view.text;
    let headings = &page.outline.headings;
    let mut hits = Vec::new();
    for (place, heading) in headings.iter().enumerate() {
        if !heading.titled || heading.number == 0 || page.facts.kind_id() == Some("news") {
            continue;
        }
        let next = headings.get(place + 1);
        let last = next.map_or(page.segments.len().min(page.facts.body_to), |next| next.segment);
        let alone = last == heading.segment + 1 && next.is_none_or(|next| next.level <= heading.level);
        let role = heading
            .parent
            .map_or(heading.role, |parent| headings[parent].role);
        if !alone || !matches!(role, Role::Work | Role::Neutral) || heading.parent.is_none() {
            continue;
        }
        let words = &text[heading.words.clone()];
        cues::find(words, &mut hits);
        let wrong = hits.iter().any(|hit| hit.is(Cue::Problem) || hit.is(Cue::Past));
        if judge::imperative(words, &hits) && !wrong && words.chars().count() >= 8 {
            drafts.push(Draft::of(heading.words.clone(), heading.segment));
        }
    }
}

impl Draft {
    /// One that says nothing yet of bodies, and carries no mark.
    fn of(range: Range<usize>, segment: usize) -> Self {
        Self {
            range,
            segment,
            said: bodies::Said::default(),
            mark: None,
        }
    }
}
