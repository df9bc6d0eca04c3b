-- Problem lists: what a visit found and handed over by one letter. How each item stands is read from the hazards.
CREATE TABLE problem_list (
  id TEXT NOT NULL, county TEXT NOT NULL, city TEXT NOT NULL, state TEXT NOT NULL, opener TEXT NOT NULL, visited_by TEXT,
  addressee TEXT, reply_by TEXT, opened_at BIGINT NOT NULL, answered_at BIGINT, body TEXT NOT NULL, version BIGINT NOT NULL,
  head BYTEA NOT NULL,
  PRIMARY KEY (county, id)
);
CREATE INDEX problem_list_by_id ON problem_list (id);
CREATE INDEX problem_list_by_city ON problem_list (city, opened_at, id);
CREATE INDEX problem_list_by_county ON problem_list (county, opened_at, id);
CREATE INDEX problem_list_by_opener ON problem_list (opener, opened_at, id);
CREATE INDEX problem_list_by_addressee ON problem_list (addressee, opened_at, id);
-- What a problem list handed over is signed off by itself, beside what else waits in its county: one at a time of each.
ALTER TABLE hazard ADD COLUMN problem_list TEXT;
ALTER TABLE sign_off_list ADD COLUMN problem_list TEXT;
DROP INDEX sign_off_list_open;
CREATE UNIQUE INDEX sign_off_list_open ON sign_off_list (county, COALESCE(problem_list, '')) WHERE state = 'open';
