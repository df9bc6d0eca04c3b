//! The directory: loaded from files of reference data, changed by acts of its own.

pub mod change_password;
pub mod file;
pub mod load;
pub mod load_subjects;
