//! What a use case answers when it does not succeed. One mapping to HTTP stands in `web`.

use domain::{field::FieldError, refusal::Refusal};
use store::StoreError;

pub type Outcome<T> = Result<T, Failure>;

#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// No session, or one that has ended.
    #[error("not signed in")]
    Unauthenticated,
    /// User name and password do not belong together, or the account is shut.
    #[error("user name and password do not belong together")]
    WrongPassword,
    #[error("too many tries; again in {minutes} minutes")]
    TooManyTries { minutes: i64 },
    /// So many wrong codes for one unit that no more is looked at for a while.
    #[error("too many wrong codes; again within {hours} hours")]
    CodesLocked { hours: i64 },
    /// Done so often by one person that it waits a while.
    #[error("too often; again within {minutes} minutes")]
    TooOften { minutes: i64 },
    /// The person holds no post today, or not the one asked for.
    #[error("no such post is held today")]
    NoPost,
    /// The delegation is not the caller's, or not in force.
    #[error("no such delegation is in force")]
    NoDelegation,
    /// The session acts under a delegation that has ended meanwhile.
    #[error("the delegation has ended")]
    DelegationOver,
    /// The key was used before with another request.
    #[error("the idempotency key was used with another request")]
    KeyReused,
    #[error("not found")]
    NotFound,
    /// Seen, but not for this person to do.
    #[error("not allowed: {}", .0.code())]
    Denied(Refusal),
    /// The caller named a version that no longer stands.
    #[error("the record is at version {current}")]
    Stale { current: i64 },
    #[error("refused: {}", .0.code())]
    Refused(Refusal),
    /// Others kept changing it while we tried.
    #[error("the record was being changed by others")]
    Conflict,
    /// The id is that of another record.
    #[error("the id is taken by another record")]
    IdTaken,
    #[error("fields cannot be taken as they are: {}", named(.0))]
    Fields(Vec<FieldError>),
    #[error("the file is larger than {limit} bytes")]
    TooLarge { limit: usize },
    #[error("files of this type are not taken")]
    UnsupportedFile,
    #[error("no room left to write")]
    Full,
    #[error("the database does not answer: {0}")]
    Unavailable(String),
    #[error("{0}")]
    Broken(String),
}

fn named(errors: &[FieldError]) -> String {
    errors
        .iter()
        .map(|error| format!("{} {}", error.field, error.code))
        .collect::<Vec<_>>()
        .join(", ")
}

impl Failure {
    /// The store does not answer, or answers what it should not: nothing that another record would be spared.
    pub(crate) fn is_the_stores(&self) -> bool {
        matches!(self, Failure::Full | Failure::Unavailable(_) | Failure::Broken(_))
    }

    pub fn field(field: &'static str, code: &'static str) -> Self {
        Failure::Fields(vec![FieldError {
            field,
            code,
            limit: None,
        }])
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Fields(errors) => Failure::Fields(errors),
            refusal if refusal.is_about_the_person() => Failure::Denied(refusal),
            refusal => Failure::Refused(refusal),
        }
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Conflict => Failure::Conflict,
            StoreError::Full => Failure::Full,
            StoreError::Unavailable(why) => Failure::Unavailable(why),
            other => Failure::Broken(other.to_string()),
        }
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        use std::io::ErrorKind::{FileTooLarge, QuotaExceeded, StorageFull};
        match error.kind() {
            StorageFull | QuotaExceeded | FileTooLarge => Failure::Full,
            _ => Failure::Broken(format!("a file could not be read or written: {error}")),
        }
    }
}
