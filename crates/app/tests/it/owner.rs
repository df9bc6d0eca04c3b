//! A slope that is nobody's is reported, somebody finds out whose it is, and the case ends with its real owner.

use app::hazard::name_owner::NewOwner;
use domain::{
    authority::Act,
    subject::{SubjectKind, SubjectStatus},
};
use testkit::on_both_engines;

const SPOT: &str = "香溪路旁边坡";
/// The unit of `enterprise-1`.
const OWNER: &str = "青屿毛绒玩具（演示）有限公司";

on_both_engines! {
    async fn a_slope_that_is_nobodys_ends_with_its_owner(w: &World) {
        let mut said = w.town().a_report("边坡有新近滚石，坡脚无防护网").await;
        said.kind = SubjectKind::Unowned;
        said.subject = app::hazard::report::Named::Name(SPOT.to_owned());
        let h = w.town().reports_as(said).await.good();
        assert!(!w.unit().sees(&h).await, "it is nobody's");
        w.county().confirms(&h).await.good();
        w.unit().names_owner(&h, OWNER).await.refused_with("not-found");
        w.town().names_owner(&h, "").await.refused_with("owner: required");
        w.town().names_owner(&h, "青屿").await.refused_with("owner: not-on-the-list");
        w.town().names_owner(&h, SPOT).await.refused_with("owner: unowned-itself");
        let named = w.town().names_owner(&h, OWNER).await.good();
        assert_eq!((named.stage.as_str(), named.version), ("confirmed", 3));

        assert!(w.unit().has_on_the_desk(&h).await, "its owner has it to do");
        assert!(w.town().may_now(&h).await.contains(&Act::NameOwner), "a wrong owner can be put right");
        w.unit().plans(&h).await.good();
        w.unit().rectifies(&h).await.good();
        w.second_county_officer().accepts(&h).await.good();
        let ended = w.city().signs_off(&h).await.good();
        assert_eq!(ended.stage, "signed_off");
        let hazard = w.city().looks_at(&h).await.good().hazard;
        assert_eq!(hazard.subject.name, OWNER);
        assert_eq!(hazard.course.owners[0].was.name, SPOT);
        let spot = w.app.store.subjects(&w.town().caller().await.scope).find(hazard.course.owners[0].was.id).await;
        assert_eq!(spot.expect("it is read").map(|one| one.status), Some(SubjectStatus::Unverified));
    }

    async fn by_its_code_and_not_by_a_name_that_two_bear(w: &World) {
        let mut said = w.town().a_report("路面塌陷").await;
        said.kind = SubjectKind::Unowned;
        said.subject = app::hazard::report::Named::Name("兴安路中段路面".to_owned());
        let h = w.town().reports_as(said).await.good();
        w.county().names_owner(&h, "91610902DEM000017L").await.good();
        assert!(w.unit().sees(&h).await);
        w.neighbour().names_owner(&h, OWNER).await.refused_with("not-found");
        w.discipline().names_owner(&h, OWNER).await.refused_with("not-your-act");
    }

    async fn an_owner_that_is_on_no_list_is_entered_with_it(w: &World) {
        let mut said = w.town().a_report("路面塌陷").await;
        said.kind = SubjectKind::Unowned;
        said.subject = app::hazard::report::Named::Name("兴安路中段路面".to_owned());
        let h = w.town().reports_as(said).await.good();
        let new = NewOwner {
            kind: SubjectKind::Enterprise,
            name: "香溪路养护有限公司".to_owned(),
            credit_code: "91350100m000100y43".to_owned(),
            address: "香溪路1号".to_owned(),
            principal_head: "赵安".to_owned(),
        };
        let with = |change: &dyn Fn(&mut NewOwner)| {
            let mut other = new.clone();
            change(&mut other);
            other
        };
        let events = w.events().await;
        let wrong: [(NewOwner, &str); 5] = [
            (with(&|one| one.name = " ".to_owned()), "owner: required"),
            (with(&|one| one.name = OWNER.to_owned()), "owner: already-entered"),
            (with(&|one| one.credit_code = "91610902DEM000017L".to_owned()), "enter.credit_code: already-entered"),
            (with(&|one| one.credit_code = "91350100".to_owned()), "enter.credit_code: not-a-credit-code"),
            (with(&|one| one.kind = SubjectKind::Unowned), "owner: unowned-itself"),
        ];
        for (owner, code) in wrong {
            w.town().enters_owner(&h, owner).await.refused_with(code);
        }
        assert_eq!(w.events().await, events, "nothing half done");
        let named = w.town().enters_owner(&h, new.clone()).await.good();
        let hazard = w.county().looks_at(&h).await.good().hazard;
        assert_eq!(hazard.subject.name, new.name);
        let found = w.app.store.subjects(&w.town().caller().await.scope).find(hazard.subject.id).await;
        let entered = found.expect("it is read").expect("it is there");
        assert_eq!((entered.status, entered.credit_code.as_str()), (SubjectStatus::Unverified, "91350100M000100Y43"));
        assert_eq!((entered.address, entered.principal_head), (new.address.clone(), new.principal_head.clone()));
        assert_eq!(entered.steward, Some(w.town().agency().await), "somebody answers for it until it is compared");
        assert_eq!(w.events().await, events + 1, "one act, one event, two rows");
        w.town().enters_owner(&h, new).await.refused_with("enter.credit_code: already-entered");
        w.county().confirms(&named).await.good();
        w.town().plans(&h).await.good();
    }

    /// What may be the same is told by its name, within what the reader sees.
    async fn units_of_a_like_name_are_told_before_one_is_entered(w: &World) {
        let told = async |who: &testkit::PersonInOffice, name: &str| {
            let found = app::hazard::similar::units(&w.app, &who.caller().await, &"610902".into(), name).await;
            let names = found.expect("it is looked up").into_iter().map(|one| one.name);
            names.collect::<Vec<String>>()
        };
        assert_eq!(told(&w.county(), "青屿毛绒玩具厂").await, [OWNER]);
        assert_eq!(told(&w.county(), "青屿毛绒玩具有限公司").await, [OWNER]);
        assert!(told(&w.county(), "香溪路养护有限公司").await.is_empty());
        assert!(told(&w.county(), "").await.is_empty() && told(&w.county(), "%").await.is_empty());
        assert!(told(&w.neighbour(), "青屿毛绒玩具厂").await.is_empty(), "not theirs to see");
    }
}
