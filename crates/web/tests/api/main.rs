//! The API as programs meet it: requests go through the whole router, on both engines, without a socket.
//!
//! Each file asks one question: do the fixed names work (`journey`), does the earliest of many faults win (`order`), is every
//! route closed to whom it should be (`doors`), and so on. What a route is called is read from the OpenAPI document wherever a
//! test speaks of all of them, so that a new route cannot be forgotten.

mod bodies;
mod browser;
mod bulk;
mod client;
mod codes;
mod complaints;
mod course;
mod delegations;
mod desk;
mod document;
mod doors;
mod escalations;
mod fields;
mod files;
mod forms;
mod hands;
mod health;
mod journey;
mod keys;
mod leader;
mod list_papers;
mod listing;
mod lists;
mod order;
mod pages;
mod papers;
mod people;
mod persons;
mod phone;
mod problem_lists;
mod routes;
mod sessions;
mod sign_in;
mod sign_off_lists;
mod similar;
mod stock;
