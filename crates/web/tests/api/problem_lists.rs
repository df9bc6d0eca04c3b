//! Problem lists over the API and in forms: one visit to its answer and its sign-off, the order of answers, the papers. The forms of
//! sign-off lists are posted here as well, for they end what a problem list began.

use serde_json::{Value, json};
use testkit::{City, World, on_both_engines};

use crate::{
    browser::{Reader, hidden},
    client::{Api, Eyes},
    people,
};

pub fn visit() -> Value {
    json!({ "county": "610902", "visit_kind": "unannounced", "visit_from": "2026-03-02", "visit_until": "2026-03-02",
            "team": ["陈静"], "basis": "2026年度督查计划" })
}

/// What a city officer found on a visit.
pub async fn found(w: &World, n: usize) -> Vec<String> {
    let mut ids = Vec::new();
    for at in 0..n {
        ids.push(
            w.city()
                .finds_on_a_visit(&format!("疏散通道堆物第{at}处"))
                .await
                .id,
        );
        w.time_passes(1_000);
    }
    ids
}

pub async fn rectified(w: &World, ids: &[String]) {
    for id in ids {
        let h = domain::HazardId::parse(id).expect("an id");
        w.county().confirms(&h).await.good();
        w.unit().plans(&h).await.good();
        w.unit().rectifies(&h).await.good();
    }
}

fn row<'a>(list: &'a Value, id: &str) -> &'a Value {
    let rows = list["rows"].as_array().expect("rows");
    rows.iter().find(|row| row["id"] == *id).expect("its row")
}

pub fn path_of(list: &Value) -> String {
    format!("/problem-lists/{}", list["id"].as_str().expect("an id"))
}

pub async fn letter(w: &World) -> Value {
    json!({ "addressee": w.county().agency().await.to_string(), "reply_by": w.city().in_days(10).to_string() })
}

pub async fn opened(w: &World, city: &Eyes, ids: &[String]) -> Value {
    let mut said = visit();
    let today = w.city().in_days(0).to_string();
    said["visit_from"] = json!(today);
    said["visit_until"] = json!(today);
    said["items"] = json!(ids);
    city.posts("/problem-lists", &said).await.is(201)
}

/// The values of the boxes of a name in the form that is posted there.
fn boxes(page: &str, action: &str, name: &str) -> Vec<String> {
    let form = page
        .split("<form ")
        .find(|form| form.contains(&format!("action=\"{action}\"")));
    let form = form.unwrap_or_else(|| panic!("no form posts to {action}"));
    let form = form.split("</form>").next().unwrap_or_default();
    let before = format!("name=\"{name}\" value=\"");
    let values = form.split(&before).skip(1);
    values
        .map(|rest| rest.split('"').next().unwrap_or_default().to_owned())
        .collect()
}

async fn posts(reader: &mut Reader, path: &str, form: &str, fields: &[(&str, &str)]) -> (u16, String) {
    let page = reader.reads(path).await.text();
    let key = hidden(&page, form, "idempotency_key");
    let mut all = vec![("idempotency_key", key.as_str())];
    all.extend(fields);
    let answer = reader.sends_form(form, &all).await;
    (
        answer.status,
        if answer.status == 303 {
            answer.header("location").to_owned()
        } else {
            answer.text()
        },
    )
}

