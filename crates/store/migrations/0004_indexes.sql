-- Indexes for what is asked all day, each with the question that it answers.

-- A department's cases, newest first: those that it regulates, and those that it is the steward of (`Grant::Agency`).
CREATE INDEX hazard_by_regulator ON hazard (regulator, reported_at, id);
CREATE INDEX hazard_by_steward ON hazard (steward, reported_at, id);
-- The city's list in the order of what is due, and what of it is overdue.
CREATE INDEX hazard_by_city_due ON hazard (city, due_at, id);
-- How many of the city's cases stand in each stage, and those in one stage.
CREATE INDEX hazard_by_city_stage ON hazard (city, stage);
-- The subjects of a town, and those that a department regulates or is the steward of, where somebody reports or looks for one.
CREATE INDEX subject_by_town ON subject (town);
CREATE INDEX subject_by_regulator ON subject (regulator);
CREATE INDEX subject_by_steward ON subject (steward);
-- Whose account it is, beside each person in a list of people.
CREATE INDEX account_by_person ON account (person);
-- Tries that nobody counts any more, dropped every minute.
CREATE INDEX throttle_by_age ON throttle (began_at);
