//! Pages as the handlers make them, for everybody, at every stage: whole, in words, and each number the count of its rows.

use std::collections::BTreeSet;

use testkit::{on_both_engines, photo};
use web::words::{Language, Words};

use crate::{
    browser::Reader,
    client::{Answer, Api},
    people::{People, interim_measure},
};

const STAGES: [&str; 7] = [
    "reported",
    "confirmed",
    "rectifying",
    "submitted",
    "accepted",
    "signed_off",
    "void",
];
const READERS: [&str; 8] = [
    "admin",
    "city",
    "county-610902",
    "county-610902-2",
    "town-610902001",
    "enterprise-1",
    "discipline",
    "department-610902-fire",
];

/// Text of a page without its tags, and without what only the browser's scripts read.
fn visible(html: &str) -> String {
    let by_scripts = html
        .split_once("<template")
        .and_then(|(_, rest)| rest.split_once("</template>"));
    let shown = by_scripts.map_or(html.to_owned(), |(words, _)| html.replace(words, ""));
    let texts = shown
        .split('<')
        .map(|part| part.split_once('>').map_or(part, |(_, text)| text));
    texts.collect::<Vec<_>>().join(" ")
}

/// Sentences with a blank, cut at it: what stands before and after.
fn fills(words: Words) -> Vec<(String, String)> {
    let cut = |key: &str| {
        let (before, rest) = words.get(key).split_once('{')?;
        let (_, after) = rest.split_once('}')?;
        let tells = before.chars().count() >= 2 || after.chars().count() >= 2;
        (tells && !after.contains('{')).then(|| (before.to_owned(), after.to_owned()))
    };
    words.keys().filter_map(cut).collect()
}

/// A key instead of its word, a blank that nobody filled, a sentence put into itself.
#[track_caller]
fn is_in_words(answer: &Answer, language: Language, what: &str) {
    let words = Words::new(language);
    let text = visible(&answer.text());
    let families: BTreeSet<&str> = words
        .keys()
        .filter_map(|key| key.split_once('.'))
        .map(|(family, _)| family)
        .collect();
    for token in text.split_whitespace() {
        if let Some((family, rest)) = token.split_once('.') {
            let key = families.contains(family) && rest.starts_with(|c: char| c.is_ascii_lowercase());
            assert!(!key, "{what} shows the key {token}");
        }
    }
    assert!(
        !text.contains(['{', '}']),
        "{what} shows a blank that nobody filled"
    );
    for (before, after) in fills(words) {
        let twice = if before.trim().is_empty() {
            format!("{after}{after}")
        } else {
            format!("{before}{before}")
        };
        assert!(!text.contains(&twice), "{what} says {twice}");
    }
}

async fn looks_round(reader: &mut Reader, who: &str, hazards: &[String]) {
    let mut paths: Vec<String> = [
        "/",
        "/hazards",
        "/hazards?only=open&due=soon",
        "/report",
        "/system",
        "/nowhere",
    ]
    .map(str::to_owned)
    .to_vec();
    paths.extend(
        hazards
            .iter()
            .flat_map(|id| [format!("/hazards/{id}"), format!("/hazards/{id}/card")]),
    );
    for (code, language) in [("zh", Language::Chinese), ("en", Language::English)] {
        reader
            .sends_form("/language", &[("language", code), ("back", "/")])
            .await;
        for path in &paths {
            let answer = reader.reads(path).await;
            assert!(
                matches!(answer.status, 200 | 403 | 404),
                "{who} {path}: {}",
                answer.text()
            );
            is_in_words(&answer, language, &format!("{path} ({who}, {code})"));
        }
    }
}

