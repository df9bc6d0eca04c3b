//! Texts as they may stand on paper. Everything printed goes through [`clean`]; nothing typed by anybody reaches XML otherwise.

/// The most characters of one text. Longer ones end with a sign that they do.
pub const LONGEST: usize = 8_000;

/// What XML 1.0 cannot hold (control characters, half of a pair's codes) and what turns the order of reading around becomes U+FFFD,
/// so that a reader sees that something stood there. Tabs become spaces; line ends become `\n`.
pub fn clean(text: &str) -> String {
    let mut cleaned = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\r' => {
                letters.next_if_eq(&'\n');
                cleaned.push('\n');
            }
            '\n' | '\u{2028}' | '\u{2029}' => cleaned.push('\n'),
            '\t' => cleaned.push(' '),
            _ if unprintable(letter) => cleaned.push('\u{FFFD}'),
            _ => cleaned.push(letter),
        }
    }
    cut(&cleaned, LONGEST)
}

fn unprintable(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{FFFE}' | '\u{FFFF}' | '\u{FEFF}')
        || matches!(letter, '\u{200E}' | '\u{200F}' | '\u{061C}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// At most `most` characters; a text that was cut ends with an ellipsis.
pub fn cut(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        None => text.to_owned(),
        Some(_) => text.chars().take(most.saturating_sub(1)).chain(['…']).collect(),
    }
}

/// Text for an element or an attribute of XML or HTML.
pub fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in clean(text).chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            _ => escaped.push(letter),
        }
    }
    escaped
}

/// Width in half characters: what is ASCII takes half the width of a Chinese character.
pub fn half_widths(text: &str) -> usize {
    text.chars()
        .map(|letter| if letter.is_ascii() { 1 } else { 2 })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_stand_on_paper_is_seen_to_be_missing() {
        assert_eq!(
            clean("a\u{0}b\u{1b}c\u{FFFF}d\u{202E}e"),
            "a\u{FFFD}b\u{FFFD}c\u{FFFD}d\u{FFFD}e"
        );
        assert_eq!(clean("一\r\n二\r三\t四"), "一\n二\n三 四");
        assert_eq!(clean(&"长".repeat(LONGEST + 5)).chars().count(), LONGEST);
    }

    #[test]
    fn a_cut_text_says_so() {
        assert_eq!(cut("喷淋系统", 4), "喷淋系统");
        assert_eq!(cut("喷淋系统压力", 4), "喷淋系…");
        assert_eq!(cut("喷", 0), "…");
    }

    #[test]
    fn marks_of_xml_are_only_letters() {
        assert_eq!(
            escaped("<w:p a=\"1\" b='2'>&amp;"),
            "&lt;w:p a=&quot;1&quot; b=&#39;2&#39;&gt;&amp;amp;"
        );
    }
}
