//! People at a browser as verbs: they sign in at the door, keep their cookies, read pages and send the forms on them.

use axum::{
    body::Body,
    http::{Request, header},
};
use testkit::PASSWORD;

use crate::client::{Answer, Api};

#[derive(Clone)]
pub struct Reader {
    api: Api,
    cookies: Vec<(String, String)>,
    /// The token of the page that was read last.
    csrf: String,
}

fn encoded(fields: &[(&str, &str)]) -> String {
    let byte = |byte: u8| {
        if byte.is_ascii_alphanumeric() {
            char::from(byte).to_string()
        } else {
            format!("%{byte:02X}")
        }
    };
    let text = |text: &str| text.bytes().map(byte).collect::<String>();
    let pairs = fields
        .iter()
        .map(|(name, value)| format!("{}={}", text(name), text(value)));
    pairs.collect::<Vec<_>>().join("&")
}

impl Api {
    pub fn sits_down(&self) -> Reader {
        Reader {
            api: self.clone(),
            cookies: Vec::new(),
            csrf: String::new(),
        }
    }

    /// Signs in and stands before the desk.
    pub async fn reader(&self, username: &str) -> Reader {
        let mut reader = self.sits_down();
        let answer = reader.signs_in(username).await;
        assert_eq!(answer.status, 303, "{}", answer.text());
        reader.reads("/").await;
        reader
    }
}

impl Reader {
    pub async fn signs_in(&mut self, username: &str) -> Answer {
        self.reads("/sign-in").await;
        self.sends_form("/sign-in", &[("username", username), ("password", PASSWORD)])
            .await
    }

    pub fn cookie(&self, name: &str) -> &str {
        let found = self.cookies.iter().find(|(key, _)| key == name);
        found.map_or("", |(_, value)| value)
    }

    /// Keeps this token and no other, as a page that was left open does.
    #[must_use]
    pub fn on_a_page_with(mut self, csrf: &str) -> Self {
        csrf.clone_into(&mut self.csrf);
        self
    }

    pub async fn asks(&mut self, method: &str, path: &str, headers: &[(&str, &str)], body: Body) -> Answer {
        let cookies: Vec<String> = self
            .cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let mut request = Request::builder().method(method).uri(path);
        request = request.header(header::COOKIE, cookies.join("; "));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let answer = self.api.sends(request.body(body).expect("a request")).await;
        for set in answer.headers.get_all(header::SET_COOKIE) {
            let set = set.to_str().expect("a cookie in ASCII");
            let (name, rest) = set.split_once('=').expect("a name");
            let value = rest.split(';').next().unwrap_or_default();
            self.cookies.retain(|(key, _)| key != name);
            self.cookies.push((name.to_owned(), value.to_owned()));
        }
        answer
    }

    /// A page, whatever its status; its token is kept for the next form.
    pub async fn reads(&mut self, path: &str) -> Answer {
        let answer = self.asks("GET", path, &[], Body::empty()).await;
        self.keeps_the_token_of(&answer);
        answer
    }

    fn keeps_the_token_of(&mut self, answer: &Answer) {
        if let Some((_, rest)) = answer.text().split_once("<meta name=\"csrf\" content=\"") {
            rest.split('"')
                .next()
                .unwrap_or_default()
                .clone_into(&mut self.csrf);
        }
    }

    pub async fn sends_form(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let csrf = self.csrf.clone();
        let mut all = vec![("csrf", csrf.as_str())];
        all.extend(fields);
        let kind = [("content-type", "application/x-www-form-urlencoded")];
        self.asks("POST", path, &kind, encoded(&all).into()).await
    }

    /// With a file beside the fields.
    pub async fn sends_file(
        &mut self,
        path: &str,
        fields: &[(&str, &str)],
        (name, file, bytes): (&str, &str, &[u8]),
    ) -> Answer {
        let csrf = self.csrf.clone();
        let mut form = Vec::new();
        for (name, value) in [("csrf", csrf.as_str())].iter().chain(fields) {
            let head =
                format!("--seam\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
            form.extend(head.into_bytes());
        }
        let head = format!(
            "--seam\r\ncontent-disposition: form-data; name=\"{name}\"; filename=\"{file}\"\r\n\
             content-type: application/octet-stream\r\n\r\n"
        );
        form.extend(head.into_bytes());
        form.extend(bytes);
        form.extend(b"\r\n--seam--\r\n");
        let kind = [("content-type", "multipart/form-data; boundary=seam")];
        self.asks("POST", path, &kind, form.into()).await
    }
}

/// The value of the hidden field of this name in the form that is posted there.
pub fn hidden(page: &str, action: &str, name: &str) -> String {
    let form = page
        .split("<form ")
        .find(|form| form.contains(&format!("action=\"{action}\"")))
        .unwrap_or_else(|| panic!("no form posts to {action}"));
    let field = form.split_once(&format!("name=\"{name}\" value=\""));
    let (_, rest) = field.unwrap_or_else(|| panic!("the form has no {name}"));
    rest.split('"').next().unwrap_or_default().to_owned()
}
