//! The program as it is used: started as a process of its own, asked over HTTP and by commands, stopped and killed. Each test runs on
//! SQLite and on PostgreSQL; without a PostgreSQL it fails and says how to get one.

mod city;
mod demo;
mod kill;
mod record;
mod server;

/// Each test is written once and becomes two: `name::sqlite` and `name::postgres`.
macro_rules! on_both_engines {
    ($($(#[$meta:meta])* fn $name:ident($city:ident: &City) $body:block)+) => { $(
        $(#[$meta])*
        mod $name {
            #[allow(unused_imports)]
            use super::*;

            fn body($city: &crate::city::City) $body

            #[test]
            fn sqlite() {
                body(&crate::city::City::on(crate::city::Engine::Sqlite));
            }

            #[test]
            fn postgres() {
                body(&crate::city::City::on(crate::city::Engine::Postgres));
            }
        }
    )+ };
}
pub(crate) use on_both_engines;
