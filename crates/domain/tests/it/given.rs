//! Who and what the tests begin with: people of one county and one town, and a hazard at any stage.

use domain::{
    AgencyId, AppointmentId, EventId, FileId, HazardId, PersonId, PostId, SubjectId, UnitProxyId,
    actor::{Actor, Seat},
    agency::{Agency, AgencyKind, Role},
    authority::Act,
    calendar::Calendar,
    change::{Change, Seen},
    deadline::{Clock, ClockUnit, Timetable},
    evidence::{EvidenceFile, FileState},
    hazard::{
        Cause, Determination, DismissedAs, Hazard, InitialLevel, Moment, Offices, Outcome, Source, StageName,
        ToldTo,
        accept::Accept,
        assign::Assign,
        confirm::Confirm,
        confirm_proxy::Confirming,
        course::{Fact, Part},
        determine::Determine,
        event::Ordered,
        instruct::Instruct,
        listing::{Decided, ListingLevel, ProposeListing, ReportCycle},
        open::There,
        plan::FilePlan,
        report::{Report, Then},
        revisit::Revisit,
        sign_off::Decide,
    },
    jurisdiction::{Jurisdiction, JurisdictionKind},
    money::Fen,
    person::Person,
    place::{Home, Location},
    proxy::{Code, UnitProxy},
    refusal::Refusal,
    route::{Ending, PlanDemand, Recheck, Route, RouteRule, RouteTable, Visit},
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
        stands_in: None,
        delegated: None,
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

pub fn second_city_officer() -> Actor {
    actor(12, Role::CityOffice, CITY_OFFICE, None, None)
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
        ask_extension: clock("ask_extension", 1, ClockUnit::WorkingDays),
        answer: clock("answer", 5, ClockUnit::WorkingDays),
        accept: clock("accept", 10, ClockUnit::CalendarDays),
        sign_off: clock("sign_off", 10, ClockUnit::WorkingDays),
        calendar: Calendar::new([2026], &[], &[]),
    }
}

/// A route on which the county looks and nothing is demanded.
pub fn route(id: &str) -> Route {
    Route {
        id: id.into(),
        name_zh: id.into(),
        name_en: id.into(),
        confirm: true,
        plan: PlanDemand::None,
        evidence: true,
        recheck: Recheck::County,
        inspectors: 1,
        visit: Visit::Never,
        in_place: false,
        cause: false,
        ending: Ending::Close,
        sample: 0,
    }
}

pub fn literal() -> Route {
    Route {
        plan: PlanDemand::Full,
        inspectors: 2,
        visit: Visit::Major,
        ending: Ending::Items,
        ..route("literal")
    }
}

/// What an enterprise finds itself, it closes itself.
pub fn own() -> Route {
    Route {
        confirm: false,
        plan: PlanDemand::Light,
        evidence: false,
        recheck: Recheck::Unit,
        inspectors: 0,
        ..route("self")
    }
}

/// What a town finds and may order, the town looks at.
pub fn towns() -> Route {
    Route {
        confirm: false,
        plan: PlanDemand::Light,
        recheck: Recheck::Town,
        inspectors: 0,
        ..route("town")
    }
}

/// Whoever ordered looks; the city signs off on a list.
pub fn ordered() -> Route {
    Route {
        confirm: false,
        plan: PlanDemand::Light,
        recheck: Recheck::Orderer,
        inspectors: 2,
        cause: true,
        ending: Ending::List,
        sample: 20,
        ..route("ordered")
    }
}

/// A major hazard: everything has to be in place.
pub fn major() -> Route {
    Route {
        in_place: true,
        visit: Visit::Always,
        cause: true,
        ..Route {
            id: "major".into(),
            ..literal()
        }
    }
}

pub fn rule(route: &str) -> RouteRule {
    RouteRule {
        initial_level: None,
        determination: None,
        source: None,
        returns: None,
        on_list: None,
        route: route.into(),
    }
}

