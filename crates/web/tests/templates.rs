//! Every page rendered with sample data in both languages: it comes out whole, in words, without a script or style of its own.

mod samples;

use samples::pages;
use web::words::{Language, Words};

/// Text of a page without its tags and their attributes, and without what only the browser's scripts read.
fn visible(html: &str) -> String {
    let read_by_scripts = html
        .split_once("<template")
        .and_then(|(_, rest)| rest.split_once("</template>"));
    let shown = read_by_scripts.map_or(html.to_owned(), |(words, _)| html.replace(words, ""));
    shown
        .split('<')
        .map(|part| part.split_once('>').map_or(part, |(_, text)| text))
        .collect::<Vec<_>>()
        .join(" ")
}

#[test]
fn pages_show_words_and_never_keys() {
    for language in [Language::Chinese, Language::English] {
        let words = Words::new(language);
        let families: std::collections::BTreeSet<&str> = words
            .keys()
            .filter_map(|key| key.split_once('.'))
            .map(|(family, _)| family)
            .collect();
        for page in pages(language) {
            let text = visible(&page.html);
            for token in text.split_whitespace() {
                if let Some((family, rest)) = token.split_once('.') {
                    let key = families.contains(family) && rest.starts_with(|c: char| c.is_ascii_lowercase());
                    assert!(!key, "{} shows the key {token}", page.name);
                }
            }
            assert!(
                !text.contains(['{', '}']),
                "{} shows a blank that nobody filled",
                page.name
            );
        }
    }
}

#[test]
fn pages_hold_no_script_or_style_of_their_own() {
    for page in pages(Language::Chinese) {
        let html = &page.html;
        assert!(
            !html.contains(" style=") && !html.contains("<style"),
            "{} styles itself",
            page.name
        );
        assert!(
            !html.contains("javascript:") && !html.contains(" onclick="),
            "{} scripts itself",
            page.name
        );
        assert_eq!(
            html.matches("<script").count(),
            html.matches("<script src=\"/assets/app.js\" defer>").count(),
            "{}",
            page.name
        );
        assert!(
            !html.contains("http://") && !html.contains("https://") || html.contains("www.w3.org"),
            "{} asks elsewhere",
            page.name
        );
    }
}

#[test]
fn tags_are_closed_and_ids_are_used_once() {
    for page in pages(Language::English) {
        let html = &page.html;
        for tag in [
            "div", "section", "form", "table", "tr", "td", "ul", "ol", "li", "a", "p", "span", "fieldset",
            "label", "details", "svg", "dl",
        ] {
            let opened =
                html.matches(&format!("<{tag} ")).count() + html.matches(&format!("<{tag}>")).count();
            assert_eq!(
                opened,
                html.matches(&format!("</{tag}>")).count(),
                "<{tag}> on {}",
                page.name
            );
        }
        let mut ids: Vec<&str> = html
            .split(" id=\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .collect();
        ids.sort_unstable();
        for pair in ids.windows(2) {
            assert_ne!(pair[0], pair[1], "on {}", page.name);
        }
        for target in html
            .split("href=\"#")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
        {
            assert!(
                ids.binary_search(&target).is_ok(),
                "#{target} leads nowhere on {}",
                page.name
            );
        }
    }
}

#[test]
fn every_form_that_changes_something_carries_its_proofs() {
    for page in pages(Language::Chinese) {
        for form in page
            .html
            .split("<form ")
            .skip(1)
            .filter_map(|rest| rest.split("</form>").next())
        {
            if !form.contains("method=\"post\"") {
                continue;
            }
            assert!(
                form.contains("name=\"csrf\""),
                "a form on {} has no csrf token",
                page.name
            );
            if form.contains("action=\"/hazards") {
                assert!(
                    form.contains("name=\"idempotency_key\""),
                    "a form on {} has no key",
                    page.name
                );
            }
        }
    }
}

#[test]
fn demonstration_data_are_marked_on_every_page_and_on_paper() {
    let mark = Words::new(Language::Chinese).get("demo.mark").to_owned();
    for page in pages(Language::Chinese) {
        assert!(visible(&page.html).contains(&mark), "{}", page.name);
    }
}

fn page(name: &str) -> String {
    pages(Language::Chinese)
        .into_iter()
        .find(|page| page.name == name)
        .expect("a sample of that name")
        .html
}

#[test]
fn the_desk_leads_from_each_row_to_its_first_act() {
    let html = page("desk-county");
    assert!(html.contains("剩 9 小时 25 分钟") && html.contains("超期 5 天 7 小时"));
    assert!(html.contains("href=\"hazard-county.html#act-acceptance\">办理验收</a>"));
    assert!(
        html.contains("class=\"not-you\">您已办理"),
        "or says why there is none"
    );
    assert!(page("desk-empty").contains("今日没有必办事项"));
    let discipline = page("desk-discipline");
    assert!(!discipline.contains("今日必办") && !discipline.contains("#act-"));
}

#[test]
fn a_case_offers_only_the_acts_it_was_given() {
    let county = page("hazard-county");
    assert!(
        county.contains("验收合格")
            && county.contains("验收不合格，退回整改")
            && !county.contains("同意销号")
    );
    assert!(county.contains("action=\"/hazards/0199/acceptance\""));
    let idle = page("hazard-idle");
    assert!(
        !idle.contains("method=\"post\" action=\"/hazards/")
            && idle.contains("可由汉滨区应急管理局 赵明远、王海燕办理")
    );
}

#[test]
fn a_form_that_comes_back_stands_open_with_its_values_and_errors() {
    let html = page("hazard-wrong");
    assert!(html.contains("class=\"act is-open\" id=\"act-acceptance\""));
    assert!(html.contains("<a href=\"#acceptance-inspectors\">验收人员不少于 2 名</a>"));
    assert!(html.contains("value=\"二号车间东侧配电室\""));
    assert!(html.contains("value=\"p1\" checked"));
}

#[test]
fn what_people_typed_is_escaped() {
    use askama::Template;
    use web::views::problem::ProblemPage;
    let page = ProblemPage {
        happened: "<img src=x>&\"".into(),
        ..ProblemPage::default()
    };
    let html = page.render().unwrap();
    assert!(!html.contains("<img") && html.contains("&#60;img src=x&#62;&#38;&#34;"));
}
