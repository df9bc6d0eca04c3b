//! Digests: who is told what, once a day; and how they come to people, with receipts, when the other side is well and when it is not.

use std::sync::{Arc, Mutex};

use app::{
    App,
    notice::{self, deliver::deliver, digest::Digest, plan::plan},
    sweep,
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use courier::{Courier, Settings};
use domain::{
    hazard::plan::FilePlan,
    time::{DAY, HOUR, Instant},
};
use store::{
    SqliteOptions,
    notice::{Channel, Notice, NoticeState},
};
use testkit::{Engine, Named, PersonInOffice, World, on_both_engines};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::TcpListener,
};

const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

type Heard = Arc<Mutex<Vec<String>>>;

pub fn at(text: &str) -> Instant {
    Instant::parse(text).expect("an instant")
}

async fn mine(w: &World, who: &PersonInOffice) -> Vec<Notice> {
    notice::mine(&w.app, &who.caller().await)
        .await
        .expect("they can be read")
}

pub async fn digests(w: &World, who: &PersonInOffice) -> Vec<Digest> {
    mine(w, who)
        .await
        .iter()
        .filter_map(|one| notice::opened(one).expect("a digest"))
        .collect()
}

pub fn kinds(digest: &Digest) -> Vec<(&str, usize)> {
    digest
        .sections
        .iter()
        .map(|one| (one.kind.as_str(), one.lines.len()))
        .collect()
}

/// Ordered on Wednesday 4 March, due on Saturday 14 March.
pub async fn ordered(w: &World) -> app::hazard::Receipt {
    let h = w.town().reports("消防栓被遮挡").await.good();
    w.county().confirms(&h).await.good()
}

/// Once, and again in the minute after: what the first closed the window of, the second tells.
pub async fn everything(app: &App) {
    sweep::once(app).await.expect("the sweeps run");
    app.clock.set(app.clock.now().plus(60_000));
    sweep::once(app).await.expect("the sweeps run");
}

/// An answer to every POST, which is remembered whole.
async fn a_gateway(status: Arc<Mutex<&'static str>>) -> (String, Heard) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
    let url = format!("http://{}/sms", listener.local_addr().expect("an address"));
    let heard = Heard::default();
    let ear = heard.clone();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let (mut text, mut bytes) = (String::new(), vec![0; 64 * 1024]);
            while !is_whole(&text) {
                let n = stream.read(&mut bytes).await.unwrap_or(0);
                if n == 0 {
                    break;
                }
                text.push_str(&String::from_utf8_lossy(&bytes[..n]));
            }
            ear.lock().expect("no panic").push(text);
            let status = *status.lock().expect("no panic");
            let _ = stream
                .write_all(format!("HTTP/1.1 {status}\r\ncontent-length: 2\r\n\r\nok").as_bytes())
                .await;
        }
    });
    (url, heard)
}

fn is_whole(text: &str) -> bool {
    text.split_once("\r\n\r\n").is_some_and(|(head, body)| {
        let length = head
            .lines()
            .find_map(|line| line.strip_prefix("content-length: "));
        length.is_some_and(|length| body.len() >= length.parse().unwrap_or(usize::MAX))
    })
}

async fn a_mail_server() -> (String, Heard) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
    let url = format!("smtp://{}", listener.local_addr().expect("an address"));
    let heard = Heard::default();
    let ear = heard.clone();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let ear = ear.clone();
            tokio::spawn(async move {
                let (read, mut write) = stream.into_split();
                let mut lines = BufReader::new(read).lines();
                let (mut whole, mut in_data) = (String::new(), false);
                let _ = write.write_all(b"220 mail.example\r\n").await;
                while let Ok(Some(line)) = lines.next_line().await {
                    whole.push_str(&line);
                    whole.push('\n');
                    let answer = match line.as_str() {
                        "." => {
                            in_data = false;
                            ear.lock().expect("no panic").push(std::mem::take(&mut whole));
                            "250 queued\r\n"
                        }
                        _ if in_data => continue,
                        "DATA" => {
                            in_data = true;
                            "354 go on\r\n"
                        }
                        _ => "250 ok\r\n",
                    };
                    let _ = write.write_all(answer.as_bytes()).await;
                }
            });
        }
    });
    (url, heard)
}

