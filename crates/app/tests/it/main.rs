//! The use cases as people meet them, on both engines. One program, so that it is linked once.

mod bad_luck;
mod calendar;
mod chance;
mod delegations;
mod digest;
mod directory;
mod escalation;
mod follower;
mod hand_overs;
mod hands;
mod journey;
mod notice;
mod open_linked;
mod owner;
mod papers;
mod person_record;
mod problem_lists;
mod routes;
mod sign_off_lists;
mod stock;
mod stock_cases;
mod tamper;
