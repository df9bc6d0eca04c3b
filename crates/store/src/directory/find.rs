//! Finders over the directory. It is reference data that everybody signed in may read, except accounts.

use std::collections::{HashMap, HashSet};

use domain::{
    AccountId, AgencyId, AppointmentId, JurisdictionId, PersonId, PostId, SubjectId,
    actor::{Actor, Seat},
    agency::{Agency, AgencyKind, Role},
    jurisdiction::Jurisdiction,
    person::{Account, Appointment, Person},
    time::Day,
};
use seal::Value;

use super::read::{account, agency, appointment, holding, jurisdiction, office, person};
use crate::{
    door::Door,
    error::Result,
    row::Record,
    scope::{Where, limit_of},
    table::text,
};

pub struct Directory<'a> {
    pub(crate) door: &'a Door,
}

/// A post that a person holds, with all that an actor is made of.
#[derive(Debug, Clone)]
pub struct Holding {
    pub appointment: Appointment,
    pub person_name: String,
    pub title: String,
    pub role: Role,
    pub agency: Agency,
}

/// A person at a post, as pages show them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Office {
    pub person: PersonId,
    pub person_name: String,
    pub certificate_no: String,
    pub title: String,
    pub role: Role,
    pub agency: AgencyId,
    pub agency_name: String,
    pub appointment: AppointmentId,
    pub from: Day,
    /// Town, county or city in which the agency sits.
    pub place: JurisdictionId,
    pub username: Option<String>,
}

const AGENCY_COLUMNS: &str = "a.id, a.city, a.county, a.town, a.kind, a.name, a.short, a.parent, a.lead, a.enforcement, a.sectors, \
                              a.unit, a.rank, a.version, a.head";

