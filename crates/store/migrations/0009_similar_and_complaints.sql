-- What lies near a point, where somebody asks whether it has been reported already; and complaints about the system and its demands.

CREATE INDEX hazard_by_point ON hazard (lat, lon) WHERE lat IS NOT NULL;

-- Complaints about the system and what is demanded through it. `county` is the home of the record, and for all of them the city: no
-- place gives away whoever gave no name. `person` is empty for those.
CREATE TABLE complaint (
  id TEXT NOT NULL, county TEXT NOT NULL, kind TEXT NOT NULL, text TEXT NOT NULL, page TEXT NOT NULL, at BIGINT NOT NULL,
  person TEXT, answered_at BIGINT, body TEXT NOT NULL, version BIGINT NOT NULL, head BYTEA NOT NULL,
  PRIMARY KEY (county, id)
);
CREATE INDEX complaint_by_id ON complaint (id);
CREATE INDEX complaint_by_city ON complaint (county, at, id);
CREATE INDEX complaint_by_person ON complaint (person, at, id) WHERE person IS NOT NULL;
