//! Subjects 监管对象: what a hazard hangs on. Six kinds; one without an owner (a slope above a road) has a steward instead.
//!
//! One that nobody has entered yet is entered in passing, with a report or where an owner is named, unverified: nobody has compared it
//! with papers. What is typed of it is held to its form here; whether it is the same as another is for a person to say.

use crate::{AgencyId, SubjectId, change::Seen, field::Checks, place::Home};

crate::words! {
    SubjectKind {
        Enterprise = "enterprise",
        Project = "project",
        Venue = "venue",
        Household = "household",
        PublicAsset = "public_asset",
        Unowned = "unowned",
    }
}

crate::words! {
    /// Whether anyone has compared the entry with papers yet.
    SubjectStatus { Registered = "registered", Unverified = "unverified" }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    pub id: SubjectId,
    pub seen: Seen,
    pub home: Home,
    pub kind: SubjectKind,
    pub name: String,
    /// Unified social credit code 统一社会信用代码 (GB 32100), empty where there is none.
    pub credit_code: String,
    /// Division of GB/T 4754 (`B10`), empty where unknown.
    pub sector: String,
    pub address: String,
    pub principal_head: String,
    /// The agency that regulates its industry, if one has been named.
    pub regulator: Option<AgencyId>,
    /// The agency that rectifies for a subject that cannot: no owner, a household, a public asset.
    pub steward: Option<AgencyId>,
    pub status: SubjectStatus,
}

/// How a unified social credit code stands by itself (GB 32100-2015): eighteen characters, of which the last follows from the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CreditCode {
    Sound,
    /// Of the right form, and mistyped somewhere.
    Mistyped,
    /// No such code can be.
    Malformed,
}

/// Without I, O, S, V and Z, which are taken for figures.
const CODE_CHARACTERS: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";

impl CreditCode {
    pub fn of(code: &str) -> Self {
        let values: Option<Vec<usize>> = code.chars().map(|c| CODE_CHARACTERS.find(c)).collect();
        let Some(values) = values.filter(|values| values.len() == 18) else {
            return CreditCode::Malformed;
        };
        // Each place weighs three times the one before it, modulo 31.
        let mut weight = 1;
        let mut sum = 0;
        for value in &values[..17] {
            sum += value * weight;
            weight = weight * 3 % 31;
        }
        if values[17] == (31 - sum % 31) % 31 {
            CreditCode::Sound
        } else {
            CreditCode::Mistyped
        }
    }
}

impl Subject {
    /// What is typed of one that is entered in passing; `name` is the field in which its name stands.
    pub(crate) fn read_entry(&mut self, name: &'static str, checks: &mut Checks) {
        self.name = checks.text(name, &self.name, 120);
        self.credit_code = checks.optional("enter.credit_code", &self.credit_code, 18);
        self.credit_code.make_ascii_uppercase();
        if !self.credit_code.is_empty() && CreditCode::of(&self.credit_code) == CreditCode::Malformed {
            checks.fail("enter.credit_code", "not-a-credit-code");
        }
        self.address = checks.optional("enter.address", &self.address, 200);
        self.principal_head = checks.optional("enter.principal_head", &self.principal_head, 60);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_character_follows_from_the_others() {
        // The example of GB 32100-2015, annex.
        assert_eq!(CreditCode::of("91350100M000100Y43"), CreditCode::Sound);
        assert_eq!(CreditCode::of("91350100M000100Y44"), CreditCode::Mistyped);
        assert_eq!(
            CreditCode::of("91350100M000010Y43"),
            CreditCode::Mistyped,
            "two changed places"
        );
        for wrong in [
            "",
            "91350100M000100Y4",
            "91350100M000100Y433",
            "91350100I000100Y43",
            "安安安安安安",
        ] {
            assert_eq!(CreditCode::of(wrong), CreditCode::Malformed, "{wrong}");
        }
    }
}
