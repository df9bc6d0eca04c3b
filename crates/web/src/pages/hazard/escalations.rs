//! 催办 on the page of its hazard: what the ladder saw, what was explained, drafted and sent, and the forms for the reader's own part.

use std::collections::HashMap;

use app::{
    Caller, Failure,
    escalation::{
        self,
        draft::{Drafted, draft},
        list::{Seen, list},
    },
    hazard::show::Names,
};
use domain::{
    AgencyId,
    actor::Signature,
    authority::Act,
    escalation::{Draft, Escalation, Standing},
};
use store::escalation::EscalationFilter;

use super::{Showing, marks};
use crate::{
    api::escalations::{addressee, desk_name, names, step_name},
    views::{
        act::ActForm,
        escalations::{CardButton, EscalationCard, Explained, SentLetter, SetAside, StepLight},
        form::{Button, Choice, Field, FieldKind, Weight},
        marks::{FileLink, Who},
    },
    words::Language,
};

/// As many steps as one page shows; a hazard that has more has been late many times.
const SHOWN: usize = 30;

pub(super) async fn block(
    showing: &Showing<'_>,
    who: &Caller,
) -> Result<(Vec<EscalationCard>, Vec<ActForm>), Failure> {
    let site = showing.site;
    let filter = EscalationFilter {
        hazard: Some(showing.dossier.hazard.id),
        ..EscalationFilter::default()
    };
    let seen = list(&site.app, who, &filter, None, SHOWN).await?.items;
    let agencies = names(site, seen.iter().map(|one| &one.escalation)).await?;
    let people = people(showing, &seen).await?;
    let (mut cards, mut forms) = (Vec::new(), Vec::new());
    for one in &seen {
        let of = Step {
            showing,
            one: &one.escalation,
            agencies: &agencies,
            people: &people,
        };
        let acts = escalation::acts(who, &one.escalation, one.applies());
        let own = of.forms(who, one, &acts).await?;
        let mut card = of.card(one.applies());
        card.buttons = own.iter().map(button).collect();
        cards.push(card);
        forms.extend(own);
    }
    Ok((cards, forms))
}

fn button(form: &ActForm) -> CardButton {
    CardButton {
        label: form.opener.clone(),
        href: format!("#act-{}", form.act),
        main: form.weight == Weight::Main,
    }
}

/// Under which the form of an act on a step stands on the page.
pub(crate) fn anchor(resource: &str, id: impl std::fmt::Display) -> String {
    format!("{resource}-{id}")
}

/// Who explained, sent and set aside.
async fn people(showing: &Showing<'_>, seen: &[Seen]) -> Result<Names, Failure> {
    let mut signed: Vec<&Signature> = Vec::new();
    for one in seen {
        signed.extend(one.escalation.explanations.iter().map(|told| &told.by));
        match &one.escalation.standing {
            Standing::Sent { letter } => signed.push(&letter.by),
            Standing::SetAside { by, .. } => signed.push(by),
            Standing::Told | Standing::Drafted => {}
        }
    }
    let directory = showing.site.app.store.directory();
    let mut names = Names::default();
    for batch in signed.chunks(100) {
        let persons: Vec<_> = batch.iter().flat_map(|by| by.persons()).collect();
        let posts: Vec<_> = batch.iter().map(|by| by.post).collect();
        let persons = directory.persons(&persons).await?;
        names
            .persons
            .extend(persons.into_iter().map(|one| (one.id, one.name)));
        let titles = directory.titles(&posts).await?;
        names.posts.extend(
            titles
                .into_iter()
                .map(|(id, title, agency)| (id, (title, agency))),
        );
    }
    Ok(names)
}

/// What light a step bears: yellow where it goes before the due date with a draft, red from the due date on.
pub(crate) fn light(one: &Escalation) -> StepLight {
    match (one.saw.days_over, one.drafts) {
        (0.., _) => StepLight::Red,
        (_, Draft::Nothing) => StepLight::Clear,
        _ => StepLight::Yellow,
    }
}

/// 督办函 待发; 已提醒.
pub(crate) fn state(site: &crate::site::Site, words: crate::words::Words, one: &Escalation) -> String {
    let english = words.language() == Language::English;
    let form = site.app.reference.escalation.letter(one.drafts);
    let letter = form.map_or("", |form| if english { &form.name_en } else { &form.name_zh });
    words.fill(
        &format!("escalation_state.{}", one.standing.code()),
        &[("letter", letter)],
    )
}

struct Step<'a> {
    showing: &'a Showing<'a>,
    one: &'a Escalation,
    agencies: &'a HashMap<AgencyId, String>,
    people: &'a Names,
}

