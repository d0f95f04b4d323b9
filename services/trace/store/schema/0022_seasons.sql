-- In which months a base is harvested: the lowest bit is January; 0: nobody said.
ALTER TABLE base ADD COLUMN IF NOT EXISTS harvest_months SMALLINT UNSIGNED NOT NULL DEFAULT 0;
ALTER TABLE base ADD CONSTRAINT IF NOT EXISTS base_months CHECK (harvest_months < 4096);
