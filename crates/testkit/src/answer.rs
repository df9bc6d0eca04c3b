//! What a person got for an act, as a test asks about it: it went well, or it was refused with a code.

use app::{Failure, Outcome};

/// The answer to one act.
#[derive(Debug)]
#[must_use = "ask whether it was good or what it was refused with"]
pub struct Answer<T>(pub Outcome<T>);

impl<T: std::fmt::Debug> Answer<T> {
    #[track_caller]
    pub fn good(self) -> T {
        match self.0 {
            Ok(done) => done,
            Err(failure) => panic!("this should have gone well, but: {failure} ({})", code(&failure)),
        }
    }

    /// Refused with exactly this code; fields as `field: code`, several divided by `, `.
    #[track_caller]
    pub fn refused_with(self, expected: &str) {
        match self.0 {
            Ok(done) => panic!("this should have been refused with {expected}, but went well: {done:?}"),
            Err(failure) => assert_eq!(code(&failure), expected, "{failure}"),
        }
    }

    #[track_caller]
    pub fn failure(self) -> Failure {
        match self.0 {
            Ok(done) => panic!("this should have been refused, but went well: {done:?}"),
            Err(failure) => failure,
        }
    }
}

/// The word by which an answer is told apart.
pub fn code(failure: &Failure) -> String {
    let word = match failure {
        Failure::Unauthenticated => "unauthenticated",
        Failure::WrongPassword => "wrong-password",
        Failure::TooManyTries { .. } => "too-many-tries",
        Failure::CodesLocked { .. } => "codes-locked",
        Failure::TooOften { .. } => "too-often",
        Failure::NoPost => "no-post",
        Failure::NoDelegation => "no-delegation",
        Failure::DelegationOver => "delegation-over",
        Failure::KeyReused => "key-reused",
        Failure::NotFound => "not-found",
        Failure::Denied(refusal) | Failure::Refused(refusal) => refusal.code(),
        Failure::Stale { .. } => "stale",
        Failure::Conflict => "conflict",
        Failure::IdTaken => "id-taken",
        Failure::Fields(errors) => {
            let said: Vec<String> = errors
                .iter()
                .map(|error| format!("{}: {}", error.field, error.code))
                .collect();
            return said.join(", ");
        }
        Failure::TooLarge { .. } => "too-large",
        Failure::UnsupportedFile => "unsupported-file",
        Failure::Full => "full",
        Failure::Unavailable(_) => "unavailable",
        Failure::Broken(why) => return format!("broken: {why}"),
    };
    word.to_owned()
}
