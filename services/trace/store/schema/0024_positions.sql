-- Where a base lies, in 1e-5 degrees of WGS84; NULL: nobody said.
ALTER TABLE base ADD COLUMN IF NOT EXISTS latitude_e5 INT NULL;
ALTER TABLE base ADD COLUMN IF NOT EXISTS longitude_e5 INT NULL;
ALTER TABLE base ADD CONSTRAINT IF NOT EXISTS base_position_whole CHECK ((latitude_e5 IS NULL) = (longitude_e5 IS NULL));
ALTER TABLE base ADD CONSTRAINT IF NOT EXISTS base_latitude CHECK (latitude_e5 BETWEEN 300000 AND 5400000);
ALTER TABLE base ADD CONSTRAINT IF NOT EXISTS base_longitude CHECK (longitude_e5 BETWEEN 7300000 AND 13600000);
