//! Codes of a slip: six digits, kept as argon2id, each good for one use. They are few, so tries are fewer.

use argon2::{Argon2, PasswordHasher, PasswordVerifier, password_hash::phc::PasswordHash};
use domain::{SubjectId, proxy::CODES, time::HOUR};

use super::in_force;
use crate::{App, Caller, Failure, Outcome};

/// So many wrong codes within [`TRIES_WITHIN`], and no more is looked at.
pub const MOST_TRIES: i64 = 5;
pub const TRIES_WITHIN: i64 = 24 * HOUR;

/// New codes and their hashes, all different.
pub(super) async fn new_slip(app: &App) -> Outcome<(Vec<String>, Vec<String>)> {
    let mut codes: Vec<String> = Vec::with_capacity(CODES);
    while codes.len() < CODES {
        let random = app.ids.salt();
        let number = u64::from_be_bytes(random[..8].try_into().unwrap_or_default()) % 1_000_000;
        let code = format!("{number:06}");
        if !codes.contains(&code) {
            codes.push(code);
        }
    }
    let salted: Vec<(String, [u8; 32])> = codes.iter().map(|code| (code.clone(), app.ids.salt())).collect();
    let hashed = tokio::task::spawn_blocking(move || {
        let hash = |(code, salt): (String, [u8; 32])| {
            Argon2::default()
                .hash_password_with_salt(code.as_bytes(), &salt[..16])
                .map(|hash| hash.to_string())
        };
        salted.into_iter().map(hash).collect::<Result<Vec<_>, _>>()
    });
    let hashed = hashed.await.map_err(|error| Failure::Broken(error.to_string()))?;
    let hashes = hashed.map_err(|error| Failure::Broken(error.to_string()))?;
    Ok((codes, hashes))
}

/// The arrangement, and which of its codes this is. Every try is counted before it is looked at, so that trying side by side gains
/// nothing; the right code forgets them.
pub(crate) async fn entered(
    app: &App,
    who: &Caller,
    subject: SubjectId,
    code: &str,
) -> Outcome<(domain::proxy::UnitProxy, usize)> {
    let wrong = || Failure::field("code", "wrong-code");
    let proxy = in_force(app, who, subject).await?.ok_or_else(wrong)?;
    let code = code.trim().to_owned();
    if code.len() != 6 || !code.bytes().all(|digit| digit.is_ascii_digit()) {
        return Err(wrong());
    }
    let key = format!("proxy:{subject}");
    let door = &app.store.door;
    let tries = door.count_try(&key, TRIES_WITHIN, app.clock.now()).await?;
    if tries > MOST_TRIES {
        return Err(Failure::CodesLocked {
            hours: TRIES_WITHIN / HOUR,
        });
    }
    let permit = app.passwords.acquire().await;
    let _permit = permit.map_err(|error| Failure::Broken(error.to_string()))?;
    let codes = proxy.codes.clone();
    let found = tokio::task::spawn_blocking(move || {
        let is = |hash: &str| {
            let hash = PasswordHash::new(hash).ok()?;
            Argon2::default().verify_password(code.as_bytes(), &hash).ok()
        };
        codes
            .iter()
            .position(|one| one.used.is_none() && is(&one.hash).is_some())
    });
    let found = found.await.map_err(|error| Failure::Broken(error.to_string()))?;
    let at = found.ok_or_else(wrong)?;
    door.forget_tries(&key).await?;
    Ok((proxy, at))
}
