-- Counties and pairings are corrected as merchants are: by version, and change_history keeps what was so before (the
-- subject of a county is its code).
ALTER TABLE county ADD COLUMN IF NOT EXISTS version INT UNSIGNED NOT NULL DEFAULT 1;
ALTER TABLE pairing ADD COLUMN IF NOT EXISTS version INT UNSIGNED NOT NULL DEFAULT 1;
