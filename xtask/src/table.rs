//! Tables and two-language names as Markdown has them.

use web::words::{Language, Words};

/// `验收 accept`: the word that Chinese readers see, and the English one, under one key.
pub fn both(family: &str, code: &str) -> String {
    let [zh, en] =
        [Language::Chinese, Language::English].map(|language| Words::new(language).of(family, code));
    format!("{zh} {en}")
}

pub fn row(cells: impl IntoIterator<Item = String>) -> String {
    let cells: Vec<String> = cells.into_iter().map(|cell| cell.replace('|', "\\|")).collect();
    format!("| {} |\n", cells.join(" | "))
}

pub fn head(titles: &[String]) -> String {
    row(titles.iter().cloned()) + &row(titles.iter().map(|_| "---".to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_in_a_cell_stays_in_its_cell() {
        assert_eq!(
            head(&["a|b".into(), "c".into()]),
            "| a\\|b | c |\n| --- | --- |\n"
        );
    }

    #[test]
    fn names_come_in_both_languages() {
        assert_eq!(both("stage", "accepted"), "待销号 To be signed off");
    }
}
