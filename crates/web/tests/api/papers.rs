//! Papers of a case, as a browser gets them: whole Word documents with the case in them, to whoever sees the case and to nobody else.

use std::io::{Cursor, Read};

use axum::{body::Body, http::Request};
use testkit::on_both_engines;

use crate::{
    client::{Answer, Api, Eyes},
    people::People,
};

/// With the session in a cookie.
async fn browses(api: &Api, eyes: &Eyes, path: &str) -> Answer {
    let session = eyes.session().await;
    let request = Request::builder()
        .uri(path)
        .header("cookie", format!("{}={session}", web::caller::COOKIE));
    api.sends(request.body(Body::empty()).expect("a request")).await
}

/// The text of a Word document, without its marks.
pub fn text_of(answer: &Answer) -> String {
    assert_eq!(answer.status, 200);
    let mut archive = zip::ZipArchive::new(Cursor::new(&answer.bytes[..])).expect("a package");
    let mut xml = String::new();
    archive
        .by_name("word/document.xml")
        .expect("a document")
        .read_to_string(&mut xml)
        .expect("UTF-8");
    xml.split('<')
        .filter_map(|piece| piece.split_once('>'))
        .map(|(_, text)| text)
        .collect()
}

on_both_engines! {
    async fn the_card_is_a_word_document_of_the_case_at_every_stage(w: &World) {
        let p = People::of(w).await;
        for stage in ["reported", "rectifying", "signed_off", "void"] {
            let id = p.hazard_at(stage).await;
            let hazard = p.county.gets(&format!("/hazards/{id}")).await.is(200);
            let number = hazard["number"].as_str().unwrap();
            let answer = browses(&p.api, &p.county, &format!("/hazards/{id}/card.docx")).await;
            let text = text_of(&answer);
            for fact in [number, "二楼安全出口被货架堵塞", "隐患档案卡", "上报隐患", "市级销号"] {
                assert!(text.contains(fact), "{stage}: no {fact} in {text}");
            }
            assert!(answer.header("content-disposition").ends_with(&format!("{number}.docx")), "{}", answer.header("content-disposition"));
            assert_eq!(answer.header("content-type"), press::docx::MEDIA_TYPE);
            assert!(!text.contains("None") && !text.contains("did."), "{text}");
        }
    }

    async fn the_sheet_is_there_when_sign_off_is_next_or_done(w: &World) {
        let p = People::of(w).await;
        let accepted = p.hazard_at("accepted").await;
        let open = text_of(&browses(&p.api, &p.city, &format!("/hazards/{accepted}/sign-off-sheet.docx")).await);
        assert_eq!(open.matches("　　年　　月　　日").count(), 2, "{open}");
        assert!(open.contains("验收人员：") && open.contains("证号 "), "{open}");
        let page = browses(&p.api, &p.city, &format!("/hazards/{accepted}/sign-off-sheet")).await;
        assert!(page.status == 200 && page.text().contains("隐患销号审批单") && page.text().contains("sign-off-sheet.docx"));
        let signed = p.hazard_at("signed_off").await;
        let signed = text_of(&browses(&p.api, &p.city, &format!("/hazards/{signed}/sign-off-sheet.docx")).await);
        assert_eq!(signed.matches("　　年　　月　　日").count(), 1, "the city's department still signs by hand: {signed}");
        let early = p.hazard_at("submitted").await;
        for path in ["sign-off-sheet", "sign-off-sheet.docx"] {
            let refused = browses(&p.api, &p.city, &format!("/hazards/{early}/{path}")).await;
            assert_eq!(refused.status, 409);
        }
    }

    async fn the_page_of_a_case_leads_to_the_papers_of_its_stage(w: &World) {
        let p = People::of(w).await;
        for (stage, has_sheet) in [("submitted", false), ("accepted", true), ("signed_off", true), ("void", false)] {
            let id = p.hazard_at(stage).await;
            let page = browses(&p.api, &p.county, &format!("/hazards/{id}")).await.text();
            assert!(page.contains(&format!("href=\"/hazards/{id}/card.docx\"")), "{stage}");
            assert_eq!(page.contains(&format!("href=\"/hazards/{id}/sign-off-sheet\"")), has_sheet, "{stage}");
        }
    }

    async fn who_does_not_see_the_case_has_none_of_its_papers(w: &World) {
        let p = People::of(w).await;
        let id = p.hazard_at("accepted").await;
        let neighbour = p.api.signs_in("county-610981").await;
        for path in ["card.docx", "sign-off-sheet", "sign-off-sheet.docx"] {
            let path = format!("/hazards/{id}/{path}");
            assert_eq!(browses(&p.api, &neighbour, &path).await.status, 404, "{path}");
            let nobody = p.api.anonymous("GET", &path, Body::empty()).await;
            assert!(nobody.status != 200 && !nobody.text().contains("二楼安全出口"), "{path}");
            assert_eq!(browses(&p.api, &p.county, &path.replace(&id, "x")).await.status, 404);
        }
    }
}
