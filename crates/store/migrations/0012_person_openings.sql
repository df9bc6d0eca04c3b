-- Named persons' records: who opened whose, when and why. `county` is the home of the record, and for all of them the city.
CREATE TABLE person_opening (
  id TEXT NOT NULL, county TEXT NOT NULL, person TEXT NOT NULL, reader TEXT NOT NULL, role TEXT NOT NULL, reason TEXT NOT NULL,
  at BIGINT NOT NULL, until BIGINT NOT NULL, body TEXT NOT NULL, version BIGINT NOT NULL, head BYTEA NOT NULL,
  PRIMARY KEY (county, id)
);
CREATE INDEX person_opening_by_id ON person_opening (id);
CREATE INDEX person_opening_by_person ON person_opening (person, at, id);
CREATE INDEX person_opening_by_reader ON person_opening (person, reader, until);
-- What one person did, the newest first.
CREATE INDEX event_by_person ON event (person, at, id) WHERE person IS NOT NULL;
