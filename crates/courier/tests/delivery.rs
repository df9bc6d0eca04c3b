//! The courier against small servers of the tests' own: what arrives, what is brought back, and what is no delivery.

use std::sync::{Arc, Mutex};

use courier::{Courier, Letter, Parcel, Settings, sign};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::TcpListener,
};

const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

type Heard = Arc<Mutex<String>>;

/// Answers every request with this, and remembers what it was asked.
async fn a_web_server(answer: &'static str) -> (String, Heard) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
    let url = format!(
        "http://{}/hook?city=6109",
        listener.local_addr().expect("an address")
    );
    let heard = Heard::default();
    let ear = heard.clone();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut bytes = vec![0; 16 * 1024];
            let mut got = 0;
            loop {
                let n = stream.read(&mut bytes[got..]).await.unwrap_or(0);
                got += n;
                let text = String::from_utf8_lossy(&bytes[..got]).into_owned();
                let whole = text.split_once("\r\n\r\n").is_some_and(|(head, body)| {
                    let length = head.lines().find_map(|line| {
                        line.to_ascii_lowercase()
                            .strip_prefix("content-length: ")
                            .map(str::to_owned)
                    });
                    length.is_some_and(|length| body.len() >= length.parse().unwrap_or(usize::MAX))
                });
                if whole || n == 0 {
                    ear.lock().expect("nobody panicked").push_str(&text);
                    break;
                }
            }
            let _ = stream.write_all(answer.as_bytes()).await;
        }
    });
    (url, heard)
}

/// A mail server of the plainest kind; refuses recipients that hold `nobody`.
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
                let _ = write.write_all(b"220 mail.example ESMTP\r\n").await;
                let mut in_data = false;
                while let Ok(Some(line)) = lines.next_line().await {
                    ear.lock()
                        .expect("nobody panicked")
                        .push_str(&format!("{line}\n"));
                    let answer = match line.as_str() {
                        "." if in_data => {
                            in_data = false;
                            "250 2.0.0 queued as 7F3A\r\n"
                        }
                        _ if in_data => continue,
                        "DATA" => {
                            in_data = true;
                            "354 go on\r\n"
                        }
                        line if line.starts_with("RCPT") && line.contains("nobody") => {
                            "550 5.1.1 no such mailbox\r\n"
                        }
                        line if line.starts_with("RCPT") && line.contains("full") => {
                            "452 4.2.2 mailbox full\r\n"
                        }
                        line if line.starts_with("QUIT") => "221 bye\r\n",
                        _ => "250 ok\r\n",
                    };
                    let _ = write.write_all(answer.as_bytes()).await;
                }
            });
        }
    });
    (url, heard)
}

fn webhook(url: &str) -> Courier {
    Courier::of(&Settings {
        webhook_url: Some(url.into()),
        webhook_secret: Some(SECRET.into()),
        ..Settings::default()
    })
    .expect("these can be used")
}

fn parcel() -> Parcel {
    Parcel {
        id: "msg_p5jXN8AQM9LWM0D4loKWxJek".into(),
        at: 1_614_265_330,
        body: r#"{"test": 2432232314}"#.into(),
    }
}

/// The example that the makers of Standard Webhooks give, with their secret and their result.
#[test]
fn the_signature_is_that_of_the_standard() {
    let secret = base64_of_the_secret();
    let p = parcel();
    assert_eq!(
        sign(&secret, &p.id, p.at, &p.body),
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    );
}

fn base64_of_the_secret() -> Vec<u8> {
    use base64::{Engine, engine::general_purpose::STANDARD};
    STANDARD.decode(&SECRET["whsec_".len()..]).expect("base64")
}

#[tokio::test]
async fn a_parcel_arrives_signed_and_the_answer_is_brought_back() {
    let (url, heard) = a_web_server("HTTP/1.1 202 Accepted\r\ncontent-length: 7\r\n\r\nsms 418").await;
    let answer = webhook(&url).post(&parcel()).await.expect("it is delivered");
    assert_eq!(answer, "202 Accepted sms 418");
    let heard = heard.lock().expect("nobody panicked").clone();
    assert!(heard.starts_with("POST /hook?city=6109 HTTP/1.1\r\n"), "{heard}");
    for line in [
        "webhook-id: msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp: 1614265330",
        "webhook-signature: v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        "content-type: application/json",
    ] {
        assert!(heard.contains(line), "{line} is not in {heard}");
    }
    assert!(heard.ends_with(&parcel().body), "{heard}");
}

