-- Entries of version 2 hold commitments. order_commitment and line_no say again what the body says, so that no order
-- is taken in twice; order_id and line_id stay with entries of version 1 only.
ALTER TABLE ledger_entry
    MODIFY order_id BIGINT UNSIGNED NULL,
    MODIFY line_id BIGINT UNSIGNED NULL,
    ADD COLUMN IF NOT EXISTS order_commitment BINARY(32) NULL,
    ADD COLUMN IF NOT EXISTS line_no INT NULL;
ALTER TABLE ledger_entry
    ADD UNIQUE KEY IF NOT EXISTS one_line (order_commitment, line_no),
    ADD KEY IF NOT EXISTS of_month (month, entry_index);

-- Whose entries are whose: the one place that ties an order and a month's buyer to entries, erased with the order.
CREATE TABLE IF NOT EXISTS order_link (
    order_id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
    order_number VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    buyer VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    first_index BIGINT UNSIGNED NOT NULL,
    line_count INT NOT NULL,
    KEY by_number (order_number),
    UNIQUE KEY by_entry (first_index)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- From which counties, through which channels a buyer bought counted lines in a month; erased with the buyer's orders.
CREATE TABLE IF NOT EXISTS month_buyer (
    month CHAR(7) NOT NULL,
    buyer VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    county_code CHAR(6) NOT NULL,
    channel VARCHAR(30) NOT NULL,
    line_count BIGINT NOT NULL,
    PRIMARY KEY (month, buyer, county_code, channel)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Orders and buyers with counted lines, each once: of one county or all (''), through one channel or all ('').
CREATE TABLE IF NOT EXISTS month_count (
    month CHAR(7) NOT NULL,
    county_code VARCHAR(6) NOT NULL,
    channel VARCHAR(30) NOT NULL,
    orders BIGINT NOT NULL,
    buyers BIGINT NOT NULL,
    PRIMARY KEY (month, county_code, channel)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- How many entries the three tables above know of. Older ledgers are counted again when the service starts.
CREATE TABLE IF NOT EXISTS count_progress (
    id TINYINT PRIMARY KEY CHECK (id = 1),
    size BIGINT UNSIGNED NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
INSERT INTO count_progress (id, size) VALUES (1, 0) ON DUPLICATE KEY UPDATE id = id;

-- They counted an order once for each county, and held pseudonyms that nothing erased.
DROP TABLE IF EXISTS county_month_member;
DROP TABLE IF EXISTS county_month;

-- An order that was erased before it was taken in.
ALTER TABLE pending_sale ADD COLUMN IF NOT EXISTS erased BOOLEAN NOT NULL DEFAULT FALSE;
