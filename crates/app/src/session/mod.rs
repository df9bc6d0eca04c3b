//! Sign-in, sign-out, and who a token stands for. Passwords are argon2id; tokens are kept as digests; tries are throttled.

use argon2::{Argon2, PasswordHasher, PasswordVerifier, password_hash::phc::PasswordHash};
use domain::{
    DelegationId, PersonId, PostId,
    delegation::Delegation,
    field::Checks,
    person::Account,
    time::{HOUR, Instant, SECOND},
};
use store::{directory::Holding, door::housekeep::Session};

use crate::{App, Caller, Failure, Outcome, delegation, ids::sha256_hex};

/// A browser's session ends after a working day, a token of the API after one too: both are made anew by signing in.
pub const SESSION_LASTS: i64 = 12 * HOUR;
const TRIES: i64 = 10;
/// Over all names from one address: a whole office behind one line may mistype, a list of names may not be tried out.
const TRIES_FROM: i64 = 100;
const TRY_WINDOW: i64 = 15 * 60_000;
/// In characters. What is longer is never looked at, and can never be set.
const LONGEST_PASSWORD: usize = 200;

/// How long somebody may take to choose a post.
pub const TICKET_LASTS: i64 = 10 * 60 * SECOND;

/// What a session is good for. A secret of one kind opens nothing that asks for another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Pages.
    Cookie,
    /// The API.
    Token,
    /// Choosing a post at the door, and nothing else.
    Ticket,
}

impl Kind {
    fn as_str(self) -> &'static str {
        match self {
            Kind::Cookie => "cookie",
            Kind::Token => "token",
            Kind::Ticket => "ticket",
        }
    }

    fn lasts(self) -> i64 {
        match self {
            Kind::Cookie | Kind::Token => SESSION_LASTS,
            Kind::Ticket => TICKET_LASTS,
        }
    }
}

#[derive(Debug, Clone)]
pub struct SignIn {
    pub username: String,
    pub password: String,
    /// Which post, for people who hold several. If none is said, the API acts from the one held longest, and at the door a
    /// ticket is given to choose with.
    pub post: Option<PostId>,
    /// Under which delegation, which then says the post.
    pub delegation: Option<DelegationId>,
    /// Where the request comes from, for throttling.
    pub from: String,
    pub kind: Kind,
}

#[derive(Debug, Clone)]
pub struct SignedIn {
    pub token: String,
    /// What the token is good for.
    pub kind: Kind,
    pub csrf: String,
    pub expires_at: Instant,
    pub holding: Holding,
    /// All posts that this person could have chosen.
    pub holdings: Vec<Holding>,
}

/// A live session: who calls, and what the page needs to send back.
#[derive(Debug, Clone)]
pub struct Live {
    pub caller: Caller,
    pub csrf: String,
    pub token_sha256: String,
    pub account: String,
}

pub async fn sign_in(app: &App, said: SignIn) -> Outcome<SignedIn> {
    let now = app.clock.now();
    let username = said.username.trim().to_owned();
    let no_name =
        username.is_empty() || username.chars().count() > 100 || username.chars().any(char::is_control);
    if no_name || said.password.chars().count() > LONGEST_PASSWORD {
        return Err(Failure::WrongPassword);
    }
    let door = &app.store.door;
    let key = format!("sign-in:{username}:{}", said.from);
    let address = format!("sign-in-from:{}", said.from);
    // Only failures count, so that a whole office may sign in at once; and no more passwords are looked at side by side than
    // there are permits, so that guessing in parallel does not outrun the count.
    let permit = app
        .passwords
        .acquire()
        .await
        .map_err(|error| Failure::Broken(error.to_string()))?;
    let failed = door.tries(&key, TRY_WINDOW, now).await?;
    if failed >= TRIES || door.tries(&address, TRY_WINDOW, now).await? >= TRIES_FROM {
        return Err(Failure::TooManyTries {
            minutes: TRY_WINDOW / 60_000,
        });
    }
    let account = app.store.directory().account_named(&username).await?;
    let account = match verify(account, said.password).await {
        Ok(account) => account,
        Err(failure) => {
            door.count_try(&key, TRY_WINDOW, now).await?;
            door.count_try(&address, TRY_WINDOW, now).await?;
            return Err(failure);
        }
    };
    drop(permit);
    if failed > 0 {
        door.forget_tries(&key).await?;
    }

    let holdings = app.store.directory().holdings(account.person, now.day()).await?;
    if let Some(id) = said.delegation {
        let holding = taker_of(app, id, &holdings).await?;
        return open(
            app,
            &account.id.to_string(),
            holding,
            holdings,
            said.kind,
            Some(id),
        )
        .await;
    }
    let chosen = match said.post {
        Some(post) => holdings.iter().find(|holding| holding.appointment.post == post),
        None => holdings.first(),
    };
    let holding = chosen.cloned().ok_or(Failure::NoPost)?;
    let must_choose = said.kind == Kind::Cookie && said.post.is_none() && holdings.len() > 1;
    let kind = if must_choose { Kind::Ticket } else { said.kind };
    open(app, &account.id.to_string(), holding, holdings, kind, None).await
}