impl Directory<'_> {
    /// All jurisdictions of the store, cities first, in official order; at most 20,000.
    pub async fn jurisdictions(&self) -> Result<Vec<Jurisdiction>> {
        let sql = "SELECT * FROM jurisdiction ORDER BY CASE kind WHEN 'city' THEN 0 WHEN 'town' THEN 2 ELSE 1 END, rank, id LIMIT 20000";
        self.door
            .read(sql, vec![])
            .await?
            .iter()
            .map(jurisdiction)
            .collect()
    }

    pub async fn agency(&self, id: AgencyId) -> Result<Option<Agency>> {
        let sql = format!("SELECT {AGENCY_COLUMNS} FROM agency a WHERE a.id = $1");
        one(self.door.read(sql, vec![text(id)]).await?, agency)
    }

    /// Names of agencies by id; at most 200 at a time.
    pub async fn agency_names(&self, ids: &[AgencyId]) -> Result<HashMap<AgencyId, String>> {
        let ids: Vec<String> = ids.iter().take(200).map(ToString::to_string).collect();
        if ids.is_empty() {
            return Ok(HashMap::new());
        }
        let marks = (1..=ids.len())
            .map(|n| format!("${n}"))
            .collect::<Vec<_>>()
            .join(", ");
        let sql = format!("SELECT id, name FROM agency WHERE id IN ({marks})");
        let rows = self
            .door
            .read(sql, ids.into_iter().map(Value::Text).collect())
            .await?;
        rows.iter()
            .map(|row| {
                Ok((
                    AgencyId(row.of("agency").uuid("id")?),
                    row.of("agency").text("name")?,
                ))
            })
            .collect()
    }

    /// Agencies by id, in official order; at most 200 at a time.
    pub async fn agencies_among(&self, ids: &[AgencyId]) -> Result<Vec<Agency>> {
        let ids: Vec<Value> = ids.iter().take(200).map(text).collect();
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let marks: Vec<String> = (1..=ids.len()).map(|n| format!("${n}")).collect();
        let sql = format!(
            "SELECT {AGENCY_COLUMNS} FROM agency a WHERE a.id IN ({}) ORDER BY a.rank, a.id",
            marks.join(", ")
        );
        self.door.read(sql, ids).await?.iter().map(agency).collect()
    }

    /// All agencies of a city's directory in official order, towns last; at most 10,000.
    pub async fn agencies(&self, city: &JurisdictionId) -> Result<Vec<Agency>> {
        let sql = format!(
            "SELECT {AGENCY_COLUMNS} FROM agency a WHERE a.city = $1 ORDER BY a.rank, a.id LIMIT 10000"
        );
        self.door
            .read(sql, vec![text(city)])
            .await?
            .iter()
            .map(agency)
            .collect()
    }

    /// Agencies in which somebody holds a post on a day; at most 10,000.
    pub async fn agencies_in_office(&self, city: &JurisdictionId, day: Day) -> Result<HashSet<AgencyId>> {
        let sql = "SELECT DISTINCT t.agency AS id FROM post t JOIN appointment h ON h.post = t.id \
                   WHERE t.city = $1 AND h.from_day <= $2 AND (h.to_day IS NULL OR h.to_day >= $2) LIMIT 10000";
        let rows = self.door.read(sql, vec![text(city), text(day)]).await?;
        rows.iter()
            .map(|row| Ok(AgencyId(row.of("post").uuid("id")?)))
            .collect()
    }

    /// The agencies of a county that may be named as regulator.
    pub async fn regulators(&self, county: &JurisdictionId) -> Result<Vec<Agency>> {
        let sql = format!(
            "SELECT {AGENCY_COLUMNS} FROM agency a WHERE a.county = $1 AND a.town IS NULL AND a.kind IN ('department', 'safety_office') \
             ORDER BY a.rank, a.id LIMIT 100"
        );
        self.door
            .read(sql, vec![text(county)])
            .await?
            .iter()
            .map(agency)
            .collect()
    }

    /// The first agency of a kind at a home: the safety office of a county, the office of a town.
    pub async fn agency_of_kind(
        &self,
        county: &JurisdictionId,
        town: Option<&JurisdictionId>,
        kind: AgencyKind,
    ) -> Result<Option<Agency>> {
        let sql = match town {
            Some(_) => format!(
                "SELECT {AGENCY_COLUMNS} FROM agency a WHERE a.county = $1 AND a.kind = $2 AND a.town = $3 ORDER BY a.rank LIMIT 1"
            ),
            None => format!(
                "SELECT {AGENCY_COLUMNS} FROM agency a WHERE a.county = $1 AND a.kind = $2 AND a.town IS NULL ORDER BY a.rank LIMIT 1"
            ),
        };
        let mut params = vec![text(county), text(kind)];
        params.extend(town.map(text));
        one(self.door.read(sql, params).await?, agency)
    }

    /// The agency in which most posts of a role sit, at a county or at the city itself.
    pub async fn agency_with_role(&self, county: &JurisdictionId, role: Role) -> Result<Option<Agency>> {
        let sql = format!(
            "SELECT {AGENCY_COLUMNS} FROM agency a WHERE a.county = $1 AND a.town IS NULL AND EXISTS \
             (SELECT 1 FROM post t WHERE t.agency = a.id AND t.role = $2) \
             ORDER BY (SELECT count(*) FROM post t WHERE t.agency = a.id AND t.role = $2) DESC, a.rank LIMIT 1"
        );
        one(self.door.read(sql, vec![text(county), text(role)]).await?, agency)
    }

    pub async fn account_named(&self, username: &str) -> Result<Option<Account>> {
        one(
            self.door
                .read("SELECT * FROM account WHERE username = $1", vec![text(username)])
                .await?,
            account,
        )
    }

    pub async fn account(&self, id: AccountId) -> Result<Option<Account>> {
        one(
            self.door
                .read("SELECT * FROM account WHERE id = $1", vec![text(id)])
                .await?,
            account,
        )
    }

    /// Every account of a city; at most 10,000.
    pub async fn accounts(&self, city: &JurisdictionId) -> Result<Vec<Account>> {
        let sql = "SELECT * FROM account WHERE city = $1 ORDER BY username LIMIT 10000";
        self.door
            .read(sql, vec![text(city)])
            .await?
            .iter()
            .map(account)
            .collect()
    }

    /// Open accounts of a city by id, from behind one on; for work that goes through everybody piece by piece.
    pub async fn open_accounts(
        &self,
        city: &JurisdictionId,
        after: &str,
        limit: usize,
    ) -> Result<Vec<Account>> {
        let sql = format!(
            "SELECT * FROM account WHERE city = $1 AND id > $2 AND open = TRUE ORDER BY id LIMIT {limit}"
        );
        let rows = self.door.read(sql, vec![text(city), text(after)]).await?;
        rows.iter().map(account).collect()
    }

    pub async fn appointment(&self, id: AppointmentId) -> Result<Option<Appointment>> {
        one(
            self.door
                .read("SELECT * FROM appointment WHERE id = $1", vec![text(id)])
                .await?,
            appointment,
        )
    }

    /// The posts that a person holds on a day, the longest held first.
    pub async fn holdings(&self, person: PersonId, day: Day) -> Result<Vec<Holding>> {
        let sql = format!(
            "SELECT h.id AS h_id, h.version AS h_version, h.head AS h_head, h.city AS h_city, h.person, h.post, h.from_day, h.to_day, h.successor, \
             p.name AS person_name, t.title, t.role, {AGENCY_COLUMNS} \
             FROM appointment h JOIN person p ON p.id = h.person JOIN post t ON t.id = h.post JOIN agency a ON a.id = t.agency \
             WHERE h.person = $1 AND h.from_day <= $2 AND (h.to_day IS NULL OR h.to_day >= $2) ORDER BY h.from_day, h.id LIMIT 20"
        );
        self.door
            .read(sql, vec![text(person), text(day)])
            .await?
            .iter()
            .map(holding)
            .collect()
    }

    /// Every post that a person has held, the newest first; at most 100.
    pub async fn ever_held(&self, person: PersonId) -> Result<Vec<Holding>> {
        let sql = format!(
            "SELECT h.id AS h_id, h.version AS h_version, h.head AS h_head, h.city AS h_city, h.person, h.post, h.from_day, h.to_day, h.successor, \
             p.name AS person_name, t.title, t.role, {AGENCY_COLUMNS} \
             FROM appointment h JOIN person p ON p.id = h.person JOIN post t ON t.id = h.post JOIN agency a ON a.id = t.agency \
             WHERE h.person = $1 ORDER BY h.from_day DESC, h.id DESC LIMIT 100"
        );
        let rows = self.door.read(sql, vec![text(person)]).await?;
        rows.iter().map(holding).collect()
    }

    /// An appointment with its post and agency, whether it holds or has ended.
    pub async fn holding_by(&self, appointment: AppointmentId) -> Result<Option<Holding>> {
        let mut condition = Where::default();
        condition.equals("h.id", Some(appointment));
        Ok(self.held(condition, 1).await?.pop())
    }

    pub(crate) async fn held(&self, mut condition: Where, limit: usize) -> Result<Vec<Holding>> {
        let limit = condition.bind(limit_of(limit));
        let sql = format!(
            "SELECT h.id AS h_id, h.version AS h_version, h.head AS h_head, h.city AS h_city, h.person, h.post, h.from_day, h.to_day, h.successor, \
             p.name AS person_name, t.title, t.role, {AGENCY_COLUMNS} \
             FROM appointment h JOIN person p ON p.id = h.person JOIN post t ON t.id = h.post JOIN agency a ON a.id = t.agency \
             WHERE {} ORDER BY h.to_day DESC, h.id LIMIT {limit}",
            condition.sql()
        );
        let rows = self.door.read(sql, condition.params).await?;
        rows.iter().map(holding).collect()
    }

    /// Whether somebody of this unit holds a post and has an account to act with.
    pub async fn acts_itself(&self, unit: SubjectId, day: Day) -> Result<bool> {
        let sql = "SELECT count(*) FROM agency a JOIN post t ON t.agency = a.id JOIN appointment h ON h.post = t.id \
                   JOIN account u ON u.person = h.person \
                   WHERE a.unit = $1 AND h.from_day <= $2 AND (h.to_day IS NULL OR h.to_day >= $2) AND u.open = TRUE";
        let rows = self.door.read(sql, vec![text(unit), text(day)]).await?;
        Ok(rows.first().is_some_and(|row| row.number() > 0))
    }

    /// Persons by id, for names and certificates; at most 200 at a time.
    pub async fn persons(&self, ids: &[PersonId]) -> Result<Vec<Person>> {
        let ids: Vec<String> = ids.iter().take(200).map(ToString::to_string).collect();
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let marks = (1..=ids.len())
            .map(|n| format!("${n}"))
            .collect::<Vec<_>>()
            .join(", ");
        let sql = format!("SELECT * FROM person WHERE id IN ({marks})");
        self.door
            .read(sql, ids.into_iter().map(Value::Text).collect())
            .await?
            .iter()
            .map(person)
            .collect()
    }

    /// Who sits at a home on a day: `county` alone for the offices of a county, with `certified` those who may inspect.
    pub async fn offices(&self, county: &JurisdictionId, certified: bool, day: Day) -> Result<Vec<Office>> {
        let certificate = if certified {
            "AND p.certificate_no <> ''"
        } else {
            ""
        };
        let sql = format!(
            "{OFFICES} WHERE a.county = $1 AND h.from_day <= $2 AND (h.to_day IS NULL OR h.to_day >= $2) {certificate} ORDER BY a.rank, t.id, p.id LIMIT 500"
        );
        self.door
            .read(sql, vec![text(county), text(day)])
            .await?
            .iter()
            .map(office)
            .collect()
    }

    /// Who holds a post of an agency on a day; at most 200.
    pub async fn colleagues(&self, agency: AgencyId, day: Day) -> Result<Vec<Office>> {
        let sql = format!(
            "{OFFICES} WHERE a.id = $1 AND h.from_day <= $2 AND (h.to_day IS NULL OR h.to_day >= $2) ORDER BY t.id, p.id LIMIT 200"
        );
        let rows = self.door.read(sql, vec![text(agency), text(day)]).await?;
        rows.iter().map(office).collect()
    }

    /// Everybody in office on a day, in official order; at most 5,000.
    pub async fn everybody(&self, city: &JurisdictionId, day: Day) -> Result<Vec<Office>> {
        let sql = format!(
            "{OFFICES} WHERE a.city = $1 AND h.from_day <= $2 AND (h.to_day IS NULL OR h.to_day >= $2) ORDER BY a.rank, a.id, t.id, p.id LIMIT 5000"
        );
        self.door
            .read(sql, vec![text(city), text(day)])
            .await?
            .iter()
            .map(office)
            .collect()
    }

    /// Name and title by post and person, for timelines.
    pub async fn titles(&self, posts: &[PostId]) -> Result<Vec<(PostId, String, String)>> {
        let ids: Vec<String> = posts.iter().take(200).map(ToString::to_string).collect();
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let marks = (1..=ids.len())
            .map(|n| format!("${n}"))
            .collect::<Vec<_>>()
            .join(", ");
        let sql = format!(
            "SELECT t.id, t.title, a.short FROM post t JOIN agency a ON a.id = t.agency WHERE t.id IN ({marks})"
        );
        let rows = self
            .door
            .read(sql, ids.into_iter().map(Value::Text).collect())
            .await?;
        rows.iter()
            .map(|row| {
                let row = row.of("post");
                Ok((PostId(row.uuid("id")?), row.text("title")?, row.text("short")?))
            })
            .collect()
    }
}

