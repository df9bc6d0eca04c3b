//! One module per page, each with the struct its template is checked against.
//!
//! Everything is owned text, numbers and flags. Codes (`stage`, `act`, `source`, levels) are the ones
//! of the domain and become words in the template; texts that are already sentences (a reason, a name,
//! a date) arrive in the reader's language. Times arrive formatted in +08:00, with the instant in
//! milliseconds beside them where the browser counts on.
//! Never here: domain types, rights, or anything read from a store.

pub mod act;
pub mod bulk;
pub mod card;
pub mod complaints;
pub mod delegations;
pub mod desk;
pub mod escalations;
pub mod form;
pub mod frame;
pub mod hand_overs;
pub mod hazard;
pub mod hazards;
pub mod leader;
pub mod marks;
pub mod notices;
pub mod one_page;
pub mod paper;
pub mod persons;
pub mod problem;
pub mod problem_list;
pub mod proxies;
pub mod report;
pub mod routes;
pub mod sign_in;
pub mod sign_off_list;
pub mod stock;
pub mod system;
