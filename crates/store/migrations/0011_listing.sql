-- The highest list of a safety committee that a hazard stands on 挂牌督办; what the desk counts.
ALTER TABLE hazard ADD COLUMN listed TEXT;
CREATE INDEX hazard_by_listing ON hazard (city, county, listed) WHERE listed IS NOT NULL;