fn table(routes: Vec<Route>, rules: Vec<RouteRule>) -> RouteTable {
    RouteTable {
        city: "6109".into(),
        seen: Seen {
            version: 1,
            head: [0; 32],
        },
        no: 1,
        routes,
        rules,
    }
}

/// Everything goes the long way, but for what is general: that the county closes.
pub fn routes() -> RouteTable {
    let general = RouteRule {
        initial_level: Some(InitialLevel::General),
        ..rule("county")
    };
    table(vec![literal(), route("county")], vec![general, rule("literal")])
}

/// Graded: by who found it, how bad it is, and how often it came back.
pub fn graded() -> RouteTable {
    let of = |source, level, route: &str| RouteRule {
        source: Some(source),
        initial_level: Some(level),
        ..rule(route)
    };
    let rules = vec![
        RouteRule {
            determination: Some(Determination::Major),
            ..rule("major")
        },
        RouteRule {
            initial_level: Some(InitialLevel::SuspectedMajor),
            ..rule("literal")
        },
        RouteRule {
            returns: Some(2),
            ..rule("literal")
        },
        of(Source::SelfCheck, InitialLevel::General, "self"),
        of(Source::Patrol, InitialLevel::General, "town"),
        rule("ordered"),
    ];
    table(vec![own(), towns(), ordered(), literal(), major()], rules)
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
        town: Some(agency(TOWN_OFFICE)),
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
        then: Then::Waits,
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
        cause: Some(Cause::Management),
    }
}

pub fn failed() -> Accept {
    Accept {
        passed: false,
        opinion: "未整改到位".into(),
        visited_at: None,
        place: None,
        cause: None,
    }
}

pub fn decision(passed: bool) -> Decide {
    Decide {
        passed,
        opinion: "核对".into(),
        list: None,
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
        &routes(),
        moment(&who),
    ))
}

pub fn handed_over() -> Assign {
    Assign {
        reply_by: in_days(3),
        basis: None,
    }
}

pub fn a_department() -> Agency {
    Agency {
        id: agency(COUNTY_HOUSING),
        seen: Seen {
            version: 1,
            head: [0; 32],
        },
        home: Home {
            town: None,
            ..the_subject().home
        },
        kind: AgencyKind::Department,
        name: "汉滨区住房和城乡建设局".into(),
        short: "区住建局".into(),
        parent: None,
        lead: None,
        enforcement: true,
        sectors: Vec::new(),
        unit: None,
        rank: 1,
    }
}

pub fn another_county() -> Jurisdiction {
    Jurisdiction {
        id: "610981".into(),
        seen: Seen {
            version: 1,
            head: [0; 32],
        },
        city: "6109".into(),
        parent: Some("6109".into()),
        kind: JurisdictionKind::County,
        code: "610981".into(),
        name: "旬阳市".into(),
        short: "旬阳".into(),
        prefix: "XY".into(),
        rank: 9,
    }
}

/// The id under which a linked record is opened.
pub fn linked_id() -> HazardId {
    HazardId(Uuid::from_u128(0xf9))
}

/// Another open hazard of the same county.
pub fn another() -> Hazard {
    Hazard {
        id: HazardId(Uuid::from_u128(0xf1)),
        number: "HB-2".into(),
        ..reported()
    }
}

pub fn seen_again(passed: bool) -> Revisit {
    Revisit {
        passed,
        opinion: "回头看".into(),
        visited_at: now(),
    }
}

/// Who turns out to answer for a spot that nobody owned up to.
pub fn an_owner() -> Subject {
    Subject {
        id: SubjectId(Uuid::from_u128(0x0e)),
        name: "香溪路养护所（演示）".into(),
        sector: "E48".into(),
        ..the_subject()
    }
}

