//! What is done about a major hazard beside the common course: operation is stopped until a review, regulator and workers' congress
//! are told, each of the five is put in place.

use domain::{
    authority::Act as Right,
    hazard::{ToldTo, course::Part},
};

use super::{Draft, Teller};
use crate::demo::act::Step;

/// Of the reviews before a restart, refused the first time.
const REFUSED_ONCE: f64 = 0.3;

impl Teller<'_> {
    pub(super) fn suspend(&self, draft: &mut Draft) -> Option<()> {
        let at = self.hours.after(draft.at, 0, draft.chance);
        let who = self.judge(draft, Right::Suspend, at.day())?;
        let order_no = format!("演示停产〔{}〕{}号", at.day().year(), draft.chance.between(1, 40));
        let scope = format!("{}及相关联的生产作业，复产审查合格前不得恢复。", draft.place);
        self.then(draft, who, at, Step::Suspend { order_no, scope });
        Some(())
    }

    /// The unit applies once it is rectified; the supervisor looks, and sometimes finds something missing.
    pub(super) fn restart(&self, draft: &mut Draft) -> Option<()> {
        let refused = draft.chance.happens(REFUSED_ONCE);
        for passed in [false, true] {
            if !passed && !refused {
                continue;
            }
            let days = draft.days(&[1, 2, 3]);
            let at = self.hours.after(draft.at, days, draft.chance);
            let who = self.rectifier(draft, at.day())?;
            self.send_up(draft, who, at, &[("record-after.png".into(), "复产自查表.png")]);
            let summary = if refused && passed {
                "已按审查意见补齐岗位操作规程和培训记录，设备试运行正常，申请复产审查。"
            } else {
                "停产范围内的隐患已整改，设备检修和人员培训完成，申请复产审查。"
            };
            let summary = summary.to_owned();
            self.then(draft, who, at, Step::AskRestart { summary });
            let days = draft.days(&[1, 2, 3]);
            let at = self.hours.after(draft.at, days, draft.chance);
            let who = self.judge(draft, Right::ReviewRestart, at.day())?;
            let opinion = if passed {
                "现场审查：整改项目逐项核对无误，操作规程、培训和应急准备到位，同意恢复生产。"
            } else {
                "现场审查：岗位操作规程未修订，两名操作工无培训记录，暂不同意恢复生产。"
            };
            let opinion = opinion.to_owned();
            self.then(draft, who, at, Step::ReviewRestart { passed, opinion });
        }
        Some(())
    }

    pub(super) fn five_in_place(&self, draft: &mut Draft) -> Option<()> {
        let at = self.hours.after(draft.at, 0, draft.chance);
        let who = self.rectifier(draft, at.day())?;
        for (to, how) in [
            (ToldTo::Regulator, "书面报告，由行业主管部门签收"),
            (ToldTo::WorkersCongress, "职工代表大会会议通报，形成会议记录"),
        ] {
            let on = at.day();
            let how = how.to_owned();
            let at = if to == ToldTo::Regulator {
                at
            } else {
                self.hours.after(draft.at, 1, draft.chance)
            };
            self.then(draft, who, at, Step::Tell { to, on, how });
        }
        let days = draft.days(&[0, 1]);
        let mut at = self.hours.after(draft.at, days, draft.chance);
        for (part, note) in [
            (Part::Target, "整改目标已分解到车间和班组，张贴公示。"),
            (Part::Measures, "整改措施已交底，施工队伍和材料到位。"),
            (Part::Deadline, "整改进度计划已排定，逐日记录。"),
            (Part::Person, "本人已接受整改责任，负责全过程组织。"),
            (Part::Funds, "整改资金已转入专户，凭证附后。"),
        ] {
            if part == Part::Funds {
                let days = draft.days(&[0, 1, 2]);
                at = self.hours.after(draft.at, days, draft.chance);
                self.send_up(
                    draft,
                    who,
                    at,
                    &[("record-before.png".into(), "资金到位凭证.png")],
                );
            }
            let note = note.to_owned();
            self.then(draft, who, at, Step::PutInPlace { part, note });
            at = at.plus(draft.chance.between(20_000, 100_000));
        }
        Some(())
    }
}
