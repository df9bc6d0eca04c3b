//! A year of hazards, replayed through the real use cases with a moved clock.
//!
//! Each hazard is a plan of what will happen to it. Steps wait in one queue by their time and are carried out in that order, so the
//! record is in the order of time, as it would be. A step that lies in the future is not carried out: that is what is still open.

use std::{cmp::Reverse, collections::{BinaryHeap, HashSet}};

use app::{
    App, Caller,
    directory::load_subjects::{SubjectFile, SubjectRow},
    directory::load::subject_id,
    file::receive,
    hazard::{
        accept_rectification::accept_rectification,
        confirm::confirm,
        determine::determine,
        interim_measure::take_interim_measure,
        plan::plan,
        rectify::rectify,
        report::{Named, ReportHazard, report},
        sign_off::sign_off,
        void::void,
    },
    record::Follower,
};
use domain::{
    FileId, HazardId, PersonId,
    hazard::{
        Determination, InitialLevel, Source, accept::Accept, confirm::Confirm, determine::Determine, plan::FilePlan,
        report::Report, sign_off::Decide,
    },
    money::Fen,
    place::Location,
    time::{DAY, Day, Instant},
};

use super::{
    SUBJECTS,
    calendar::{days_later, in_office_hours},
    dice::Dice,
    people::People,
    texts::{Opinions, Text, Texts},
};
use crate::Stop;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    Report,
    Hold,
    Confirm,
    Void,
    Determine,
    Plan,
    Rectify,
    Accept,
    SignOff,
}

/// One hazard and what chance has decided about it.
struct Case<'a> {
    subject: &'a SubjectRow,
    text: &'a Text,
    place: String,
    source: Source,
    reporter: &'a Caller,
    rectifier: &'a Caller,
    reported_at: Instant,
    late: bool,
    abandoned: bool,
    voided: bool,
    undecided: bool,
    county_returns: u8,
    city_returns: u8,
    /// What is known once it has happened.
    id: Option<HazardId>,
    number: String,
    deadline: Option<Day>,
    planned: bool,
}

pub async fn replay(
    app: &App,
    follower: &Follower,
    hazards: usize,
    until: Instant,
    progress: impl Fn(usize, usize),
) -> Result<(), Stop> {
    let texts = Texts::read()?;
    let subjects = SubjectFile::read(SUBJECTS.0, SUBJECTS.1)?;
    let people = People::find(app).await?;
    let mut replay = Replay {
        app,
        people: &people,
        opinions: &texts.opinions,
        dice: Dice::new(610_900),
        until,
        queue: BinaryHeap::new(),
        cases: Vec::new(),
    };
    replay.plan_year(&texts, &subjects, hazards);
    replay.run(follower, progress).await
}

struct Replay<'a> {
    app: &'a App,
    people: &'a People,
    opinions: &'a Opinions,
    dice: Dice,
    until: Instant,
    queue: BinaryHeap<Reverse<(Instant, usize, Step)>>,
    cases: Vec<Case<'a>>,
}

impl<'a> Replay<'a> {
    fn plan_year(&mut self, texts: &'a Texts, subjects: &'a SubjectFile, hazards: usize) {
        let able: Vec<&SubjectRow> = subjects
            .subject
            .iter()
            .filter(|row| self.people.rectifier(&row.id, row.steward.as_deref()).is_some() && !texts.fitting(row).is_empty())
            .collect();
        let mut used: HashSet<(String, String)> = HashSet::new();
        let mut tries = 0;
        while self.cases.len() < hazards && tries < hazards * 20 {
            tries += 1;
            // The first ones lie before the eyes that a visitor looks through: the first enterprise and the town it lies in.
            let shown = self.cases.len() < hazards.min(16);
            let subject = match able.iter().find(|row| row.id == "s-610902-01") {
                Some(first) if shown && self.cases.len().is_multiple_of(2) => Some(first),
                _ if shown => able.iter().find(|row| row.steward.as_deref() == Some("610902001")),
                _ => self.dice.pick(&able),
            };
            let Some(subject) = subject else { continue };
            let days_ago = if shown { self.dice.between(2, 34) } else { self.days_ago(subject) };
            if let Some(case) = self.case(texts, subject, days_ago, &mut used) {
                self.queue.push(Reverse((case.reported_at, self.cases.len(), Step::Report)));
                self.cases.push(case);
            }
        }
    }

