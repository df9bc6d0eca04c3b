//! Forms as browsers send them: fields, and files beside them. Read whole, within limits, before anything is done with them.

use app::{Failure, Outcome, Request as Repeatable, file};
use axum::{
    Form as Plain,
    extract::{FromRequest, Multipart, Request},
    http::{StatusCode, header},
};
use bytes::Bytes;
use domain::{FileId, evidence::EvidenceFile};

use crate::{
    caller::{self, Browser, request_digest},
    problem::Problem,
    site::Site,
};

/// No form has more fields than this, nor more files.
const MOST_FIELDS: usize = 500;

#[derive(Debug, Default, Clone)]
pub struct Form {
    pub fields: Vec<(String, String)>,
    /// Name of the field, name of the file, contents.
    pub files: Vec<(String, String, Bytes)>,
}

impl FromRequest<Site> for Form {
    type Rejection = Problem;

    async fn from_request(request: Request, site: &Site) -> Result<Self, Problem> {
        let words = caller::words(request.headers());
        let refused = |status: StatusCode| {
            let too_large = Failure::TooLarge {
                limit: app::file::receive::LARGEST,
            };
            Problem::page(
                if status == StatusCode::PAYLOAD_TOO_LARGE {
                    too_large
                } else {
                    Failure::field("body", "unreadable")
                },
                words,
            )
        };
        let kind = request
            .headers()
            .get(header::CONTENT_TYPE)
            .and_then(|kind| kind.to_str().ok())
            .unwrap_or_default();
        if !kind.starts_with("multipart/form-data") {
            let read = Plain::<Vec<(String, String)>>::from_request(request, site).await;
            let Plain(fields) = read.map_err(|rejection| refused(rejection.status()))?;
            return Ok(Self {
                fields,
                files: Vec::new(),
            });
        }
        let multipart = Multipart::from_request(request, site).await;
        let mut multipart = multipart.map_err(|rejection| refused(rejection.status()))?;
        let mut form = Self::default();
        while let Some(part) = multipart
            .next_field()
            .await
            .map_err(|error| refused(error.status()))?
        {
            if form.fields.len() + form.files.len() >= MOST_FIELDS {
                return Err(refused(StatusCode::PAYLOAD_TOO_LARGE));
            }
            let name = part.name().unwrap_or_default().to_owned();
            if let Some(file) = part.file_name().map(str::to_owned) {
                let bytes = part.bytes().await.map_err(|error| refused(error.status()))?;
                // A file input that was left empty sends a part without name and contents.
                if !file.is_empty() && !bytes.is_empty() {
                    form.files.push((name, file, bytes));
                }
            } else {
                form.fields
                    .push((name, part.text().await.map_err(|error| refused(error.status()))?));
            }
        }
        Ok(form)
    }
}

impl Form {
    /// The value of a field, or nothing typed.
    pub fn get(&self, name: &str) -> &str {
        self.fields
            .iter()
            .find(|(key, _)| key == name)
            .map_or("", |(_, value)| value.trim())
    }

    pub fn given(&self, name: &str) -> Option<String> {
        let value = self.get(name);
        (!value.is_empty()).then(|| value.to_owned())
    }

    pub fn all(&self, name: &str) -> Vec<String> {
        let named = self
            .fields
            .iter()
            .filter(|(key, value)| key == name && !value.is_empty());
        named.map(|(_, value)| value.clone()).collect()
    }

    /// One per line.
    pub fn lines(&self, name: &str) -> Vec<String> {
        self.get(name)
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .map(str::to_owned)
            .collect()
    }

    /// Whoever posts it has seen the page that it stood on, in the session that they are in now.
    pub fn proves(&self, browser: &Browser) -> bool {
        self.get("csrf") == browser.live.csrf && !browser.live.csrf.is_empty()
    }

    /// The files that it names by id, as far as they may still be attached.
    pub async fn kept_files(&self, site: &Site, browser: &Browser) -> Outcome<Vec<EvidenceFile>> {
        let named = self
            .fields
            .iter()
            .filter(|(name, _)| name.ends_with("_id"))
            .filter_map(|(_, value)| FileId::parse(value));
        let named: Vec<FileId> = named.collect();
        file::waiting::waiting(&site.app, &browser.live.caller, &named).await
    }

    /// The caller of this form: a double click or a repeated sending is answered as the first time.
    pub fn caller(&self, browser: &Browser, path: &str) -> app::Caller {
        let mut caller = browser.live.caller.clone();
        let key = self.get("idempotency_key");
        if !key.is_empty() && key.len() <= app::caller::LONGEST_KEY {
            let told = self
                .fields
                .iter()
                .filter(|(name, _)| !matches!(name.as_str(), "csrf" | "version"));
            let told: Vec<String> = told.map(|(name, value)| format!("{name}={value}")).collect();
            caller.request = Some(Repeatable {
                key: key.to_owned(),
                sha256: request_digest(path, told.join("&").as_bytes()),
            });
        }
        caller.if_match = self.get("version").parse().ok();
        caller
    }
}
