-- The sandbox provider's own books: as if they were kept by another company.
CREATE TABLE sandbox_payment (
    attempt_number CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    amount_fen BIGINT NOT NULL,
    state ENUM('PENDING', 'SUCCESS', 'FAILED', 'CLOSED') NOT NULL,
    transaction_id VARCHAR(64) CHARACTER SET ascii NULL,
    notification_id VARCHAR(64) CHARACTER SET ascii NULL,
    decided_at DATETIME(6) NULL,
    refund_number CHAR(32) CHARACTER SET ascii NULL,
    refunded_at DATETIME(6) NULL,
    CHECK (amount_fen > 0)
) ENGINE=InnoDB;
