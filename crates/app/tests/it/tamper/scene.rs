//! What stands in the tables before a hand is laid on them: of every kind of row one that was written twice and is sealed, and one
//! whose second writing is the newest event and not sealed yet.

use domain::{
    AgencyId, PostId,
    agency::{Post, Role},
    authority::Act,
    change::{Row as Image, Seen},
    directory,
    scope::{Grant, Scope},
};
use seal::Value;
use store::{
    Stamp,
    table::{EVIDENCE, Table},
};
use testkit::{World, file_id, raw::Row};

/// One row before and after its second writing.
pub struct Pair {
    pub id: String,
    pub older: Row,
    pub newer: Row,
}

pub struct Scene {
    pub table: &'static Table,
    pub sealed: Pair,
    pub fresh: Pair,
}

pub fn table(name: &str) -> &'static Table {
    EVIDENCE
        .iter()
        .find(|table| table.name == name)
        .expect("a table of evidence")
}

impl Scene {
    /// Two rows of this table, each written twice; the newest writing is not sealed.
    pub async fn of(w: &World, name: &str) -> Self {
        w.seals().await;
        let (one, other) = match name {
            "hazard" => hazards(w).await,
            "file" => files(w).await,
            "escalation" => escalations(w).await,
            "sign_off_list" => lists(w).await,
            "complaint" => complaints(w).await,
            "problem_list" => problem_lists(w).await,
            "unit_proxy" => proxies(w).await,
            "delegation" => delegations(w).await,
            _ => {
                let [one, other] = candidates(w, name).await;
                let sealed = twice(w, name, one, true).await;
                (sealed, twice(w, name, other, false).await)
            }
        };
        Self {
            table: table(name),
            sealed: one,
            fresh: other,
        }
    }
}

async fn row(w: &World, table: &str, id: &str) -> Row {
    w.raw()
        .await
        .one(table, "id = $1", &[Value::Text(id.to_owned())])
        .await
}

/// Two hazards, reported and confirmed.
async fn hazards(w: &World) -> (Pair, Pair) {
    let mut pairs = Vec::new();
    for description in ["配电箱门缺失", "疏散指示灯不亮"] {
        let mut said = w.town().a_report(description).await;
        said.report.location.point =
            domain::place::Point::read(Some(109.029), Some(32.69)).expect("a point on earth");
        let h = w.town().reports_as(said).await.good();
        w.seals().await;
        let older = row(w, "hazard", &h.id).await;
        let regulator = if pairs.is_empty() {
            "610902-housing"
        } else {
            "610902-emergency"
        };
        w.county().confirms_for(&h, regulator).await.good();
        if pairs.is_empty() {
            w.seals().await;
        }
        pairs.push(Pair {
            newer: row(w, "hazard", &h.id).await,
            older,
            id: h.id,
        });
    }
    let fresh = pairs.pop().expect("two");
    (pairs.pop().expect("two"), fresh)
}

/// Two delegations, given and ended.
async fn delegations(w: &World) -> (Pair, Pair) {
    let mut pairs = Vec::new();
    for act in [Act::Accept, Act::Confirm] {
        let given = w
            .county()
            .delegates(&[act], &w.second_county_officer())
            .await
            .good();
        w.seals().await;
        let older = row(w, "delegation", &given.id).await;
        w.county().ends_the_delegation(&given).await.good();
        if pairs.is_empty() {
            w.seals().await;
        }
        pairs.push(Pair {
            newer: row(w, "delegation", &given.id).await,
            older,
            id: given.id,
        });
    }
    let fresh = pairs.pop().expect("two");
    (pairs.pop().expect("two"), fresh)
}

/// Two files, uploaded and attached.
async fn files(w: &World) -> (Pair, Pair) {
    let mut pairs = Vec::new();
    for description in ["配电箱门缺失", "疏散指示灯不亮"] {
        let h = w.town().reports(description).await.good();
        w.county().confirms(&h).await.good();
        w.unit().plans(&h).await.good();
        let file = w.unit().uploads().await.good();
        w.seals().await;
        let older = row(w, "file", &file.id).await;
        w.unit()
            .rectifies_with(&h, "已整改。", &[file_id(&file)])
            .await
            .good();
        if pairs.is_empty() {
            w.seals().await;
        }
        pairs.push(Pair {
            newer: row(w, "file", &file.id).await,
            older,
            id: file.id,
        });
    }
    let fresh = pairs.pop().expect("two");
    (pairs.pop().expect("two"), fresh)
}

