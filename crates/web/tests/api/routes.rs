//! The city's routes over the API and on the page without a script: looked at, changed by a button, previewed, published, gone back to.

use serde_json::{Value, json};
use testkit::{City, on_both_engines};

use crate::{browser::Reader, client::Api};

/// Every field of the form of a page, as a browser would send it.
fn fields_of(page: &str) -> Vec<(String, String)> {
    let form = page.split_once("class=\"route-form\"").expect("the form").1;
    let form = form.split_once("</form>").expect("it ends").0;
    let value = |tag: &str, name: &str| {
        let rest = tag.split_once(&format!("{name}=\""))?.1;
        rest.split_once('"')
            .map(|(value, _)| value.replace("&#34;", "\"").replace("&#38;", "&"))
    };
    let mut fields = Vec::new();
    for piece in form.split('<') {
        if let Some(tag) = piece.strip_prefix("input ") {
            let name = value(tag, " name").or_else(|| value(tag, "name"));
            fields.extend(name.map(|name| (name, value(tag, " value").unwrap_or_default())));
        } else if let Some(tag) = piece.strip_prefix("select ") {
            fields.extend(value(tag, "name").map(|name| (name, String::new())));
        } else if let Some(tag) = piece
            .strip_prefix("option ")
            .filter(|tag| tag.contains(" selected"))
            && let Some((_, chosen)) = fields.last_mut()
        {
            *chosen = value(tag, "value").unwrap_or_default();
        }
    }
    fields
}

async fn sends(
    reader: &mut Reader,
    path: &str,
    mut fields: Vec<(String, String)>,
    set: &[(&str, &str)],
) -> crate::client::Answer {
    for (name, value) in set {
        fields.retain(|(known, _)| known != name);
        fields.push(((*name).to_owned(), (*value).to_owned()));
    }
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    reader.sends_form(path, &fields).await
}

