-- Delegations: who lets whom do what, for which days. `county` is the home of the record, and for all of them the city.
CREATE TABLE delegation (
  id TEXT NOT NULL, county TEXT NOT NULL, agency TEXT NOT NULL, giver TEXT NOT NULL, giver_appointment TEXT NOT NULL,
  taker TEXT NOT NULL, taker_appointment TEXT NOT NULL, from_day TEXT NOT NULL, until_day TEXT NOT NULL, ended BOOLEAN NOT NULL,
  given_at BIGINT NOT NULL, body TEXT NOT NULL, version BIGINT NOT NULL, head BYTEA NOT NULL,
  PRIMARY KEY (county, id)
);
CREATE INDEX delegation_by_id ON delegation (id);
CREATE INDEX delegation_by_city ON delegation (county, given_at, id);
CREATE INDEX delegation_by_giver ON delegation (giver, given_at, id);
CREATE INDEX delegation_by_taker ON delegation (taker, given_at, id);
ALTER TABLE session ADD COLUMN delegation TEXT;
-- Who goes on with what was somebody's by name.
ALTER TABLE appointment ADD COLUMN successor TEXT;
CREATE INDEX appointment_by_successor ON appointment (successor) WHERE successor IS NOT NULL;
