//! What people and programs see of Anlan: pages, the API, and the words of both.
//!
//! All URLs stand in [`routes`]. A handler reads the request, calls one use case of `app`, and renders. A page is a struct of
//! plain owned data in [`views`] and a template of the same name; the words come from the catalogue behind [`words::Words`].
//! Never here: a rule of the field, SQL, or a right decided outside the authority table.

mod address;
pub mod api;
pub mod caller;
pub mod pages;
mod patience;
pub mod problem;
mod request;
pub mod routes;
mod sheet;
mod site;
pub mod views;
pub mod words;

pub use routes::router;
pub use site::{Demo, DemoAccount, Site};