/// The post from which this delegation is taken, where it is in force.
async fn taker_of(app: &App, id: DelegationId, holdings: &[Holding]) -> Outcome<Holding> {
    for holding in holdings {
        if delegation::in_force(app, id, holding).await?.is_some() {
            return Ok(holding.clone());
        }
    }
    Err(Failure::NoDelegation)
}

async fn open(
    app: &App,
    account: &str,
    holding: Holding,
    holdings: Vec<Holding>,
    kind: Kind,
    under: Option<DelegationId>,
) -> Outcome<SignedIn> {
    let now = app.clock.now();
    let (token, csrf) = (app.ids.token(), app.ids.token());
    let expires_at = now.plus(kind.lasts());
    let session = Session {
        token_sha256: sha256_hex(token.as_bytes()),
        account: account.to_owned(),
        person: holding.appointment.person.to_string(),
        appointment: holding.appointment.id.to_string(),
        delegation: under.map(|id| id.to_string()),
        kind: kind.as_str().into(),
        csrf: csrf.clone(),
        created_at: now,
        expires_at,
    };
    app.store.door.open_session(session).await?;
    Ok(SignedIn {
        token,
        kind,
        csrf,
        expires_at,
        holding,
        holdings,
    })
}

/// A person who holds several posts has signed in and now chooses one; the ticket is used up.
pub async fn choose_post(app: &App, ticket: &str, post: PostId) -> Outcome<SignedIn> {
    let live = who(app, ticket, Kind::Ticket).await?;
    let now = app.clock.now();
    let holdings = app
        .store
        .directory()
        .holdings(live.caller.actor.person, now.day())
        .await?;
    let holding = holdings
        .iter()
        .find(|holding| holding.appointment.post == post)
        .cloned()
        .ok_or(Failure::NoPost)?;
    let opened = open(app, &live.account, holding, holdings, Kind::Cookie, None).await?;
    app.store.door.revoke_session(&live.token_sha256, now).await?;
    Ok(opened)
}

/// Somebody at a browser goes on under a delegation, or as themselves again. A session is for one of the two, so this is another.
pub async fn change_over(app: &App, live: &Live, under: Option<DelegationId>) -> Outcome<SignedIn> {
    let actor = &live.caller.actor;
    let now = app.clock.now();
    let holdings = app.store.directory().holdings(actor.person, now.day()).await?;
    let holding = holdings
        .iter()
        .find(|one| one.appointment.id == actor.appointment.0);
    let holding = holding.cloned().ok_or(Failure::NoPost)?;
    if let Some(id) = under {
        taker_of(app, id, std::slice::from_ref(&holding)).await?;
    }
    let opened = open(app, &live.account, holding, holdings, Kind::Cookie, under).await?;
    app.store.door.revoke_session(&live.token_sha256, now).await?;
    Ok(opened)
}

pub async fn sign_out(app: &App, token_sha256: &str) -> Outcome<()> {
    Ok(app
        .store
        .door
        .revoke_session(token_sha256, app.clock.now())
        .await?)
}