/// The unit has arranged that its town records for it; a second officer of the town handed out the slip.
pub fn arrangement() -> UnitProxy {
    UnitProxy {
        id: UnitProxyId(Uuid::from_u128(0xb8)),
        subject: subject_id(),
        seen: Seen {
            version: 1,
            head: [0; 32],
        },
        home: the_subject().home,
        unit_name: the_subject().name,
        agency: agency(TOWN_OFFICE),
        head: person(0x70),
        head_name: "高志松".into(),
        reason: "无智能手机".into(),
        until: in_days(180),
        codes: vec![
            Code {
                hash: "$argon2id$0".into(),
                used: None,
            };
            2
        ],
        issued: second_town_officer().signs(now()),
        ended: None,
    }
}

pub fn second_town_officer() -> Actor {
    actor(
        13,
        Role::TownOffice,
        TOWN_OFFICE,
        Some("610902"),
        Some("610902001"),
    )
}

pub fn instruction() -> Instruct {
    Instruct {
        leader_name: "罗安国".into(),
        leader_office: "副市长".into(),
        wording: "请市安委办盯住整改，限期办复。".into(),
        signed_on: now().day(),
        answer_by: Some(in_days(7)),
    }
}

pub fn a_listing(level: ListingLevel) -> ProposeListing {
    ProposeListing {
        level,
        requirements: "停用期间专人值守，加固后检测。".into(),
        leader: "罗安国".into(),
        leader_office: "副市长".into(),
        plan_by: in_days(10),
        reports_every: ReportCycle::Quarter,
    }
}

/// By a leader whose page this clerk has.
pub fn approved(clerk: &Actor) -> Decided {
    Decided {
        level: None,
        leader: "罗安国".into(),
        leader_office: "市安委会主任".into(),
        signed_on: now().day(),
        page: vec![photo(0x48, clerk)],
    }
}