    /// More in the last weeks, when a campaign has begun; slopes and ponds in the flood season.
    fn days_ago(&mut self, _: &SubjectRow) -> i64 {
        match self.dice.between(0, 100) {
            0..38 => self.dice.between(1, 60),
            38..62 => self.dice.between(60, 170),
            _ => self.dice.between(120, 365),
        }
    }

    fn case(&mut self, texts: &'a Texts, subject: &'a SubjectRow, days_ago: i64, used: &mut HashSet<(String, String)>) -> Option<Case<'a>> {
        let fitting = texts.fitting(subject);
        let mut text = *self.dice.pick(&fitting)?;
        // Texts of suspected majors are there for each scene; in a city one hazard in twenty-five is one.
        if text.level == InitialLevel::SuspectedMajor && self.dice.percent(45) {
            text = *self.dice.pick(&fitting)?;
        }
        let place = self.dice.pick(&text.places).cloned().unwrap_or_default();
        let said = text.text.replace("{p}", &place);
        if !used.insert((subject.id.clone(), said)) {
            return None;
        }
        let rectifier = self.people.rectifier(&subject.id, subject.steward.as_deref())?;
        let (source, reporter) = self.reporter(subject, rectifier)?;
        let calendar = &self.app.reference.timetable.calendar;
        let some_time = self.until.plus(-days_ago * DAY).day().start().plus(self.dice.between(8 * 60, 18 * 60) * 60_000);
        let reported_at = in_office_hours(some_time, calendar, &mut self.dice);
        Some(Case {
            subject,
            text,
            place,
            source,
            reporter,
            rectifier,
            reported_at,
            late: self.dice.percent(14),
            abandoned: self.dice.percent(4),
            voided: self.dice.percent(2),
            undecided: text.level == InitialLevel::SuspectedMajor && self.dice.percent(40),
            county_returns: u8::from(self.dice.percent(12)),
            city_returns: u8::from(self.dice.percent(4)),
            id: None,
            number: String::new(),
            deadline: None,
            planned: false,
        })
    }

    fn reporter(&mut self, subject: &SubjectRow, rectifier: &'a Caller) -> Option<(Source, &'a Caller)> {
        let county = self.people.counties.get(subject.county.as_str())?;
        let town = subject.town.as_ref().and_then(|town| self.people.towns.get(town.as_str()));
        let own = subject.steward.is_none();
        Some(match (self.dice.between(0, 100), town) {
            (0..34, _) if own => (Source::SelfCheck, rectifier),
            (0..66, Some(town)) => (Source::Patrol, town),
            (66..92, _) | (_, None) => (Source::CountyCheck, self.dice.pick(county)?),
            (92..96, _) => (Source::Tip, self.dice.pick(county)?),
            _ => (Source::Oversight, self.dice.pick(&self.people.city)?),
        })
    }

    async fn run(&mut self, follower: &Follower, progress: impl Fn(usize, usize)) -> Result<(), Stop> {
        let (mut begun, total) = (0, self.cases.len());
        let mut day = None;
        while let Some(Reverse((at, case, step))) = self.queue.pop() {
            if at >= self.until {
                continue;
            }
            // One checkpoint a day, as it would have been.
            if day != Some(at.day()) {
                follower.seal_all().await?;
                day = Some(at.day());
            }
            self.app.clock.set(at);
            if step == Step::Report {
                begun += 1;
                progress(begun, total);
            }
            self.take(at, case, step).await?;
        }
        self.app.clock.set(self.until);
        Ok(())
    }

    fn then(&mut self, case: usize, step: Step, after: Instant, days: (i64, i64)) {
        let calendar = &self.app.reference.timetable.calendar;
        let at = days_later(after, days, calendar, &mut self.dice);
        self.queue.push(Reverse((at, case, step)));
    }

    async fn take(&mut self, at: Instant, case: usize, step: Step) -> Result<(), Stop> {
        match step {
            Step::Report => self.report(at, case).await,
            Step::Hold => self.hold(case).await,
            Step::Void => self.void(case).await,
            Step::Confirm => self.confirm(at, case).await,
            Step::Determine => self.determine(case).await,
            Step::Plan => self.file_plan(at, case).await,
            Step::Rectify => self.rectify(at, case).await,
            Step::Accept => self.accept(at, case).await,
            Step::SignOff => self.sign_off(at, case).await,
        }
    }

    fn id(&self, case: usize) -> Result<HazardId, Stop> {
        self.cases[case].id.ok_or_else(|| Stop::new("a step came before its report", "this is a fault of the program"))
    }

    async fn report(&mut self, at: Instant, case: usize) -> Result<(), Stop> {
        let one = &self.cases[case];
        let mut photos = Vec::new();
        if let Some((name, bytes)) = one.text.drawing("before", &format!("{}-{case}", at.day())) {
            photos.push(self.upload(one.reporter, &name, bytes).await?);
        }
        let said = ReportHazard {
            kind: one.subject.kind,
            subject: Named::Id(subject_id(&one.subject.id)),
            report: Report {
                id: HazardId(self.app.ids.uuid(at)),
                description: one.text.text.replace("{p}", &one.place),
                location: Location {
                    text: if one.place.is_empty() { one.subject.address.clone() } else { format!("{} {}", one.subject.address, one.place) },
                    point: None,
                },
                initial_level: one.text.level,
                source: one.source,
                found_at: None,
            },
            photos,
        };
        let receipt = report(self.app, one.reporter, said).await?;
        let (voided, holds) = (one.voided, one.text.interim.is_some() && (one.text.level != InitialLevel::General));
        let one = &mut self.cases[case];
        one.id = HazardId::parse(&receipt.id);
        one.number = receipt.number;
        if holds || self.dice.percent(12) {
            self.then(case, Step::Hold, at, (0, 0));
        }
        self.then(case, if voided { Step::Void } else { Step::Confirm }, at, (0, 3));
        Ok(())
    }

    async fn upload(&self, who: &Caller, name: &str, bytes: bytes::Bytes) -> Result<FileId, Stop> {
        let received = receive::receive(self.app, who, name, bytes).await?;
        FileId::parse(&received.id).ok_or_else(|| Stop::new("an upload has no id", "this is a fault of the program"))
    }

    /// Danger is held by whoever is there, minutes after it was found.
    async fn hold(&mut self, case: usize) -> Result<(), Stop> {
        let id = self.id(case)?;
        let one = &self.cases[case];
        let (Some(kind), text) = (one.text.interim.as_deref(), one.text.emergency_plan.as_str()) else { return Ok(()) };
        take_interim_measure(self.app, one.reporter, id, kind, text).await?;
        Ok(())
    }

    /// An officer of the county who did not report it.
    fn officer(&mut self, case: usize) -> Option<&'a Caller> {
        let one = &self.cases[case];
        let officers = self.people.counties.get(one.subject.county.as_str())?;
        let free: Vec<&Caller> = officers.iter().filter(|caller| caller.actor.person != one.reporter.actor.person).collect();
        self.dice.pick(&free).copied()
    }

    async fn void(&mut self, case: usize) -> Result<(), Stop> {
        let id = self.id(case)?;
        let major = self.cases[case].text.level == InitialLevel::SuspectedMajor;
        let who = if major { self.dice.pick(&self.people.city) } else { self.officer(case) };
        let reason = self.dice.pick(&self.opinions.void).cloned().unwrap_or_default();
        if let Some(who) = who {
            void(self.app, who, id, &reason).await?;
        }
        Ok(())
    }

    async fn confirm(&mut self, at: Instant, case: usize) -> Result<(), Stop> {
        let id = self.id(case)?;
        let Some(who) = self.officer(case) else { return Ok(()) };
        let one = &self.cases[case];
        let determination = if one.undecided { Determination::Pending } else { one.text.determination };
        let deadline = at.plus(one.text.days.max(3) * DAY).day();
        let said = Confirm {
            initial_level: one.text.level,
            determination,
            clauses: vec![one.text.clause.clone()],
            deadline,
            order_no: None,
        };
        confirm(self.app, who, id, said, None).await?;
        let undecided = one.undecided;
        self.cases[case].deadline = Some(deadline);
        if undecided {
            self.then(case, Step::Determine, at, (1, 4));
        }
        self.then(case, Step::Plan, at, (0, 3));
        Ok(())
    }

    /// The city decides what the county left open.
    async fn determine(&mut self, case: usize) -> Result<(), Stop> {
        let id = self.id(case)?;
        let Some(who) = self.dice.pick(&self.people.city) else { return Ok(()) };
        let text = self.cases[case].text;
        let determination = if text.determination == Determination::Pending { Determination::NotMajor } else { text.determination };
        let said = Determine {
            determination,
            clauses: vec![text.clause.clone()],
            basis: "经专家会商和现场核查，对照判定标准逐项比对后认定。".into(),
        };
        determine(self.app, who, id, said).await?;
        Ok(())
    }

    async fn file_plan(&mut self, at: Instant, case: usize) -> Result<(), Stop> {
        let id = self.id(case)?;
        let one = &self.cases[case];
        let Some(deadline) = one.deadline.filter(|day| *day >= at.day()) else { return Ok(()) };
        let head = if one.subject.principal_head.is_empty() { &one.rectifier.person_name } else { &one.subject.principal_head };
        let said = FilePlan {
            target: one.text.target.clone(),
            measures: one.text.measures.clone(),
            funds: Fen(one.text.funds * 100),
            deadline,
            responsible_person: head.clone(),
            responsible_unit: if one.subject.steward.is_some() { one.rectifier.agency_name.clone() } else { one.subject.name.clone() },
            emergency_plan: one.text.emergency_plan.clone(),
        };
        plan(self.app, one.rectifier, id, said).await?;
        let (late, abandoned) = (one.late, one.abandoned);
        self.cases[case].planned = true;
        if abandoned {
            return Ok(());
        }
        // In time is some way before the deadline; late is up to twelve days after it.
        let left = (deadline.end().0 - at.0).max(DAY);
        let days = left / DAY;
        let span = if late { (days, days + 12) } else { (days / 3, (days - 1).max(days / 3)) };
        self.then(case, Step::Rectify, at, span);
        Ok(())
    }

    async fn rectify(&mut self, at: Instant, case: usize) -> Result<(), Stop> {
        let id = self.id(case)?;
        let one = &self.cases[case];
        let mut evidence = Vec::new();
        let round = one.county_returns + one.city_returns;
        if let Some((name, bytes)) = one.text.drawing("after", &format!("{}-{round}", one.number)) {
            evidence.push(self.upload(one.rectifier, &name, bytes).await?);
        }
        rectify(self.app, one.rectifier, id, &one.text.rectified, &evidence).await?;
        self.then(case, Step::Accept, at, (1, 9));
        Ok(())
    }

    async fn accept(&mut self, at: Instant, case: usize) -> Result<(), Stop> {
        let id = self.id(case)?;
        let Some(who) = self.officer(case) else { return Ok(()) };
        let one = &self.cases[case];
        let passed = one.county_returns == 0;
        let opinion = if passed {
            self.dice.pick(&one.text.accept).cloned()
        } else {
            one.text.returned.clone().or_else(|| self.dice.pick(&self.opinions.returned).cloned())
        };
        let visited = days_later(at.plus(-DAY), (0, 0), &self.app.reference.timetable.calendar, &mut self.dice);
        let said = Accept {
            passed,
            opinion: opinion.unwrap_or_default(),
            visited_at: Some(visited.min(at)),
            place: Some(one.subject.address.clone()),
        };
        let inspectors = self.two_inspectors(case, who);
        accept_rectification(self.app, who, id, said, &inspectors).await?;
        if passed {
            self.then(case, Step::SignOff, at, (2, 17));
        } else {
            self.cases[case].county_returns -= 1;
            self.then(case, Step::Rectify, at, (2, 8));
        }
        Ok(())
    }

    /// The officer and a colleague, both with certificates.
    fn two_inspectors(&mut self, case: usize, who: &Caller) -> Vec<PersonId> {
        let known = self.people.inspectors.get(self.cases[case].subject.county.as_str()).cloned().unwrap_or_default();
        let others: Vec<PersonId> = known.iter().copied().filter(|person| *person != who.actor.person).collect();
        let second = self.dice.pick(&others).copied();
        let third = others.iter().copied().find(|person| Some(*person) != second);
        let own = known.contains(&who.actor.person).then_some(who.actor.person);
        own.or(third).into_iter().chain(second).collect()
    }

    async fn sign_off(&mut self, at: Instant, case: usize) -> Result<(), Stop> {
        let id = self.id(case)?;
        let one = &self.cases[case];
        let free: Vec<&Caller> =
            self.people.city.iter().filter(|caller| caller.actor.person != one.reporter.actor.person).collect();
        let Some(who) = self.dice.pick(&free).copied() else { return Ok(()) };
        let passed = one.city_returns == 0;
        let opinions = if passed { &self.opinions.sign_off } else { &self.opinions.city_returned };
        let opinion = self.dice.pick(opinions).cloned().unwrap_or_default();
        sign_off(self.app, who, id, Decide { passed, opinion }).await?;
        if !passed {
            self.cases[case].city_returns -= 1;
            self.then(case, Step::Rectify, at, (2, 8));
        }
        Ok(())
    }
}
