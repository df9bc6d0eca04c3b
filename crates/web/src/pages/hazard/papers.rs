//! Papers of one case, as Word documents and for printing: 隐患档案卡, 整改复查（验收）意见书 and 隐患销号审批单. Who sees the case has its
//! papers; none takes a number. A paper is Chinese whatever language the screen speaks.

use app::{
    Failure,
    hazard::show::{self, Dossier},
};
use axum::{
    extract::{Path, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::{
    HazardId,
    actor::Signature,
    authority::Act,
    hazard::{Determination, Hazard, StageName},
    time::Instant,
};
use press::{
    Mark, Paper, docx, html,
    papers::{
        Fact, Opinion,
        hazard_card::{self, Element, HazardCard, Return, Step},
        recheck::{self, Inspector, Recheck, UnitSigns},
        sign_off_sheet::{self, SignOffSheet},
    },
};

use super::{Showing, facts, record, timeline, why};
use crate::{
    caller::Browser,
    pages::{encode, frame, render},
    problem::Problem,
    site::Site,
    views::{frame::Section, hazard::PaperLink, paper::PaperPage},
    words::{Language, Words},
};

/// The papers that the case has at this stage.
pub fn links(hazard: &Hazard) -> Vec<PaperLink> {
    let link = |paper: &str, name| PaperLink {
        href: format!("/hazards/{}/{paper}", hazard.id),
        name,
    };
    let mut links = vec![link("card.docx", "paper.card_docx")];
    if has_sheet(hazard).is_ok() {
        links.push(link("sign-off-sheet", "paper.sign_off_sheet"));
    }
    if has_recheck(hazard).is_ok() {
        links.push(link("recheck-opinion", "paper.recheck_opinion"));
    }
    links
}

/// There is a sheet when sign-off is the next step, or was the last.
fn has_sheet(hazard: &Hazard) -> Result<(), Failure> {
    if hazard.stage.name() != StageName::SignedOff {
        hazard.expects(Act::SignOff)?;
    }
    Ok(())
}

/// There is an opinion when a re-check is the next step, or has been made.
fn has_recheck(hazard: &Hazard) -> Result<(), Failure> {
    if hazard.stage.acceptance().is_none() {
        hazard.expects(Act::Accept)?;
    }
    Ok(())
}

pub async fn card_docx(
    State(site): State<Site>,
    browser: Browser,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let paper = of(&site, &browser, &id, |showing| {
        Ok(hazard_card::paper(&card(showing)))
    })
    .await;
    let (_, paper) = paper.map_err(|failure| Problem::page(failure, browser.words))?;
    Ok(word(&site, &paper))
}

pub async fn sheet_docx(
    State(site): State<Site>,
    browser: Browser,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let paper = of(&site, &browser, &id, sheet_of).await;
    let (_, paper) = paper.map_err(|failure| Problem::page(failure, browser.words))?;
    Ok(word(&site, &paper))
}

pub async fn sheet(
    State(site): State<Site>,
    browser: Browser,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    on_screen(&site, &browser, &id, "sign-off-sheet", sheet_of).await
}

pub async fn recheck(
    State(site): State<Site>,
    browser: Browser,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    on_screen(&site, &browser, &id, "recheck-opinion", recheck_of).await
}

pub async fn recheck_docx(
    State(site): State<Site>,
    browser: Browser,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let paper = of(&site, &browser, &id, recheck_of).await;
    let (_, paper) = paper.map_err(|failure| Problem::page(failure, browser.words))?;
    Ok(word(&site, &paper))
}

async fn on_screen(
    site: &Site,
    browser: &Browser,
    id: &str,
    name: &str,
    paper: impl FnOnce(&Showing) -> Result<Paper, Failure>,
) -> Result<Response, Problem> {
    let paper = of(site, browser, id, paper).await;
    let (id, paper) = paper.map_err(|failure| Problem::page(failure, browser.words))?;
    let back = format!("/hazards/{id}");
    let here = format!("{back}/{name}");
    let now = site.app.clock.now();
    let page = PaperPage {
        frame: frame(site, browser, paper.name.clone(), Section::Hazards, &here, now),
        paper: html::write(&paper),
        word: format!("{here}.docx"),
        back,
    };
    Ok(render(StatusCode::OK, &page))
}

async fn of(
    site: &Site,
    browser: &Browser,
    id: &str,
    paper: impl FnOnce(&Showing) -> Result<Paper, Failure>,
) -> Result<(HazardId, Paper), Failure> {
    let id = HazardId::parse(id).ok_or(Failure::NotFound)?;
    let dossier: Dossier = show::dossier(&site.app, &browser.live.caller, id).await?;
    let showing = Showing {
        site,
        dossier: &dossier,
        words: Words::new(Language::Chinese),
        now: site.app.clock.now(),
    };
    Ok((id, paper(&showing)?))
}

/// The name of the file carries the number of the case.
pub(crate) fn word(site: &Site, paper: &Paper) -> Response {
    let mut response = docx::write(paper, &site.app.reference.papers.faces).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(docx::MEDIA_TYPE));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    let name = encode(&format!("{}.docx", paper.name.replace('/', "_")));
    if let Ok(disposition) = HeaderValue::from_str(&format!("attachment; filename*=UTF-8''{name}")) {
        headers.insert(header::CONTENT_DISPOSITION, disposition);
    }
    response
}

fn mark(showing: &Showing) -> Mark {
    let (words, line) = (showing.words, record(showing));
    let sealed = line.sealed_to.map(|n| words.count("record.sealed_to", n));
    let checkpoint = line
        .checkpoint
        .map(|time| words.fill("record.checkpoint", &[("time", &time)]));
    Mark {
        as_of: showing.now.to_minute(),
        record: [words.of("record", line.state.code())]
            .into_iter()
            .chain(sealed)
            .chain(checkpoint)
            .collect(),
        demo: showing.site.demo.is_some(),
    }
}

/// Label and value, with the smaller second line behind the value.
fn known(showing: &Showing) -> Vec<Fact> {
    let facts = facts::facts(showing).into_iter();
    facts
        .map(|fact| {
            Fact::new(
                fact.label,
                [fact.value, fact.note.unwrap_or_default()].join(" ").trim(),
            )
        })
        .collect()
}

fn signed(showing: &Showing, by: &Signature) -> String {
    let who = showing.who(by);
    format!("{} {}", who.post, who.person).trim().to_owned()
}

fn opinion(showing: &Showing, text: &str, by: &Signature) -> Opinion {
    Opinion {
        text: text.to_owned(),
        who: signed(showing, by),
        day: by.at.day().to_string(),
    }
}

fn clauses(hazard: &Hazard) -> Vec<String> {
    let confirmation = hazard.stage.confirmation();
    confirmation
        .map(|confirmation| confirmation.clauses.clone())
        .unwrap_or_default()
}

fn card(showing: &Showing) -> HazardCard {
    let (words, hazard) = (showing.words, &showing.dossier.hazard);
    let why = hazard.due.as_ref().map(|due| why::this_date(due, words));
    let lines = why.iter().flat_map(|why| &why.lines);
    let plan = hazard
        .stage
        .plan()
        .map(|plan| facts::elements(showing, plan))
        .unwrap_or_default();
    HazardCard {
        city: showing.site.app.reference.name(showing.site.app.city()),
        number: hazard.number.clone(),
        description: hazard.description.clone(),
        level: words.of("level", hazard.initial_level.as_str()),
        determination: words.of("determination", hazard.determination().as_str()),
        stage: words.of("stage", hazard.stage.name().as_str()),
        facts: known(showing),
        clauses: clauses(hazard),
        steps: steps(showing),
        why: lines
            .map(|line| Fact::new(line.label.clone(), line.text.clone()))
            .collect(),
        due: why.as_ref().map(|why| why.result.clone()).unwrap_or_default(),
        plan: plan
            .into_iter()
            .map(|element| Element {
                name: words.of("element", &element.element),
                text: element.text,
                planned: element.planned,
                in_place: element.in_place,
                proven: element.proven,
            })
            .collect(),
        returns: hazard
            .returns
            .iter()
            .map(|back| Return {
                from: words.of("stage", back.from.as_str()),
                reason: back.reason.clone(),
                who: signed(showing, &back.by),
                when: back.by.at.to_minute(),
            })
            .collect(),
        timeline: timeline::events(showing)
            .into_iter()
            .map(|event| Step {
                name: words.of("did", &event.act),
                who: format!("{} {}", event.who.post, event.who.person)
                    .trim()
                    .to_owned(),
                when: event.when_full,
                text: event.opinion.unwrap_or_default(),
            })
            .collect(),
        mark: mark(showing),
    }
}

/// 发现 → 判定 → 整改 → 验收 → 销号, as far as the present round has come.
fn steps(showing: &Showing) -> Vec<Step> {
    let (words, hazard) = (showing.words, &showing.dossier.hazard);
    let stage = &hazard.stage;
    let step = |act: Act, done: Option<(&Signature, Instant, String)>| {
        let name = words.of("did", act.as_str());
        done.map_or_else(
            || Step {
                name: name.clone(),
                ..Step::default()
            },
            |(by, at, text)| Step {
                name: name.clone(),
                who: signed(showing, by),
                when: at.to_minute(),
                text,
            },
        )
    };
    let source = words.of("source", hazard.source.as_str());
    let confirmed = stage.confirmation().map(|confirmation| {
        let determination = words.of("determination", confirmation.determination.as_str());
        let deadline = format!("{} {}", words.get("field.deadline"), confirmation.deadline);
        (
            &confirmation.by,
            confirmation.by.at,
            format!("{determination}；{deadline}"),
        )
    });
    vec![
        step(Act::Report, hazard.reporter().map(|by| (by, by.at, source))),
        step(Act::Confirm, confirmed),
        step(
            Act::Rectify,
            stage
                .rectification()
                .map(|done| (&done.by, done.by.at, done.summary.clone())),
        ),
        step(
            Act::Accept,
            stage
                .acceptance()
                .map(|done| (&done.by, done.by.at, done.opinion.clone())),
        ),
        step(
            Act::SignOff,
            stage
                .sign_off()
                .map(|done| (&done.by, done.by.at, done.opinion.clone())),
        ),
    ]
}

fn sheet_of(showing: &Showing) -> Result<Paper, Failure> {
    let hazard = &showing.dossier.hazard;
    has_sheet(hazard)?;
    let (stage, names) = (&hazard.stage, &showing.dossier.names);
    let acceptance = stage.acceptance();
    let inspectors = acceptance
        .into_iter()
        .flat_map(|acceptance| &acceptance.inspectors);
    let visit = acceptance.map(|acceptance| {
        let at = acceptance.visited_at.map(|at| at.to_minute());
        at.into_iter()
            .chain(acceptance.place.clone())
            .collect::<Vec<_>>()
            .join("，")
    });
    let mut facts = known(showing);
    let deadline = hazard.deadline().map(|day| day.to_string());
    facts.extend([
        Fact::new(
            showing.words.get("table.level"),
            showing.words.of("level", hazard.initial_level.as_str()),
        ),
        Fact::new(
            showing.words.get("card.determination"),
            showing.words.of("determination", hazard.determination().as_str()),
        ),
        Fact::new(showing.words.get("field.deadline"), deadline.unwrap_or_default()),
    ]);
    let sheet = SignOffSheet {
        number: hazard.number.clone(),
        facts,
        description: hazard.description.clone(),
        clauses: clauses(hazard),
        rectified: stage
            .rectification()
            .map(|done| opinion(showing, &done.summary, &done.by))
            .unwrap_or_default(),
        accepted: acceptance
            .map(|done| opinion(showing, &done.opinion, &done.by))
            .unwrap_or_default(),
        inspectors: inspectors
            .map(|id| match names.certificates.get(id) {
                Some(certificate) => format!("{}（证号 {certificate}）", names.person(*id)),
                None => names.person(*id),
            })
            .collect(),
        visit: visit.unwrap_or_default(),
        // The city's department looks on paper: the loop has no act of its own for it.
        reviewed: Opinion::default(),
        signed_off: stage
            .sign_off()
            .map(|done| opinion(showing, &done.opinion, &done.by))
            .unwrap_or_default(),
        returns: hazard.returns.len(),
        // Only major hazards can be listed; whether this one is, is not in the record yet, so the box is printed for a pen.
        leader: (hazard.determination() == Determination::Major).then(Opinion::default),
        mark: mark(showing),
    };
    Ok(sign_off_sheet::paper(&sheet))
}

/// 整改复查（验收）意见书 of one case; before anybody has looked, with open boxes for a pen.
fn recheck_of(showing: &Showing) -> Result<Paper, Failure> {
    let hazard = &showing.dossier.hazard;
    has_recheck(hazard)?;
    let names = &showing.dossier.names;
    let acceptance = hazard.stage.acceptance();
    let people = acceptance.into_iter().flat_map(|one| &one.inspectors);
    let inspectors = people.map(|id| Inspector {
        name: names.person(*id),
        certificate_no: names.certificates.get(id).cloned().unwrap_or_default(),
    });
    let order = hazard.stage.confirmation().and_then(|one| one.order_no.clone());
    let organ = hazard
        .rechecker()
        .map_or(hazard.supervisor(), |(_, agency)| agency);
    let organ = acceptance.map_or(organ, |one| one.by.agency);
    Ok(recheck::paper(&Recheck {
        number: String::new(),
        order_no: order.unwrap_or_default(),
        unit: hazard.subject.name.clone(),
        about_unit: Vec::new(),
        visited: acceptance
            .and_then(|one| one.visited_at)
            .map(|at| at.to_minute())
            .unwrap_or_default(),
        place: acceptance
            .and_then(|one| one.place.clone())
            .unwrap_or_else(|| hazard.location.text.clone()),
        items: vec![recheck::Item {
            problem: format!("{}（{}）", hazard.description, hazard.number),
            result: acceptance.map_or(recheck::Looked::Open, |_| recheck::Looked::Done),
            seen: acceptance.map(|one| one.opinion.clone()).unwrap_or_default(),
        }],
        opinion: acceptance.map(|one| one.opinion.clone()).unwrap_or_default(),
        inspectors: inspectors.collect(),
        unit_signs: UnitSigns::Awaited,
        signature: press::model::Signature {
            organ: names.agency(organ),
            date: acceptance
                .map(|one| press::model::date(&one.by.at.day().to_string()))
                .unwrap_or_default(),
        },
        mark: mark(showing),
    }))
}
