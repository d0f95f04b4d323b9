-- released-as: 91c2976e56507d9404b57b626a73bde537d395cbf2d7e5e503db809113c61d12
-- Which request did what: written in the transaction of its effect.
CREATE TABLE IF NOT EXISTS idempotency (
    request_hash BINARY(32) NOT NULL PRIMARY KEY,
    fingerprint BINARY(32) NOT NULL,
    subject_id BIGINT UNSIGNED NOT NULL
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE IF NOT EXISTS orders (
    order_id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
    order_number CHAR(21) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    state ENUM('CREATED', 'PAID', 'EXPIRED', 'CANCELLED') NOT NULL,
    total_fen BIGINT NOT NULL,
    placement_id BIGINT UNSIGNED NULL,
    channel VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    buyer BINARY(32) NOT NULL,
    confirmed_no_return BOOLEAN NOT NULL,
    created_at DATETIME(6) NOT NULL,
    expires_at DATETIME(6) NOT NULL,
    paid_at DATETIME(6) NULL,
    closed_at DATETIME(6) NULL,
    UNIQUE KEY public_number (order_number),
    KEY due (state, expires_at),
    CHECK (total_fen > 0 AND total_fen <= 1000000000),
    CHECK ((state = 'PAID') = (paid_at IS NOT NULL))
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- Packs of one SKU from one lot. While its order is CREATED a line is a reservation, until expires_at.
CREATE TABLE IF NOT EXISTS order_line (
    order_id BIGINT UNSIGNED NOT NULL,
    line_id BIGINT UNSIGNED NOT NULL,
    revision_id BIGINT UNSIGNED NOT NULL,
    lot_id BIGINT UNSIGNED NOT NULL,
    lot_code VARCHAR(20) NOT NULL,
    county_code CHAR(6) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    quantity BIGINT NOT NULL,
    total_fen BIGINT NOT NULL,
    certification_id BIGINT UNSIGNED NOT NULL,
    certified_at_payment BOOLEAN NULL,
    PRIMARY KEY (order_id, line_id),
    KEY of_lot (lot_id),
    CHECK (quantity > 0),
    CHECK (total_fen > 0)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- The only place with personal data. Without its data key, which ERASE destroys, a record is noise.
CREATE TABLE IF NOT EXISTS vault_record (
    order_id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
    wrapped_key VARBINARY(64) NULL,
    sealed VARBINARY(2048) NOT NULL,
    phone_hash BINARY(32) NOT NULL,
    KEY by_phone (phone_hash)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
