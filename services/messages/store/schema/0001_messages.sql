-- What others told us: the last word on each thing.
CREATE TABLE IF NOT EXISTS known_merchant (
    merchant_id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
    organisation_id BIGINT UNSIGNED NOT NULL,
    name VARCHAR(200) NOT NULL,
    active BOOLEAN NOT NULL
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE IF NOT EXISTS known_product (
    product_id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
    merchant_id BIGINT UNSIGNED NOT NULL,
    name VARCHAR(200) NOT NULL,
    KEY of_merchant (merchant_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE IF NOT EXISTS known_certification (
    certification_id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
    product_id BIGINT UNSIGNED NOT NULL,
    scheme VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    year SMALLINT UNSIGNED NOT NULL,
    valid_to DATE NOT NULL,
    state VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    KEY by_end (valid_to, certification_id),
    KEY of_product (product_id, scheme, valid_to),
    KEY of_scheme (scheme, year)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE IF NOT EXISTS known_lot (
    lot_id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
    saleable BOOLEAN NOT NULL
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- The last number that a message has. Whoever writes messages holds this row to the end: so they appear in the order of
-- their numbers, and whoever has read through one has none before it still to come.
CREATE TABLE IF NOT EXISTS numbering (
    one TINYINT UNSIGNED NOT NULL PRIMARY KEY,
    last_id BIGINT UNSIGNED NOT NULL,
    CONSTRAINT numbering_is_one_row CHECK (one = 1)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

INSERT INTO numbering (one, last_id) VALUES (1, 0) ON DUPLICATE KEY UPDATE last_id = last_id;

-- What an organisation was told; 0 is the operator. `once` is what makes news of a fact that is told again none.
CREATE TABLE IF NOT EXISTS message (
    message_id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
    organisation_id BIGINT UNSIGNED NOT NULL,
    kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    subject_id BIGINT UNSIGNED NOT NULL,
    step BIGINT NOT NULL,
    application_id BIGINT UNSIGNED NULL,
    product_id BIGINT UNSIGNED NULL,
    certification_id BIGINT UNSIGNED NULL,
    edition_id BIGINT UNSIGNED NULL,
    lot_id BIGINT UNSIGNED NULL,
    merchant_id BIGINT UNSIGNED NULL,
    scheme VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NULL,
    year SMALLINT UNSIGNED NULL,
    lot_code VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NULL,
    merchant_name VARCHAR(200) NULL,
    product_name VARCHAR(200) NULL,
    reason VARCHAR(600) NOT NULL,
    at DATETIME(6) NOT NULL,
    due_on DATE NULL,
    told_at DATETIME(6) NOT NULL,
    UNIQUE KEY once (organisation_id, kind, subject_id, step),
    KEY newest (organisation_id, message_id),
    KEY of_subject (kind, subject_id),
    KEY by_age (told_at)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- News of a product of which nobody has said yet whose it is: the facts of two services come in no order.
CREATE TABLE IF NOT EXISTS undelivered (
    product_id BIGINT UNSIGNED NOT NULL,
    kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    subject_id BIGINT UNSIGNED NOT NULL,
    step BIGINT NOT NULL,
    application_id BIGINT UNSIGNED NULL,
    certification_id BIGINT UNSIGNED NULL,
    edition_id BIGINT UNSIGNED NULL,
    lot_id BIGINT UNSIGNED NULL,
    scheme VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NULL,
    year SMALLINT UNSIGNED NULL,
    lot_code VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NULL,
    reason VARCHAR(600) NOT NULL,
    at DATETIME(6) NOT NULL,
    PRIMARY KEY (product_id, kind, subject_id, step),
    KEY by_age (at)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- How far an account has read: it only grows.
CREATE TABLE IF NOT EXISTS read_mark (
    account_id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
    through BIGINT UNSIGNED NOT NULL
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
