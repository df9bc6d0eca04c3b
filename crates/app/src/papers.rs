//! The city's table of papers (`data/papers.toml`): organs, series of numbers, faces. What is wrong in it stops the program at its
//! start. A number is taken only when a paper is issued; a draft and a print view need none.

use domain::time::Instant;
use press::Faces;
use serde::Deserialize;

use crate::{App, Failure, Outcome};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Papers {
    pub faces: Faces,
    pub issuers: Vec<Issuer>,
    pub series: Vec<Series>,
}

/// An organ that issues papers.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Issuer {
    pub id: String,
    /// 落款.
    pub organ: String,
    mark: String,
    /// 签发人, for upward papers.
    pub signer: String,
    pub contact: String,
    pub telephone: String,
    /// The city has confirmed the names.
    pub verified: bool,
    pub source: String,
}

impl Issuer {
    /// 发文机关标志: none unless the city has confirmed the organ's true name.
    pub fn mark(&self) -> Option<&str> {
        self.verified.then_some(self.mark.as_str())
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Series {
    pub id: String,
    pub issuer: String,
    pattern: String,
    pub verified: bool,
    pub source: String,
}

impl Series {
    pub fn number(&self, year: i16, n: i64) -> String {
        self.pattern
            .replace("{year}", &year.to_string())
            .replace("{n}", &n.to_string())
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    faces: FaceNames,
    issuer: Vec<Issuer>,
    series: Vec<Series>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FaceNames {
    title: String,
    body: String,
    second: String,
    first: String,
    figures: String,
    #[serde(rename = "source")]
    _source: String,
}

impl Papers {
    /// The text of the file, or what is wrong with it.
    pub fn read(text: &str) -> Result<Self, String> {
        let table: Table = toml::from_str(text).map_err(|error| error.to_string())?;
        let names = table.faces;
        let faces = Faces {
            title: names.title,
            body: names.body,
            second: names.second,
            first: names.first,
            figures: names.figures,
        };
        for (at, issuer) in table.issuer.iter().enumerate() {
            if table.issuer[..at].iter().any(|before| before.id == issuer.id) {
                return Err(format!("the issuer {} stands twice", issuer.id));
            }
            if issuer.organ.is_empty() || issuer.mark.is_empty() {
                return Err(format!("the issuer {} has no name", issuer.id));
            }
        }
        for (at, series) in table.series.iter().enumerate() {
            let before = &table.series[..at];
            if before
                .iter()
                .any(|before| before.id == series.id || before.pattern == series.pattern)
            {
                return Err(format!("the series {} stands twice", series.id));
            }
            if !table.issuer.iter().any(|issuer| issuer.id == series.issuer) {
                return Err(format!(
                    "the series {} is of {}, which is no issuer",
                    series.id, series.issuer
                ));
            }
            let once = |blank| series.pattern.matches(blank).count() == 1;
            if !once("〔{year}〕") || !once("{n}") || !once("{year}") {
                return Err(format!(
                    "the series {} needs 〔{{year}}〕 and {{n}} once each",
                    series.id
                ));
            }
        }
        Ok(Self {
            faces,
            issuers: table.issuer,
            series: table.series,
        })
    }

    pub fn issuer(&self, id: &str) -> Option<&Issuer> {
        self.issuers.iter().find(|issuer| issuer.id == id)
    }

    pub fn series(&self, id: &str) -> Option<&Series> {
        self.series.iter().find(|series| series.id == id)
    }
}

impl App {
    /// 发文字号 for a paper that is being issued, the next of its series in this year. Taken one by one and not in blocks: registries
    /// ask about gaps, and letters are few. Whoever takes one and issues nothing leaves a gap.
    pub async fn next_paper_number(&self, series: &str, now: Instant) -> Outcome<String> {
        let of = self.reference.papers.series(series);
        let of = of.ok_or_else(|| Failure::Broken(format!("data/papers.toml has no series {series}")))?;
        let year = now.day().year();
        let noun = format!("paper:{series}");
        let number = self.store.door.lease_numbers(self.city(), &noun, year, 1).await?;
        Ok(of.number(year, number))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHIPPED: &str = crate::reference::SHIPPED.papers;

    #[test]
    fn the_shipped_table_is_sound_and_claims_no_organ() {
        let papers = Papers::read(SHIPPED).unwrap();
        assert_eq!(
            papers.series("handover").unwrap().number(2026, 12),
            "安安办函〔2026〕12号"
        );
        assert!(
            papers.issuers.iter().all(|issuer| issuer.mark().is_none()),
            "a preset is not the city's word"
        );
        let confirmed = Papers::read(&SHIPPED.replace("verified = false", "verified = true")).unwrap();
        assert_eq!(
            confirmed.issuer("city_office").unwrap().mark(),
            Some("安康市安全生产委员会办公室")
        );
    }

    #[test]
    fn a_table_that_does_not_make_sense_is_refused_with_the_reason() {
        for (from, to, why) in [
            ("〔{year}〕{n}号", "{n}号", "needs 〔{year}〕 and {n} once each"),
            (
                "issuer = \"city_office\"",
                "issuer = \"nobody\"",
                "which is no issuer",
            ),
            ("id = \"recheck\"", "id = \"handover\"", "stands twice"),
            ("contact", "kontakt", "unknown field"),
        ] {
            let error = Papers::read(&SHIPPED.replace(from, to)).unwrap_err();
            assert!(error.contains(why), "{error}");
        }
    }
}
