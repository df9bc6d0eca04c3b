-- Types are those that both engines know: TEXT, BIGINT, DOUBLE PRECISION, BOOLEAN, BYTEA. Instants are milliseconds UTC.
-- Every table that is evidence carries `version` and `head`: the version of the row and the digest of the event that wrote it.

CREATE TABLE must_hold (held BIGINT NOT NULL);

-- Directory: reference tables with global unique keys.
CREATE TABLE jurisdiction (
  id TEXT PRIMARY KEY, city TEXT NOT NULL, parent TEXT, kind TEXT NOT NULL, code TEXT NOT NULL, name TEXT NOT NULL,
  short TEXT NOT NULL, prefix TEXT NOT NULL, rank BIGINT NOT NULL, version BIGINT NOT NULL, head BYTEA NOT NULL
);
CREATE TABLE agency (
  id TEXT PRIMARY KEY, city TEXT NOT NULL, county TEXT NOT NULL, town TEXT, kind TEXT NOT NULL, name TEXT NOT NULL,
  short TEXT NOT NULL, parent TEXT, lead TEXT, enforcement BOOLEAN NOT NULL, sectors TEXT NOT NULL, unit TEXT,
  rank BIGINT NOT NULL, version BIGINT NOT NULL, head BYTEA NOT NULL
);
CREATE INDEX agency_by_home ON agency (county, kind, rank);
CREATE TABLE post (
  id TEXT PRIMARY KEY, city TEXT NOT NULL, agency TEXT NOT NULL, title TEXT NOT NULL, role TEXT NOT NULL,
  version BIGINT NOT NULL, head BYTEA NOT NULL
);
CREATE INDEX post_by_agency ON post (agency);
CREATE TABLE person (
  id TEXT PRIMARY KEY, city TEXT NOT NULL, name TEXT NOT NULL, certificate_no TEXT NOT NULL,
  version BIGINT NOT NULL, head BYTEA NOT NULL
);
CREATE TABLE appointment (
  id TEXT PRIMARY KEY, city TEXT NOT NULL, person TEXT NOT NULL, post TEXT NOT NULL, from_day TEXT NOT NULL, to_day TEXT,
  version BIGINT NOT NULL, head BYTEA NOT NULL
);
CREATE INDEX appointment_by_person ON appointment (person, from_day);
CREATE INDEX appointment_by_post ON appointment (post);
CREATE TABLE account (
  id TEXT PRIMARY KEY, city TEXT NOT NULL, person TEXT NOT NULL, username TEXT NOT NULL UNIQUE, password_hash TEXT NOT NULL,
  open BOOLEAN NOT NULL, version BIGINT NOT NULL, head BYTEA NOT NULL
);
CREATE TABLE route_table (
  id TEXT PRIMARY KEY, routes TEXT NOT NULL, rules TEXT NOT NULL, version BIGINT NOT NULL, head BYTEA NOT NULL
);
CREATE TABLE subject (
  id TEXT PRIMARY KEY, city TEXT NOT NULL, county TEXT NOT NULL, town TEXT, kind TEXT NOT NULL, name TEXT NOT NULL,
  credit_code TEXT NOT NULL, sector TEXT NOT NULL, address TEXT NOT NULL, principal_head TEXT NOT NULL, regulator TEXT,
  steward TEXT, status TEXT NOT NULL, version BIGINT NOT NULL, head BYTEA NOT NULL
);
CREATE INDEX subject_by_name ON subject (county, name);
CREATE INDEX subject_by_city ON subject (city, name, id);
CREATE INDEX subject_by_code ON subject (credit_code);

-- Cases: `county` is the immutable home, in every unique key.
CREATE TABLE hazard (
  id TEXT NOT NULL, county TEXT NOT NULL, city TEXT NOT NULL, town TEXT, number TEXT NOT NULL, subject TEXT NOT NULL,
  subject_kind TEXT NOT NULL, subject_name TEXT NOT NULL, sector TEXT NOT NULL, steward TEXT, stage TEXT NOT NULL,
  initial_level TEXT NOT NULL, determination TEXT NOT NULL, source TEXT NOT NULL, regulator TEXT, waits_for TEXT,
  due_at BIGINT, deadline TEXT, found_at BIGINT NOT NULL, reported_at BIGINT NOT NULL, reporter TEXT NOT NULL,
  reporter_agency TEXT NOT NULL, description TEXT NOT NULL, place TEXT NOT NULL, lon DOUBLE PRECISION, lat DOUBLE PRECISION,
  returns BIGINT NOT NULL, last_at BIGINT NOT NULL, ended_as TEXT, asks TEXT, linked TEXT, opens TEXT, revisit TEXT, cause TEXT,
  body TEXT NOT NULL, version BIGINT NOT NULL, head BYTEA NOT NULL,
  PRIMARY KEY (county, id)
);
CREATE INDEX hazard_by_id ON hazard (id);
CREATE INDEX hazard_by_county ON hazard (county, reported_at, id);
CREATE INDEX hazard_by_city ON hazard (city, reported_at, id);
CREATE INDEX hazard_by_town ON hazard (town, reported_at, id);
CREATE INDEX hazard_by_subject ON hazard (subject, reported_at, id);
CREATE INDEX hazard_by_desk ON hazard (waits_for, due_at, id);
CREATE INDEX hazard_by_due ON hazard (county, due_at, id);
-- What an agency has been asked; records that hang together; records that are to be opened; what is to be looked at again.
CREATE INDEX hazard_by_asks ON hazard (asks, last_at, id) WHERE asks IS NOT NULL;
CREATE INDEX hazard_by_linked ON hazard (linked) WHERE linked IS NOT NULL;
CREATE INDEX hazard_by_opens ON hazard (last_at, id) WHERE opens IS NOT NULL;
CREATE INDEX hazard_by_revisit ON hazard (revisit, last_at, id) WHERE revisit IS NOT NULL;
CREATE UNIQUE INDEX hazard_by_number ON hazard (county, number);
CREATE TABLE file (
  id TEXT NOT NULL, county TEXT NOT NULL, city TEXT NOT NULL, uploader TEXT NOT NULL, name TEXT NOT NULL,
  media_type TEXT NOT NULL, size BIGINT NOT NULL, sha256 TEXT NOT NULL, captured_at BIGINT, received_at BIGINT NOT NULL,
  state TEXT NOT NULL, hazard TEXT, version BIGINT NOT NULL, head BYTEA NOT NULL,
  PRIMARY KEY (county, id)
);
CREATE INDEX file_by_id ON file (id);
CREATE INDEX file_by_hazard ON file (hazard);
CREATE INDEX file_by_state ON file (state, received_at);
CREATE INDEX file_by_sha256 ON file (sha256);