/// Two steps of the ladder, raised and explained.
async fn escalations(w: &World) -> (Pair, Pair) {
    let mut pairs = Vec::new();
    for description in ["配电箱门缺失", "疏散指示灯不亮"] {
        let h = w.town().reports(description).await.good();
        let id = w.falls_overdue(&h).await.to_string();
        w.seals().await;
        let older = row(w, "escalation", &id).await;
        w.county().explains(&id, "人手不足，本周内核实。").await.good();
        if pairs.is_empty() {
            w.seals().await;
        }
        pairs.push(Pair {
            newer: row(w, "escalation", &id).await,
            older,
            id,
        });
    }
    let fresh = pairs.pop().expect("two");
    (pairs.pop().expect("two"), fresh)
}

/// Writes a row a second time, as a correction of reference data would.
async fn twice(w: &World, name: &str, (id, image): (String, Image), seal: bool) -> Pair {
    let older = row(w, name, &id).await;
    load(w, vec![image]).await;
    if seal {
        w.seals().await;
    }
    Pair {
        newer: row(w, name, &id).await,
        older,
        id,
    }
}

/// Reference data come in, as events by the system.
pub async fn load(w: &World, rows: Vec<Image>) {
    let now = w.now();
    let mut ids = || w.app.ids.event(now);
    for change in directory::load(
        "correction.toml",
        &"0".repeat(64),
        w.app.city(),
        rows,
        &mut ids,
        now,
    ) {
        let stamp = Stamp {
            salt: w.app.ids.salt(),
            answer: None,
        };
        w.app
            .store
            .record(&change, stamp)
            .await
            .expect("reference data can be loaded");
    }
}

fn everywhere(w: &World) -> Scope {
    Scope {
        grants: vec![Grant::City {
            city: w.app.city().clone(),
            sectors: None,
        }],
    }
}

/// Two rows of a directory table, corrected.
async fn candidates(w: &World, name: &str) -> [(String, Image); 2] {
    let directory = w.app.store.directory();
    let people = [w.town(), w.unit()];
    let rows = match name {
        "jurisdiction" => {
            let mut all = directory
                .jurisdictions()
                .await
                .expect("jurisdictions can be read");
            let corrected = |mut one: domain::jurisdiction::Jurisdiction| {
                one.name.push('区');
                (one.id.to_string(), Image::Jurisdiction(one))
            };
            all.truncate(2);
            all.into_iter().map(corrected).collect::<Vec<_>>()
        }
        "agency" => {
            let mut all = directory
                .agencies(w.app.city())
                .await
                .expect("agencies can be read");
            all.retain(|one| one.parent.is_some() && one.home.town.is_some() && one.unit.is_none());
            let corrected = |mut one: domain::agency::Agency| {
                one.rank += 1;
                (one.id.to_string(), Image::Agency(one))
            };
            all.truncate(2);
            all.into_iter().map(corrected).collect()
        }
        "post" => {
            let mut rows = Vec::new();
            for person in &people {
                rows.push(post(w, person.caller().await.actor.post).await);
            }
            rows
        }
        "person_opening" => {
            let mut rows = Vec::new();
            for reader in [w.discipline(), w.city()] {
                let mut opened = reader.opens_the_record_of(&w.town(), "核查问题线索").await.good();
                opened.reason.push_str("（补）");
                rows.push((opened.id.to_string(), Image::PersonOpening(Box::new(opened))));
            }
            w.seals().await;
            rows
        }
        "person" => {
            let ids = [
                w.county().person().await,
                w.second_county_officer().person().await,
            ];
            let all = directory.persons(&ids).await.expect("persons can be read");
            let corrected = |mut one: domain::person::Person| {
                one.certificate_no.push('甲');
                (one.id.to_string(), Image::Person(one))
            };
            all.into_iter().map(corrected).collect()
        }
        "appointment" => {
            let mut rows = Vec::new();
            for person in &people {
                let one = directory
                    .appointment(person.appointment().await)
                    .await
                    .expect("appointments can be read");
                let mut one = one.expect("it is there");
                one.to = Some(w.now().day().plus_days(400));
                rows.push((one.id.to_string(), Image::Appointment(one)));
            }
            rows
        }
        "account" => {
            let mut rows = Vec::new();
            for name in ["admin", "discipline"] {
                let one = directory
                    .account_named(name)
                    .await
                    .expect("accounts can be read")
                    .expect("it is there");
                let one = domain::person::Account { open: false, ..one };
                rows.push((one.id.to_string(), Image::Account(one)));
            }
            rows
        }
        "route_table" => route_tables(w).await,
        "route_version" => route_versions(w).await,
        "calendar" => calendars(w).await,
        "subject" => {
            let all = w
                .app
                .store
                .subjects(&everywhere(w))
                .list(&Default::default(), 2)
                .await;
            let corrected = |mut one: domain::subject::Subject| {
                one.address.push_str("（南门）");
                (one.id.to_string(), Image::Subject(one))
            };
            all.expect("subjects can be read")
                .into_iter()
                .map(corrected)
                .collect()
        }
        other => panic!("no rows of {other} are known here"),
    };
    rows.try_into().unwrap_or_else(|_| panic!("two rows of {name}"))
}

