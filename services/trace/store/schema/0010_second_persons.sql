-- What the catalog says of a product beside its origin: 1 food, 0 none, NULL not said; days, or NULL.
ALTER TABLE known_sku ADD COLUMN IF NOT EXISTS food BOOLEAN NULL;
ALTER TABLE known_sku ADD COLUMN IF NOT EXISTS shelf_life_days INT UNSIGNED NULL;

-- Bases that were registered before there was a second person stay as good as they were: account 0 confirmed them.
ALTER TABLE base ADD COLUMN IF NOT EXISTS version INT UNSIGNED NOT NULL DEFAULT 1;
ALTER TABLE base ADD COLUMN IF NOT EXISTS registered_by BIGINT UNSIGNED NULL;
ALTER TABLE base ADD COLUMN IF NOT EXISTS confirmed_by BIGINT UNSIGNED NULL;
ALTER TABLE base ADD COLUMN IF NOT EXISTS confirmed_at DATETIME(6) NULL;
UPDATE base SET registered_by = 0, confirmed_by = 0, confirmed_at = registered_at WHERE registered_by IS NULL;

-- Every change of a record that can be changed: what it was before (one line a member), who changed it and when.
-- Only ever inserted.
CREATE TABLE IF NOT EXISTS change_history (
    change_id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    subject VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    subject_id BIGINT UNSIGNED NOT NULL,
    what VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    was TEXT NOT NULL,
    at DATETIME(6) NOT NULL,
    by_account BIGINT UNSIGNED NOT NULL,
    KEY of_subject (subject, subject_id, change_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
