-- How many packs a lot holds (its receipts may not exceed them); unknown for lots that were told before.
ALTER TABLE lot ADD COLUMN IF NOT EXISTS quantity BIGINT NULL;

-- Food is not sold from a lot without a day of expiry. Until the catalog tells an offer again it counts as food.
ALTER TABLE offer_revision ADD COLUMN IF NOT EXISTS food BOOLEAN NOT NULL DEFAULT TRUE;

-- Every step that a certification's state took, so that what is learned later never changes what was so earlier.
CREATE TABLE IF NOT EXISTS certification_step (
    sku_id BIGINT UNSIGNED NOT NULL,
    certification_id BIGINT UNSIGNED NOT NULL,
    since DATETIME(6) NOT NULL,
    state VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    PRIMARY KEY (sku_id, certification_id, since)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
INSERT INTO certification_step (sku_id, certification_id, since, state)
    SELECT sku_id, certification_id, state_since, state FROM offer_certification
    ON DUPLICATE KEY UPDATE state = VALUES(state);

-- Why we closed an order ("lot-blocked"), and when it would have expired before its payment was opened.
ALTER TABLE orders ADD COLUMN IF NOT EXISTS close_reason VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL;
ALTER TABLE orders ADD COLUMN IF NOT EXISTS first_expires_at DATETIME(6) NULL;

-- An order's page shows what became of its money.
ALTER TABLE refund ADD KEY IF NOT EXISTS of_order (order_id);

-- Keys of orders are forgotten after a day; those of stock (NULL) never.
ALTER TABLE idempotency ADD COLUMN IF NOT EXISTS expires_at DATETIME(6) NULL;

-- REJECTED: a human looked at what was QUARANTINED, and it counts for nothing.
ALTER TABLE payment_notification MODIFY state
    ENUM('RECEIVED', 'APPLIED', 'QUARANTINED', 'UNMATCHED', 'REJECTED') NOT NULL;

-- A report that must not count before a human has decided: another amount than was asked for, or a report that
-- could not be applied. Decided once.
CREATE TABLE IF NOT EXISTS payment_quarantine (
    attempt_id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
    reason VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    amount_fen BIGINT NOT NULL,
    transaction_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    reported_paid_at DATETIME(6) NULL,
    since DATETIME(6) NOT NULL,
    decision VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NULL,
    decided_at DATETIME(6) NULL,
    decided_by VARCHAR(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
    note VARCHAR(500) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
    FOREIGN KEY (attempt_id) REFERENCES payment_attempt (attempt_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
