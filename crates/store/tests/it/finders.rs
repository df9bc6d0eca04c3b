//! Finders: nothing outside the scope, pages without seams, and a damaged row that is named.

use domain::{
    hazard::StageName,
    scope::{Grant, Scope},
};
use seal::Value;
use store::{
    StoreError,
    hazard::{Desk, HazardFilter, NO_DATE, Order},
};
use testkit::{Named, World, on_both_engines};

use crate::a_hazard;

fn scope(grants: Vec<Grant>) -> Scope {
    Scope { grants }
}

async fn everything(w: &World) -> Scope {
    w.city().caller().await.scope
}

on_both_engines! {
    /// What is counted is counted of places, trades and agencies, never of people (docs/burden.md).
    async fn no_count_knows_a_person(w: &World) {
        a_hazard(w).await;
        w.seals().await;
        let person = w.town().caller().await.actor.person.to_string();
        for table in ["stock", "flow", "stay"] {
            let rows = w.raw().await.query(&format!("SELECT * FROM {table}"), &[]).await;
            assert!(!rows.is_empty(), "{table} counts the report");
            assert!(rows.iter().all(|row| !format!("{row:?}").contains(&person)), "{table}: {rows:?}");
            let people = rows[0].0.iter().filter(|(name, _)| ["person", "reporter", "account"].iter().any(|who| name.contains(who)));
            assert_eq!(people.count(), 0, "{table}");
        }
    }

    async fn each_grant_opens_what_it_says_and_no_more(w: &World) {
        let h = a_hazard(w).await;
        let hazard = w.app.store.hazards(&everything(w).await).find(h).await.unwrap().unwrap();
        let own = Grant::Agency(hazard.regulator.expect("the demo names a regulator"));
        let county = |id: &str, sectors: Option<&[&str]>| Grant::County {
            county: id.into(),
            sectors: sectors.map(|some| some.iter().map(|one| (*one).to_owned()).collect()),
        };
        let cases = [
            (vec![], false),
            (vec![Grant::City { city: "6109".into(), sectors: None }], true),
            (vec![Grant::City { city: "6107".into(), sectors: None }], false),
            (vec![Grant::City { city: "6109".into(), sectors: Some(vec!["C24".into()]) }], true),
            (vec![Grant::City { city: "6109".into(), sectors: Some(vec![]) }], false),
            (vec![county("610902", None)], true),
            (vec![county("610902", Some(&["E47", "C24"]))], true),
            (vec![county("610902", Some(&["E47"]))], false),
            (vec![county("610981", None)], false),
            // A code is compared whole: no county begins like another.
            (vec![county("61090", None)], false),
            (vec![Grant::Town("610902001".into())], true),
            (vec![Grant::Town("610902003".into())], false),
            (vec![Grant::Unit(hazard.subject.id)], true),
            (vec![Grant::Unit(domain::SubjectId(h.0))], false),
            (vec![own], true),
            (vec![county("610981", None), Grant::Town("610902001".into())], true),
        ];
        for (grants, expected) in cases {
            let scope = scope(grants);
            let hazards = w.app.store.hazards(&scope);
            assert_eq!(hazards.find(h).await.unwrap().is_some(), expected, "find {scope:?}");
            assert_eq!(hazards.numbered(&hazard.number).await.unwrap().is_some(), expected, "numbered {scope:?}");
            let newest = Order::Newest { after: None };
            let listed = hazards.list(&HazardFilter::default(), &newest, 10).await.unwrap().len();
            assert_eq!(listed == 1, expected, "list {scope:?}");
            assert_eq!(hazards.count(&HazardFilter::default()).await.unwrap(), i64::from(expected), "count {scope:?}");
            let by_stage: i64 = hazards.count_by_stage().await.unwrap().iter().map(|(_, n)| n).sum();
            assert_eq!(by_stage, i64::from(expected), "by stage {scope:?}");
        }
    }

    /// All reported in the same millisecond: only the id tells them apart.
    async fn pages_have_no_seams(w: &World) {
        let mut all = Vec::new();
        for _ in 0..23 {
            all.push(a_hazard(w).await);
        }
        let scope = everything(w).await;
        let hazards = w.app.store.hazards(&scope);
        // The clock of some stands still: they come last and are not lost.
        for h in &all[..7] {
            w.county().confirms(h).await.good();
            w.county().pauses(h).await.good();
        }
        for newest in [true, false] {
            let (mut met, mut after) = (Vec::new(), None);
            loop {
                let order = if newest { Order::Newest { after } } else { Order::Due { after } };
                let page = hazards.list(&HazardFilter::default(), &order, 5).await.unwrap();
                let Some(last) = page.last() else { break };
                let key = if newest { last.reported_at.0 } else { last.due.as_ref().map_or(NO_DATE, |due| due.at.0) };
                after = Some((key, last.id.to_string()));
                met.extend(page.iter().map(|hazard| hazard.id));
            }
            let undated = |ids: &[domain::HazardId]| ids.iter().all(|id| all[..7].contains(id));
            assert!(newest || undated(&met[16..]), "what is due by nothing comes last");
            assert_eq!(met.len(), 23);
            met.sort_unstable();
            let mut expected = all.clone();
            expected.sort_unstable();
            assert_eq!(met, expected);
        }
    }

    async fn filters_narrow_and_never_widen(w: &World) {
        let h = a_hazard(w).await;
        w.neighbour().reports("越界上报").await.refused_with("not-found");
        w.county().confirms(&h).await.good();
        let other = a_hazard(w).await;
        let of = |filter: HazardFilter| async move {
            let scope = everything(w).await;
            let found = w.app.store.hazards(&scope).list(&filter, &Order::Newest { after: None }, 10).await.unwrap();
            found.into_iter().map(|hazard| hazard.id).collect::<Vec<_>>()
        };
        let any = HazardFilter::default;
        assert_eq!(of(HazardFilter { stage: Some(StageName::Confirmed), ..any() }).await, [h]);
        assert_eq!(of(HazardFilter { stage: Some(StageName::Reported), ..any() }).await, [other]);
        assert_eq!(of(HazardFilter { open: Some(false), ..any() }).await, []);
        assert_eq!(of(HazardFilter { text: Some("配电箱".into()), ..any() }).await.len(), 2);
        assert_eq!(of(HazardFilter { text: Some("没有这几个字".into()), ..any() }).await, []);
        let lettered = w.town().reports("空压机 DZ47 断路器烧蚀").await.good().hazard();
        assert_eq!(of(HazardFilter { text: Some("dz47".into()), ..any() }).await, [lettered], "on both engines");
        w.county().voids(&lettered, "重复").await.good();
        // What a LIKE would take for a pattern is taken as it is written, or left out.
        assert_eq!(of(HazardFilter { text: Some("配%箱".into()), ..any() }).await, []);
        let unit = w.unit().caller().await.desks();
        assert_eq!(of(HazardFilter { waits_for: Some(Desk::Of(unit.clone())), ..any() }).await, [h]);
        assert_eq!(of(HazardFilter { waits_for: Some(Desk::NotOf(unit)), ..any() }).await, [other]);
        assert_eq!(of(HazardFilter { overdue_at: Some(w.now()), ..any() }).await, []);
        let later = w.now().plus(8 * domain::time::DAY);
        assert_eq!(of(HazardFilter { overdue_at: Some(later), ..any() }).await, [other], "to be confirmed within two days");
    }

    async fn a_damaged_row_says_where(w: &World) {
        let h = a_hazard(w).await;
        let file = w.town().uploads().await.good();
        w.has_been_tampered_with();
        let raw = w.raw().await;
        let scope = everything(w).await;
        let id = [Value::Text(h.to_string())];
        for (column, odd) in [("body", "{"), ("source", "hearsay"), ("subject", "no id")] {
            let row = raw.one("hazard", "id = $1", &id).await;
            raw.query(&format!("UPDATE hazard SET {column} = '{odd}' WHERE id = $1"), &id).await;
            let found = w.app.store.hazards(&scope).find(h).await;
            let Err(StoreError::Corrupt { table, column: named, id, .. }) = found else { panic!("{column}: {found:?}") };
            assert_eq!((table.as_str(), named.as_str(), id), ("hazard", column, h.to_string()));
            let as_it_was = std::slice::from_ref(&row);
            raw.replace("hazard", &["county", "id"], as_it_was, as_it_was).await.unwrap();
        }
        raw.query("UPDATE file SET state = 'attached'", &[]).await;
        let found = w.app.store.files().find(testkit::file_id(&file)).await;
        let Err(StoreError::Corrupt { table, column, id, .. }) = found else { panic!("{found:?}") };
        assert_eq!((table.as_str(), column.as_str(), id), ("file", "state", file.id));
        raw.query("UPDATE agency SET kind = 'club' WHERE kind = 'discipline'", &[]).await;
        let found = w.app.store.directory().agencies(w.app.city()).await;
        assert!(matches!(&found, Err(StoreError::Corrupt { table, column, .. }) if table == "agency" && column == "kind"));
    }

    /// What was written is what is read, to the last field.
    async fn a_hazard_comes_back_as_it_went_in(w: &World) {
        let mut said = w.town().a_report("配电箱门缺失，\n带电部分外露 “220V” 'x' $1 ?2 \\ %").await;
        said.report.location.point = domain::place::Point::read(Some(109.029_317), Some(-0.000_1)).unwrap();
        said.report.found_at = Some(w.now().plus(-5));
        let h = w.town().reports_as(said.clone()).await.good();
        let scope = everything(w).await;
        let hazard = w.app.store.hazards(&scope).find(h.hazard()).await.unwrap().unwrap();
        assert_eq!(hazard.description, said.report.description);
        assert_eq!(hazard.location, said.report.location);
        assert_eq!(hazard.found_at, w.now().plus(-5));
        assert_eq!(hazard.seen.version, 1);
    }
}
