//! Small questions about Chinese text: is this a character of it, which number is this, how many characters lie before a byte.

/// A character of Chinese text proper, without punctuation.
pub(crate) fn han(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '〇')
}

/// Punctuation that Chinese text uses, full width or typed narrow.
pub(crate) fn stop(c: char) -> bool {
    matches!(
        c,
        '，' | '。'
            | '；'
            | '：'
            | '、'
            | '！'
            | '？'
            | '“'
            | '”'
            | '《'
            | '》'
            | '（'
            | '）'
            | ','
            | ';'
            | ':'
    )
}

pub(crate) fn blank(c: char) -> bool {
    c.is_whitespace() || c == '\u{feff}' || c == '\u{200b}'
}

/// Value of a digit of either writing.
pub(crate) fn digit(c: char) -> Option<u32> {
    Some(match c {
        '0'..='9' => c as u32 - '0' as u32,
        '０'..='９' => c as u32 - '０' as u32,
        '〇' | '零' | '○' => 0,
        '一' => 1,
        '二' | '两' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => return None,
    })
}

/// A number below a thousand at the start of the text, Chinese or Arabic, and the bytes it takes.
pub(crate) fn number(text: &str) -> Option<(u32, usize)> {
    let first = text.chars().next()?;
    let (mut value, mut used) = (0u32, 0usize);
    if first.is_ascii_digit() || ('０'..='９').contains(&first) {
        for c in text.chars().take(4) {
            let Some(d) = digit(c).filter(|_| c.is_ascii_digit() || ('０'..='９').contains(&c)) else {
                break;
            };
            value = value * 10 + d;
            used += c.len_utf8();
        }
        return Some((value, used));
    }
    let mut part = None;
    for c in text.chars().take(6) {
        match (c, digit(c)) {
            ('十', _) => {
                value += part.take().unwrap_or(1) * 10;
            }
            ('百', _) => {
                value += part.take().unwrap_or(1) * 100;
            }
            ('零' | '〇', _) if value > 0 => {}
            (_, Some(d)) if !c.is_ascii_digit() => {
                // 二〇二一 is a year, not a number that counts anything.
                if part.is_some() {
                    return None;
                }
                part = Some(d);
            }
            _ => break,
        }
        used += c.len_utf8();
    }
    let value = value + part.unwrap_or(0);
    (used > 0).then_some((value, used))
}

/// Turns byte offsets into counts of characters.
#[derive(Debug)]
pub(crate) struct Ruler<'a> {
    text: &'a str,
    /// Characters before each full step of bytes.
    marks: Vec<u32>,
}

const STEP: usize = 1024;

impl<'a> Ruler<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        let mut marks = Vec::with_capacity(text.len() / STEP + 1);
        let mut count = 0u32;
        for chunk in text.as_bytes().chunks(STEP) {
            marks.push(count);
            count += starts(chunk);
        }
        Self { text, marks }
    }

    /// Characters that begin before this byte.
    pub(crate) fn chars(&self, byte: usize) -> usize {
        let byte = byte.min(self.text.len());
        let mark = byte / STEP;
        let before = self.marks.get(mark).copied().unwrap_or_else(|| {
            // Only the end of a text whose length is a multiple of the step has no mark of its own.
            let last = self.marks.len().saturating_sub(1);
            self.marks.last().copied().unwrap_or(0) + starts(&self.text.as_bytes()[last * STEP..])
        });
        match mark < self.marks.len() {
            true => (before + starts(&self.text.as_bytes()[mark * STEP..byte])) as usize,
            false => before as usize,
        }
    }
}

fn starts(bytes: &[u8]) -> u32 {
    bytes.iter().filter(|byte| (**byte as i8) >= -0x40).count() as u32
}

/// At most so many characters, for what is shown beside a place.
pub(crate) fn clip(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// The text without blanks and line ends.
pub(crate) fn tight(text: &str) -> String {
    text.chars().filter(|c| !blank(*c)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_both_writings() {
        assert_eq!(number("十二、x"), Some((12, 6)));
        assert_eq!(number("二十一"), Some((21, 9)));
        assert_eq!(number("三要"), Some((3, 3)));
        assert_eq!(number("12."), Some((12, 2)));
        assert_eq!(number("一百零五条"), Some((105, 12)));
        assert_eq!(number("二〇二一"), None);
        assert_eq!(number("第"), None);
    }

    #[test]
    fn the_ruler_counts_what_chars_counts() {
        let text = "安全a生产\n".repeat(700);
        let ruler = Ruler::new(&text);
        for (place, (byte, _)) in text.char_indices().enumerate() {
            assert_eq!(ruler.chars(byte), place);
        }
        assert_eq!(ruler.chars(text.len()), text.chars().count());
        let full = "a".repeat(STEP * 2);
        assert_eq!(Ruler::new(&full).chars(STEP * 2), STEP * 2);
        assert_eq!(Ruler::new("").chars(0), 0);
    }
}
