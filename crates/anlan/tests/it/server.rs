//! The program as a server: started, asked over HTTP as any client would, ended in order or killed.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    process::{Child, Command, Stdio},
    sync::mpsc::channel,
    thread,
    time::Duration,
};

use serde_json::Value;

use crate::city::{City, Ran};

/// Making a demo city in a build that is not optimised, beside other tests.
const PATIENCE: Duration = Duration::from_secs(180);

pub struct Server {
    child: Option<Child>,
    address: String,
    /// What it said up to its address and after.
    said: thread::JoinHandle<String>,
}

impl Server {
    pub fn demo(city: &City, hazards: usize) -> Self {
        Self::start(city.command(&[
            "demo",
            "--listen",
            "127.0.0.1:0",
            "--hazards",
            &hazards.to_string(),
        ]))
    }

    pub fn serve(city: &City) -> Self {
        Self::start(city.command(&["serve", "--listen", "127.0.0.1:0"]))
    }

    pub fn start(mut command: Command) -> Self {
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .expect("the program starts");
        let mut out = BufReader::new(child.stdout.take().expect("its output is ours"));
        let (tell, told) = channel();
        // Read to its end, or the program would wait for somebody to read.
        let said = thread::spawn(move || {
            let mut all = String::new();
            let mut line = String::new();
            while out.read_line(&mut line).is_ok_and(|n| n > 0) {
                if let Some((_, address)) = line.split_once("地址 http://") {
                    let _ = tell.send(address.trim().to_owned());
                }
                all.push_str(&line);
                line.clear();
            }
            all
        });
        let Ok(address) = told.recv_timeout(PATIENCE) else {
            let _ = child.kill();
            panic!(
                "the program said no address: {:?}, {}",
                child.wait(),
                said.join().unwrap_or_default()
            );
        };
        Self {
            child: Some(child),
            address,
            said,
        }
    }

    /// SIGTERM; how it ended and all that it said.
    pub fn ends_in_order(mut self) -> (Option<i32>, String) {
        let child = self.child.take().expect("it runs");
        let asked = Command::new("kill")
            .args(["-TERM", &child.id().to_string()])
            .status();
        assert!(asked.is_ok_and(|status| status.success()), "the signal is sent");
        let code = Ran::of(child.wait_with_output().expect("it ends")).code;
        let said = std::mem::replace(&mut self.said, thread::spawn(String::new));
        (code, said.join().expect("it was read"))
    }

    /// SIGKILL.
    pub fn dies(mut self) {
        let mut child = self.child.take().expect("it runs");
        child.kill().expect("it can be killed");
        child.wait().expect("it is gone");
    }

    pub fn client(&self) -> Client {
        Client {
            address: self.address.clone(),
            token: String::new(),
        }
    }

    pub fn signed_in(&self, username: &str, password: &str) -> Client {
        let mut client = self.client();
        let said = serde_json::json!({ "username": username, "password": password });
        let (status, body) = client
            .post("/api/v1/sessions", &said)
            .expect("the server answers");
        assert!((200..300).contains(&status), "{username}: {status} {body}");
        client.token = body["token"].as_str().expect("a token").to_owned();
        client
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(mut child) = self.child.take() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

/// HTTP/1.1, one connection for each request; an error when the server goes away before it has answered whole.
#[derive(Clone)]
pub struct Client {
    address: String,
    token: String,
}

impl Client {
    pub fn get(&self, path: &str) -> std::io::Result<(u16, Value)> {
        self.ask("GET", path, "")
    }

    pub fn post(&self, path: &str, body: &Value) -> std::io::Result<(u16, Value)> {
        self.ask("POST", path, &body.to_string())
    }

    fn ask(&self, method: &str, path: &str, body: &str) -> std::io::Result<(u16, Value)> {
        let mut stream = TcpStream::connect(&self.address)?;
        stream.set_read_timeout(Some(Duration::from_secs(30)))?;
        let authorization = if self.token.is_empty() {
            String::new()
        } else {
            format!("authorization: Bearer {}\r\n", self.token)
        };
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\ncontent-type: application/json\r\n{authorization}content-length: {}\r\n\r\n{body}",
            self.address,
            body.len()
        )?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer)?;
        read_answer(&answer).ok_or_else(|| std::io::ErrorKind::UnexpectedEof.into())
    }
}

/// Status and JSON, if the whole body has come.
fn read_answer(answer: &[u8]) -> Option<(u16, Value)> {
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n")?;
    let head = std::str::from_utf8(&answer[..end]).ok()?;
    let status = head.split_whitespace().nth(1)?.parse().ok()?;
    let body = &answer[end + 4..];
    let length = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length")
            .then(|| value.trim().parse::<usize>().ok())?
    })?;
    if body.len() < length {
        return None;
    }
    let text = || Value::String(String::from_utf8_lossy(body).into_owned());
    Some((status, serde_json::from_slice(body).unwrap_or_else(|_| text())))
}