/// The city has one table; a second city's is entered beside it.
async fn route_tables(w: &World) -> Vec<(String, Image)> {
    let own = w
        .app
        .store
        .routes(w.app.city())
        .await
        .expect("routes can be read")
        .expect("the city has routes");
    let another = domain::route::RouteTable {
        city: "6107".into(),
        seen: Seen::NEW,
        ..own.clone()
    };
    load(w, vec![Image::RouteTable(another)]).await;
    w.seals().await;
    let another = w
        .app
        .store
        .routes(&"6107".into())
        .await
        .expect("routes can be read")
        .expect("it is there");
    let corrected = |mut one: domain::route::RouteTable| {
        one.routes[0].name_zh.push('。');
        (one.city.to_string(), Image::RouteTable(one))
    };
    vec![corrected(own), corrected(another)]
}

/// Two versions that were set, corrected.
async fn route_versions(w: &World) -> Vec<(String, Image)> {
    let city = w.city();
    for route in ["literal", "items"] {
        let said = city.routes_with_all_on(route, w.now().day()).await;
        city.sets_routes(said).await.good();
    }
    w.seals().await;
    let (versions, _) = app::routes::history(&w.app, None)
        .await
        .expect("versions can be read");
    let corrected = |mut one: domain::route::version::RouteVersion| {
        one.reason.push_str("（更正）");
        let id = domain::route::version::RouteVersion::id(&one.city, one.no);
        (id, Image::RouteVersion(Box::new(one)))
    };
    versions.into_iter().map(corrected).collect()
}

/// The city has one calendar; a second city's is entered beside it.
async fn calendars(w: &World) -> Vec<(String, Image)> {
    let known = async |city: &domain::JurisdictionId| {
        let known = store::calendar::of_city(&w.app.store.door, city).await;
        known.expect("calendars can be read").expect("it is there")
    };
    let own = known(w.app.city()).await;
    let another = domain::calendar::KnownCalendar {
        city: "6107".into(),
        seen: Seen::NEW,
        ..own.clone()
    };
    load(w, vec![Image::Calendar(Box::new(another))]).await;
    w.seals().await;
    let corrected = |mut one: domain::calendar::KnownCalendar| {
        one.file.push('~');
        (one.city.to_string(), Image::Calendar(Box::new(one)))
    };
    vec![corrected(own), corrected(known(&"6107".into()).await)]
}

