//! Who and what the tests begin with: people of one county and one town, and a hazard at any stage.

use domain::{
    AgencyId, AppointmentId, EventId, FileId, HazardId, PersonId, PostId, SubjectId,
    actor::{Actor, Seat},
    agency::Role,
    authority::Act,
    calendar::Calendar,
    change::{Change, Seen},
    deadline::{Clock, ClockUnit, Timetable},
    evidence::{EvidenceFile, FileState},
    hazard::{
        Determination, Hazard, InitialLevel, Moment, Offices, Outcome, Source, StageName, accept::Accept,
        confirm::Confirm, determine::Determine, plan::FilePlan, report::Report, sign_off::Decide,
    },
    money::Fen,
    person::Person,
    place::{Home, Location},
    refusal::Refusal,
    route::{Route, RouteRule, RouteTable, Visit},
    subject::{Subject, SubjectKind, SubjectStatus},
    time::{Day, HOUR, Instant},
};
use uuid::Uuid;

pub const COUNTY_OFFICE: u128 = 0xa1;
pub const CITY_OFFICE: u128 = 0xa2;
pub const COUNTY_HOUSING: u128 = 0xa3;
pub const CITY_EMERGENCY: u128 = 0xa4;
pub const TOWN_OFFICE: u128 = 0xa5;
pub const UNIT: u128 = 0xb1;

pub fn agency(n: u128) -> AgencyId {
    AgencyId(Uuid::from_u128(n))
}

pub fn person(n: u128) -> PersonId {
    PersonId(Uuid::from_u128(n))
}

pub fn subject_id() -> SubjectId {
    SubjectId(Uuid::from_u128(UNIT))
}

pub fn now() -> Instant {
    Instant::parse("2026-03-04T09:00:00+08:00").unwrap()
}

pub fn in_days(days: i64) -> Day {
    now().day().plus_days(days)
}

fn actor(n: u128, role: Role, at: u128, county: Option<&str>, town: Option<&str>) -> Actor {
    Actor {
        person: person(n),
        principal: None,
        post: PostId(Uuid::from_u128(n + 0x100)),
        agency: agency(at),
        role,
        seat: Seat {
            city: "6109".into(),
            county: county.map(Into::into),
            town: town.map(Into::into),
        },
        sectors: Vec::new(),
        unit: None,
        appointment: (AppointmentId(Uuid::from_u128(n + 0x200)), 1),
    }
}

pub fn town() -> Actor {
    actor(
        1,
        Role::TownOffice,
        TOWN_OFFICE,
        Some("610902"),
        Some("610902001"),
    )
}

pub fn unit() -> Actor {
    Actor {
        unit: Some(subject_id()),
        ..actor(2, Role::Unit, UNIT, Some("610902"), Some("610902001"))
    }
}

pub fn county() -> Actor {
    actor(3, Role::CountyOffice, COUNTY_OFFICE, Some("610902"), None)
}

pub fn second_county_officer() -> Actor {
    actor(4, Role::CountyOffice, COUNTY_OFFICE, Some("610902"), None)
}

pub fn city() -> Actor {
    actor(5, Role::CityOffice, CITY_OFFICE, None, None)
}

pub fn city_department() -> Actor {
    actor(6, Role::CityDepartment, CITY_EMERGENCY, None, None)
}

pub fn county_department() -> Actor {
    actor(7, Role::CountyDepartment, COUNTY_HOUSING, Some("610902"), None)
}

pub fn neighbour() -> Actor {
    actor(8, Role::CountyOffice, 0xc1, Some("610981"), None)
}

pub fn neighbouring_town() -> Actor {
    actor(9, Role::TownOffice, 0xc2, Some("610902"), Some("610902102"))
}

pub fn discipline() -> Actor {
    actor(10, Role::Discipline, 0xc3, None, None)
}

pub fn admin() -> Actor {
    actor(11, Role::Admin, 0xc4, None, None)
}

/// Inspectors with certificates; 21 and 22 have had no hand in anything.
pub fn inspector(n: u128) -> Person {
    Person {
        id: person(n),
        seen: Seen {
            version: 1,
            head: [0; 32],
        },
        city: "6109".into(),
        name: "检查人员".into(),
        certificate_no: format!("演示{n:06}"),
    }
}