on_both_engines! {
    async fn a_list_from_the_visit_to_the_sign_off(w: &World, City::Graded) {
        let ids = found(w, 4).await;
        let api = Api::of(w);
        let (city, county) = (api.signs_in("city").await, api.signs_in("county-610902").await);
        let list = opened(w, &city, &ids[..3]).await;
        let path = path_of(&list);
        assert_eq!((list["state"].as_str(), list["items"].as_u64()), (Some("open"), Some(3)));
        county.gets(&path).await.is_problem(404, "not-found");
        let more = city.posts(&format!("{path}/items"), &json!({ "add": [ids[3]] })).await.is(200);
        assert_eq!(more["items"].as_u64(), Some(4));

        let letter = letter(w).await;
        let keyed = city.with_key("letter-1");
        let sent = keyed.posts(&format!("{path}/letter"), &letter).await.is(200);
        assert_eq!((sent["state"].as_str(), sent["number"].as_str()), (Some("sent"), Some("安安办函〔2026〕1号")));
        assert!(ids.iter().all(|id| row(&sent, id)["hand_over"] == "unreceived"));
        let events = w.events().await;
        assert_eq!(keyed.posts(&format!("{path}/letter"), &letter).await.is(200), sent);
        assert_eq!(w.events().await, events);
        city.posts(&format!("{path}/receipt"), &json!({})).await.is_problem(403, "not-your-act");
        let received = county.posts(&format!("{path}/receipt"), &json!({})).await.is(200);
        assert!(ids.iter().all(|id| row(&received, id)["hand_over"] == "received"));

        rectified(w, &ids[..3]).await;
        let h = domain::HazardId::parse(&ids[0]).expect("an id");
        let two: Vec<String> = w.county().two_inspectors(&h).await.iter().map(ToString::to_string).collect();
        let said = json!({ "items": ids, "opinion": "现场核查，整改到位。", "inspectors": two, "cause": "management" });
        let accepted = county.posts(&format!("{path}/acceptance"), &said).await.is(200);
        assert_eq!(row(&accepted, &ids[3])["problem"]["code"], "wrong-stage");
        assert_eq!((&row(&accepted, &ids[0])["problem"], row(&accepted, &ids[0])["stage"].as_str()), (&Value::Null, Some("accepted")));
        let said = json!({ "remarks": [{ "id": ids[3], "remark": "等待资金" }], "answer_note": "三项已整改。" });
        let answered = county.posts(&format!("{path}/answer"), &said).await.is(200);
        assert_eq!((answered["state"].as_str(), answered["late"].as_bool()), (Some("answered"), Some(false)));
        assert_eq!((row(&answered, &ids[3])["answered"].as_str(), row(&answered, &ids[3])["remark"].as_str()), (Some("not_done"), Some("等待资金")));

        let second = api.signs_in("city-2").await;
        let signing = second.posts(&format!("{path}/sign-off-list"), &json!({})).await.is(201);
        assert_eq!((signing["items"].as_u64(), &signing["problem_list"]), (Some(3), &list["id"]));
        for one in signing["rows"].as_array().expect("rows").iter().filter(|one| one["drawn"] == true) {
            second.acts(one["id"].as_str().expect("an id"), "sign-off", &people::sign_off()).await;
        }
        let decision = format!("/sign-off-lists/{}/decision", signing["id"].as_str().expect("an id"));
        let done = second.posts(&decision, &json!({ "passed": true, "opinion": "同意销号。" })).await.is(200);
        assert_eq!(done["waiting"].as_u64(), Some(0));
        let end = city.gets(&path).await.is(200);
        assert_eq!(end["sign_off_lists"], json!([signing["id"]]));
        let listed = city.gets("/problem-lists?state=answered&county=610902&limit=1").await.is(200);
        assert_eq!(listed["items"][0]["id"], list["id"]);
        city.gets("/problem-lists?state=closed").await.is_refused_for("state: not-a-choice");
    }

    /// 401 · repeated key · 422 unreadable · 404 · 403 · 412 · 409 · 422 fields, as everywhere.
    async fn the_earliest_fault_is_told(w: &World, City::Graded) {
        let ids = found(w, 1).await;
        let api = Api::of(w);
        let (city, county) = (api.signs_in("city").await, api.signs_in("county-610902").await);
        let list = opened(w, &city, &ids).await;
        let path = path_of(&list);
        let step = format!("{path}/letter");
        let wrong = json!({ "addressee": "x", "reply_by": "soon" });
        city.posts(&step, &json!({ "addressee": 1 })).await.is_problem(422, "unreadable");
        county.posts(&step, &wrong).await.is_problem(404, "not-found");
        api.signs_in("discipline").await.posts(&step, &wrong).await.is_problem(403, "not-your-act");
        city.posts(&step, &wrong).await.is_refused_for("reply_by: not-a-date, addressee: not-a-regulator-here");
        city.posts(&format!("{path}/items"), &json!({ "add": ["x"] })).await.is_refused_for("add: no-such-hazard");
        city.posts(&step, &letter(w).await).await.is(200);
        city.posts(&step, &wrong).await.is_problem(409, "problem-list-sent");
        county.posts(&format!("{path}/answer"), &json!({ "remarks": [{ "id": "x", "remark": "" }] })).await.is_problem(409, "problem-list-not-received");
        county.posts(&format!("{path}/acceptance"), &json!({ "items": ["x"], "opinion": "" })).await.is_problem(409, "problem-list-not-received");
        county.posts(&format!("{path}/receipt"), &json!({})).await.is(200);
        county.posts(&format!("{path}/answer"), &json!({ "remarks": [{ "id": "x", "remark": "" }] })).await.is_refused_for("remarks: not-on-this-list");
        let mut said = visit();
        said["visit_kind"] = json!("surprise");
        said["visit_from"] = json!("");
        city.posts("/problem-lists", &said).await.is_refused_for("visit_kind: not-a-choice, visit_from: required");
        said["county"] = json!("610981");
        county.posts("/problem-lists", &said).await.is_problem(403, "not-your-act");
    }

    /// The same in forms: what is wrong comes back with what was typed, and every step leads on.
    async fn the_steps_are_forms_too(w: &World, City::Graded) {
        let ids = found(w, 2).await;
        let api = Api::of(w);
        let mut city = api.reader("city").await;
        let today = w.city().in_days(0).to_string();
        let opening = [("county", "610902"), ("visit_kind", "oversight"), ("visit_from", today.as_str()), ("visit_until", today.as_str()),
                       ("basis", "2026年度督查计划")];
        let (status, page) = posts(&mut city, "/problem-lists", "/problem-lists", &opening).await;
        assert_eq!(status, 422);
        assert!(page.contains("督查人员未填写") && page.contains("value=\"2026年度督查计划\""), "{page}");
        let mut opening = opening.to_vec();
        opening.push(("team", "陈静\n何志远"));
        let stale = city.clone().on_a_page_with("0000").sends_form("/problem-lists", &opening).await;
        assert_eq!(stale.status, 403);
        assert!(stale.text().contains("页面已过期，尚未提交") && stale.text().contains("何志远"), "{}", stale.text());
        let (status, to) = posts(&mut city, "/problem-lists", "/problem-lists", &opening).await;
        assert_eq!(status, 303, "{to}");
        let path = to.split('?').next().unwrap_or_default().to_owned();
        let step = |name: &str| format!("{path}/{name}");

        let page = city.reads(&path).await.text();
        let mut offered = boxes(&page, &step("items"), "items");
        offered.sort();
        let mut expected = ids.clone();
        expected.sort();
        assert_eq!(offered, expected, "own reports of the county are offered");
        let chosen: Vec<(&str, &str)> = ids.iter().map(|id| ("items", id.as_str())).collect();
        assert_eq!(posts(&mut city, &path, &step("items"), &chosen).await.0, 303);
        let to = w.county().agency().await.to_string();
        let (status, page) = posts(&mut city, &path, &step("letter"), &[("addressee", &to), ("reply_by", "2020-01-01"), ("telephone", "0915-1")]).await;
        assert_eq!(status, 422);
        assert!(page.contains("答复期限不能早于") && page.contains("value=\"0915-1\""), "{page}");
        let stale = city.clone().on_a_page_with("0000").sends_form(&step("letter"), &[("telephone", "0915-2")]).await;
        assert_eq!(stale.status, 403);
        let stale = stale.text();
        assert!(stale.contains("页面已过期，尚未提交") && stale.contains("value=\"0915-2\""), "{stale}");
        let day = w.city().in_days(10).to_string();
        assert_eq!(posts(&mut city, &path, &step("letter"), &[("addressee", &to), ("reply_by", &day)]).await.0, 303);

        let mut county = api.reader("county-610902").await;
        assert_eq!(posts(&mut county, &path, &step("receipt"), &[]).await.0, 303);
        rectified(w, &ids).await;
        let h = domain::HazardId::parse(&ids[0]).expect("an id");
        let two: Vec<String> = w.county().two_inspectors(&h).await.iter().map(ToString::to_string).collect();
        let mut said: Vec<(&str, &str)> = ids.iter().map(|id| ("items", id.as_str())).collect();
        said.extend([("opinion", "整改到位"), ("cause", "management"), ("inspectors", two[0].as_str())]);
        let (status, page) = posts(&mut county, &path, &step("acceptance"), &said).await;
        assert_eq!(status, 200, "each row says why: one inspector is too few");
        assert!(page.contains("有 2 项没有办成"), "{page}");
        said.push(("inspectors", two[1].as_str()));
        assert_eq!(posts(&mut county, &path, &step("acceptance"), &said).await.0, 303);
        let remark = format!("remark-{}", ids[0]);
        assert_eq!(posts(&mut county, &path, &step("answer"), &[(&remark, "已复查"), ("answer_note", "均已整改")]).await.0, 303);
        let page = county.reads(&path).await.text();
        assert!(page.contains("已复查") && page.contains("均已整改") && page.contains("已反馈"), "{page}");
        for (name, field) in [("receipt", ""), ("answer", "answer_note"), ("letter", "demands"), ("acceptance", "opinion")] {
            let stale = county.clone().on_a_page_with("0000").sends_form(&step(name), &[(field, "写了一半")]).await;
            assert_eq!(stale.status, 403, "{name}");
            assert!(stale.text().contains("问题清单"), "{name}: the page of the list, and not a problem");
        }

        // And the sign-off list that ends it.
        let mut second = api.reader("city-2").await;
        let (status, to) = posts(&mut second, &path, &step("sign-off-list"), &[]).await;
        assert_eq!(status, 303, "{to}");
        let signing = to.split('?').next().unwrap_or_default().to_owned();
        let page = second.reads(&signing).await.text();
        assert!(page.contains("抽中的还有 1 件未决定"), "{page}");
        let decision = format!("{signing}/decision");
        let early = second.sends_form(&decision, &[("passed", "true"), ("opinion", "同意销号")]).await;
        assert_eq!(early.status, 409, "{}", early.text());
        let id = domain::SignOffListId::parse(signing.rsplit('/').next().unwrap_or_default()).expect("an id");
        let caller = w.second_city_officer().caller().await;
        let listed = app::sign_off_list::show(&w.app, &caller, id).await.expect("it is seen");
        for item in listed.list.drawn() {
            w.second_city_officer().signs_off(&item.hazard).await.good();
        }
        let (status, page) = posts(&mut second, &signing, &decision, &[("passed", "true"), ("opinion", " ")]).await;
        assert_eq!(status, 422);
        assert!(page.contains("意见未填写"), "{page}");
        // Refusing is final: it is done by its own button and by nothing else.
        for passed in ["", "yes", "no"] {
            let (status, page) = posts(&mut second, &signing, &decision, &[("passed", passed), ("opinion", "同意销号")]).await;
            assert_eq!(status, 422, "{passed}");
            assert!(page.contains("清单销号决定未填写") && page.contains(">同意销号</textarea>"), "{page}");
        }
        let stale = second.clone().on_a_page_with("0000").sends_form(&decision, &[("passed", "true"), ("opinion", "资料齐全")]).await;
        assert_eq!(stale.status, 403);
        let stale = stale.text();
        assert!(stale.contains("页面已过期，尚未提交") && stale.contains(">资料齐全</textarea>"), "{stale}");
        let (status, to) = posts(&mut second, &signing, &decision, &[("passed", "true"), ("opinion", "同意销号")]).await;
        assert_eq!((status, to.contains("done=decide_list")), (303, true));
        assert!(second.reads(&signing).await.text().contains("已清单销号"));
        let stale = second.clone().on_a_page_with("0000").sends_form("/sign-off-lists", &[("county", "610902")]).await;
        assert_eq!(stale.status, 403);
        assert!(stale.text().contains("页面已过期，尚未提交") && !stale.text().contains("仍在"), "a button is all there was");
        // Opening the ordinary list of a county by form: nothing is left for it.
        let none = second.sends_form("/sign-off-lists", &[("county", "610902"), ("idempotency_key", "open-9")]).await;
        assert_eq!(none.status, 409);
    }

    async fn a_report_from_the_list_stands_on_it(w: &World, City::Graded) {
        let api = Api::of(w);
        let city = api.signs_in("city").await;
        let list = opened(w, &city, &[]).await;
        let path = path_of(&list);
        let form = format!("{path}/report");
        let mut reader = api.reader("city").await;
        let page = reader.reads(&form).await.text();
        assert!(page.contains("上报后列入") && !page.contains(" data-report>"), "it is sent at once: {page}");
        let subject = app::directory::load::subject_id(testkit::SUBJECT).to_string();
        let said = [("subject_id", subject.as_str()), ("location_text", "二楼"), ("description", "配电箱门缺失"),
                    ("initial_level", "general"), ("source", "oversight"), ("then", "waits")];
        let (status, back) = posts(&mut reader, &form, &form, &said[2..]).await;
        assert_eq!(status, 422, "{back}");
        let (status, to) = posts(&mut reader, &form, &form, &said).await;
        assert_eq!(status, 303, "{to}");
        assert!(to.starts_with(&path) && !to.contains("aside"), "{to}");
        let now = city.gets(&path).await.is(200);
        assert_eq!(now["items"].as_u64(), Some(1));
        // What may be the same is shown first, as with any report; what was typed stays, and one press sends it.
        let (status, page) = posts(&mut reader, &form, &form, &said).await;
        assert_eq!(status, 200, "{page}");
        assert!(page.contains("id=\"similar\"") && page.contains(&format!("action=\"{form}\"")), "{page}");
        let different: Vec<(&str, &str)> = said.iter().copied().chain([("different", "yes")]).collect();
        assert_eq!(posts(&mut reader, &form, &form, &different).await.0, 303);
        assert_eq!(city.gets(&path).await.is(200)["items"].as_u64(), Some(2));
        // What is not put there is told with its own reason, and no address makes up another.
        let aside = |why: &str| format!("{path}?aside={}&why={why}", now["rows"][0]["id"].as_str().expect("an id"));
        for (why, told) in [("another-county", "所选隐患不在本清单的县区"), ("problem-list-sent", "清单已发出，不能再增减。"), ("too-many", "所选事项不超过 200 项")] {
            let page = reader.reads(&aside(why)).await.text();
            assert!(page.contains("已上报，未列入本清单。") && page.contains(told), "{why}: {page}");
        }
        let page = reader.reads(&aside("no-such-code")).await.text();
        assert!(page.contains("已上报，未列入本清单。") && !page.contains("不在本清单的县区") && !page.contains("no-such-code"), "{page}");
        api.signs_in("county-610902").await.gets(&path).await.is_problem(404, "not-found");
        let mut county = api.reader("county-610902").await;
        assert_eq!(county.reads(&form).await.status, 404);
    }

    async fn papers_are_of_the_list_and_of_one_case(w: &World, City::Graded) {
        let ids = found(w, 2).await;
        let api = Api::of(w);
        let city = api.signs_in("city").await;
        let list = opened(w, &city, &ids).await;
        let path = path_of(&list);
        let mut reader = api.reader("city").await;
        let draft = reader.reads(&format!("{path}/letter")).await.text();
        assert!(draft.contains("关于交办安全生产督查发现问题的函") && !draft.contains("安安办函"), "a draft has no number: {draft}");
        assert_eq!(reader.reads(&format!("{path}/recheck-opinion")).await.status, 409);
        city.posts(&format!("{path}/letter"), &letter(w).await).await.is(200);
        let page = reader.reads(&format!("{path}/letter")).await.text();
        for fact in ["安安办函〔2026〕1号", "发现问题 2 项", "疏散通道堆物第1处", "根据2026年度督查计划"] {
            assert!(page.contains(fact), "no {fact} in {page}");
        }
        let docx = reader.reads(&format!("{path}/letter.docx")).await;
        assert_eq!((docx.status, docx.header("content-type")), (200, press::docx::MEDIA_TYPE));
        let county = api.signs_in("county-610902").await;
        county.posts(&format!("{path}/receipt"), &json!({})).await.is(200);
        rectified(w, &ids[..1]).await;
        let of_one = format!("/hazards/{}/recheck-opinion", ids[0]);
        assert_eq!(reader.reads(&format!("/hazards/{}/recheck-opinion", ids[1])).await.status, 409);
        assert!(reader.reads(&of_one).await.text().contains("□已整改"));
        let h = domain::HazardId::parse(&ids[0]).expect("an id");
        w.county().accepts(&h).await.good();
        let page = reader.reads(&of_one).await.text();
        assert!(page.contains("☑已整改") && page.contains("演示610902"), "result and certificates: {page}");
        assert_eq!(reader.reads(&format!("{of_one}.docx")).await.status, 200);
        let page = reader.reads(&format!("{path}/recheck-opinion")).await.text();
        assert!(page.contains("共 2 项：已整改 1 项，未整改 1 项"), "{page}");
        assert_eq!(reader.reads(&format!("{path}/recheck-opinion.docx")).await.status, 200);
        let mut stranger = api.reader("county-610981").await;
        assert_eq!(stranger.reads(&format!("{path}/letter.docx")).await.status, 404);
    }

    async fn a_list_is_withdrawn_by_form_and_shown_with_its_reason(w: &World) {
        let ids = found(w, 1).await;
        let api = Api::of(w);
        let (city, county) = (api.signs_in("city").await, api.signs_in("county-610902").await);
        let list = opened(w, &city, &ids).await;
        let path = path_of(&list);
        let withdrawal = format!("{path}/withdrawal");
        county.posts(&withdrawal, &json!({ "reason": "误开。" })).await.is_problem(404, "not-found");
        city.posts(&withdrawal, &json!({ "reason": " " })).await.is_refused_for("reason: required");
        let mut reader = api.reader("city").await;
        let (status, page) = posts(&mut reader, &path, &withdrawal, &[("reason", "")]).await;
        assert!(status == 422 && page.contains("id=\"step-withdrawal\""), "{status}");
        let (status, to) = posts(&mut reader, &path, &withdrawal, &[("reason", "县区选错。")]).await;
        assert_eq!(status, 303);
        let page = reader.reads(&to).await.text();
        assert!(page.contains("清单已撤销") && page.contains("县区选错。"), "what was done, and why");
        assert!(!page.contains("<form method=\"post\" action=\"/problem-lists"), "no step is left");
        assert!(!page.contains("/letter\""), "no letter is offered");
        assert_eq!(reader.reads(&format!("{path}/letter")).await.status, 409);
        let told = city.gets(&path).await.is(200);
        assert_eq!((told["state"].as_str(), told["withdrawn_because"].as_str()), (Some("withdrawn"), Some("县区选错。")));
        let lists = city.gets("/problem-lists?state=withdrawn").await.is(200);
        assert_eq!(lists["items"].as_array().map(Vec::len), Some(1));
        city.posts(&withdrawal, &json!({ "reason": "误开。" })).await.is_problem(409, "problem-list-withdrawn");
    }
}
