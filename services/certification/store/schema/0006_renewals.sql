-- The application whose papers an application began with.
ALTER TABLE application ADD COLUMN IF NOT EXISTS renews BIGINT UNSIGNED NULL;
