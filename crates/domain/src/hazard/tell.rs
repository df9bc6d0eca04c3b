//! Double report 双报告: of a major hazard both the regulator and the workers' congress are told (安全生产法 art. 41). Two records; each
//! says when and how.

use crate::{
    authority::Act,
    change::Change,
    field::Checks,
    hazard::{
        Hazard, HazardEvent, Moment,
        course::{Told, ToldTo},
    },
    refusal::Refusal,
    time::Day,
};

impl Hazard {
    pub fn tell(mut self, to: ToldTo, on: Day, how: &str, moment: Moment) -> Result<Change, Refusal> {
        self.expects(Act::Tell)?;
        let mut checks = Checks::default();
        let how = checks.text("how", how, 300);
        checks.not_after("on", on, moment.now.day());
        checks.not_before("on", on, self.found_at.day());
        if self.course.is_told(to) {
            checks.fail("to", "told-already");
        }
        checks.done()?;

        let before = self.cell();
        self.course.told.push(Told {
            to,
            on,
            how: how.clone(),
            by: moment.signature(),
        });
        Ok(self.recorded(before, &moment, Act::Tell, HazardEvent::Told { to, on, how }))
    }
}
