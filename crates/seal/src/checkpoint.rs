//! A checkpoint: how long the record is and what its root is, signed. The text is a C2SP tlog-checkpoint in a
//! C2SP signed note, so the tools of transparency logs read it; `tlog_tiles` and `signed_note` do the work.
//! Further signatures (a witness, another algorithm) and further lines after the root may stand in a note; they
//! are covered by the signature and not interpreted. Never here: the time of signing, which the note does not carry.

use signed_note::{Note, NoteError, Verifier as _, VerifierList};
use tlog_tiles::Checkpoint as Body;

use crate::{Digest, SealError, SigningKey, key, within_size};

/// Enough for a checkpoint with a hundred signatures.
const MAX_NOTE: usize = 64 * 1024;
const MAX_ORIGIN: usize = 255;

#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Checkpoint {
    /// Names the record, e.g. the city's system: one line.
    pub origin: String,
    pub size: u64,
    pub root: Digest,
}

impl Checkpoint {
    /// The signed note as text.
    pub fn sign(&self, key: &SigningKey) -> Result<String, SealError> {
        self.sound()?;
        let body = Body::new(&self.origin, self.size, self.root.into(), "")
            .map_err(|_| SealError::CheckpointMalformed)?;
        let mut note = Note::new(&body.to_bytes(), &[]).map_err(|_| SealError::NoteMalformed)?;
        note.add_sigs(&[key.signer()])
            .map_err(|_| SealError::SigningKey)?;
        String::from_utf8(note.to_bytes()).map_err(|_| SealError::NoteMalformed)
    }

    /// Reads a note that must carry a good signature by the holder of `vkey`.
    pub fn open(note: &str, vkey: &str) -> Result<Checkpoint, SealError> {
        let verifier = key::verifier(vkey)?;
        let name = verifier.name().to_owned();
        let note = read(note)?;
        note.verify(&VerifierList::new(vec![Box::new(verifier)]))
            .map_err(|error| match error {
                NoteError::UnverifiedNote => SealError::NotSigned { name },
                _ => SealError::WrongSignature { name },
            })?;
        body(&note)
    }

    /// Reads a note and checks no signature: for showing it, never for relying on it.
    pub fn read_unverified(note: &str) -> Result<Checkpoint, SealError> {
        body(&read(note)?)
    }

    fn sound(&self) -> Result<(), SealError> {
        within_size(self.size)?;
        if self.origin.is_empty()
            || self.origin.len() > MAX_ORIGIN
            || self.origin.chars().any(char::is_control)
        {
            return Err(SealError::Origin(self.origin.chars().take(80).collect()));
        }
        Ok(())
    }
}

fn read(note: &str) -> Result<Note, SealError> {
    if note.len() > MAX_NOTE {
        return Err(SealError::NoteTooLong { bytes: note.len() });
    }
    Note::from_bytes(note.as_bytes()).map_err(|_| SealError::NoteMalformed)
}

fn body(note: &Note) -> Result<Checkpoint, SealError> {
    let body = Body::from_bytes(note.text()).map_err(|_| SealError::CheckpointMalformed)?;
    let checkpoint = Checkpoint {
        origin: body.origin().to_owned(),
        size: body.size(),
        root: (*body.hash()).into(),
    };
    checkpoint.sound()?;
    Ok(checkpoint)
}
