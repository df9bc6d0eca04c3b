//! The text as it is read: the document without what damage put into it, each byte knowing where it came from.
//!
//! A view only leaves out. Whatever is found in it is told by its place in the document as found.

use std::ops::Range;

#[derive(Debug)]
pub(crate) struct View {
    pub text: String,
    /// (start here, start in the document), ascending; bytes between two of them run together.
    runs: Vec<(u32, u32)>,
}

impl View {
    /// Leaves out the ranges, which are sorted and do not overlap.
    pub(crate) fn without(original: &str, out: &[Range<usize>]) -> Self {
        let mut view = Self {
            text: String::with_capacity(original.len()),
            runs: Vec::with_capacity(out.len() + 1),
        };
        let mut at = 0;
        for range in out {
            view.keep(original, at..range.start.max(at));
            at = at.max(range.end);
        }
        view.keep(original, at..original.len());
        view
    }

    fn keep(&mut self, original: &str, range: Range<usize>) {
        if !range.is_empty() {
            self.runs.push((self.text.len() as u32, range.start as u32));
            self.text.push_str(&original[range]);
        }
    }

    /// Where a byte of the view stands in the document.
    pub(crate) fn source(&self, byte: usize) -> usize {
        let next = self.runs.partition_point(|(here, _)| *here as usize <= byte);
        match next.checked_sub(1).map(|run| self.runs[run]) {
            Some((here, there)) => there as usize + (byte - here as usize),
            None => byte,
        }
    }

    /// The range of the document from the first to the last byte of a range here.
    pub(crate) fn span(&self, range: &Range<usize>) -> Range<usize> {
        let start = self.source(range.start);
        match range.is_empty() {
            true => start..start,
            false => start..self.source(range.end - 1) + 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_those_of_the_document() {
        let text = "安 全x生产";
        let view = View::without(text, &[3..4, 7..8]);
        assert_eq!(view.text, "安全生产");
        let found = view.text.find("全生").expect("there");
        let span = view.span(&(found..found + 6));
        assert_eq!(&text[span], "全x生");
        assert_eq!(view.span(&(0..view.text.len())), 0..text.len());
    }
}