/// Does an act as somebody who may, saying something that fits.
pub fn act(hazard: Hazard, act: Act, outcome: Outcome) -> Result<Change, Refusal> {
    let (county, second, unit, city) = (county(), second_county_officer(), unit(), city());
    let (department, second_city) = (county_department(), second_city_officer());
    let pass = outcome != Outcome::Returned;
    match act {
        Act::Confirm => hazard.confirm(confirmation(), None, &routes(), moment(&county)),
        Act::Determine => {
            hazard.determine(determination(Determination::NotMajor), &routes(), moment(&county))
        }
        Act::Plan => hazard.plan(plan(), moment(&unit)),
        Act::Rectify => hazard.rectify("已整改", vec![photo(0x31, &unit)], &times(), moment(&unit)),
        Act::Accept if pass => {
            hazard.accept_rectification(passed(), two_inspectors(), &times(), &routes(), moment(&second))
        }
        Act::Accept => {
            hazard.accept_rectification(failed(), Vec::new(), &times(), &routes(), moment(&second))
        }
        Act::SignOff => hazard.sign_off(decision(pass), &routes(), moment(&city)),
        Act::InterimMeasure => hazard.take_interim_measure("suspend_work", "停产", moment(&unit)),
        Act::Void => hazard.void("误报", moment(&city)),
        Act::AskExtension => hazard.ask_extension(in_days(20), "材料未到", &times(), moment(&unit)),
        Act::DecideExtension => hazard.decide_extension(pass, "情况属实", moment(&county)),
        Act::Pause => hazard.pause("道路中断", moment(&county)),
        Act::Resume => hazard.resume("道路恢复", moment(&county)),
        Act::Suspend => hazard.suspend("汉滨应急现决〔2026〕1号", "二楼停产", moment(&county)),
        Act::AskRestart => hazard.ask_restart("已整改，申请复产", vec![photo(0x41, &unit)], moment(&unit)),
        Act::ReviewRestart => hazard.review_restart(pass, "现场审查", moment(&county)),
        Act::Assign => hazard.assign(handed_over(), a_department(), moment(&county)),
        Act::Acknowledge => hazard.acknowledge(moment(&department)),
        Act::Decline => hazard.decline("不属本单位职责", moment(&department)),
        Act::Transfer => hazard.transfer(&another_county(), "位于旬阳境内", linked_id(), moment(&county)),
        Act::Merge => hazard.merge(&another(), "同一处", moment(&county)),
        Act::Dismiss => hazard.dismiss(DismissedAs::NotHazard, "符合规范", moment(&county)),
        Act::Revisit => hazard.revisit(
            seen_again(pass),
            vec![photo(0x42, &second_city)],
            linked_id(),
            moment(&second_city),
        ),
        Act::Correct => hazard.correct(Fact::Place, "三楼", "写错", moment(&county)),
        Act::Tell => hazard.tell(ToldTo::Regulator, now().day(), "书面报告", moment(&unit)),
        Act::PutInPlace => {
            hazard.put_in_place(Part::Funds, "转账凭证", vec![photo(0x43, &unit)], moment(&unit))
        }
        Act::NameOwner => hazard.name_owner(an_owner(), "养护协议", moment(&county)),
        Act::ConfirmProxy => {
            let clerk = arrangement().stand_in(&town());
            let page = Confirming::Page(vec![photo(0x46, &clerk)]);
            hazard.confirm_proxy(page, moment(&clerk))
        }
        Act::Instruct => hazard.instruct(instruction(), None, vec![photo(0x44, &city)], moment(&city)),
        Act::ProposeListing => hazard.propose_listing(a_listing(ListingLevel::City), moment(&city)),
        Act::ApproveListing => hazard.approve_listing("安督〔2026〕1号", approved(&city), moment(&city)),
        Act::ServeListing => hazard.serve_listing(
            None,
            now().day(),
            "高志松",
            vec![photo(0x49, &city)],
            moment(&city),
        ),
        Act::ReportProgress => hazard.report_progress("已完成两处加固", Vec::new(), moment(&unit)),
        Act::Delist => hazard.delist(
            "已销号",
            "市政府网站",
            approved(&second_city),
            moment(&second_city),
        ),
        Act::CancelListing => hazard.cancel_listing("重复挂牌", "", approved(&city), moment(&city)),
        Act::AnswerInstruction => hazard.answer_instruction(1, "已约谈", Vec::new(), moment(&county)),
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
            after(done.accept_rectification(
                passed(),
                vec![inspector(21)],
                &times(),
                &routes(),
                moment(&county()),
            ))
        }
        StageName::Transferred => step(StageName::Confirmed, Act::Transfer, Outcome::Done),
        StageName::Merged => step(StageName::Confirmed, Act::Merge, Outcome::Done),
    }
}

pub fn an_order() -> Then {
    Then::Orders(Ordered {
        measures: "清理通道并划线".into(),
        responsible_person: "高志松".into(),
        deadline: in_days(5),
        order_no: None,
    })
}

pub fn on_the_spot() -> Then {
    Then::Fixed {
        summary: "当场移开货架".into(),
    }
}

/// Found by this person on the graded table, general unless said otherwise.
pub fn found_by(who: &Actor, source: Source, then: Then) -> Result<Change, Refusal> {
    let report = Report {
        initial_level: InitialLevel::General,
        source,
        then,
        ..said()
    };
    Hazard::report(
        report,
        "HB-1".into(),
        the_subject(),
        Vec::new(),
        offices(),
        &times(),
        &graded(),
        moment(who),
    )
}

pub fn self_found(then: Then) -> Hazard {
    after(found_by(&unit(), Source::SelfCheck, then))
}

/// A record that was opened because another was transferred.
pub fn opened_elsewhere() -> Hazard {
    let gone = at(StageName::Transferred, Determination::NotMajor);
    let there = There {
        home: Home {
            county: "610981".into(),
            town: None,
            ..the_subject().home
        },
        offices: Offices {
            county: agency(0xc1),
            ..offices()
        },
        number: "XY-1".into(),
    };
    let change = gone.open_linked(there, &times(), EventId(Uuid::from_u128(0xe1)), now());
    after(Ok(change.expect("a transfer opens a record")))
}
