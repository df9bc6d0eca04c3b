//! A labelled document: ⟦a task⟧ followed by ⟨lead=甲、乙; due=2026-12-05⟩ where the text names them. The signs are taken out before
//! reading; the measure is that of the field: spans match at an overlap of one half, white space left out, one to one.

use std::{collections::BTreeSet, ops::Range};

use reader::{Reading, Task};

pub struct Label {
    pub span: Range<usize>,
    pub lead: BTreeSet<String>,
    pub due: Option<String>,
}

pub fn parse(marked: &str) -> (String, Vec<Label>) {
    let mut text = String::new();
    let (mut count, mut start) = (0, 0);
    let mut labels: Vec<Label> = Vec::new();
    let mut note: Option<String> = None;
    for c in marked.chars() {
        match (&mut note, c) {
            (_, '⟦') => start = count,
            (_, '⟧') => labels.push(Label {
                span: start..count,
                lead: BTreeSet::new(),
                due: None,
            }),
            (_, '⟨') => note = Some(String::new()),
            (Some(said), '⟩') => {
                let label = labels.last_mut().expect("a note follows a task");
                for (key, value) in said
                    .split(';')
                    .map(|pair| pair.trim().split_once('=').expect("key=value"))
                {
                    match key {
                        "lead" => label.lead = value.split('、').map(str::to_owned).collect(),
                        "due" => label.due = Some(value.to_owned()),
                        other => panic!("no such key: {other}"),
                    }
                }
                note = None;
            }
            (Some(said), c) => said.push(c),
            (None, c) => {
                text.push(c);
                count += 1;
            }
        }
    }
    (text, labels)
}

#[derive(Default, Debug)]
pub struct Score {
    pub matched: usize,
    pub labels: usize,
    pub predicted: usize,
    lead: [usize; 3],
    due: [usize; 2],
}

impl Score {
    pub fn spans(&self) -> f64 {
        f1(
            self.matched,
            self.predicted - self.matched,
            self.labels - self.matched,
        )
    }

    pub fn lead(&self) -> f64 {
        f1(self.lead[0], self.lead[1], self.lead[2])
    }

    pub fn due(&self) -> f64 {
        self.due[0] as f64 / self.due[1].max(1) as f64
    }

    pub fn count(&mut self, text: &str, labels: &[Label], reading: &Reading) {
        let solid: Vec<bool> = text.chars().map(|c| !c.is_whitespace()).collect();
        let cells =
            |start: usize, end: usize| -> BTreeSet<usize> { (start..end).filter(|at| solid[*at]).collect() };
        let wanted: Vec<_> = labels
            .iter()
            .map(|label| cells(label.span.start, label.span.end))
            .collect();
        let found: Vec<_> = reading
            .tasks
            .iter()
            .map(|task| cells(task.start, task.end))
            .collect();
        let mut pairs = Vec::new();
        for (i, one) in wanted.iter().enumerate() {
            for (j, two) in found.iter().enumerate() {
                let both = one.intersection(two).count();
                let either = one.union(two).count();
                if both * 2 >= either && both > 0 {
                    pairs.push((both as f64 / either as f64, i, j));
                }
            }
        }
        pairs.sort_by(|one, two| two.0.total_cmp(&one.0));
        let (mut used_labels, mut used_tasks) = (BTreeSet::new(), BTreeSet::new());
        for (_, i, j) in pairs {
            if used_labels.contains(&i) || used_tasks.contains(&j) {
                continue;
            }
            used_labels.insert(i);
            used_tasks.insert(j);
            self.matched += 1;
            self.pair(&labels[i], &reading.tasks[j]);
        }
        self.labels += labels.len();
        self.predicted += reading.tasks.len();
    }

    fn pair(&mut self, label: &Label, task: &Task) {
        if !label.lead.is_empty() {
            let lead: BTreeSet<String> = task.lead.iter().cloned().collect();
            self.lead[0] += label.lead.intersection(&lead).count();
            self.lead[1] += lead.difference(&label.lead).count();
            self.lead[2] += label.lead.difference(&lead).count();
        }
        if let Some(due) = &label.due {
            self.due[1] += 1;
            let right = task.deadline.as_ref().is_some_and(|found| {
                found.phrase.contains(due) || found.iso.as_ref().is_some_and(|iso| iso.contains(due.as_str()))
            });
            self.due[0] += usize::from(right);
        }
    }
}

fn f1(right: usize, wrong: usize, missed: usize) -> f64 {
    match right {
        0 => 0.0,
        _ => 2.0 * right as f64 / (2 * right + wrong + missed) as f64,
    }
}