on_both_engines! {
    async fn a_version_is_previewed_and_set(w: &World, City::Graded) {
        w.county().brings_to_acceptance(&w.unit(), "疏散通道堆物").await;
        let api = Api::of(w);
        let (city, county) = (api.signs_in("city").await, api.signs_in("county-610902").await);
        let standing = county.gets("/routes").await.is(200);
        assert_eq!((standing["no"].as_i64(), &standing["holds_from"]), (Some(1), &Value::Null));
        let preset = standing["presets"].as_array().expect("presets").iter().find(|one| one["id"] == "literal").expect("the speech at its word");
        let wanted = json!({ "routes": standing["routes"], "rules": preset["rules"] });
        county.posts("/routes/preview", &wanted).await.is_problem(403, "not-your-act");
        let preview = city.posts("/routes/preview", &wanted).await.is(200);
        assert_eq!(preview["findings"], json!([]));
        assert_eq!((preview["wanted"]["counted"]["items"].as_u64(), preview["past"]["on_a_route"].as_u64()), (Some(1), Some(1)));
        assert_eq!(preview["files_per_working_day"].as_u64(), Some(6));

        let mut said = wanted.clone();
        said["reason"] = "按市安委会会议决定".into();
        said["holds_from"] = "2026-03-04".into();
        county.posts("/routes", &said).await.is_problem(403, "not-your-act");
        let mut wrong = said.clone();
        wrong["holds_from"] = "tomorrow".into();
        city.posts("/routes", &wrong).await.is_refused_for("holds_from: not-a-date");
        wrong["holds_from"] = "2026-03-03".into();
        wrong["reason"] = " ".into();
        wrong["rules"][0]["route"] = "gone".into();
        city.posts("/routes", &wrong).await.is_refused_for("reason: required, holds_from: too-early, rules: not-a-choice");
        wrong["rules"][0]["source"] = "nowhere".into();
        city.posts("/routes", &wrong).await.is_problem(422, "unreadable");
        city.if_match(7).posts("/routes", &said).await.is_problem(412, "stale");

        let keyed = city.with_key("set-1").if_match(1);
        let set = keyed.posts("/routes", &said).await.is(201);
        assert_eq!(set["no"].as_i64(), Some(2));
        let events = w.events().await;
        assert_eq!(keyed.posts("/routes", &said).await.is(201), set, "the same request, the same answer");
        assert_eq!(w.events().await, events);
        city.posts("/routes", &said).await.is_refused_for("rules: nothing-changed");
        let now = county.gets("/routes").await.is(200);
        assert_eq!((now["no"].as_i64(), &now["sha256"]), (Some(2), &set["sha256"]));
        let versions = county.gets("/routes/versions").await.is(200);
        assert_eq!((versions["items"][0]["no"].as_i64(), &versions["next"]), (Some(2), &Value::Null));
        county.gets("/routes/versions?cursor=x").await.is_refused_for("cursor: not-a-choice");
    }

    /// An officer at a browser that runs no script, who knows nothing of TOML.
    async fn by_hand_on_the_page(w: &World, City::Graded) {
        w.county().brings_to_acceptance(&w.unit(), "疏散通道堆物").await;
        let api = Api::of(w);
        let mut city = api.reader("city").await;
        let page = city.reads("/system/routes").await.text();
        assert!(page.contains("第 1 版，系统预置") && page.contains("来源为市级督查，走“县级验收，市级逐条销号”"), "{page}");
        let page = city.reads("/system/routes/draft?from=county").await.text();
        let before = fields_of(&page);
        assert!(!page.contains("name=\"previewed\""), "nothing is published that was not looked at");

        // A rule more, moved to the top: it takes all, and the preview says so.
        let page = sends(&mut city, "/system/routes/draft", before.clone(), &[("do", "add_rule")]).await.text();
        let added = fields_of(&page);
        let rules = |fields: &[(String, String)]| fields.iter().filter(|(name, _)| name.starts_with("rule.") && name.ends_with(".route")).count();
        assert_eq!(rules(&added), rules(&before) + 1);
        let looked = sends(&mut city, "/system/routes/draft", added.clone(), &[("do", "preview")]).await.text();
        assert!(looked.contains("永远用不到"), "{looked}");
        let at = rules(&before) - 1;
        let page = sends(&mut city, "/system/routes/draft", added, &[("do", &format!("drop_rule.{at}"))]).await.text();
        assert_eq!(fields_of(&page).iter().filter(|(name, _)| name.starts_with("rule.")).collect::<Vec<_>>(), before.iter().filter(|(name, _)| name.starts_with("rule.")).collect::<Vec<_>>());

        let looked = sends(&mut city, "/system/routes/draft", before.clone(), &[("do", "preview")]).await.text();
        assert!(looked.contains("÷ 每个工作日 6 件") && looked.contains("件真实隐患推算"), "{looked}");
        let seen = fields_of(&looked);
        let unread = sends(&mut city, "/system/routes/draft", seen.clone(), &[("route.0.sample", "很多")]).await.text();
        assert!(unread.contains("抽查比例（%）不是有效数字"), "{unread}");
        let changed = sends(&mut city, "/system/routes", seen.clone(), &[("reason", "会议决定"), ("route.0.sample", "7")]).await;
        assert_eq!(changed.status, 422, "something has changed since the preview");
        let silent = sends(&mut city, "/system/routes", seen.clone(), &[("reason", " ")]).await;
        assert!(silent.status == 422 && silent.text().contains("原因未填写"));
        for path in ["/system/routes", "/system/routes/draft"] {
            let mut left_open = city.clone().on_a_page_with("of-yesterday");
            let old = seen.iter().filter(|(name, _)| name != "csrf").cloned().collect();
            let back = sends(&mut left_open, path, old, &[("reason", "会议决定"), ("route.0.sample", "7")]).await;
            assert_eq!(back.status, 403, "{path}");
            let back = back.text();
            assert!(back.contains("页面已过期，尚未提交"), "{back}");
            assert!(fields_of(&back).contains(&("route.0.sample".to_owned(), "7".to_owned())), "the draft is not lost: {back}");
        }
        let saved = sends(&mut city, "/system/routes", seen.clone(), &[("reason", "会议决定"), ("holds_from", "2026-03-04")]).await;
        assert_eq!(saved.status, 303, "{}", saved.text());
        let page = city.reads(saved.header("location")).await.text();
        assert!(page.contains("新路线已发布。") && page.contains("第 2 版，2026-03-04 起施行") && page.contains("会议决定"), "{page}");
        assert!(page.contains("删去规则"), "what it changed: {page}");

        // Somebody else had looked against the version before.
        let stale = sends(&mut city, "/system/routes", seen, &[("reason", "会议决定"), ("idempotency_key", "another")]).await;
        assert_eq!(stale.status, 412);
        let back = city.reads("/system/routes/draft?from=1").await;
        assert_eq!(back.status, 200);
        let county = api.reader("county-610902").await.reads("/system/routes").await.text();
        assert!(county.contains("第 2 版") && !county.contains("/system/routes/draft"), "who may not change them is offered nothing");
        assert_eq!(api.reader("county-610902").await.reads("/system/routes/draft").await.status, 403);
    }
}
