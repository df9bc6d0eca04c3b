//! The rules without a store: given what is known, when somebody acts, then a change or a refusal comes out.

mod acceptance;
mod chance;
mod clocks;
mod confirmation;
mod duties;
mod endings;
mod escalation;
mod extension;
mod finder;
mod given;
mod hand_over;
mod in_place;
mod instructions;
mod planning;
mod proxies;
mod reporting;
mod revisit;
mod rights;
mod routes;
mod stages;
mod suspension;
