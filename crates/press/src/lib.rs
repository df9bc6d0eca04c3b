//! Official papers: facts in, a paper out, as DOCX that an office goes on editing and as a print view.
//!
//! [`papers`] turns plain facts into the blocks of [`model`], one file for each paper; [`docx`] and [`html`] write the same blocks.
//! A paper is Chinese whatever language the reader's screen speaks: its labels belong to the form, like its margins.
//! Never here: a clock, a database, a number taken from a series, a right, or the form of an enforcement order (these are quoted by
//! their number). What is not known is printed blank, for a pen.

pub mod docx;
pub mod html;
pub mod model;
pub mod papers;
mod text;

pub use model::{Block, Faces, Mark, Page, Paper, Part};
