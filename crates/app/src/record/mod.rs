//! The record: the follower that seals events into the tree, and what can be said and proven of it.

pub mod audit;
mod follower;
pub mod key;
mod last_signed;
pub mod prove;
pub mod rebuild;
mod sealing;
pub mod verify;
pub mod wake;

pub use follower::Follower;
pub use last_signed::LastSigned;
pub use sealing::{Sealing, Stopped};
