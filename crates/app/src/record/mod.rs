//! The record: the follower that seals events into the tree, and what can be said and proven of it.

pub mod audit;
mod follower;
pub mod key;
pub mod prove;
pub mod rebuild;
pub mod verify;
pub mod wake;

pub use follower::Follower;