const OFFICES: &str = "SELECT h.id, p.id AS person, p.name AS person_name, p.certificate_no, t.title, t.role, a.id AS agency, a.name AS agency_name, \
                       h.from_day, COALESCE(a.town, a.county) AS place, \
                       (SELECT u.username FROM account u WHERE u.person = p.id LIMIT 1) AS username \
                       FROM appointment h JOIN person p ON p.id = h.person JOIN post t ON t.id = h.post JOIN agency a ON a.id = t.agency";

impl Holding {
    pub fn actor(&self) -> Actor {
        let home = &self.agency.home;
        let at_city_level = home.county == home.city;
        Actor {
            person: self.appointment.person,
            principal: None,
            post: self.appointment.post,
            agency: self.agency.id,
            role: self.role,
            seat: Seat {
                city: home.city.clone(),
                county: (!at_city_level).then(|| home.county.clone()),
                town: home.town.clone(),
            },
            sectors: self.agency.sectors.clone(),
            unit: self.agency.unit,
            stands_in: None,
            delegated: None,
            appointment: (self.appointment.id, self.appointment.seen.version),
        }
    }
}

fn one<T>(rows: Vec<Record>, read: impl Fn(&Record) -> Result<T>) -> Result<Option<T>> {
    rows.first().map(read).transpose()
}
