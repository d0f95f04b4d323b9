-- What the catalog told us: the last word on each thing.
CREATE TABLE known_county (
    county_code CHAR(6) NOT NULL PRIMARY KEY,
    name VARCHAR(100) NOT NULL
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4;

CREATE TABLE known_product (
    product_id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
    name VARCHAR(200) NOT NULL,
    county_code CHAR(6) NOT NULL
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4;

CREATE TABLE campaign (
    campaign_id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    name VARCHAR(100) NOT NULL,
    organiser VARCHAR(200) NOT NULL,
    district_code CHAR(6) NULL,
    valid_from DATETIME(6) NOT NULL,
    valid_to DATETIME(6) NOT NULL,
    programme_tag VARCHAR(40) NOT NULL,
    UNIQUE KEY one_name (name),
    CHECK (valid_from < valid_to)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4;

CREATE TABLE placement (
    placement_id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    campaign_id BIGINT UNSIGNED NOT NULL,
    name VARCHAR(100) NOT NULL,
    channel VARCHAR(20) CHARACTER SET ascii NOT NULL,
    UNIQUE KEY one_name_a_campaign (campaign_id, name),
    CONSTRAINT placement_has_campaign FOREIGN KEY (campaign_id) REFERENCES campaign (campaign_id),
    CHECK (channel IN ('METRO_QR', 'PACKAGE', 'EXHIBITION_CENTER', 'EVENT', 'LIVESTREAM', 'RADIO', 'STORE',
        'WHOLESALE', 'INST_GOV', 'SUPERMARKET', 'INST_CANTEEN', 'INST_CAMPUS', 'COMMUNITY', 'ENTERPRISE',
        'ONLINE'))
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4;

-- What a placement shows when; items that play at the same time take turns in the order of item_no.
CREATE TABLE playlist_item (
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
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4;

-- Scans of a placement's code in the hour that begins then. No scan is kept by itself, and nothing of who scanned.
CREATE TABLE scan_count (
    placement_id BIGINT UNSIGNED NOT NULL,
    hour DATETIME NOT NULL,
    scans BIGINT UNSIGNED NOT NULL,
    PRIMARY KEY (placement_id, hour)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4;

-- The last batch of counts that each running process wrote, so that one whose COMMIT got lost is never added twice.
CREATE TABLE scan_flush (
    writer CHAR(32) CHARACTER SET ascii NOT NULL PRIMARY KEY,
    number BIGINT UNSIGNED NOT NULL,
    flushed_at DATETIME(6) NOT NULL
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4;

-- One row that grows with every change of what decides where a code leads.
CREATE TABLE revision (
    revision_id TINYINT UNSIGNED NOT NULL PRIMARY KEY,
    number BIGINT UNSIGNED NOT NULL
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4;

INSERT INTO revision (revision_id, number) VALUES (1, 1);
