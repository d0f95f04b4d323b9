-- released-as: 5cb5448839711685525afa9134a5b7806c35d939353dd00a237b1932741d1f23
-- What the catalog told us: the last word on each thing.
CREATE TABLE IF NOT EXISTS known_county (
    county_code CHAR(6) NOT NULL PRIMARY KEY,
    name VARCHAR(100) NOT NULL
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE IF NOT EXISTS known_product (
    product_id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
    name VARCHAR(200) NOT NULL,
    county_code CHAR(6) NOT NULL
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE IF NOT EXISTS campaign (
    campaign_id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    name VARCHAR(100) NOT NULL,
    organiser VARCHAR(200) NOT NULL,
    district_code CHAR(6) NULL,
    valid_from DATETIME(6) NOT NULL,
    valid_to DATETIME(6) NOT NULL,
    programme_tag VARCHAR(40) NOT NULL,
    UNIQUE KEY one_name (name),
    CHECK (valid_from < valid_to)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE IF NOT EXISTS placement (
    placement_id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    campaign_id BIGINT UNSIGNED NOT NULL,
    name VARCHAR(100) NOT NULL,
    channel VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    UNIQUE KEY one_name_a_campaign (campaign_id, name),
    CONSTRAINT placement_has_campaign FOREIGN KEY (campaign_id) REFERENCES campaign (campaign_id),
    CHECK (channel IN ('METRO_QR', 'PACKAGE', 'EXHIBITION_CENTER', 'EVENT', 'LIVESTREAM', 'RADIO', 'STORE',
        'WHOLESALE', 'INST_GOV', 'SUPERMARKET', 'INST_CANTEEN', 'INST_CAMPUS', 'COMMUNITY', 'ENTERPRISE',
        'ONLINE'))
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- What a placement shows when; items that play at the same time take turns in the order of item_no.
CREATE TABLE IF NOT EXISTS playlist_item (
    placement_id BIGINT UNSIGNED NOT NULL,
    item_no SMALLINT UNSIGNED NOT NULL,
    product_id BIGINT UNSIGNED NOT NULL,
    plays_from DATETIME(6) NOT NULL,
    plays_to DATETIME(6) NOT NULL,
    seconds SMALLINT UNSIGNED NOT NULL,
    PRIMARY KEY (placement_id, item_no),
    CONSTRAINT item_plays_somewhere FOREIGN KEY (placement_id) REFERENCES placement (placement_id),
    CHECK (plays_from < plays_to),
    CHECK (seconds BETWEEN 1 AND 3600)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- Scans of a placement's code in the hour that begins then. No scan is kept by itself, and nothing of who scanned.
CREATE TABLE IF NOT EXISTS scan_count (
    placement_id BIGINT UNSIGNED NOT NULL,
    hour DATETIME NOT NULL,
    scans BIGINT UNSIGNED NOT NULL,
    PRIMARY KEY (placement_id, hour)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- The last batch of counts that each running process wrote, so that one whose COMMIT got lost is never added twice.
CREATE TABLE IF NOT EXISTS scan_flush (
    writer CHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    number BIGINT UNSIGNED NOT NULL,
    flushed_at DATETIME(6) NOT NULL
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- One row that grows with every change of what decides where a code leads.
CREATE TABLE IF NOT EXISTS revision (
    revision_id TINYINT UNSIGNED NOT NULL PRIMARY KEY,
    number BIGINT UNSIGNED NOT NULL
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

INSERT INTO revision (revision_id, number) VALUES (1, 1) ON DUPLICATE KEY UPDATE number = number;