async fn post(w: &World, id: PostId) -> (String, Image) {
    let old = row(w, "post", &id.to_string()).await;
    let Value::Bytes(head) = old.get("head") else {
        panic!("a head is bytes")
    };
    let seen = Seen {
        version: old.int("version"),
        head: head.clone().try_into().expect("32 bytes"),
    };
    let post = Post {
        id,
        seen,
        agency: AgencyId::parse(&old.text("agency")).expect("an id"),
        city: w.app.city().clone(),
        title: old.text("title") + "（兼）",
        role: Role::parse(&old.text("role")).expect("a role"),
    };
    (id.to_string(), Image::Post(post))
}

/// Two lists, opened and decided.
async fn lists(w: &World) -> (Pair, Pair) {
    let mut pairs = Vec::new();
    for description in ["配电箱门缺失", "疏散指示灯不亮"] {
        w.county().brings_to_acceptance(&w.unit(), description).await;
        let list = w.city().opens_a_list("610902").await.good();
        let listed = w.city().looks_at_the_list(&list).await.good();
        for item in listed.list.drawn() {
            w.city().signs_off(&item.hazard).await.good();
        }
        w.seals().await;
        let older = row(w, "sign_off_list", &list.id).await;
        w.city().decides_the_list(&list, true, "同意销号。").await.good();
        if pairs.is_empty() {
            w.seals().await;
        }
        pairs.push(Pair {
            newer: row(w, "sign_off_list", &list.id).await,
            older,
            id: list.id,
        });
    }
    let fresh = pairs.pop().expect("two");
    (pairs.pop().expect("two"), fresh)
}

/// Two complaints, made and answered: one with a name, one without.
async fn complaints(w: &World) -> (Pair, Pair) {
    let mut pairs = Vec::new();
    for anonymous in [false, true] {
        let made = w
            .town()
            .complains("同一份台账每周报三次。", anonymous)
            .await
            .good();
        let id = made.id.to_string();
        w.seals().await;
        let older = row(w, "complaint", &id).await;
        w.city()
            .answers_the_complaint(&made, "已取消其中两次。")
            .await
            .good();
        if pairs.is_empty() {
            w.seals().await;
        }
        pairs.push(Pair {
            newer: row(w, "complaint", &id).await,
            older,
            id,
        });
    }
    let fresh = pairs.pop().expect("two");
    (pairs.pop().expect("two"), fresh)
}

/// Two lists of visits, opened and sent.
async fn problem_lists(w: &World) -> (Pair, Pair) {
    let to = w.county().agency().await;
    let mut pairs = Vec::new();
    for description in ["配电箱门缺失", "疏散指示灯不亮"] {
        let found = w.city().finds_on_a_visit(description).await;
        let list = w.city().opens_a_problem_list("610902", &[&found]).await.good();
        // Void, its item is not handed over: the letter stays the newest event.
        w.county().voids(&found, "重复上报。").await.good();
        w.seals().await;
        let older = row(w, "problem_list", &list.id).await;
        w.city().sends_the_problem_list(&list, to).await.good();
        if pairs.is_empty() {
            w.seals().await;
        }
        pairs.push(Pair {
            newer: row(w, "problem_list", &list.id).await,
            older,
            id: list.id,
        });
    }
    let fresh = pairs.pop().expect("two");
    (pairs.pop().expect("two"), fresh)
}

/// Two units that their town records for, each with a second slip.
async fn proxies(w: &World) -> (Pair, Pair) {
    let town = w.person("town-610902003");
    let mut pairs = Vec::new();
    for unit in ["s-610902-14", "s-610902-12"] {
        let unit = app::directory::load::subject_id(unit);
        let id = app::proxy::id_of(&w.app, unit);
        town.hands_out_a_slip(unit).await.good();
        w.seals().await;
        let older = row(w, "unit_proxy", &id.to_string()).await;
        town.hands_out_a_slip(unit).await.good();
        if pairs.is_empty() {
            w.seals().await;
        }
        pairs.push(Pair {
            newer: row(w, "unit_proxy", &id.to_string()).await,
            older,
            id: id.to_string(),
        });
    }
    let fresh = pairs.pop().expect("two");
    (pairs.pop().expect("two"), fresh)
}
