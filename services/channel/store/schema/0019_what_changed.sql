-- A history says which part of a thing was changed, or which step was taken, as every service's history does.
ALTER TABLE change_history
    ADD COLUMN IF NOT EXISTS what VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'details' AFTER subject_id;