pub fn two_inspectors() -> Vec<Person> {
    vec![inspector(21), inspector(22)]
}

fn clock(id: &str, length: u32, unit: ClockUnit) -> Clock {
    let text = String::new;
    Clock {
        id: id.into(),
        name_zh: text(),
        name_en: text(),
        length,
        unit,
        source: text(),
    }
}

pub fn times() -> Timetable {
    Timetable {
        confirm: clock("confirm", 2, ClockUnit::WorkingDays),
        accept: clock("accept", 10, ClockUnit::CalendarDays),
        sign_off: clock("sign_off", 10, ClockUnit::WorkingDays),
        calendar: Calendar::new([2026], &[], &[]),
    }
}

pub fn route(id: &str, plan: bool, inspectors: u8, visit: Visit, sign_off: bool) -> Route {
    Route {
        id: id.into(),
        name_zh: id.into(),
        name_en: id.into(),
        plan,
        inspectors,
        visit,
        sign_off,
    }
}

/// Everything goes the long way, but for what a patrol finds and is general: that the county closes.
pub fn routes() -> RouteTable {
    let rule = |source, route: &str| RouteRule {
        initial_level: source,
        determination: None,
        source: None,
        route: route.into(),
    };
    RouteTable {
        city: "6109".into(),
        seen: Seen {
            version: 1,
            head: [0; 32],
        },
        routes: vec![
            route("literal", true, 2, Visit::Major, true),
            route("county", false, 1, Visit::Never, false),
        ],
        rules: vec![rule(Some(InitialLevel::General), "county"), rule(None, "literal")],
    }
}

pub fn the_subject() -> Subject {
    Subject {
        id: subject_id(),
        seen: Seen {
            version: 1,
            head: [0; 32],
        },
        home: Home {
            city: "6109".into(),
            county: "610902".into(),
            town: Some("610902001".into()),
        },
        kind: SubjectKind::Enterprise,
        name: "青屿毛绒玩具（演示）有限公司".into(),
        credit_code: String::new(),
        sector: "C24".into(),
        address: String::new(),
        principal_head: "高志松".into(),
        regulator: None,
        steward: None,
        status: SubjectStatus::Registered,
    }
}

pub fn offices() -> Offices {
    Offices {
        county: agency(COUNTY_OFFICE),
        city: agency(CITY_OFFICE),
    }
}

pub fn said() -> Report {
    Report {
        id: HazardId(Uuid::from_u128(0xf0)),
        description: "二楼安全出口被货架堵塞".into(),
        location: Location {
            text: "二楼".into(),
            point: None,
        },
        initial_level: InitialLevel::Serious,
        source: Source::Patrol,
        found_at: None,
    }
}

pub fn photo(n: u128, of: &Actor) -> EvidenceFile {
    EvidenceFile {
        id: FileId(Uuid::from_u128(n)),
        seen: Seen {
            version: 1,
            head: [0; 32],
        },
        city: "6109".into(),
        home: "610902".into(),
        uploader: of.person,
        name: "after.jpg".into(),
        media_type: "image/jpeg".into(),
        size: 1,
        sha256: "0".repeat(64),
        captured_at: None,
        received_at: now(),
        state: FileState::Loose,
    }
}

pub fn moment(who: &Actor) -> Moment<'_> {
    Moment {
        who,
        event: EventId(Uuid::from_u128(0xe0)),
        now: now(),
    }
}

/// The hazard as it stands once the change is recorded.
pub fn after(change: Result<Change, Refusal>) -> Hazard {
    let mut hazard = change
        .expect("this should have been allowed")
        .hazard()
        .expect("it is about a hazard")
        .clone();
    hazard.seen.version += 1;
    hazard
}

#[track_caller]
pub fn refused(change: Result<Change, Refusal>) -> String {
    match change {
        Ok(change) => panic!("this should have been refused: {:?}", change.event().act),
        Err(Refusal::Fields(errors)) => {
            let told: Vec<String> = errors
                .iter()
                .map(|error| format!("{}: {}", error.field, error.code))
                .collect();
            told.join(", ")
        }
        Err(refusal) => refusal.code().to_owned(),
    }
}

pub fn confirmation() -> Confirm {
    Confirm {
        initial_level: InitialLevel::Serious,
        determination: Determination::NotMajor,
        clauses: Vec::new(),
        deadline: in_days(10),
        order_no: None,
    }
}

