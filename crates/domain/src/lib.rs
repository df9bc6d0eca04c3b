//! The words and the rules of Anlan.
//!
//! Every decision is a pure function here: what is known, who acts, what they say and what time it is go in; a
//! [`Change`](change::Change) or a [`Refusal`](refusal::Refusal) comes out. Nothing in this crate waits, reads a clock, makes
//! an id, speaks SQL or HTTP, or logs.

pub mod actor;
pub mod agency;
pub mod authority;
pub mod calendar;
pub mod change;
pub mod complaint;
pub mod deadline;
pub mod delegation;
pub mod directory;
pub mod escalation;
pub mod evidence;
pub mod field;
pub mod hazard;
pub mod id;
pub mod jurisdiction;
pub mod money;
pub mod person;
pub mod person_opening;
pub mod place;
pub mod problem_list;
pub mod proxy;
pub mod refusal;
pub mod route;
pub mod scope;
pub mod sign_off_list;
pub mod similar;
pub mod stock;
pub mod subject;
pub mod time;
pub mod word;

pub use id::*;
