-- released-as: f7890b038996560de6c3dcea77173036e633bfc6d95cce36f34925aafec779cf
-- The catalog's own facts. Versions, prices and states are only ever inserted; what is current is a pointer.

-- One row. Every write adds 1, so that a process sees that its copy in memory is old.
CREATE TABLE IF NOT EXISTS revision (
    id TINYINT UNSIGNED NOT NULL PRIMARY KEY,
    number BIGINT UNSIGNED NOT NULL,
    CONSTRAINT revision_is_one_row CHECK (id = 1)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

INSERT INTO revision (id, number) VALUES (1, 1) ON DUPLICATE KEY UPDATE number = number;

CREATE TABLE IF NOT EXISTS county (
    county_code CHAR(6) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    name VARCHAR(60) NOT NULL,
    short_name VARCHAR(30) NOT NULL,
    prefecture VARCHAR(60) NOT NULL,
    province VARCHAR(60) NOT NULL,
    assisted BOOLEAN NOT NULL,
    CONSTRAINT county_code_is_gb2260 CHECK (county_code REGEXP '^[1-9][0-9]{5}$' AND county_code NOT LIKE '%00')
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE IF NOT EXISTS county_former_code (
    former_code CHAR(6) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    county_code CHAR(6) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    CONSTRAINT former_code_differs CHECK (former_code <> county_code),
    CONSTRAINT former_code_of_county FOREIGN KEY (county_code) REFERENCES county (county_code)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- A day that is unknown is NULL; the key takes the first day there is for it, since NULLs never collide.
CREATE TABLE IF NOT EXISTS pairing (
    pairing_id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    district_code CHAR(6) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    district_name VARCHAR(60) NOT NULL,
    area_code CHAR(6) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    area_name VARCHAR(60) NOT NULL,
    programme VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    certainty VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    valid_from DATE NULL,
    valid_to DATE NULL,
    note VARCHAR(400) NOT NULL,
    valid_from_key DATE GENERATED ALWAYS AS (COALESCE(valid_from, DATE '1000-01-01')) STORED,
    CONSTRAINT pairing_once UNIQUE KEY (district_code, area_code, programme, valid_from_key),
    CONSTRAINT pairing_of_two CHECK (district_code <> area_code),
    CONSTRAINT pairing_ends_later CHECK (valid_to IS NULL OR valid_from IS NULL OR valid_to > valid_from),
    CONSTRAINT pairing_programme CHECK (programme IN ('EAST_WEST_COLLABORATION', 'POVERTY_COOPERATION', 'COUNTERPART_SUPPORT')),
    CONSTRAINT pairing_certainty CHECK (certainty IN ('STATED', 'IMPLIED', 'CAPTION', 'INFERRED'))
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE IF NOT EXISTS merchant (
    merchant_id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    name VARCHAR(100) NOT NULL,
    kind VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    county_code CHAR(6) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    uscc CHAR(18) CHARACTER SET ascii COLLATE ascii_bin NULL,
    food_licence CHAR(16) CHARACTER SET ascii COLLATE ascii_bin NULL,
    organisation_id BIGINT UNSIGNED NOT NULL,
    self_operated BOOLEAN NOT NULL,
    sample BOOLEAN NOT NULL,
    active BOOLEAN NOT NULL,
    area_note VARCHAR(200) NOT NULL,
    created_at DATETIME(6) NOT NULL,
    CONSTRAINT merchant_name UNIQUE KEY (name),
    CONSTRAINT merchant_uscc UNIQUE KEY (uscc),
    CONSTRAINT merchant_kind CHECK (kind IN ('COOPERATIVE', 'COMPANY', 'FAMILY_FARM', 'ASSISTANCE_WORKSHOP',
        'VILLAGE_COLLECTIVE', 'ASSOCIATION', 'DISTRIBUTOR')),
    CONSTRAINT merchant_county FOREIGN KEY (county_code) REFERENCES county (county_code)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE IF NOT EXISTS product (
    product_id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    merchant_id BIGINT UNSIGNED NOT NULL,
    county_code CHAR(6) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    name VARCHAR(100) NOT NULL,
    version INT UNSIGNED NOT NULL,
    listed BOOLEAN NOT NULL,
    created_at DATETIME(6) NOT NULL,
    CONSTRAINT product_name UNIQUE KEY (merchant_id, name),
    CONSTRAINT product_version_from_one CHECK (version >= 1),
    CONSTRAINT product_merchant FOREIGN KEY (merchant_id) REFERENCES merchant (merchant_id),
    CONSTRAINT product_county FOREIGN KEY (county_code) REFERENCES county (county_code)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- `aliases` and `tags` are one a line. The hash is checked here, so that no text ever differs from it.
CREATE TABLE IF NOT EXISTS product_version (
    product_id BIGINT UNSIGNED NOT NULL,
    version INT UNSIGNED NOT NULL,
    name VARCHAR(100) NOT NULL,
    aliases TEXT NOT NULL,
    category VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    summary VARCHAR(300) NOT NULL,
    description TEXT NOT NULL,
    storage VARCHAR(300) NOT NULL,
    shelf_life_days INT UNSIGNED NULL,
    origin_statement VARCHAR(300) NOT NULL,
    return_policy VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    purchase_mode VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    tags TEXT NOT NULL,
    image VARCHAR(200) NULL,
    canonical MEDIUMTEXT NOT NULL,
    hash BINARY(32) NOT NULL,
    created_at DATETIME(6) NOT NULL,
    created_by BIGINT UNSIGNED NOT NULL,
    PRIMARY KEY (product_id, version),
    CONSTRAINT version_hash CHECK (hash = UNHEX(SHA2(canonical, 256))),
    CONSTRAINT version_category CHECK (category <> 'tobacco'),
    CONSTRAINT version_return_policy CHECK (return_policy IN ('SEVEN_DAY', 'FRESH_EXEMPT', 'CUSTOM_EXEMPT', 'CONFIRMED_EXEMPT')),
    CONSTRAINT version_purchase_mode CHECK (purchase_mode IN ('DIRECT_PURCHASE', 'ASSISTED_SALE')),
    CONSTRAINT version_of_product FOREIGN KEY (product_id) REFERENCES product (product_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE IF NOT EXISTS sku (
    sku_id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    product_id BIGINT UNSIGNED NOT NULL,
    gtin CHAR(14) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    name VARCHAR(100) NOT NULL,
    net_content_g BIGINT NOT NULL,
    quantity_max BIGINT NOT NULL,
    min_remaining_days BIGINT NOT NULL,
    price_version INT UNSIGNED NOT NULL,
    CONSTRAINT sku_gtin UNIQUE KEY (gtin),
    CONSTRAINT sku_gtin_form CHECK (gtin REGEXP '^[0-9]{14}$'),
    CONSTRAINT sku_limits CHECK (net_content_g >= 1 AND quantity_max >= 1 AND min_remaining_days >= 0),
    KEY sku_product (product_id),
    CONSTRAINT sku_of_product FOREIGN KEY (product_id) REFERENCES product (product_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE IF NOT EXISTS price (
    sku_id BIGINT UNSIGNED NOT NULL,
    version INT UNSIGNED NOT NULL,
    price_fen BIGINT NOT NULL,
    created_at DATETIME(6) NOT NULL,
    created_by BIGINT UNSIGNED NOT NULL,
    PRIMARY KEY (sku_id, version),
    CONSTRAINT price_bounds CHECK (price_fen BETWEEN 1 AND 1000000000),
    CONSTRAINT price_of_sku FOREIGN KEY (sku_id) REFERENCES sku (sku_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- `active` is 1 while the certification holds or may hold again, else NULL: then the key below does not count it.
CREATE TABLE IF NOT EXISTS certification (
    certification_id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    product_id BIGINT UNSIGNED NOT NULL,
    scheme VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    year SMALLINT UNSIGNED NOT NULL,
    authority VARCHAR(100) NOT NULL,
    number VARCHAR(60) NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE NOT NULL,
    state VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    state_since DATETIME(6) NOT NULL,
    reason VARCHAR(300) NOT NULL,
    active TINYINT UNSIGNED GENERATED ALWAYS AS (IF(state IN ('CERTIFIED', 'SUSPENDED'), 1, NULL)) STORED,
    CONSTRAINT certification_number UNIQUE KEY (scheme, number),
    CONSTRAINT certification_active UNIQUE KEY (product_id, scheme, year, active),
    CONSTRAINT certification_term CHECK (valid_to > valid_from),
    CONSTRAINT certification_scheme CHECK (scheme IN ('COUNTY_RECOGNITION', 'BAIXIAN_BAIPIN', 'MINHANG_YOUPIN')),
    CONSTRAINT certification_state_known CHECK (state IN ('CERTIFIED', 'SUSPENDED', 'REVOKED', 'WITHDRAWN')),
    CONSTRAINT certification_of_product FOREIGN KEY (product_id) REFERENCES product (product_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

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
