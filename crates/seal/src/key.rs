//! The key that signs checkpoints, in the text forms of C2SP signed notes: `PRIVATE+KEY+name+id+data` to keep
//! and `name+id+data` to publish, where data begins with a byte that names the algorithm (1: Ed25519). Another
//! algorithm (SM2) gets another byte and a verifier beside this one.
//! `signed_note` makes keys from a random source only; here the seed is a parameter, so the text is put
//! together by hand and read by `signed_note`. Never here: where a key is kept, and no key in a debug print.

use std::fmt;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use signed_note::{StandardSigner, StandardVerifier, is_key_name_valid, key_id, new_ed25519_verifier_key};

use crate::SealError;

const ED25519: u8 = 1;
const MAX_NAME: usize = 255;
/// Longer than any key text with a name that is allowed.
const MAX_TEXT: usize = 512;

pub struct SigningKey {
    text: String,
    verifying: String,
    signer: StandardSigner,
}

impl SigningKey {
    /// `seed` is 32 random bytes; who knows them can sign. The name is best the origin of the record.
    pub fn from_seed(name: &str, seed: [u8; 32]) -> Result<Self, SealError> {
        if !is_key_name_valid(name) || name.len() > MAX_NAME || name.chars().any(char::is_control) {
            return Err(SealError::KeyName(name.chars().take(80).collect()));
        }
        let public = ed25519_dalek::SigningKey::from_bytes(&seed).verifying_key();
        let id = key_id(name, &[&[ED25519], public.as_bytes().as_slice()].concat());
        let data = BASE64_STANDARD.encode([&[ED25519], seed.as_slice()].concat());
        let text = format!("PRIVATE+KEY+{name}+{id:08x}+{data}");
        let signer = StandardSigner::new(&text).map_err(|_| SealError::SigningKey)?;
        Ok(SigningKey {
            text,
            verifying: new_ed25519_verifier_key(name, &public),
            signer,
        })
    }

    /// The secret text.
    pub fn encode(&self) -> String {
        self.text.clone()
    }

    /// Reads what [`SigningKey::encode`] wrote, to the letter.
    pub fn decode(text: &str) -> Result<Self, SealError> {
        let seed = |data: &str| match BASE64_STANDARD.decode(data).ok()?.split_first()? {
            (&ED25519, seed) => <[u8; 32]>::try_from(seed).ok(),
            _ => None,
        };
        let rest = text
            .strip_prefix("PRIVATE+KEY+")
            .filter(|_| text.len() <= MAX_TEXT);
        // From the left: the data is base64, which has plus signs of its own.
        let mut parts = rest.ok_or(SealError::SigningKey)?.splitn(3, '+');
        let (Some(name), Some(_id), Some(data)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(SealError::SigningKey);
        };
        let key = SigningKey::from_seed(name, seed(data).ok_or(SealError::SigningKey)?)?;
        if key.text == text {
            Ok(key)
        } else {
            Err(SealError::SigningKey)
        }
    }

    /// The public text, to be printed and kept by others.
    pub fn verifying_key(&self) -> String {
        self.verifying.clone()
    }

    pub(crate) fn signer(&self) -> &StandardSigner {
        &self.signer
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SigningKey({})", self.verifying)
    }
}

pub(crate) fn verifier(vkey: &str) -> Result<StandardVerifier, SealError> {
    if vkey.len() > MAX_TEXT {
        return Err(SealError::VerifyingKey);
    }
    StandardVerifier::new(vkey).map_err(|_| SealError::VerifyingKey)
}
