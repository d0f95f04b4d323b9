-- Which version of its facts the catalog has told of everything it holds. When a fact learns to say more, a new
-- executable tells everything once more.
CREATE TABLE IF NOT EXISTS told (
    one TINYINT UNSIGNED NOT NULL PRIMARY KEY,
    version INT UNSIGNED NOT NULL,
    CONSTRAINT told_is_one_row CHECK (one = 1)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

INSERT INTO told (one, version) VALUES (1, 1) ON DUPLICATE KEY UPDATE version = version;
