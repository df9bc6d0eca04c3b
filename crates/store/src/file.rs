//! Files of evidence: what is known of them. Their bytes lie in the folder of blobs, named by their SHA-256.

use domain::{
    FileId, HazardId, PersonId,
    evidence::{EvidenceFile, FileState},
    time::Instant,
};
use seal::Value;

use crate::{
    door::Door,
    error::Result,
    row::Record,
    table::{Image, Kind::*, Table, int_opt, text, text_opt},
};

pub const FILE: Table = Table {
    name: "file",
    columns: &[
        ("id", Text),
        ("county", Text),
        ("city", Text),
        ("uploader", Text),
        ("name", Text),
        ("media_type", Text),
        ("size", Int),
        ("sha256", Text),
        ("captured_at", Int),
        ("received_at", Int),
        ("state", Text),
        ("hazard", Text),
    ],
};

pub fn image(row: &EvidenceFile) -> Image {
    let (state, hazard) = match row.state {
        FileState::Loose => ("loose", None),
        FileState::Attached(hazard) => ("attached", Some(hazard)),
        FileState::Swept => ("swept", None),
    };
    let values = vec![
        text(row.id),
        text(&row.home),
        text(&row.city),
        text(row.uploader),
        text(&row.name),
        text(&row.media_type),
        Value::Int(row.size),
        text(&row.sha256),
        int_opt(row.captured_at.map(|at| at.0)),
        Value::Int(row.received_at.0),
        text(state),
        text_opt(hazard),
    ];
    Image {
        table: &FILE,
        seen: row.seen,
        values,
    }
}

/// Whether a file may be seen follows from the hazard it is attached to, or from who brought it: see `app`.
pub struct Files<'a> {
    pub(crate) door: &'a Door,
}

impl Files<'_> {
    pub async fn find(&self, id: FileId) -> Result<Option<EvidenceFile>> {
        let rows = self
            .door
            .read("SELECT * FROM file WHERE id = $1", vec![text(id)])
            .await?;
        rows.first().map(file).transpose()
    }

    /// Files of a hazard, in the order they came; at most 2,000.
    pub async fn of_hazard(&self, id: HazardId) -> Result<Vec<EvidenceFile>> {
        let sql = "SELECT * FROM file WHERE hazard = $1 ORDER BY received_at, id LIMIT 2000";
        self.door
            .read(sql, vec![text(id)])
            .await?
            .iter()
            .map(file)
            .collect()
    }

    /// Uploads that have waited too long for a record to belong to; at most 200 at a time.
    pub async fn orphans(&self, before: Instant) -> Result<Vec<EvidenceFile>> {
        let sql =
            "SELECT * FROM file WHERE state = 'loose' AND received_at < $1 ORDER BY received_at LIMIT 200";
        self.door
            .read(sql, vec![Value::Int(before.0)])
            .await?
            .iter()
            .map(file)
            .collect()
    }

    /// Whether any file that still has its bytes bears this digest.
    pub async fn is_used(&self, sha256: &str) -> Result<bool> {
        let sql = "SELECT count(*) FROM file WHERE sha256 = $1 AND state <> 'swept'";
        Ok(self
            .door
            .read(sql, vec![text(sha256)])
            .await?
            .first()
            .is_some_and(|row| row.number() > 0))
    }
}

fn file(record: &Record) -> Result<EvidenceFile> {
    let row = record.of("file");
    let state = match (row.text("state")?.as_str(), row.uuid_opt("hazard")?) {
        ("loose", None) => FileState::Loose,
        ("attached", Some(hazard)) => FileState::Attached(HazardId(hazard)),
        ("swept", None) => FileState::Swept,
        _ => return Err(row.corrupt("state", "does not go with the hazard")),
    };
    Ok(EvidenceFile {
        id: FileId(row.uuid("id")?),
        seen: row.seen()?,
        city: row.jurisdiction("city")?,
        home: row.jurisdiction("county")?,
        uploader: PersonId(row.uuid("uploader")?),
        name: row.text("name")?,
        media_type: row.text("media_type")?,
        size: row.int("size")?,
        sha256: row.text("sha256")?,
        captured_at: row.int_opt("captured_at")?.map(Instant),
        received_at: row.instant("received_at")?,
        state,
    })
}
