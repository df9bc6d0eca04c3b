//! How each act is tried: mostly said as it fits, sometimes not.

use app::{Failure, directory::load::agency_id, hazard::Receipt};
use domain::{
    HazardId,
    authority::Act,
    hazard::{
        DismissedAs, ToldTo,
        course::{Fact, Part},
    },
};
use testkit::{PersonInOffice, file_id};

pub async fn attempt(
    person: &PersonInOffice,
    act: Act,
    hazard: &HazardId,
    other: &HazardId,
    twist: u8,
) -> Result<Receipt, Failure> {
    let wrong = twist < 40;
    match act {
        Act::Confirm if wrong => {
            let mut said = person.a_confirmation();
            said.determination = domain::hazard::Determination::Major;
            said.clauses.clear();
            person.confirms_as(hazard, said).await.0
        }
        Act::Confirm => person.confirms(hazard).await.0,
        Act::Plan if wrong => {
            let mut said = person.a_plan();
            said.target = " ".into();
            person.plans_as(hazard, said).await.0
        }
        Act::Plan => person.plans(hazard).await.0,
        Act::Rectify if wrong => person.rectifies_with(hazard, "已整改", &[]).await.0,
        Act::Rectify => {
            // Readers have nothing to upload; for them, this is where it ends.
            let photo = person.uploads().await.0?;
            person
                .rectifies_with(hazard, "已整改", &[file_id(&photo)])
                .await
                .0
        }
        Act::Accept if twist < 110 => person.returns(hazard, "未见整改").await.0,
        Act::Accept => person.accepts(hazard).await.0,
        Act::SignOff => person.decides(hazard, twist > 90, "核对材料").await.0,
        Act::InterimMeasure => {
            person
                .takes_interim_measure(hazard, if wrong { "" } else { "现场值守" })
                .await
                .0
        }
        // Seldom, or every hazard would be void before anything came of it.
        Act::Void if twist > 8 => person.voids(hazard, "").await.0,
        Act::Void => person.voids(hazard, "重复登记").await.0,
        Act::Determine => {
            let determination = domain::hazard::Determination::NotMajor;
            person.determines(hazard, determination).await.0
        }
        _ => beside_the_stages(person, act, hazard, other, twist).await,
    }
}

async fn beside_the_stages(
    person: &PersonInOffice,
    act: Act,
    hazard: &HazardId,
    other: &HazardId,
    twist: u8,
) -> Result<Receipt, Failure> {
    let passed = twist > 60;
    // What ends it, or stops it until a review, is tried seldom, or little would come of anything else.
    let seldom = twist <= 8;
    let answer = match act {
        Act::AskExtension => {
            person
                .asks_extension(hazard, person.in_days(i64::from(twist)))
                .await
        }
        Act::DecideExtension => person.decides_extension(hazard, passed).await,
        Act::Pause => person.pauses(hazard).await,
        Act::Resume => person.resumes(hazard).await,
        Act::Suspend if twist > 30 => person.voids(hazard, "").await,
        Act::Suspend => person.suspends(hazard).await,
        Act::AskRestart => person.asks_restart(hazard).await,
        Act::ReviewRestart => person.reviews_restart(hazard, passed).await,
        Act::Assign => {
            let basis = passed.then_some("区安委会职责分工");
            person.assigns(hazard, agency_id("610902-housing"), basis).await
        }
        Act::Acknowledge => person.acknowledges(hazard).await,
        Act::Decline => person.declines(hazard).await,
        Act::Transfer => {
            person
                .transfers(hazard, if seldom { "610981" } else { "nowhere" })
                .await
        }
        Act::Merge if seldom => person.merges(hazard, &other.to_string()).await,
        Act::Merge => person.merges(hazard, "nowhere").await,
        Act::Dismiss if seldom => person.dismisses(hazard, DismissedAs::SiteGone).await,
        Act::Dismiss => person.voids(hazard, "").await,
        Act::Revisit => person.revisits(hazard, passed).await,
        Act::Correct => {
            person
                .corrects(hazard, Fact::Place, &format!("第{twist}处"))
                .await
        }
        Act::Tell => {
            person
                .tells(hazard, ToldTo::ALL[usize::from(twist) % ToldTo::ALL.len()])
                .await
        }
        Act::PutInPlace => person.puts_in_place(hazard, part(twist)).await,
        Act::NameOwner if passed => person.names_owner(hazard, "锦丝坊缫丝（演示）有限公司").await,
        Act::NameOwner => person.names_owner(hazard, "nobody").await,
        other => panic!("{other} is not tried here"),
    };
    answer.0
}

fn part(twist: u8) -> Part {
    Part::ALL[usize::from(twist) % Part::ALL.len()]
}

/// Events that an act leaves beside its own: of a file that was uploaded for it, of a record that was opened because of it.
pub fn beside(act: Act, twist: u8) -> i64 {
    match act {
        Act::Rectify | Act::AskRestart | Act::Transfer => 1,
        Act::Revisit => 1 + i64::from(twist <= 60),
        Act::PutInPlace => i64::from(part(twist) == Part::Funds),
        _ => 0,
    }
}