impl Step<'_> {
    fn who(&self, by: &Signature) -> Who {
        let (title, agency) = self.people.posts.get(&by.post).cloned().unwrap_or_default();
        let person = self.people.person(by.person);
        Who {
            person: match by.principal {
                Some(giver) => {
                    let giver = self.people.person(giver);
                    crate::pages::signed_for(&person, &giver, self.showing.words)
                }
                None => person,
            },
            post: format!("{agency} {title}").trim().to_owned(),
        }
    }

    fn when(&self, by: &Signature) -> String {
        marks::short(by.at, self.showing.now)
    }

    fn card(&self, applies: bool) -> EscalationCard {
        let (showing, one) = (self.showing, self.one);
        let words = showing.words;
        let english = words.language() == Language::English;
        let reached: Vec<String> = one
            .reached()
            .into_iter()
            .map(|desk| desk_name(one, desk, self.agencies))
            .collect();
        let table = &showing.site.app.reference.escalation;
        EscalationCard {
            id: one.id.to_string(),
            step: step_name(showing.site, &one.step, english),
            light: light(one),
            raised: marks::short(one.raised_at, showing.now),
            raised_full: one.raised_at.to_minute(),
            saw: self.saw(),
            reaches: words.fill(
                "escalation.reaches",
                &[("whom", &reached.join(words.get("list.comma")))],
            ),
            state: state(showing.site, words, one),
            applies,
            source: table
                .step(&one.step)
                .map(|step| step.source.clone())
                .unwrap_or_default(),
            explanations: one
                .explanations
                .iter()
                .map(|told| Explained {
                    who: self.who(&told.by),
                    when: self.when(&told.by),
                    text: told.text.clone(),
                    files: told.files.iter().filter_map(|id| self.file(*id)).collect(),
                })
                .collect(),
            letter: one.standing.letter().map(|letter| SentLetter {
                number: letter.number.clone(),
                title: letter.title.clone(),
                text: letter.text.clone(),
                to: addressee(one, &letter.addressee, self.agencies),
                who: self.who(&letter.by),
                when: self.when(&letter.by),
                attached: letter.explanations.len(),
            }),
            set_aside: match &one.standing {
                Standing::SetAside { reason, by } => Some(SetAside {
                    reason: reason.clone(),
                    who: self.who(by),
                    when: self.when(by),
                }),
                _ => None,
            },
            buttons: Vec::new(),
        }
    }

    fn saw(&self) -> String {
        let (words, saw) = (self.showing.words, &self.one.saw);
        let days = match saw.days_over {
            ..0 => words.count("escalation.saw_before", -saw.days_over),
            0 => words.get("escalation.saw_due").to_owned(),
            over => words.count("escalation.saw_over", over),
        };
        let whom = saw.waits_for.map(|desk| desk_name(self.one, desk, self.agencies));
        let values = [
            ("stage", &*words.of("stage", saw.stage.as_str())),
            ("days", &days),
            ("idle", &saw.idle_days.to_string()),
            ("whom", &whom.unwrap_or_default()),
        ];
        words.fill("escalation.saw", &values)
    }

    fn file(&self, id: domain::FileId) -> Option<FileLink> {
        let file = self.showing.dossier.files.iter().find(|file| file.id == id)?;
        Some(FileLink {
            href: format!("/files/{id}"),
            name: file.name.clone(),
            size: marks::size(file.size),
        })
    }

    async fn forms(&self, who: &Caller, seen: &Seen, acts: &[Act]) -> Result<Vec<ActForm>, Failure> {
        let mut forms = Vec::new();
        for act in acts {
            let fields = match act {
                Act::Explain => self.explanation(),
                Act::SendLetter => {
                    let drafted = draft(&self.showing.site.app, who, self.one, &seen.hazard).await?;
                    // A draft that may go to nobody but the reader's own agency is for another office to send.
                    match drafted.filter(|drafted| !drafted.addressees.is_empty()) {
                        Some(drafted) => self.letter(drafted),
                        None => continue,
                    }
                }
                _ => vec![self.area("reason", "", 3, "hint.set_aside_reason")],
            };
            forms.push(self.form(*act, fields));
        }
        Ok(forms)
    }

    fn form(&self, act: Act, fields: Vec<Field>) -> ActForm {
        let words = self.showing.words;
        let (resource, weight) = match act {
            Act::Explain => ("explanation", Weight::Ordinary),
            Act::SendLetter => ("letter", Weight::Main),
            _ => ("setting-aside", Weight::Ordinary),
        };
        let word = |family: &str| words.of(family, act.as_str());
        ActForm {
            act: anchor(resource, self.one.id),
            action: format!("/escalations/{}/{resource}", self.one.id),
            opener: word("opener"),
            weight,
            first: true,
            title: word("title"),
            hint: Some(word("hint")),
            fields,
            buttons: vec![Button {
                label: word("button"),
                name: None,
                value: String::new(),
                weight: Weight::Main,
            }],
            errors: Vec::new(),
            version: self.one.seen.version,
            idempotency_key: self.showing.site.app.ids.uuid(self.showing.now).to_string(),
        }
    }

    fn area(&self, name: &str, value: &str, rows: u8, hint: &str) -> Field {
        let words = self.showing.words;
        Field {
            name: name.to_owned(),
            label: words.of("field", name),
            hint: words.has(hint).then(|| words.get(hint).to_owned()),
            required: true,
            error: None,
            kind: FieldKind::Textarea {
                value: value.to_owned(),
                rows,
            },
        }
    }

    fn explanation(&self) -> Vec<Field> {
        let words = self.showing.words;
        vec![
            self.area("explanation", "", 4, "hint.explanation"),
            Field {
                name: "files".into(),
                label: words.get("field.files").to_owned(),
                hint: None,
                required: false,
                error: None,
                kind: FieldKind::Files {
                    kept: Vec::new(),
                    accept: "image/*,application/pdf".into(),
                    camera: false,
                },
            },
        ]
    }

    fn letter(&self, drafted: Drafted) -> Vec<Field> {
        let words = self.showing.words;
        let options = drafted
            .addressees
            .into_iter()
            .enumerate()
            .map(|(at, (id, name))| Choice {
                value: id,
                label: name,
                hint: None,
                chosen: at == 0,
            });
        vec![
            Field {
                name: "addressee".into(),
                label: words.get("field.addressee").to_owned(),
                hint: None,
                required: true,
                error: None,
                kind: FieldKind::Choice {
                    options: options.collect(),
                },
            },
            Field {
                name: "title".into(),
                label: words.get("field.title").to_owned(),
                hint: None,
                required: true,
                error: None,
                kind: FieldKind::Text {
                    value: drafted.title,
                    unit: None,
                },
            },
            self.area("letter", &drafted.text, 18, "hint.letter"),
        ]
    }
}
