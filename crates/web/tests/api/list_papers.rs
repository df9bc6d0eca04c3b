//! The papers of a problem list as they are read later: the letter as it was sent, and an opinion that leaves out nothing.

use domain::hazard::{Determination, InitialLevel, accept::Accept, confirm::Confirm, course::Fact};
use serde_json::json;
use testkit::{City, on_both_engines};

use crate::{
    client::Api,
    problem_lists::{found, letter, opened, path_of, rectified, visit},
};

on_both_engines! {
    /// Under its number it stays what it was when it was sent, and is the same for whoever opens it.
    async fn a_letter_that_was_sent_changes_no_more(w: &World, City::Graded) {
        w.time_passes(2 * domain::time::DAY);
        let ids = found(w, 3).await;
        let [plain, major, declined] = [0, 1, 2].map(|at| domain::HazardId::parse(&ids[at]).expect("an id"));
        let suspected = Confirm {
            initial_level: InitialLevel::SuspectedMajor,
            determination: Determination::Pending,
            ..w.county().a_confirmation()
        };
        w.county().confirms_as(&major, suspected).await.good();
        w.second_city_officer().determines(&major, Determination::Major).await.good();
        let api = Api::of(w);
        let city = api.signs_in("city").await;
        let mut said = visit();
        let today = w.city().in_days(0).to_string();
        said["visit_from"] = json!(today);
        said["visit_until"] = json!(today);
        said["basis"] = json!("根据《2026年度督查计划》");
        said["items"] = json!(ids);
        let path = path_of(&city.posts("/problem-lists", &said).await.is(201));
        let mut reader = api.reader("city").await;
        let page = reader.reads(&path).await.text();
        assert!(page.contains("name=\"reply_by\" value=\"2026-03-23\""), "the fifteenth day is a Saturday: {page}");
        let housing = w.person("department-610902-housing");
        let to = json!({ "addressee": housing.agency().await.to_string(), "reply_by": "2026-03-23" });
        city.posts(&format!("{path}/letter"), &to).await.is(200);
        // It is on paper; then things go on.
        housing.declines(&declined).await.good();
        w.county().corrects(&plain, Fact::Description, "另一段话").await.good();
        let office = w.county().caller().await.agency_name;
        for who in ["city", "county-610902", "department-610902-housing"] {
            let page = api.reader(who).await.reads(&format!("{path}/letter")).await.text();
            for fact in ["疏散通道堆物第0处", "疏散通道堆物第1处", "疏散通道堆物第2处", "重大事故隐患", "根据《2026年度督查计划》", "2026年3月6日，", "四不两直检查", "1家单位", &office] {
                assert!(page.contains(fact), "{who}: no {fact} in {page}");
            }
            for not_so in ["另一段话", "根据根据", "2026-03-06，", "不打招呼", "疑似重大"] {
                assert!(!page.contains(not_so), "{who}: {not_so} in {page}");
            }
        }
    }

    /// Where more was looked at than there is room to name, the number is told.
    async fn the_opinion_says_how_many_places_there_were(w: &World, City::Graded) {
        let ids = found(w, 4).await;
        let api = Api::of(w);
        let city = api.signs_in("city").await;
        let path = path_of(&opened(w, &city, &ids).await);
        city.posts(&format!("{path}/letter"), &letter(w).await).await.is(200);
        api.signs_in("county-610902").await.posts(&format!("{path}/receipt"), &json!({})).await.is(200);
        rectified(w, &ids).await;
        for (at, id) in ids.iter().enumerate() {
            let h = domain::HazardId::parse(id).expect("an id");
            let two = w.county().two_inspectors(&h).await;
            let said = Accept { place: Some(format!("{at}号车间")), ..w.county().an_acceptance() };
            w.county().accepts_as(&h, said, &two).await.good();
        }
        let page = api.reader("city").await.reads(&format!("{path}/recheck-opinion")).await.text();
        assert!(page.contains("0号车间、1号车间、2号车间等 4 处"), "{page}");
    }
}