-- The events, one row each; never updated, never deleted.
CREATE TABLE event (
  county TEXT NOT NULL, subject TEXT NOT NULL, version BIGINT NOT NULL, id TEXT NOT NULL, noun TEXT NOT NULL,
  act TEXT NOT NULL, at BIGINT NOT NULL, person TEXT, principal TEXT, post TEXT, agency TEXT, body TEXT NOT NULL,
  cells TEXT NOT NULL, row_images TEXT NOT NULL, prev BYTEA NOT NULL, salt BYTEA NOT NULL, digest BYTEA NOT NULL,
  PRIMARY KEY (county, subject, version)
);
CREATE INDEX event_by_id ON event (id);

-- The tree over the events. Written by the follower alone.
CREATE TABLE leaf (
  position BIGINT PRIMARY KEY, county TEXT NOT NULL, subject TEXT NOT NULL, version BIGINT NOT NULL
);
CREATE INDEX leaf_by_event ON leaf (county, subject, version);
CREATE TABLE tile (level BIGINT NOT NULL, position BIGINT NOT NULL, hashes BYTEA NOT NULL, PRIMARY KEY (level, position));
CREATE TABLE tree_head (id TEXT PRIMARY KEY, size BIGINT NOT NULL, root BYTEA NOT NULL, epoch BIGINT NOT NULL, note TEXT NOT NULL, at BIGINT NOT NULL);
CREATE TABLE checkpoint (day TEXT PRIMARY KEY, size BIGINT NOT NULL, note TEXT NOT NULL);

-- Counts folded by the follower; rebuildable from the events.
CREATE TABLE stock (
  county TEXT NOT NULL, town TEXT NOT NULL, sector TEXT NOT NULL, level TEXT NOT NULL, determination TEXT NOT NULL,
  source TEXT NOT NULL, stage TEXT NOT NULL, due TEXT NOT NULL, n BIGINT NOT NULL,
  PRIMARY KEY (county, town, sector, level, determination, source, stage, due)
);
CREATE TABLE flow (
  county TEXT NOT NULL, town TEXT NOT NULL, sector TEXT NOT NULL, level TEXT NOT NULL, determination TEXT NOT NULL,
  source TEXT NOT NULL, month TEXT NOT NULL, act TEXT NOT NULL, stage TEXT NOT NULL, n BIGINT NOT NULL,
  PRIMARY KEY (county, town, sector, level, determination, source, month, act, stage)
);

-- Answers given under an idempotency key, kept for a while.
CREATE TABLE answer (
  caller TEXT NOT NULL, key TEXT NOT NULL, request_sha256 TEXT NOT NULL, body TEXT NOT NULL, at BIGINT NOT NULL,
  PRIMARY KEY (caller, key)
);
CREATE INDEX answer_by_age ON answer (at);

-- Housekeeping: nothing here is evidence.
CREATE TABLE session (
  token_sha256 TEXT PRIMARY KEY, account TEXT NOT NULL, person TEXT NOT NULL, appointment TEXT NOT NULL, kind TEXT NOT NULL,
  csrf TEXT NOT NULL, created_at BIGINT NOT NULL, expires_at BIGINT NOT NULL, revoked_at BIGINT
);
CREATE INDEX session_by_account ON session (account);
CREATE INDEX session_by_age ON session (expires_at);
CREATE TABLE throttle (key TEXT PRIMARY KEY, began_at BIGINT NOT NULL, n BIGINT NOT NULL);
CREATE TABLE lease (name TEXT PRIMARY KEY, holder TEXT NOT NULL, epoch BIGINT NOT NULL, until BIGINT NOT NULL);
CREATE TABLE number_block (home TEXT NOT NULL, noun TEXT NOT NULL, year BIGINT NOT NULL, next BIGINT NOT NULL, PRIMARY KEY (home, noun, year));
CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL);
