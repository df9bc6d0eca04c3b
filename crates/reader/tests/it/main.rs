//! Documents of our own with labels, hostile files, random damage.

mod documents;
mod formats;
mod labels;
mod mutations;
mod scoring;
