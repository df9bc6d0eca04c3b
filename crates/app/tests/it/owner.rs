//! A slope that is nobody's is reported, somebody finds out whose it is, and the case ends with its real owner.

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
}
