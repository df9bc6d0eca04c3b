//! The addressee answers the list, once: the results are read from the hazards, the remarks are typed.

use domain::{ProblemListId, authority::Act, problem_list::Remark};

use super::{Listed, decided, looked_at, moment, show};
use crate::{App, Caller, Outcome};

pub async fn answer(
    app: &App,
    who: &Caller,
    id: ProblemListId,
    remarks: &[Remark],
    note: &str,
) -> Outcome<Listed> {
    let decide = async || {
        let Listed { list, hazards, .. } = looked_at(app, who, id, Act::AnswerProblemList).await?;
        let moment = moment(app, who);
        Ok(Some(list.answer_with(remarks, note, &hazards, moment)?))
    };
    decided(app, who, decide).await?;
    show(app, who, id).await
}
