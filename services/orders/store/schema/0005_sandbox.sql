-- released-as: c8798b1be0ea16603e480a25e0c0f4f37e766583f80654252c9d5796b01f90b1
-- The sandbox provider's own books: as if they were kept by another company.
CREATE TABLE IF NOT EXISTS sandbox_payment (
    attempt_number CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    amount_fen BIGINT NOT NULL,
    state ENUM('PENDING', 'SUCCESS', 'FAILED', 'CLOSED') NOT NULL,
    transaction_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL,
    notification_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL,
    decided_at DATETIME(6) NULL,
    refund_number CHAR(32) CHARACTER SET ascii COLLATE ascii_bin NULL,
    refunded_at DATETIME(6) NULL,
    CHECK (amount_fen > 0)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
