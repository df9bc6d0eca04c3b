//! What tests stand on: a [`World`] with the demo city in it, a clock that moves, and people whose acts are verbs
//! (`w.county().accepts(&hazard)`).
//!
//! Every test runs on both engines: [`on_both_engines!`] makes two tests of one body. A test that needs PostgreSQL and has none
//! fails and says how to get one; it never passes by not running. Nothing here is part of the program: a dev-dependency only.

mod answer;
mod database;
mod person;
pub mod photo;
pub mod raw;
mod template;
mod world;

pub use answer::{Answer, code};
pub use database::{EmptyDatabase, Engine, TempFolder};
pub use person::{Named, PersonInOffice, Raised, delegation_id, file_id, whose};
pub use template::{City, PASSWORD, SUBJECT};
pub use world::{Opened, World};

/// Runs a test's body in a world of its own, on a runtime of its own.
pub fn run(engine: Engine, city: City, body: impl AsyncFnOnce(&World)) {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .expect("a runtime can be made");
    runtime.block_on(async {
        let world = World::of(engine, city).await;
        body(&world).await;
    });
}

/// Each test is written once and becomes two: `name::sqlite` and `name::postgres`.
#[macro_export]
macro_rules! on_both_engines {
    ($($(#[$meta:meta])* async fn $name:ident($w:ident: &World $(, $city:expr)?) $body:block)+) => { $(
        $(#[$meta])*
        mod $name {
            #[allow(unused_imports)]
            use super::*;

            async fn body($w: &$crate::World) $body

            #[allow(unused_variables)]
            fn city() -> $crate::City {
                let city = $crate::City::default();
                $(let city = $city;)?
                city
            }

            #[test]
            fn sqlite() {
                $crate::run($crate::Engine::Sqlite, city(), body);
            }

            #[test]
            fn postgres() {
                $crate::run($crate::Engine::Postgres, city(), body);
            }
        }
    )+ };
}
