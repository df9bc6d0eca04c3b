-- A hand-over 交办 that is not acknowledged (`unreceived`) or not answered (`unanswered`): what the desk counts, and for whom.
ALTER TABLE hazard ADD COLUMN handed_over TEXT;
CREATE INDEX hazard_by_hand_over ON hazard (city, county, handed_over) WHERE handed_over IS NOT NULL;
CREATE INDEX hazard_by_handed_to ON hazard (regulator, handed_over) WHERE handed_over IS NOT NULL;
CREATE INDEX escalation_by_hazard ON escalation (hazard);
