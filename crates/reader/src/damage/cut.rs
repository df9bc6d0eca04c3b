//! A document that ends in the middle of a sentence. What was to follow is not for a program to write.

use super::Finding;
use crate::{
    deadline,
    text::{blank, clip, han},
};

/// Characters of a last line that could be a signature, a heading or an attachment.
const SHORT: usize = 34;

/// Where the text stops short, by its last line. Bytes of the text as read.
pub(crate) fn cut(text: &str, pieces: bool) -> Option<Finding> {
    let body = text.trim_end_matches(blank);
    let line = &body[body.rfind('\n').map_or(0, |at| at + 1)..];
    let last = body.chars().next_back()?;
    if matches!(
        last,
        '。' | '！' | '？' | '”' | '）' | ')' | '》' | '；' | '.' | '!' | '?' | '：' | '|' | '】' | '…'
    ) {
        return None;
    }
    let sentence = &line[line.rfind(['。', '；', '！', '？']).map_or(0, |at| at + 3)..];
    let long = line.chars().count() > SHORT;
    let dated = deadline::whole(line).is_some_and(|(_, range)| range.end + 12 >= line.len());
    // A table's last cell and a list of names end without a stop.
    let tabular = line.contains(['\t', '|']) || !line.contains(['，', '。', ',', '、']);
    if dated || !(long || pieces) || (tabular && !pieces) || !sentence.chars().any(han) {
        return None;
    }
    let start = body.len() - sentence.len();
    Some(Finding {
        range: start..body.len(),
        kind: "cut",
        proposed: None,
        confidence: if pieces { 0.98 } else { 0.8 },
        note: format!(
            "文本在此中断，末句不完整：“…{}”。缺失部分无法推知，请补全原件",
            clip(sentence, 40)
        ),
    })
}
