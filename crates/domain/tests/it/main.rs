//! The rules without a store: given what is known, when somebody acts, then a change or a refusal comes out.

mod acceptance;
mod confirmation;
mod duties;
mod escalation;
mod given;
mod planning;
mod reporting;
mod rights;
mod routes;
mod stages;
