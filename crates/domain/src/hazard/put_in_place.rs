//! In place 到位: what the plan names is really there. Each of the five is shown by itself: funds by a voucher, the responsible person
//! by having accepted, the others by a note and, where there is one, a file.

use crate::{
    FileId, PersonId,
    authority::Act,
    change::{Change, Row},
    evidence::EvidenceFile,
    field::Checks,
    hazard::{
        Hazard, HazardEvent, Moment,
        course::{InPlace, Part},
    },
    refusal::Refusal,
};

impl Hazard {
    pub fn put_in_place(
        mut self,
        part: Part,
        note: &str,
        evidence: Vec<EvidenceFile>,
        moment: Moment,
    ) -> Result<Change, Refusal> {
        self.expects(Act::PutInPlace)?;
        let mut checks = Checks::default();
        let note = checks.text("note", note, 500);
        let for_another = moment.who.principal.is_some();
        let voucher = part == Part::Funds || (part == Part::Person && for_another);
        let (ids, files): (Vec<FileId>, _) = self.attach("evidence", evidence, voucher, &mut checks, &moment);
        // The person accepts by doing this act; who does it for another shows the paper that was signed.
        let accepted_by: Option<PersonId> =
            (part == Part::Person && ids.is_empty()).then_some(moment.who.person);
        checks.done()?;

        let before = self.cell();
        self.course.in_place.push(InPlace {
            part,
            note: note.clone(),
            evidence: ids.clone(),
            accepted_by,
            by: moment.signature(),
        });
        let told = HazardEvent::PutInPlace {
            part,
            note,
            evidence: ids,
        };
        let change = self.recorded(before, &moment, Act::PutInPlace, told);
        Ok(files
            .into_iter()
            .fold(change, |change, file| change.and(Row::File(file))))
    }
}
