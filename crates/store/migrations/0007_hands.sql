-- Who acts for whom. What of a leader's instructions waits for an answer has columns; few cases have one.
ALTER TABLE hazard ADD COLUMN instructed_at BIGINT;
ALTER TABLE hazard ADD COLUMN instruction_due TEXT;
CREATE INDEX hazard_by_instruction ON hazard (county, instructed_at, id) WHERE instructed_at IS NOT NULL;

-- Small units for which their town records. The codes stand in the body as hashes.
CREATE TABLE unit_proxy (
  id TEXT NOT NULL, county TEXT NOT NULL, city TEXT NOT NULL, town TEXT, subject TEXT NOT NULL, unit_name TEXT NOT NULL, agency TEXT NOT NULL,
  head_person TEXT NOT NULL, head_name TEXT NOT NULL, until TEXT NOT NULL, ended BOOLEAN NOT NULL, body TEXT NOT NULL,
  version BIGINT NOT NULL, head BYTEA NOT NULL,
  PRIMARY KEY (county, id)
);
CREATE INDEX unit_proxy_by_id ON unit_proxy (id);
CREATE INDEX unit_proxy_by_subject ON unit_proxy (subject);
CREATE INDEX unit_proxy_by_town ON unit_proxy (town, unit_name, id);
-- Whether a unit has people of its own.
CREATE INDEX agency_by_unit ON agency (unit) WHERE unit IS NOT NULL;
