//! XML that cannot be malformed: elements close themselves, and every value is escaped on its way in.

use std::fmt::{Display, Write};

use crate::text::escaped;

pub type Attribute<'a> = (&'static str, &'a dyn Display);

pub struct Xml(String);

impl Xml {
    pub fn document(tag: &'static str, attributes: &[Attribute], within: impl FnOnce(&mut Xml)) -> String {
        let mut xml = Self("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n".into());
        xml.element(tag, attributes, within);
        xml.0
    }

    pub fn element(&mut self, tag: &'static str, attributes: &[Attribute], within: impl FnOnce(&mut Xml)) {
        self.start(tag, attributes);
        self.0.push('>');
        within(self);
        let _ = write!(self.0, "</{tag}>");
    }

    pub fn empty(&mut self, tag: &'static str, attributes: &[Attribute]) {
        self.start(tag, attributes);
        self.0.push_str("/>");
    }

    /// An element with the one attribute `w:val`, as most of WordprocessingML is.
    pub fn val(&mut self, tag: &'static str, value: impl Display) {
        self.empty(tag, &[("w:val", &value)]);
    }

    pub fn text(&mut self, text: &str) {
        self.0.push_str(&escaped(text));
    }

    fn start(&mut self, tag: &'static str, attributes: &[Attribute]) {
        self.0.push('<');
        self.0.push_str(tag);
        for (name, value) in attributes {
            let _ = write!(self.0, " {name}=\"{}\"", escaped(&value.to_string()));
        }
    }
}
