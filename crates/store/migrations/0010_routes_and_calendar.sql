-- Versions of the city's routes: each set by an act and entered on the record of the table that was loaded, which is the first. The id
-- is made of city and number, so that no number is given twice.
CREATE TABLE route_version (
  id TEXT PRIMARY KEY, city TEXT NOT NULL, no BIGINT NOT NULL, holds_from TEXT NOT NULL, routes TEXT NOT NULL, rules TEXT NOT NULL,
  reason TEXT NOT NULL, sha256 TEXT NOT NULL, made TEXT NOT NULL, version BIGINT NOT NULL, head BYTEA NOT NULL
);
CREATE INDEX route_version_by_no ON route_version (city, no);

-- The calendar that dates were counted by, with the one before it.
CREATE TABLE calendar (
  id TEXT PRIMARY KEY, file TEXT NOT NULL, sha256 TEXT NOT NULL, days TEXT NOT NULL, before TEXT NOT NULL,
  version BIGINT NOT NULL, head BYTEA NOT NULL
);
