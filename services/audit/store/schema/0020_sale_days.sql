-- Whose people may read of a merchant's sales: the catalog tells it of everybody once more.
ALTER TABLE merchant ADD COLUMN IF NOT EXISTS organisation_id BIGINT UNSIGNED NOT NULL DEFAULT 0;

-- The ledger's sums by day of Shanghai, for those who sold: the same figures as the rollups', written with them.
CREATE TABLE IF NOT EXISTS sale_day (
    merchant_id BIGINT UNSIGNED NOT NULL,
    day DATE NOT NULL,
    channel VARCHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    product_id BIGINT UNSIGNED NOT NULL,
    line_count BIGINT NOT NULL,
    quantity BIGINT NOT NULL,
    weight_g BIGINT NOT NULL,
    gross_fen BIGINT NOT NULL,
    refund_fen BIGINT NOT NULL,
    uncounted_lines BIGINT NOT NULL,
    uncounted_quantity BIGINT NOT NULL,
    uncounted_fen BIGINT NOT NULL,
    PRIMARY KEY (merchant_id, day, channel, product_id),
    KEY of_day (day)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- How many entries that table knows of. Older ledgers are summed up before the next entry.
CREATE TABLE IF NOT EXISTS sale_day_progress (
    id TINYINT NOT NULL PRIMARY KEY,
    size BIGINT UNSIGNED NOT NULL
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
INSERT INTO sale_day_progress (id, size) VALUES (1, 0) ON DUPLICATE KEY UPDATE id = id;