fn with_courier(w: &World, mail: Option<String>, hook: Option<String>) -> App {
    let settings = Settings {
        mail_from: mail.as_ref().map(|_| "anlan@ankang.example".to_owned()),
        smtp_url: mail,
        webhook_secret: hook.as_ref().map(|_| SECRET.to_owned()),
        webhook_url: hook,
    };
    let courier = Courier::of(&settings).expect("these can be used");
    w.app
        .clone()
        .with_courier(courier, Some("https://anlan.ankang.example/"))
}

on_both_engines! {
    /// Each person is told what has come to their own desks, and nothing else; nobody is written to who has nothing.
    async fn each_is_told_what_is_theirs(w: &World) {
        let h = ordered(w).await;
        w.app.clock.set(at("2026-03-11T08:29:00+08:00"));
        everything(&w.app).await;
        assert_eq!(w.count("notice").await, 0, "it is not yet half past eight");
        w.time_passes(60_000);
        everything(&w.app).await;
        let [morning] = &digests(w, &w.unit()).await[..] else { panic!("one digest") };
        assert_eq!(kinds(morning), [("reminder", 1)]);
        let line = &morning.sections[0].lines[0];
        assert_eq!((line.number.as_str(), line.due.as_str()), (h.number.as_str(), "2026-03-14 24:00"));
        assert_eq!(line.path, format!("/hazards/{}", h.hazard()));
        for who in [w.town(), w.county(), w.city(), w.neighbour(), w.discipline(), w.admin(), w.person("enterprise-2")] {
            assert!(digests(w, &who).await.is_empty(), "this is nobody else's");
        }
        everything(&w.app).await;
        w.time_passes(3 * HOUR);
        everything(&w.app).await;
        assert_eq!(mine(w, &w.unit()).await.len(), 1, "one a day");
    }

    /// Red on Sunday is told on Monday, to the unit and the county; a free day is a free day.
    async fn nobody_is_reminded_on_a_free_day(w: &World) {
        let h = ordered(w).await;
        w.app.clock.set(at("2026-03-13T09:00:00+08:00"));
        everything(&w.app).await;
        w.app.clock.set(at("2026-03-15T12:00:00+08:00"));
        everything(&w.app).await;
        let before = mine(w, &w.unit()).await.len();
        assert!(w.city().escalations_of(&h).await.iter().any(|one| one.step == "red"));
        w.app.clock.set(at("2026-03-16T08:30:00+08:00"));
        everything(&w.app).await;
        let unit = digests(w, &w.unit()).await;
        assert_eq!(unit.len(), before + 1);
        assert_eq!(kinds(&unit[0]), [("red", 1)]);
        assert_eq!(kinds(&digests(w, &w.county()).await[0]), [("red", 1)]);
        assert!(digests(w, &w.city()).await.is_empty());
    }

    /// A letter is told to whom it went; stuck is told once, to whoever has to act; what has moved on is not told.
    async fn letters_and_standstill(w: &World) {
        let h = ordered(w).await;
        let moves_on = ordered(w).await;
        let by_then = FilePlan { deadline: w.now().day().plus_days(10), ..w.unit().a_plan() };
        w.unit().plans_as(&moves_on, by_then).await.good();
        w.app.clock.set(at("2026-03-12T08:30:00+08:00"));
        everything(&w.app).await;
        assert_eq!(kinds(&digests(w, &w.unit()).await[0]), [("reminder", 2), ("stuck", 2)]);
        let red = w.falls_overdue(&h).await; // Monday 16 March, 0:00
        w.unit().rectifies(&moves_on).await.good();
        w.county().sends_the_draft(&red).await.good();
        w.app.clock.set(at("2026-03-16T10:00:00+08:00"));
        everything(&w.app).await;
        let monday = &digests(w, &w.unit()).await[0];
        assert_eq!(kinds(monday), [("red", 1), ("letters", 1)]);
        assert!(monday.sections[1].lines[0].text.starts_with("汉滨安委办督〔2026〕1号 关于"), "{monday:?}");
        w.app.clock.set(at("2026-03-17T10:00:00+08:00"));
        everything(&w.app).await;
        assert_eq!(&digests(w, &w.unit()).await[0], monday, "there is nothing new on Tuesday");
    }

    async fn two_processes_plan_and_deliver_once(w: &World) {
        ordered(w).await;
        let (url, heard) = a_gateway(Arc::new(Mutex::new("200 OK"))).await;
        let one = with_courier(w, None, Some(url.clone()));
        w.app.clock.set(at("2026-03-11T09:00:00+08:00"));
        everything(&w.app).await;
        // The desk alone was told; the gateway is set on the next day, by two processes.
        w.app.clock.set(at("2026-03-16T09:00:00+08:00"));
        let other = w.opened_again().await;
        let other = other.with_courier(one.courier.clone(), None);
        for _ in 0..2 {
            let (a, b) = tokio::join!(sweep::once(&one), sweep::once(&other));
            a.expect("it runs");
            b.expect("it runs");
            w.time_passes(60_000);
            other.clock.set(w.now());
        }
        everything(&one).await;
        everything(&other).await;
        let heard = heard.lock().expect("no panic").clone();
        let ids: std::collections::BTreeSet<&str> = heard.iter().filter_map(|one| one.lines().find(|line| line.starts_with("webhook-id"))).collect();
        assert_eq!((heard.len(), ids.len()), (4, 4), "the unit, and three officers of the county: {heard:?}");
    }

    /// Taken to the mail server and to the gateway: signed, with the facts and the link and nothing more; each has its receipt.
    async fn digests_arrive_and_have_receipts(w: &World) {
        ordered(w).await;
        let (mail, letters) = a_mail_server().await;
        let (hook, parcels) = a_gateway(Arc::new(Mutex::new("202 Accepted"))).await;
        let app = with_courier(w, Some(mail), Some(hook));
        let account = app.store.directory().account_named("enterprise-1").await.expect("read").expect("an account");
        let id = account.id.to_string();
        for wrong in ["nobody", "a@b@c", "甲", &"x".repeat(300)] {
            assert!(notice::set_mail_address(&app, &id, wrong).await.is_err(), "{wrong}");
        }
        notice::set_mail_address(&app, &id, " gao@qingyu.example ").await.expect("an address");
        w.app.clock.set(at("2026-03-11T09:00:00+08:00"));
        everything(&app).await;
        let notices = mine(w, &w.unit()).await;
        let of = |channel| notices.iter().find(|one| one.channel == channel).expect("one of each");
        let (mailed, posted) = (of(Channel::Mail), of(Channel::Webhook));
        for (notice, answer) in [(mailed, "250 queued"), (posted, "202 Accepted ok")] {
            assert_eq!((notice.state, notice.tries, notice.answer.as_str()), (NoticeState::Delivered, 1, answer));
            assert_eq!(notice.done_at, Some(w.now()));
        }
        let letters = letters.lock().expect("no panic").clone();
        assert_eq!(letters.len(), 1);
        assert!(letters[0].contains("RCPT TO:<gao@qingyu.example>"), "{}", letters[0]);
        assert!(mailed.body.contains("期限 2026-03-14 24:00\n  https://anlan.ankang.example/hazards/"), "{}", mailed.body);

        let parcels = parcels.lock().expect("no panic").clone();
        let [parcel] = &parcels[..] else { panic!("one parcel") };
        let (head, body) = parcel.split_once("\r\n\r\n").expect("a body");
        let header = |name: &str| head.lines().find_map(|line| line.strip_prefix(&format!("{name}: "))).expect("a header");
        let stamp: i64 = header("webhook-timestamp").parse().expect("seconds");
        assert_eq!(stamp, w.now().0 / 1_000);
        assert_eq!(header("webhook-id"), posted.id);
        let secret = STANDARD.decode(&SECRET["whsec_".len()..]).expect("base64");
        assert_eq!(header("webhook-signature"), courier::sign(&secret, &posted.id, stamp, body));
        let told: serde_json::Value = serde_json::from_str(body).expect("JSON");
        assert_eq!(told["data"]["recipient"]["account"], "enterprise-1");
        assert_eq!(told["data"]["items"][0]["due"], "2026-03-14 24:00");
        let fields: Vec<&String> = told["data"]["items"][0].as_object().expect("an object").keys().collect();
        assert_eq!(fields, ["due", "kind", "kind_name", "link", "number", "subject"]);
        assert!(!body.contains("消防栓"), "what was found is not told outside");
        notice::set_mail_address(&app, &id, "").await.expect("no address");
        assert_eq!(app.store.notices().mail_address(&id).await.expect("read"), None);
    }

    /// The gateway is down: tried again after ever longer waits, given up after the last, and taken up when somebody has mended it.
    async fn what_does_not_arrive_is_tried_again_and_then_given_up(w: &World) {
        ordered(w).await;
        let status = Arc::new(Mutex::new("503 Service Unavailable"));
        let (hook, heard) = a_gateway(status.clone()).await;
        let app = with_courier(w, None, Some(hook));
        w.app.clock.set(at("2026-03-11T09:00:00+08:00"));
        everything(&app).await;
        let posted = || async {
            let all = mine(w, &w.unit()).await;
            all.into_iter().find(|one| one.channel == Channel::Webhook).expect("one is there")
        };
        for (tries, wait) in [(1, 1), (2, 5), (3, 30), (4, 120), (5, 360)] {
            let one = posted().await;
            assert_eq!((one.state, one.tries), (NoticeState::Waiting, tries));
            assert_eq!(one.next_at, w.now().plus(wait * 60_000));
            assert_eq!(one.answer, "503 Service Unavailable ok");
            assert_eq!(deliver(&app).await.expect("it runs"), 0);
            assert_eq!(posted().await.tries, tries, "its turn has not come");
            w.time_passes(wait * 60_000);
            deliver(&app).await.expect("it runs");
        }
        assert_eq!((posted().await.state, posted().await.tries), (NoticeState::Failed, 6));
        w.time_passes(DAY);
        assert_eq!(deliver(&app).await.expect("it runs"), 0);
        assert_eq!(heard.lock().expect("no panic").len(), 6);
        assert_eq!(testkit::code(&notice::retry(&app, &w.city().caller().await).await.expect_err("not hers")), "not-found");
        *status.lock().expect("no panic") = "200 OK";
        notice::retry(&app, &w.admin().caller().await).await.expect("it may be tried");
        assert_eq!(deliver(&app).await.expect("it runs"), 1);
        assert_eq!(posted().await.state, NoticeState::Delivered);
        w.time_passes(90 * DAY);
        everything(&w.app).await;
        assert!(app.store.notices().of_id(&posted_id(w).await).await.expect("read").is_none(), "kept for ninety days");
    }
}

