-- Which version of its facts this service has told of everything it holds. When a fact learns to say more, a new
-- executable tells everything once more.
CREATE TABLE IF NOT EXISTS told (
    one TINYINT UNSIGNED NOT NULL PRIMARY KEY,
    version INT UNSIGNED NOT NULL,
    CONSTRAINT told_is_one_row CHECK (one = 1)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

INSERT INTO told (one, version) VALUES (1, 1) ON DUPLICATE KEY UPDATE version = version;

-- Whether the expiry was compared with how long the goods keep. It was of no lot of the first release, which took
-- 9999-12-31; of those it is done as soon as the catalog has said it.
ALTER TABLE lot ADD COLUMN IF NOT EXISTS expiry_checked BOOLEAN NOT NULL DEFAULT FALSE;
