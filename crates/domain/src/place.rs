//! Where a thing lies: its home jurisdictions as columns, words for people, and a point if a phone gave one.

use serde::{Deserialize, Serialize};

use crate::JurisdictionId;

/// The jurisdictions a record belongs to. `county` is its home and never changes: a county, a functional zone that acts like
/// one, or the city itself for work at city level.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Home {
    pub city: JurisdictionId,
    pub county: JurisdictionId,
    pub town: Option<JurisdictionId>,
}

/// A location as told: text always, WGS 84 longitude and latitude in degrees when known.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Location {
    pub text: String,
    pub point: Option<Point>,
}

#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Point {
    pub lon: f64,
    pub lat: f64,
}

/// Half a point, or degrees that no place has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotOnEarth;

impl Point {
    /// Both or neither, and somewhere on earth.
    pub fn read(lon: Option<f64>, lat: Option<f64>) -> Result<Option<Self>, NotOnEarth> {
        match (lon, lat) {
            (None, None) => Ok(None),
            (Some(lon), Some(lat)) if (-180.0..=180.0).contains(&lon) && (-90.0..=90.0).contains(&lat) => {
                Ok(Some(Self { lon, lat }))
            }
            _ => Err(NotOnEarth),
        }
    }
}
