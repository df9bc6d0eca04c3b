//! How an event enters the tree: as a commitment under a salt of 32 random bytes that stays with the event.
//! Without the salt a leaf says nothing, so tiles may be handed to anybody; and erasing a salt together with
//! its event leaves a leaf that still holds the tree up. Never here: the making of salts.

use sha2::{Digest as _, Sha256};

use crate::{Digest, encoding};

pub const FORMAT: &str = "anlan/leaf/1";

/// The data of the leaf; the tree hashes it once more, with RFC 6962's prefix for leaves.
pub fn commitment(salt: &[u8; 32], event: &Digest) -> [u8; 32] {
    let mut hash = Sha256::new();
    encoding::framed(&mut hash, FORMAT.as_bytes());
    hash.update(salt);
    hash.update(event.0);
    hash.finalize().into()
}
