-- released-as: 341415b67cb69231f545645bf8d5e92569d417d7fbeffd9607b82730434db4f2
-- Facts learned from the other services; the last one counts.
CREATE TABLE IF NOT EXISTS county (
    county_code CHAR(6) PRIMARY KEY,
    name VARCHAR(60) NOT NULL,
    short_name VARCHAR(60) NOT NULL,
    prefecture VARCHAR(60) NOT NULL,
    province VARCHAR(60) NOT NULL
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- Days since 1970-01-01, half-open; the smallest and largest BIGINT stand for «always».
CREATE TABLE IF NOT EXISTS pairing (
    pairing_id BIGINT UNSIGNED PRIMARY KEY,
    district_code CHAR(6) NOT NULL,
    county_code CHAR(6) NOT NULL,
    programme VARCHAR(40) NOT NULL,
    certainty VARCHAR(20) NOT NULL,
    valid_from_day BIGINT NOT NULL,
    valid_to_day BIGINT NOT NULL
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE IF NOT EXISTS placement (
    placement_id BIGINT UNSIGNED PRIMARY KEY,
    name VARCHAR(200) NOT NULL,
    channel VARCHAR(30) NOT NULL,
    campaign VARCHAR(200) NOT NULL,
    district_code VARCHAR(6) NOT NULL
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE IF NOT EXISTS merchant (
    merchant_id BIGINT UNSIGNED PRIMARY KEY,
    name VARCHAR(200) NOT NULL
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE IF NOT EXISTS product (
    product_id BIGINT UNSIGNED PRIMARY KEY,
    name VARCHAR(200) NOT NULL
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE IF NOT EXISTS lot (
    lot_id BIGINT UNSIGNED PRIMARY KEY,
    lot_code VARCHAR(20) NOT NULL
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- Paid orders that the sequencer has not taken into the ledger yet: a serialised OrderPaid each.
CREATE TABLE IF NOT EXISTS pending_sale (
    id BIGINT UNSIGNED AUTO_INCREMENT PRIMARY KEY,
    order_id BIGINT UNSIGNED NOT NULL,
    known_at DATETIME(6) NOT NULL,
    fact MEDIUMBLOB NOT NULL,
    UNIQUE KEY (order_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- The one row that every append locks: the newest checkpoint. A tree is never signed twice differently.
CREATE TABLE IF NOT EXISTS ledger_head (
    id TINYINT PRIMARY KEY CHECK (id = 1),
    size BIGINT UNSIGNED NOT NULL,
    root BINARY(32) NOT NULL,
    note TEXT NOT NULL,
    signed_at DATETIME(6) NOT NULL
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- The ledger: body is the canonical entry; the columns beside it only help to find it.
CREATE TABLE IF NOT EXISTS ledger_entry (
    entry_index BIGINT UNSIGNED PRIMARY KEY,
    leaf_hash BINARY(32) NOT NULL,
    body MEDIUMBLOB NOT NULL,
    order_id BIGINT UNSIGNED NOT NULL,
    line_id BIGINT UNSIGNED NOT NULL,
    month CHAR(7) NOT NULL,
    county_code CHAR(6) NOT NULL,
    lot_id BIGINT UNSIGNED NOT NULL,
    channel VARCHAR(30) NOT NULL,
    UNIQUE KEY (line_id),
    KEY (order_id),
    KEY (lot_id, month, entry_index),
    KEY (month, county_code)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- Hashes of the Merkle tree, up to 256 a row, concatenated (C2SP tlog-tiles).
CREATE TABLE IF NOT EXISTS tile (
    level TINYINT UNSIGNED NOT NULL,
    tile_index BIGINT UNSIGNED NOT NULL,
    hashes BLOB NOT NULL,
    PRIMARY KEY (level, tile_index),
    CHECK (LENGTH(hashes) BETWEEN 32 AND 8192)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- Sums of the ledger, written in the transaction that appends to it. Refunds will be negative.
CREATE TABLE IF NOT EXISTS rollup (
    month CHAR(7) NOT NULL,
    county_code CHAR(6) NOT NULL,
    merchant_id BIGINT UNSIGNED NOT NULL,
    product_id BIGINT UNSIGNED NOT NULL,
    lot_id BIGINT UNSIGNED NOT NULL,
    channel VARCHAR(30) NOT NULL,
    district VARCHAR(12) NOT NULL,
    line_count BIGINT NOT NULL,
    quantity BIGINT NOT NULL,
    weight_g BIGINT NOT NULL,
    gross_fen BIGINT NOT NULL,
    refund_fen BIGINT NOT NULL,
    uncounted_lines BIGINT NOT NULL,
    uncounted_fen BIGINT NOT NULL,
    PRIMARY KEY (month, county_code, merchant_id, product_id, lot_id, channel, district)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- Who bought from a county in a month, so that orders and buyers can be counted once each.
CREATE TABLE IF NOT EXISTS county_month_member (
    month CHAR(7) NOT NULL,
    county_code CHAR(6) NOT NULL,
    kind ENUM('ORDER', 'BUYER') NOT NULL,
    member VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    PRIMARY KEY (month, county_code, kind, member)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE IF NOT EXISTS county_month (
    month CHAR(7) NOT NULL,
    county_code CHAR(6) NOT NULL,
    orders BIGINT NOT NULL,
    buyers BIGINT NOT NULL,
    PRIMARY KEY (month, county_code)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
