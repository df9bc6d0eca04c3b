-- Who acts for whom. What of a leader's instructions waits for an answer has columns; few cases have one.
ALTER TABLE hazard ADD COLUMN instructed_at BIGINT;
ALTER TABLE hazard ADD COLUMN instruction_due TEXT;
CREATE INDEX hazard_by_instruction ON hazard (county, instructed_at, id) WHERE instructed_at IS NOT NULL;
