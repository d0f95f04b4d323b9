-- Whether other services were told that it waits; those of before 2026-12 are told once.
ALTER TABLE proposal ADD COLUMN IF NOT EXISTS told BOOLEAN NOT NULL DEFAULT FALSE;