#[tokio::test]
async fn what_is_not_2xx_is_no_delivery_and_nobody_is_followed_elsewhere() {
    let (elsewhere, heard) = a_web_server("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").await;
    let moved = format!("HTTP/1.1 302 Found\r\nlocation: {elsewhere}\r\ncontent-length: 0\r\n\r\n");
    for (answer, for_good) in [
        (&*moved.leak(), false),
        (
            "HTTP/1.1 500 Internal Server Error\r\ncontent-length: 4\r\n\r\noops",
            false,
        ),
        ("HTTP/1.1 410 Gone\r\ncontent-length: 0\r\n\r\n", true),
        ("no HTTP at all\r\n\r\n", false),
    ] {
        let (url, _) = a_web_server(answer).await;
        let refused = webhook(&url)
            .post(&parcel())
            .await
            .expect_err("it is no delivery");
        assert_eq!(refused.for_good, for_good, "{answer}: {refused}");
    }
    assert_eq!(
        *heard.lock().expect("nobody panicked"),
        "",
        "nobody was followed there"
    );
    let refused = webhook("http://127.0.0.1:9/")
        .post(&parcel())
        .await
        .expect_err("nobody listens");
    assert!(
        !refused.for_good && refused.why.contains("127.0.0.1:9"),
        "{refused}"
    );
}

#[tokio::test]
async fn a_letter_arrives_and_the_receipt_is_the_servers_answer() {
    let (url, heard) = a_mail_server().await;
    let courier = Courier::of(&Settings {
        smtp_url: Some(url),
        mail_from: Some("安澜 <anlan@ankang.example>".into()),
        ..Settings::default()
    })
    .expect("these can be used");
    let letter = |to: &str| Letter {
        id: "0195".into(),
        to: to.into(),
        subject: "催办摘要".into(),
        text: "2 件到期。\n".into(),
        at: 1_772_586_000_000,
    };
    let answer = courier
        .mail(&letter("zhao@ankang.example"))
        .await
        .expect("it is delivered");
    assert_eq!(answer, "250 2.0.0 queued as 7F3A");
    let said = heard.lock().expect("nobody panicked").clone();
    for line in [
        "MAIL FROM:<anlan@ankang.example>",
        "RCPT TO:<zhao@ankang.example>",
        "Message-ID: <0195@ankang.example>",
        "Date: Wed, 04 Mar 2026 01:00:00 +0000",
    ] {
        assert!(said.contains(line), "{line} is not in {said}");
    }
    let refused = courier
        .mail(&letter("nobody@ankang.example"))
        .await
        .expect_err("refused");
    assert!(
        refused.for_good && refused.why.contains("no such mailbox"),
        "{refused:?}"
    );
    let full = courier
        .mail(&letter("full@ankang.example"))
        .await
        .expect_err("refused");
    assert!(!full.for_good && full.why.contains("mailbox full"), "{full:?}");
}

#[test]
fn settings_that_cannot_be_used_are_told_without_their_secrets() {
    let with = |smtp: Option<&str>, from: Option<&str>, hook: Option<&str>, secret: Option<&str>| {
        let settings = Settings {
            smtp_url: smtp.map(Into::into),
            mail_from: from.map(Into::into),
            webhook_url: hook.map(Into::into),
            webhook_secret: secret.map(Into::into),
        };
        Courier::of(&settings)
            .err()
            .map(|fault| fault.to_string())
            .unwrap_or_default()
    };
    assert_eq!(with(None, None, None, None), "");
    assert!(with(Some("smtp://h"), None, None, None).starts_with("ANLAN_SMTP_URL and ANLAN_MAIL_FROM"));
    let told = with(Some("http://u:geheim@h"), Some("a@b.example"), None, None);
    assert!(
        told.starts_with("ANLAN_SMTP_URL") && !told.contains("geheim"),
        "{told}"
    );
    assert!(with(Some("smtp://h"), Some("nobody"), None, None).starts_with("ANLAN_MAIL_FROM"));
    for url in ["ftp://h/", "/hook", "https://u:p@h/", "x"] {
        assert!(
            with(None, None, Some(url), Some(SECRET)).starts_with("ANLAN_WEBHOOK_URL"),
            "{url}"
        );
    }
    for secret in ["whsec_", "whsec_YQ==", "geheim", "whsec_***"] {
        let told = with(None, None, Some("http://h/"), Some(secret));
        assert!(
            told.starts_with("ANLAN_WEBHOOK_SECRET") && !told.contains("geheim"),
            "{told}"
        );
    }
}
