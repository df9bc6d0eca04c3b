//! What people see of Anlan: the words, the pages and their frame.
//!
//! A page is a struct of plain owned data in `views` and a template of the same name; the words come
//! from the catalogue behind [`words::Words`]. A view decides nothing: what may be done, how long is
//! left and who is waited for are worked out elsewhere and arrive here as data.
//! Never in a template: a right, a deadline's arithmetic, a query, or a script of its own.

pub mod views;
pub mod words;
