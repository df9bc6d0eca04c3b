-- Steps of the ladder 催办, one row each. `county` is the home of the hazard.
CREATE TABLE escalation (
  id TEXT NOT NULL, county TEXT NOT NULL, city TEXT NOT NULL, town TEXT, hazard TEXT NOT NULL, number TEXT NOT NULL,
  subject TEXT NOT NULL, subject_name TEXT NOT NULL, steward TEXT, regulator TEXT, step TEXT NOT NULL, drafts TEXT NOT NULL,
  stage TEXT NOT NULL, due_at BIGINT NOT NULL, days_over BIGINT NOT NULL, waits_for TEXT, last_at BIGINT NOT NULL,
  idle_days BIGINT NOT NULL, raised_at BIGINT NOT NULL, awaited TEXT, responsible TEXT, supervisor TEXT, county_office TEXT,
  city_office TEXT, state TEXT NOT NULL, explained BIGINT NOT NULL, letter TEXT, addressee TEXT, sent_at BIGINT, body TEXT NOT NULL,
  version BIGINT NOT NULL, head BYTEA NOT NULL,
  PRIMARY KEY (county, id)
);
CREATE INDEX escalation_by_id ON escalation (id);
CREATE UNIQUE INDEX escalation_by_step ON escalation (county, hazard, due_at, step);
CREATE INDEX escalation_by_raising ON escalation (raised_at, id);
CREATE INDEX escalation_by_county ON escalation (county, raised_at, id);
CREATE INDEX escalation_by_state ON escalation (state, raised_at, id);
CREATE INDEX escalation_by_desk ON escalation (waits_for, explained);
CREATE INDEX escalation_by_subject ON escalation (subject, explained);
CREATE INDEX escalation_by_steward ON escalation (steward, explained);
CREATE INDEX escalation_by_sending ON escalation (addressee, sent_at);
CREATE UNIQUE INDEX escalation_by_letter ON escalation (letter);

-- The ladder asks for what is due in whatever county; what has ended is due by nothing and is not looked at.
CREATE INDEX hazard_by_date ON hazard (due_at, id);

-- Housekeeping: the outbox of digests with its receipts, and where people want to be mailed.
CREATE TABLE notice (
  id TEXT PRIMARY KEY, account TEXT NOT NULL, person TEXT NOT NULL, day TEXT NOT NULL, channel TEXT NOT NULL, address TEXT NOT NULL,
  subject TEXT NOT NULL, body TEXT NOT NULL, state TEXT NOT NULL, tries BIGINT NOT NULL, next_at BIGINT NOT NULL,
  leased_until BIGINT NOT NULL, holder TEXT NOT NULL, made_at BIGINT NOT NULL, done_at BIGINT, answer TEXT NOT NULL
);
CREATE INDEX notice_by_turn ON notice (state, next_at, id);
CREATE INDEX notice_by_person ON notice (person, made_at, id);
CREATE INDEX notice_by_age ON notice (made_at);
CREATE TABLE mail_address (account TEXT PRIMARY KEY, address TEXT NOT NULL, set_at BIGINT NOT NULL);
