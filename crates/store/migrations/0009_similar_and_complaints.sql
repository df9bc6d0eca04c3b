-- What lies near a point, where somebody asks whether it has been reported already; and complaints about the system and its demands.

CREATE INDEX hazard_by_point ON hazard (lat, lon) WHERE lat IS NOT NULL;
