-- released-as: a7b98462182371c04bac6b3142a0a29b192f4cda1b8b433f66e91fab274412b9
-- What other services published: this service's own copy.
CREATE TABLE IF NOT EXISTS merchant (
    merchant_id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
    name VARCHAR(200) NOT NULL,
    active BOOLEAN NOT NULL
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- Every text and price an SKU was ever offered at; order lines point here, so rows never change.
CREATE TABLE IF NOT EXISTS offer_revision (
    revision_id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    content_hash BINARY(32) NOT NULL,
    sku_id BIGINT UNSIGNED NOT NULL,
    product_id BIGINT UNSIGNED NOT NULL,
    merchant_id BIGINT UNSIGNED NOT NULL,
    product_name VARCHAR(200) NOT NULL,
    sku_name VARCHAR(200) NOT NULL,
    merchant_name VARCHAR(200) NOT NULL,
    product_version INT NOT NULL,
    snapshot_hash VARBINARY(32) NOT NULL,
    price_version INT NOT NULL,
    price_fen BIGINT NOT NULL,
    net_content_g BIGINT NOT NULL,
    quantity_max BIGINT NOT NULL,
    return_policy VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    purchase_mode VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    remaining_days_min INT NOT NULL,
    UNIQUE KEY same_content (content_hash),
    KEY of_sku (sku_id),
    CHECK (price_fen > 0 AND price_fen <= 1000000000),
    CHECK (net_content_g > 0),
    CHECK (quantity_max > 0)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE IF NOT EXISTS offer (
    sku_id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
    revision_id BIGINT UNSIGNED NOT NULL,
    listed BOOLEAN NOT NULL,
    FOREIGN KEY (revision_id) REFERENCES offer_revision (revision_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE IF NOT EXISTS offer_certification (
    sku_id BIGINT UNSIGNED NOT NULL,
    certification_id BIGINT UNSIGNED NOT NULL,
    valid_from DATETIME(6) NOT NULL,
    valid_to DATETIME(6) NOT NULL,
    state VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    state_since DATETIME(6) NOT NULL,
    PRIMARY KEY (sku_id, certification_id),
    CHECK (valid_from < valid_to)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE IF NOT EXISTS lot (
    lot_id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
    lot_code VARCHAR(20) NOT NULL,
    sku_id BIGINT UNSIGNED NOT NULL,
    county_code CHAR(6) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    production_day DATE NULL,
    expiry_day DATE NULL,
    saleable BOOLEAN NOT NULL,
    KEY of_sku (sku_id, lot_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE IF NOT EXISTS placement (
    placement_id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
    channel VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- Counts the changes of the tables above, so that every process knows when its copy in memory is old.
CREATE TABLE IF NOT EXISTS fact_version (
    one TINYINT NOT NULL PRIMARY KEY CHECK (one = 1),
    version BIGINT UNSIGNED NOT NULL
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
INSERT INTO fact_version (one, version) VALUES (1, 1) ON DUPLICATE KEY UPDATE version = version;
