//! The closed loop as five people go through it, and what each of them sees on the way.

use domain::{
    authority::Act,
    hazard::{Determination, InitialLevel, StageName},
    subject::SubjectKind,
    time::{DAY, HOUR},
};
use testkit::{City, Named, World, on_both_engines};

on_both_engines! {
    /// Town reports, county confirms, unit plans and rectifies, county accepts, city signs off.
    async fn five_people_bring_a_hazard_to_sign_off(w: &World) {
        let h = w.town().reports("二楼安全出口被货架堵塞").await.good();
        assert_eq!(h.stage, "reported");
        assert!(h.number.ends_with("-2026-00001"), "{}", h.number);
        assert!(w.county().has_on_the_desk(&h).await);

        w.time_passes(HOUR);
        w.county().confirms(&h).await.good();
        assert!(w.unit().has_on_the_desk(&h).await && !w.county().has_on_the_desk(&h).await);
        w.time_passes(HOUR);
        w.unit().takes_interim_measure(&h, "二楼暂停作业。").await.good();
        w.unit().plans(&h).await.good();
        w.time_passes(DAY);
        let submitted = w.unit().rectifies(&h).await.good();
        assert_eq!(submitted.stage, "submitted");
        assert!(w.county().has_on_the_desk(&h).await);
        w.time_passes(HOUR);
        let accepted = w.second_county_officer().accepts(&h).await.good();
        assert_eq!(accepted.stage, "accepted");
        assert!(w.city().has_on_the_desk(&h).await);
        w.time_passes(DAY);
        let end = w.city().signs_off(&h).await.good();
        assert_eq!((end.stage.as_str(), end.version, end.waits_for, end.due_at), ("signed_off", 7, None, None));

        let dossier = w.town().looks_at(&h).await.good();
        let acts: Vec<&str> = dossier.events.iter().map(|event| event.act.as_str()).collect();
        assert_eq!(acts, ["report", "confirm", "interim_measure", "plan", "rectify", "accept", "sign_off"]);
        assert_eq!(dossier.files.len(), 1, "the photo that proves it hangs on the hazard");
        assert!(dossier.acts.is_empty(), "after sign-off nothing can be done any more");
        assert_eq!(w.seals().await, 7 + 1 + loads(w).await);
        assert!(w.verifies().await.is_sound());
    }

    /// A place that nobody owns, found by the county itself, in no town: the county's office stands in, and others of it judge.
    async fn what_a_county_enters_without_a_town_can_be_rectified(w: &World) {
        let mut said = w.county().a_report("路侧边坡有新近滚石").await;
        (said.kind, said.subject) = (SubjectKind::Unowned, app::hazard::report::Named::Name("香溪路旁边坡".into()));
        said.report.source = domain::hazard::Source::CountyCheck;
        let h = w.county().reports_as(said).await.good();
        w.second_county_officer().confirms(&h).await.good();
        assert!(w.county().has_on_the_desk(&h).await);
        w.county().plans(&h).await.good();
        w.county().rectifies(&h).await.good();
        w.county().accepts(&h).await.refused_with("same-hands");
        w.second_county_officer().accepts(&h).await.good();
        w.city().signs_off(&h).await.good();
    }

    async fn it_comes_back_as_often_as_needed_and_the_returns_are_counted(w: &World) {
        let h = w.town().reports("配电箱未接地").await.good();
        w.county().confirms(&h).await.good();
        w.unit().plans(&h).await.good();
        w.unit().rectifies(&h).await.good();
        let back = w.county().returns(&h, "照片看不清接地端子。").await.good();
        assert_eq!(back.stage, "rectifying");
        assert!(w.unit().has_on_the_desk(&h).await);
        w.unit().rectifies(&h).await.good();
        w.county().accepts(&h).await.good();
        let back = w.city().returns(&h, "缺少检测报告。").await.good();
        assert_eq!(back.stage, "rectifying");
        w.unit().rectifies(&h).await.good();
        w.county().accepts(&h).await.good();
        w.city().signs_off(&h).await.good();

        let hazard = w.town().looks_at(&h).await.good().hazard;
        let told: Vec<(StageName, &str)> = hazard.returns.iter().map(|one| (one.from, one.reason.as_str())).collect();
        assert_eq!(told, [(StageName::Submitted, "照片看不清接地端子。"), (StageName::Accepted, "缺少检测报告。")]);
        let returned = store::hazard::HazardFilter { returned: true, ..Default::default() };
        assert_eq!(w.city().lists_where(&returned).await.len(), 1);
    }

    async fn the_county_closes_what_the_citys_table_leaves_to_it(w: &World, City::CountyCloses) {
        let h = w.town().reports("灭火器压力不足").await.good();
        w.county().confirms(&h).await.good();
        let hazard = w.county().looks_at(&h).await.good().hazard;
        assert_eq!(hazard.stage.confirmation().map(|c| c.route.id.as_str()), Some("county"));
        let submitted = w.unit().rectifies(&h).await.good();
        assert_eq!(submitted.stage, "submitted", "this route demands no plan");
        let one = w.county().two_inspectors(&h).await[..1].to_vec();
        let closed = w.county().accepts_as(&h, w.county().an_acceptance(), &one).await.good();
        assert_eq!((closed.stage.as_str(), closed.waits_for), ("closed", None));
        w.city().signs_off(&h).await.refused_with("wrong-stage");
        assert!(w.county().may_now(&h).await.is_empty());
    }

    /// The same city sends what is not general, or was found otherwise, the long way.
    async fn the_long_way_stays_open_beside_the_short_one(w: &World, City::CountyCloses) {
        let found_by_the_unit = w.unit().reports("自查发现插座破损").await.good();
        w.county().confirms(&found_by_the_unit).await.good();
        w.unit().rectifies(&found_by_the_unit).await.refused_with("plan-demanded");
        let serious = w.town().reports("原料库与车间未分隔").await.good();
        let said = domain::hazard::confirm::Confirm { initial_level: InitialLevel::Serious, ..w.county().a_confirmation() };
        w.county().confirms_as(&serious, said).await.good();
        w.unit().rectifies(&serious).await.refused_with("plan-demanded");
    }

    async fn a_suspected_major_waits_for_its_determination(w: &World) {
        let mut said = w.town().a_report("喷胶间未设防爆电气").await;
        said.report.initial_level = InitialLevel::SuspectedMajor;
        let h = w.town().reports_as(said).await.good();
        let suspected = domain::hazard::confirm::Confirm {
            initial_level: InitialLevel::SuspectedMajor,
            determination: Determination::Pending,
            ..w.county().a_confirmation()
        };
        w.county().confirms_as(&h, suspected).await.good();
        w.unit().plans(&h).await.good();
        w.unit().rectifies(&h).await.good();
        w.county().accepts(&h).await.refused_with("determination-pending");
        w.county().voids(&h, "误报").await.refused_with("major-voided-by-city");
        w.city().determines(&h, Determination::Major).await.good();
        w.city().determines(&h, Determination::NotMajor).await.refused_with("determination-made");

        let unvisited = domain::hazard::accept::Accept { visited_at: None, place: None, ..w.county().an_acceptance() };
        let two = w.county().two_inspectors(&h).await;
        let county = w.county();
        county.accepts_as(&h, unvisited, &two).await.refused_with("visited_at: visit-demanded, place: visit-demanded");
        county.accepts(&h).await.good();
        let end = w.city().signs_off(&h).await.good();
        assert_eq!(end.determination, "major");
    }

    async fn a_report_made_in_error_is_voided_with_its_reason(w: &World) {
        let h = w.town().reports("重复上报").await.good();
        let void = w.county().voids(&h, "与前一条重复。").await.good();
        assert_eq!((void.stage.as_str(), void.waits_for), ("void", None));
        assert!(w.town().sees(&h).await, "nothing is deleted");
        w.county().confirms(&h).await.refused_with("wrong-stage");
    }

    /// The page offers an act exactly when it would be taken.
    async fn the_offered_acts_are_those_that_are_taken(w: &World) {
        let h = w.town().reports("消防通道堆放原料").await.good();
        assert_eq!(w.town().may_now(&h).await, [Act::InterimMeasure, Act::Correct]);
        let county = [
            Act::Confirm, Act::InterimMeasure, Act::Suspend, Act::Assign, Act::Correct, Act::Transfer, Act::Merge, Act::Dismiss, Act::Void,
            Act::Instruct,
        ];
        assert_eq!(w.county().may_now(&h).await, county);
        assert_eq!(w.unit().may_now(&h).await, [Act::InterimMeasure]);
        assert!(w.discipline().may_now(&h).await.is_empty());
        w.town().confirms(&h).await.refused_with("not-your-act");
        w.discipline().takes_interim_measure(&h, "停产").await.refused_with("not-your-act");
        w.county().confirms(&h).await.good();
        assert_eq!(w.unit().may_now(&h).await, [Act::Plan, Act::AskExtension, Act::InterimMeasure]);
        w.unit().rectifies(&h).await.refused_with("plan-demanded");
    }

    /// One visit to a unit that nobody has entered yet: it is entered with the report, unverified, and its steward is told.
    async fn whoever_finds_something_new_types_it_once(w: &World) {
        let mut said = w.town().a_report("崖边无护栏").await;
        said.kind = domain::subject::SubjectKind::Unowned;
        said.subject = app::hazard::report::Named::Name("老城段江边崖坎".to_owned());
        let h = w.town().reports_as(said.clone()).await.good();
        let hazard = w.town().looks_at(&h).await.good().hazard;
        assert_eq!(hazard.subject.name, "老城段江边崖坎");
        assert_eq!(hazard.subject.steward, Some(w.town().agency().await));
        w.county().confirms(&h).await.good();
        w.town().plans(&h).await.good();
        assert!(w.town().has_on_the_desk(&h).await);

        said.report.id = domain::HazardId(w.app.ids.uuid(w.now()));
        let again = w.town().reports_as(said).await.good();
        let second = w.town().looks_at(&again).await.good().hazard;
        assert_eq!(second.subject.id, hazard.subject.id, "the second report finds what the first entered");
        assert_ne!(again.hazard(), h.hazard());
    }
}

/// Events of the reference data that every world begins with.
async fn loads(w: &World) -> usize {
    let sql = "SELECT count(*) FROM event WHERE noun = 'load'";
    let rows = w
        .app
        .store
        .door
        .read(sql, vec![])
        .await
        .expect("events can be read");
    usize::try_from(rows[0].number()).expect("a count")
}
