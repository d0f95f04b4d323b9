-- What others told us: the last word on each thing.
CREATE TABLE IF NOT EXISTS known_organisation (
    organisation_id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
    name VARCHAR(200) NOT NULL,
    kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    county_code CHAR(6) CHARACTER SET ascii COLLATE ascii_bin NULL
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE IF NOT EXISTS known_county (
    county_code CHAR(6) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    name VARCHAR(100) NOT NULL,
    short_name VARCHAR(100) NOT NULL
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE IF NOT EXISTS known_pairing (
    pairing_id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
    district_code CHAR(6) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    area_code CHAR(6) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    certainty VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    valid_from DATE NULL,
    valid_to DATE NULL,
    KEY of_district (district_code)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE IF NOT EXISTS known_merchant (
    merchant_id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
    name VARCHAR(200) NOT NULL,
    organisation_id BIGINT UNSIGNED NOT NULL,
    active TINYINT UNSIGNED NOT NULL
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- A product is what its sizes say of it. Whoever decides about a product locks its rows here.
CREATE TABLE IF NOT EXISTS known_sku (
    sku_id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
    product_id BIGINT UNSIGNED NOT NULL,
    merchant_id BIGINT UNSIGNED NOT NULL,
    product_name VARCHAR(200) NOT NULL,
    county_code CHAR(6) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    gtin CHAR(14) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    KEY of_product (product_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- Whether the catalog, which kept certifications before, has handed over all that it had: until then none is given.
CREATE TABLE IF NOT EXISTS handover (
    one TINYINT UNSIGNED NOT NULL PRIMARY KEY,
    at DATETIME(6) NOT NULL,
    CONSTRAINT handover_is_one_row CHECK (one = 1)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- The rules of a scheme, one row a version; versions are only inserted. Lists have one item a line.
CREATE TABLE IF NOT EXISTS scheme_version (
    scheme VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    version INT UNSIGNED NOT NULL,
    name VARCHAR(100) NOT NULL,
    offices TEXT NOT NULL,
    district_code CHAR(6) CHARACTER SET ascii COLLATE ascii_bin NULL,
    counties VARCHAR(1000) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    term_unit VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    term SMALLINT UNSIGNED NOT NULL,
    notice_days SMALLINT UNSIGNED NOT NULL,
    recommendations TINYINT UNSIGNED NOT NULL,
    by_application TINYINT UNSIGNED NOT NULL,
    at DATETIME(6) NOT NULL,
    by_account BIGINT UNSIGNED NOT NULL,
    PRIMARY KEY (scheme, version)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- `active` is 1 while the certification holds or may hold again, else NULL: then the key below does not count it.
CREATE TABLE IF NOT EXISTS certification (
    certification_id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    product_id BIGINT UNSIGNED NOT NULL,
    scheme VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    year SMALLINT UNSIGNED NOT NULL,
    authority VARCHAR(200) NOT NULL,
    number VARCHAR(60) NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE NOT NULL,
    state VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    state_since DATETIME(6) NOT NULL,
    reason VARCHAR(300) NOT NULL,
    recorded_at DATETIME(6) NOT NULL,
    active TINYINT UNSIGNED GENERATED ALWAYS AS (IF(state IN ('CERTIFIED', 'SUSPENDED'), 1, NULL)) STORED,
    CONSTRAINT certification_number UNIQUE KEY (scheme, number),
    CONSTRAINT certification_active UNIQUE KEY (product_id, scheme, year, active),
    CONSTRAINT certification_term CHECK (valid_to > valid_from),
    CONSTRAINT certification_state_known CHECK (state IN ('CERTIFIED', 'SUSPENDED', 'REVOKED', 'WITHDRAWN'))
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- What was decided of it, in its order. Only inserted.
CREATE TABLE IF NOT EXISTS certification_state (
    certification_id BIGINT UNSIGNED NOT NULL,
    step INT UNSIGNED NOT NULL,
    state VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    reason VARCHAR(300) NOT NULL,
    at DATETIME(6) NOT NULL,
    by_account BIGINT UNSIGNED NOT NULL,
    PRIMARY KEY (certification_id, step),
    CONSTRAINT state_of_certification FOREIGN KEY (certification_id) REFERENCES certification (certification_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
