//! Files of evidence: received, shown, swept.

mod jpeg;
mod picture;
pub mod receive;
pub mod show;
pub mod sweep;
pub mod waiting;

pub use picture::MediaType;
