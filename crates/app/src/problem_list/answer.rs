//! The addressee answers the list, once: the results are read from the hazards, the remarks are typed.

use domain::{ProblemListId, authority::Act, problem_list::Remark};

use super::{Listed, decided, show};
use crate::{App, Caller, Outcome};

pub async fn answer(
    app: &App,
    who: &Caller,
    id: ProblemListId,
    remarks: &[Remark],
    note: &str,
) -> Outcome<Listed> {
    decided(app, who, id, Act::AnswerProblemList, async |listed, moment| {
        let change = listed.list.answer_with(remarks, note, &listed.hazards, moment)?;
        Ok(Some(change))
    })
    .await?;
    show(app, who, id).await
}