async fn posted_id(w: &World) -> String {
    let account = w.app.store.directory().account_named("enterprise-1").await;
    let account = account.expect("read").expect("an account").id;
    app::directory::load::named("notice", &format!("{account}:2026-03-11:webhook")).to_string()
}

/// A full disk in the middle of the morning: nothing is half put in, and with room again everybody is told once.
#[test]
fn a_full_disk_loses_no_digest() {
    testkit::run(Engine::Sqlite, testkit::City::default(), async |w| {
        for _ in 0..40 {
            ordered(w).await;
        }
        w.app.clock.set(at("2026-03-11T09:00:00+08:00"));
        app::escalation::sweep::raise(&w.app).await.expect("it climbs");
        assert_eq!(plan(&w.app).await.expect("there is room"), 0, "the window closes");
        w.time_passes(60_000);
        let raw = w.raw().await;
        let ballast = [seal::Value::Text("x".repeat(60_000))];
        raw.query(
            "INSERT INTO setting (name, value) VALUES ('ballast', $1)",
            &ballast,
        )
        .await;
        let pages = raw.query("PRAGMA page_count", &[]).await[0].int("page_count");
        let tight = SqliteOptions {
            max_pages: Some(u32::try_from(pages).expect("not so many")),
        };
        let app = w.opened().open(w.now(), tight).await;
        let mut full = false;
        for n in 0..200 {
            let filler = format!("filler-{n}");
            full = app
                .store
                .door
                .set_setting(&filler, &"y".repeat(3_000))
                .await
                .is_err();
            if full {
                break;
            }
        }
        assert!(full, "the disk is small");
        let refused = plan(&app).await.expect_err("there is no room");
        assert_eq!(testkit::code(&refused), "full");
        raw.query("DELETE FROM setting WHERE name = 'ballast'", &[]).await;
        app.clock.set(w.now().plus(2 * 60_000));
        let put = plan(&app).await.expect("there is room");
        assert_eq!(put, 1);
        assert_eq!(plan(&app).await.expect("it runs"), 0);
        let told = &digests(w, &w.unit()).await[0];
        assert_eq!((told.sections[0].lines.len(), told.sections[0].more), (20, 20));
    });
}
