//! Subjects: how they stand in the table, and how they are found.

use domain::{
    AgencyId, JurisdictionId, SubjectId,
    place::Home,
    scope::Scope,
    subject::{Subject, SubjectKind, SubjectStatus},
};

use crate::{
    door::Door,
    error::Result,
    row::Record,
    scope::{Of, Where, holding, limit_of},
    table::{Image, Kind::*, Table, text, text_opt},
};

pub const SUBJECT: Table = Table {
    name: "subject",
    columns: &[
        ("id", Text),
        ("city", Text),
        ("county", Text),
        ("town", Text),
        ("kind", Text),
        ("name", Text),
        ("credit_code", Text),
        ("sector", Text),
        ("address", Text),
        ("principal_head", Text),
        ("regulator", Text),
        ("steward", Text),
        ("status", Text),
    ],
};

pub fn image(row: &Subject) -> Image {
    let values = vec![
        text(row.id),
        text(&row.home.city),
        text(&row.home.county),
        text_opt(row.home.town.as_ref()),
        text(row.kind),
        text(&row.name),
        text(&row.credit_code),
        text(&row.sector),
        text(&row.address),
        text(&row.principal_head),
        text_opt(row.regulator),
        text_opt(row.steward),
        text(row.status),
    ];
    Image {
        table: &SUBJECT,
        seen: row.seen,
        values,
    }
}

pub struct Subjects<'a> {
    pub(crate) door: &'a Door,
    pub(crate) scope: &'a Scope,
}

/// What a list of subjects may be narrowed to. `after` is the (name, id) of the last row of the page before.
#[derive(Debug, Default, Clone)]
pub struct SubjectFilter {
    pub kind: Option<SubjectKind>,
    pub county: Option<JurisdictionId>,
    /// Part of the name, or a whole credit code.
    pub text: Option<String>,
    pub after: Option<(String, String)>,
}

impl Subjects<'_> {
    pub async fn find(&self, id: SubjectId) -> Result<Option<Subject>> {
        let mut found = self.matching("id", &id.to_string(), 1).await?;
        Ok(found.pop())
    }

    pub async fn by_credit_code(&self, code: &str) -> Result<Option<Subject>> {
        let mut found = self.matching("credit_code", code, 1).await?;
        Ok(found.pop())
    }

    /// All of one kind that bear exactly this name; at most 20.
    pub async fn named(&self, kind: SubjectKind, name: &str) -> Result<Vec<Subject>> {
        let found = self.exactly_named(name).await?;
        Ok(found.into_iter().filter(|subject| subject.kind == kind).collect())
    }

    /// All that bear exactly this name, of whatever kind; at most 20.
    pub async fn exactly_named(&self, name: &str) -> Result<Vec<Subject>> {
        self.matching("name", name, 20).await
    }

    /// Units of a county in whose names most of these parts stand, at most `limit`; spots without an owner are none.
    pub async fn named_like(
        &self,
        county: &JurisdictionId,
        parts: &[String],
        limit: usize,
    ) -> Result<Vec<Subject>> {
        if parts.is_empty() {
            return Ok(Vec::new());
        }
        let mut condition = Where::default();
        condition.within(self.scope, Of::Subject);
        condition.equals("county", Some(county));
        condition.and(format!("kind <> '{}'", SubjectKind::Unowned));
        let marks = parts.iter().map(|part| {
            let part = part.replace(['%', '_', '\\'], "");
            condition.bind(text(format!("%{part}%")))
        });
        let marks: Vec<String> = marks.collect();
        let any: Vec<String> = marks.iter().map(|mark| format!("name LIKE {mark}")).collect();
        condition.and(format!("({})", any.join(" OR ")));
        let each: Vec<String> = any
            .iter()
            .map(|one| format!("CASE WHEN {one} THEN 1 ELSE 0 END"))
            .collect();
        let limit = condition.bind(limit_of(limit));
        let sql = format!(
            "SELECT * FROM subject WHERE {} ORDER BY {} DESC, name, id LIMIT {limit}",
            condition.sql(),
            each.join(" + ")
        );
        let rows = self.door.read(sql, condition.params).await?;
        rows.iter().map(subject).collect()
    }

    pub async fn list(&self, filter: &SubjectFilter, limit: usize) -> Result<Vec<Subject>> {
        let mut condition = Where::default();
        condition.within(self.scope, Of::Subject);
        condition.equals("kind", filter.kind);
        condition.equals("county", filter.county.as_ref());
        if let Some(words) = filter.text.as_deref().filter(|words| !words.is_empty()) {
            let part = condition.bind(holding(words));
            let whole = condition.bind(text(words));
            condition.and(format!(
                "(lower(name) LIKE lower({part}) OR credit_code = {whole})"
            ));
        }
        if let Some((name, id)) = &filter.after {
            let name = condition.bind(text(name));
            let id = condition.bind(text(id));
            condition.and(format!("(name > {name} OR (name = {name} AND id > {id}))"));
        }
        let limit = condition.bind(limit_of(limit));
        let sql = format!(
            "SELECT * FROM subject WHERE {} ORDER BY name, id LIMIT {limit}",
            condition.sql()
        );
        self.door
            .read(sql, condition.params)
            .await?
            .iter()
            .map(subject)
            .collect()
    }

    async fn matching(&self, column: &str, value: &str, limit: usize) -> Result<Vec<Subject>> {
        let mut condition = Where::default();
        condition.equals(column, Some(value));
        condition.within(self.scope, Of::Subject);
        let limit = condition.bind(limit_of(limit));
        let sql = format!(
            "SELECT * FROM subject WHERE {} ORDER BY id LIMIT {limit}",
            condition.sql()
        );
        self.door
            .read(sql, condition.params)
            .await?
            .iter()
            .map(subject)
            .collect()
    }
}

fn subject(record: &Record) -> Result<Subject> {
    let row = record.of("subject");
    Ok(Subject {
        id: SubjectId(row.uuid("id")?),
        seen: row.seen()?,
        home: Home {
            city: row.jurisdiction("city")?,
            county: row.jurisdiction("county")?,
            town: row.text_opt("town")?.map(JurisdictionId),
        },
        kind: row.word("kind", SubjectKind::parse)?,
        name: row.text("name")?,
        credit_code: row.text("credit_code")?,
        sector: row.text("sector")?,
        address: row.text("address")?,
        principal_head: row.text("principal_head")?,
        regulator: row.uuid_opt("regulator")?.map(AgencyId),
        steward: row.uuid_opt("steward")?.map(AgencyId),
        status: row.word("status", SubjectStatus::parse)?,
    })
}
