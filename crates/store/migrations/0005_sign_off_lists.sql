-- Sign-off lists: what the city signs off together. How each item stands is read from the hazards.
CREATE TABLE sign_off_list (
  id TEXT NOT NULL, county TEXT NOT NULL, city TEXT NOT NULL, state TEXT NOT NULL, opened_at BIGINT NOT NULL,
  decided_at BIGINT, body TEXT NOT NULL, version BIGINT NOT NULL, head BYTEA NOT NULL,
  PRIMARY KEY (county, id)
);
CREATE INDEX sign_off_list_by_id ON sign_off_list (id);
CREATE INDEX sign_off_list_by_city ON sign_off_list (city, opened_at, id);
-- One at a time in each county: nothing is on two lists, and nobody draws again before the first draw has been looked at.
CREATE UNIQUE INDEX sign_off_list_open ON sign_off_list (county) WHERE state = 'open';