on_both_engines! {
    async fn pages_show_words_and_say_each_thing_once(w: &World) {
        let p = People::of(w).await;
        let mut hazards = Vec::new();
        for stage in STAGES {
            hazards.push(p.hazard_at(stage).await);
        }
        p.county.acts(&hazards[1], "interim-measure", &interim_measure()).await;
        for who in READERS {
            looks_round(&mut p.api.reader(who).await, who, &hazards).await;
        }
    }

    async fn a_measure_is_in_force_until_the_hazard_ends(w: &World) {
        let p = People::of(w).await;
        let hazard = p.hazard_at("accepted").await;
        p.county.acts(&hazard, "interim-measure", &interim_measure()).await;
        let mut reader = p.api.reader("county-610902").await;
        let path = format!("/hazards/{hazard}");
        assert!(reader.reads(&path).await.text().contains("执行中"));
        p.city.acts(&hazard, "sign-off", &crate::people::sign_off()).await;
        let page = reader.reads(&path).await.text();
        assert!(page.contains("二楼暂停作业") && !page.contains("执行中"));
    }

    async fn a_problem_stands_in_the_frame_of_the_house(w: &World) {
        let api = Api::of(w);
        let mut county = api.reader("county-610902").await;
        let absent = "/hazards/0195ffff-0000-7000-8000-00000000ffff";
        let missing = county.reads(absent).await;
        let page = missing.text();
        assert_eq!(missing.status, 404);
        assert!(page.contains("class=\"side\"") && page.contains("action=\"/sign-out\"") && page.contains("/assets/app.css?v="));
        assert!(page.contains("class=\"brand-city\">安康市") && !page.contains("回到这条隐患"), "{page}");
        let nobody = api.sits_down().reads("/nowhere").await;
        assert_eq!(nobody.status, 404);
        assert!(!nobody.text().contains("class=\"side\"") && nobody.text().contains("href=\"/sign-in\""));
        assert!(nobody.header("x-request-id").len() == 10);
    }

    async fn a_failure_is_known_by_the_name_that_the_page_shows(w: &World) {
        let p = People::of(w).await;
        let hazard = p.hazard_at("reported").await;
        let mut county = p.api.reader("county-610902").await;
        w.has_been_tampered_with();
        w.raw().await.query("UPDATE hazard SET initial_level = 'nowhere'", &[]).await;
        let broken = county.reads(&format!("/hazards/{hazard}")).await;
        assert_eq!(broken.status, 500);
        assert!(broken.text().contains(&format!("请报编号 {}", broken.header("x-request-id"))), "{}", broken.text());
    }

    async fn assets_are_kept_for_ever_under_the_address_of_their_bundle(w: &World) {
        let mut reader = Api::of(w).sits_down();
        let page = reader.reads("/sign-in").await.text();
        let address = page.split("href=\"/assets/app.css").nth(1).and_then(|rest| rest.split('"').next()).expect("a style sheet");
        let kept = reader.reads(&format!("/assets/app.css{address}")).await;
        assert!(kept.header("cache-control").contains("immutable"), "{}", kept.header("cache-control"));
        for other in ["", "?v=", "?v=000000000000"] {
            let asked = reader.reads(&format!("/assets/app.css{other}")).await;
            assert_eq!((asked.status, asked.header("cache-control")), (200, "public, no-cache"), "{other}");
        }
    }

    /// Evidence is asked for anew each time, and never shown from a cache after signing out.
    async fn evidence_is_shown_to_whoever_is_signed_in_now(w: &World) {
        let p = People::of(w).await;
        let mut town = p.api.reader("town-610902001").await;
        let received = p.town.uploads("a.jpg", &photo::plain("a")).await.is(201);
        let path = format!("/files/{}", received["id"].as_str().expect("an id"));
        let shown = town.reads(&path).await;
        assert_eq!((shown.status, shown.header("cache-control")), (200, "private, no-cache"));
        let tag = shown.header("etag").to_owned();
        let asks = async |reader: &mut Reader| reader.asks("GET", &path, &[("if-none-match", &tag)], "".into()).await;
        let again = asks(&mut town).await;
        assert_eq!((again.status, again.bytes.len(), again.header("etag")), (304, 0, tag.as_str()));
        let other = town.asks("GET", &path, &[("if-none-match", "\"0\"")], "".into()).await;
        assert_eq!(other.status, 200);
        let mut stranger = p.api.reader("enterprise-2").await;
        assert_eq!(asks(&mut stranger).await.status, 404);
        town.reads("/").await;
        town.sends_form("/sign-out", &[]).await;
        assert_eq!(asks(&mut town).await.status, 303);
    }

    /// A session that has ended leads back to the form, not to what the form is posted to.
    async fn signing_in_again_leads_back_to_the_form(w: &World) {
        let mut nobody = Api::of(w).sits_down();
        for (path, then) in [("/hazards", "/report"), ("/hazards/1/plan", "/hazards/1%23act-plan"), ("/sign-out", "/")] {
            let answer = nobody.sends_form(path, &[]).await;
            assert_eq!((answer.status, answer.header("location")), (303, format!("/sign-in?then={then}").as_str()));
        }
    }

    async fn a_report_names_its_receiver_only_where_it_is_known(w: &World) {
        let api = Api::of(w);
        let unit = api.reader("enterprise-1").await.reads("/report").await.text();
        assert!(unit.contains("提交后由"), "{unit}");
        let town = api.reader("town-610902001").await.reads("/report").await.text();
        assert!(!town.contains("提交后由"));
    }

    /// Part of a name is no subject, but the page that comes back offers those that hold it.
    async fn part_of_a_name_comes_back_with_its_matches(w: &World) {
        let api = Api::of(w);
        let mut town = api.reader("town-610902001").await;
        town.reads("/report").await;
        let said = [("subject", "青屿"), ("description", "通道堵塞"), ("location_text", "二楼"), ("initial_level", "general"), ("source", "patrol")];
        let back = town.sends_form("/hazards", &said).await;
        let page = back.text();
        assert_eq!(back.status, 422, "{page}");
        let offered: Vec<&str> = page.split("<option value=\"").skip(1).filter(|one| one.contains("data-id")).collect();
        assert!(!offered.is_empty() && offered.iter().all(|one| one.contains("青屿")), "{offered:?}");
        let name = offered[0].split('"').next().expect("a name").to_owned();
        let said = [("subject", name.as_str()), ("description", "通道堵塞"), ("location_text", "二楼"), ("initial_level", "general"), ("source", "patrol")];
        assert_eq!(town.sends_form("/hazards", &said).await.status, 303);
    }

    /// One function says who may judge: whoever had a hand in plan or rectification is offered neither in the form nor in the API.
    async fn the_form_and_the_api_offer_the_same_inspectors(w: &World) {
        let p = People::of(w).await;
        let hazard = p.hazard_at("submitted").await;
        let acts = p.second.gets(&format!("/hazards/{hazard}/acts")).await.is(200);
        let page = p.api.reader("county-610902-2").await.reads(&format!("/hazards/{hazard}")).await.text();
        let offered = acts.to_string().matches("\"label\"").count();
        assert!(offered >= 2);
        let boxes: Vec<&str> = page.split("name=\"inspectors\" value=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        assert!(boxes.len() >= 2);
        for id in boxes {
            assert!(acts.to_string().contains(id), "{id}");
        }
    }
}
