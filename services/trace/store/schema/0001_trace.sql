-- released-as: e9311cdb11d7121fadbca4c230fcf98d80a1668e6f13e05c55e4badc38b72ead
-- What the catalog told us: the last word on each thing.
CREATE TABLE IF NOT EXISTS known_county (
    county_code CHAR(6) NOT NULL PRIMARY KEY,
    name VARCHAR(100) NOT NULL
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE IF NOT EXISTS known_merchant (
    merchant_id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
    name VARCHAR(200) NOT NULL,
    organisation_id BIGINT UNSIGNED NOT NULL,
    active BOOLEAN NOT NULL
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE IF NOT EXISTS known_sku (
    sku_id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
    product_id BIGINT UNSIGNED NOT NULL,
    merchant_id BIGINT UNSIGNED NOT NULL,
    product_name VARCHAR(200) NOT NULL,
    county_code CHAR(6) NOT NULL,
    net_content_g BIGINT NOT NULL,
    KEY by_product (product_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- Production bases (基地). product_words has one word a line.
CREATE TABLE IF NOT EXISTS base (
    base_id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    merchant_id BIGINT UNSIGNED NOT NULL,
    county_code CHAR(6) NOT NULL,
    name VARCHAR(100) NOT NULL,
    village VARCHAR(100) NOT NULL,
    product_words VARCHAR(500) NOT NULL,
    mu_x100 BIGINT NOT NULL,
    yield_kg_per_mu BIGINT NOT NULL,
    registered_at DATETIME(6) NOT NULL,
    UNIQUE KEY one_name_a_merchant (merchant_id, name),
    CHECK (mu_x100 BETWEEN 1 AND 100000000),
    CHECK (yield_kg_per_mu BETWEEN 1 AND 100000)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- Lots (批次). harvest_year is the year in which a lot counts against the yield of its base.
-- A lot code tells capitals from small letters (GS1 AI 10), hence its binary collation.
CREATE TABLE IF NOT EXISTS lot (
    lot_id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    lot_code VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    base_id BIGINT UNSIGNED NOT NULL,
    sku_id BIGINT UNSIGNED NOT NULL,
    product_id BIGINT UNSIGNED NOT NULL,
    merchant_id BIGINT UNSIGNED NOT NULL,
    county_code CHAR(6) NOT NULL,
    harvest_date DATE NULL,
    production_date DATE NOT NULL,
    expiry_date DATE NULL,
    harvest_year SMALLINT NOT NULL,
    quantity BIGINT NOT NULL,
    net_content_g BIGINT NOT NULL,
    conformity_certificate_no VARCHAR(64) NOT NULL,
    test_report_no VARCHAR(64) NOT NULL,
    saleable BOOLEAN NOT NULL,
    block_reason VARCHAR(500) NOT NULL,
    blocked_at DATETIME(6) NULL,
    registered_at DATETIME(6) NOT NULL,
    UNIQUE KEY one_code_a_merchant (merchant_id, lot_code),
    KEY by_base (base_id, harvest_year),
    KEY by_sku (sku_id, lot_id),
    KEY by_product (product_id, lot_id),
    CONSTRAINT lot_grew_somewhere FOREIGN KEY (base_id) REFERENCES base (base_id),
    CHECK (lot_code <> ''),
    CHECK (harvest_date IS NULL OR harvest_date <= production_date),
    CHECK (expiry_date IS NULL OR production_date < expiry_date),
    CHECK (quantity BETWEEN 1 AND 100000000),
    CHECK (net_content_g BETWEEN 1 AND 10000000),
    CHECK (saleable = (blocked_at IS NULL)),
    CHECK (saleable = (block_reason = ''))
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- One row that grows with every change of the above, so that copies in memory know when to read again.
CREATE TABLE IF NOT EXISTS revision (
    revision_id TINYINT UNSIGNED NOT NULL PRIMARY KEY,
    number BIGINT UNSIGNED NOT NULL
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

INSERT INTO revision (revision_id, number) VALUES (1, 1) ON DUPLICATE KEY UPDATE number = number;
