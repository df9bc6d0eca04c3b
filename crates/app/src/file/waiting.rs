//! Files that somebody has brought and that hang on no record yet: what a form that comes back still holds. Only one's own are
//! told of, and nothing is said of the others.

use domain::{
    FileId,
    evidence::{EvidenceFile, FileState},
    hazard::rectify::MOST_FILES,
};

use crate::{App, Caller, Outcome};

/// Those of `ids` that this person may still attach, in the order of `ids`.
pub async fn waiting(app: &App, who: &Caller, ids: &[FileId]) -> Outcome<Vec<EvidenceFile>> {
    let mut waiting: Vec<EvidenceFile> = Vec::with_capacity(ids.len().min(MOST_FILES));
    for id in ids.iter().take(MOST_FILES) {
        let Some(file) = app.store.files().find(*id).await? else {
            continue;
        };
        let may_attach = file.state == FileState::Loose && file.uploader == who.actor.person;
        if may_attach && waiting.iter().all(|one| one.id != file.id) {
            waiting.push(file);
        }
    }
    Ok(waiting)
}
