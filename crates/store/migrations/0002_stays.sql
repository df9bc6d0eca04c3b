-- How long each hazard stood open in which cell, and who did what in which month: counted from the events by the follower. `counted`
-- says how many leaves these counts hold. All of them begin empty here and are counted anew from the first leaf on; no event is
-- touched.
DROP TABLE flow;
CREATE TABLE flow (
  county TEXT NOT NULL, town TEXT NOT NULL, sector TEXT NOT NULL, level TEXT NOT NULL, determination TEXT NOT NULL,
  source TEXT NOT NULL, month TEXT NOT NULL, act TEXT NOT NULL, outcome TEXT NOT NULL, agency TEXT NOT NULL, stage TEXT NOT NULL,
  n BIGINT NOT NULL,
  PRIMARY KEY (county, town, sector, level, determination, source, month, act, outcome, agency, stage)
);
CREATE INDEX flow_by_agency ON flow (agency, month);
CREATE TABLE stay (
  county TEXT NOT NULL, hazard TEXT NOT NULL, version BIGINT NOT NULL, town TEXT NOT NULL, sector TEXT NOT NULL, level TEXT NOT NULL,
  determination TEXT NOT NULL, source TEXT NOT NULL, stage TEXT NOT NULL, due TEXT NOT NULL, came TEXT NOT NULL,
  since BIGINT NOT NULL, until BIGINT NOT NULL, until_version BIGINT NOT NULL, went TEXT NOT NULL,
  PRIMARY KEY (county, hazard, version)
);
CREATE INDEX stay_by_since ON stay (since);
CREATE INDEX stay_by_until ON stay (until);
CREATE TABLE counted (id TEXT PRIMARY KEY, position BIGINT NOT NULL, at BIGINT NOT NULL);
INSERT INTO counted (id, position, at) VALUES ('log', 0, 0);
DELETE FROM stock;
