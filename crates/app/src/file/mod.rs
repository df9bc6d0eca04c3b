//! Files of evidence: received, shown, swept.

pub mod receive;
pub mod show;
mod jpeg;
mod picture;
pub mod sweep;

pub use picture::MediaType;