/// Who a token of this kind stands for; nobody once it has expired, was revoked, the account was shut or the post has ended. A session
/// under a delegation ends with that: it does not become one's own unnoticed.
pub async fn who(app: &App, token: &str, kind: Kind) -> Outcome<Live> {
    let now = app.clock.now();
    let token_sha256 = sha256_hex(token.as_bytes());
    let session = store::session::live(&app.store.door, &token_sha256, now)
        .await?
        .filter(|session| session.kind == kind.as_str())
        .ok_or(Failure::Unauthenticated)?;
    let person = PersonId::parse(&session.person).ok_or(Failure::Unauthenticated)?;
    let holdings = app.store.directory().holdings(person, now.day()).await?;
    let held = holdings
        .into_iter()
        .find(|holding| holding.appointment.id.to_string() == session.appointment);
    let holding = held.ok_or(Failure::Unauthenticated)?;
    let caller = match &session.delegation {
        None => caller(&holding),
        Some(id) => {
            let id = DelegationId::parse(id).ok_or(Failure::Unauthenticated)?;
            let found = delegation::in_force(app, id, &holding).await?;
            let (delegation, giver) = found.ok_or(Failure::DelegationOver)?;
            under(&holding, &delegation, &giver)
        }
    };
    Ok(Live {
        caller,
        csrf: session.csrf,
        token_sha256: session.token_sha256,
        account: session.account,
    })
}

/// The caller who acts from this post.
pub fn caller(holding: &Holding) -> Caller {
    let actor = holding.actor();
    Caller {
        scope: actor.scope(),
        actor,
        person_name: holding.person_name.clone(),
        title: holding.title.clone(),
        agency_name: holding.agency.name.clone(),
        principal_name: None,
        request: None,
        if_match: None,
    }
}

/// The caller who acts from this post for another: their own name and post, the other's rights and eyes.
pub fn under(own: &Holding, delegation: &Delegation, giver: &Holding) -> Caller {
    let actor = delegation.taken_up(&own.actor(), &giver.actor());
    Caller {
        scope: actor.scope(),
        actor,
        principal_name: Some(giver.person_name.clone()),
        ..caller(own)
    }
}

/// argon2id with the crate's recommended costs, on a thread where it may take its time.
pub async fn hash_password(app: &App, password: String) -> Outcome<String> {
    let mut checks = Checks::default();
    if password.chars().count() > LONGEST_PASSWORD {
        checks.fail_at("password", "too-long", LONGEST_PASSWORD);
    }
    checks.done()?;
    let salt = app.ids.salt();
    let hashed = tokio::task::spawn_blocking(move || {
        Argon2::default()
            .hash_password_with_salt(password.as_bytes(), &salt[..16])
            .map(|hash| hash.to_string())
    });
    let hashed = hashed.await.map_err(|error| Failure::Broken(error.to_string()))?;
    hashed.map_err(|error| Failure::Broken(error.to_string()))
}

/// Takes as long for an unknown name as for a wrong password, so that names cannot be found out by the clock.
async fn verify(account: Option<Account>, password: String) -> Outcome<Account> {
    /// The hash of a password that nobody has.
    const NOBODY: &str =
        "$argon2id$v=19$m=19456,t=2,p=1$YW5sYW4tbm9ib2R5LTAwMQ$WAV0SYw4aIkVmGjjWvNJdtYrYo3pg2Jbi6sp9LjFCY8";
    let hash = account
        .as_ref()
        .map_or_else(|| NOBODY.to_owned(), |account| account.password_hash.clone());
    let matches = tokio::task::spawn_blocking(move || {
        let hash = PasswordHash::new(&hash).ok()?;
        Argon2::default().verify_password(password.as_bytes(), &hash).ok()
    });
    let matches = matches
        .await
        .map_err(|error| Failure::Broken(error.to_string()))?
        .is_some();
    account
        .filter(|account| matches && account.open)
        .ok_or(Failure::WrongPassword)
}