pub fn plan() -> FilePlan {
    FilePlan {
        target: "出口畅通".into(),
        measures: "拆除货架".into(),
        funds: Fen(100_000),
        deadline: in_days(5),
        responsible_person: "高志松".into(),
        responsible_unit: "青屿毛绒玩具（演示）有限公司".into(),
        emergency_plan: "二楼停产".into(),
    }
}

pub fn passed() -> Accept {
    Accept {
        passed: true,
        opinion: "整改到位".into(),
        visited_at: Some(now().plus(-HOUR)),
        place: Some("二楼".into()),
    }
}

pub fn failed() -> Accept {
    Accept {
        passed: false,
        opinion: "未整改到位".into(),
        visited_at: None,
        place: None,
    }
}

pub fn decision(passed: bool) -> Decide {
    Decide {
        passed,
        opinion: "核对".into(),
    }
}

pub fn determination(determination: Determination) -> Determine {
    Determine {
        determination,
        clauses: vec!["第三条".into()],
        basis: "现场核查".into(),
    }
}

pub fn reported() -> Hazard {
    let who = town();
    after(Hazard::report(
        said(),
        "HB-1".into(),
        the_subject(),
        Vec::new(),
        offices(),
        &times(),
        moment(&who),
    ))
}

/// Does an act as somebody who may, saying something that fits.
pub fn act(hazard: Hazard, act: Act, outcome: Outcome) -> Result<Change, Refusal> {
    let (county, second, unit, city) = (county(), second_county_officer(), unit(), city());
    let pass = outcome != Outcome::Returned;
    match act {
        Act::Confirm => hazard.confirm(confirmation(), None, &routes(), moment(&county)),
        Act::Determine => hazard.determine(determination(Determination::NotMajor), moment(&county)),
        Act::Plan => hazard.plan(plan(), moment(&unit)),
        Act::Rectify => hazard.rectify("已整改", vec![photo(0x31, &unit)], &times(), moment(&unit)),
        Act::Accept if pass => {
            hazard.accept_rectification(passed(), two_inspectors(), &times(), moment(&second))
        }
        Act::Accept => hazard.accept_rectification(failed(), Vec::new(), &times(), moment(&second)),
        Act::SignOff => hazard.sign_off(decision(pass), moment(&city)),
        Act::InterimMeasure => hazard.take_interim_measure("suspend_work", "停产", moment(&unit)),
        Act::Void => hazard.void("误报", moment(&city)),
        other => panic!("{other} is no act on a hazard that is there"),
    }
}

/// On the long way (`literal`) or on the short one (`county`), with a determination made or left open.
pub fn confirmed(level: InitialLevel, determination: Determination) -> Hazard {
    let clauses = vec!["判定标准第三条".into()];
    let said = Confirm {
        initial_level: level,
        determination,
        clauses,
        ..confirmation()
    };
    after(reported().confirm(said, None, &routes(), moment(&county())))
}

/// A hazard at this stage; open stages after confirmation with the determination as given.
pub fn at(stage: StageName, determination: Determination) -> Hazard {
    let step = |from: StageName, what: Act, outcome| after(act(at(from, determination), what, outcome));
    match stage {
        StageName::Reported => reported(),
        StageName::Confirmed => confirmed(InitialLevel::Serious, determination),
        StageName::Rectifying => step(StageName::Confirmed, Act::Plan, Outcome::Done),
        StageName::Submitted => step(StageName::Rectifying, Act::Rectify, Outcome::Done),
        StageName::Accepted => step(StageName::Submitted, Act::Accept, Outcome::Passed),
        StageName::SignedOff => step(StageName::Accepted, Act::SignOff, Outcome::Passed),
        StageName::Void => step(StageName::Confirmed, Act::Void, Outcome::Done),
        StageName::Closed => {
            let unit = unit();
            let short = confirmed(InitialLevel::General, Determination::NotMajor);
            let done = after(short.rectify("已整改", vec![photo(0x31, &unit)], &times(), moment(&unit)));
            after(done.accept_rectification(passed(), vec![inspector(21)], &times(), moment(&county())))
        }
        StageName::Transferred | StageName::Merged => panic!("no act leads to {stage}"),
    }
}
