-- Marks of events that are not in the tree yet. `seq` is assigned at insertion: what was decided after reading another event
-- always comes behind it.
CREATE TABLE pending (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, county TEXT NOT NULL, subject TEXT NOT NULL, version BIGINT NOT NULL
);
