-- released-as: ef0202a06c454d6d6c3f79b23c4a72d5d2f6d3a028d0d5bc8fdef009ad567cca
CREATE TABLE IF NOT EXISTS payment_attempt (
    attempt_id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
    attempt_number CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    order_id BIGINT UNSIGNED NOT NULL,
    provider VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    amount_fen BIGINT NOT NULL,
    state ENUM('CREATED', 'PENDING', 'SUCCESS', 'FAILED', 'CLOSED') NOT NULL,
    pay_url VARCHAR(300) NOT NULL DEFAULT '',
    transaction_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL,
    quarantined BOOLEAN NOT NULL DEFAULT FALSE,
    created_at DATETIME(6) NOT NULL,
    paid_at DATETIME(6) NULL,
    polls INT NOT NULL DEFAULT 0,
    poll_at DATETIME(6) NULL,
    UNIQUE KEY public_number (attempt_number),
    UNIQUE KEY one_transaction (provider, transaction_id),
    KEY of_order (order_id),
    KEY to_poll (poll_at),
    CHECK (amount_fen > 0),
    CHECK ((state = 'SUCCESS') = (paid_at IS NOT NULL AND transaction_id IS NOT NULL)),
    FOREIGN KEY (order_id) REFERENCES orders (order_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- What providers sent, stored before it is answered and applied afterwards from here.
CREATE TABLE IF NOT EXISTS payment_notification (
    notification_id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    provider VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    provider_notification_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    attempt_number VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    report_state VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    transaction_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    amount_fen BIGINT NOT NULL,
    paid_at DATETIME(6) NOT NULL,
    body MEDIUMBLOB NOT NULL,
    state ENUM('RECEIVED', 'APPLIED', 'QUARANTINED', 'UNMATCHED') NOT NULL,
    received_at DATETIME(6) NOT NULL,
    UNIQUE KEY once (provider, provider_notification_id),
    KEY waiting (state, notification_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- Money to give back. The number is made from the attempt's, so that a repeated refund is the same refund.
CREATE TABLE IF NOT EXISTS refund (
    attempt_id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
    refund_number CHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    order_id BIGINT UNSIGNED NOT NULL,
    amount_fen BIGINT NOT NULL,
    reason VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    state ENUM('PENDING', 'SUCCESS') NOT NULL,
    tries INT NOT NULL DEFAULT 0,
    try_at DATETIME(6) NOT NULL,
    refunded_at DATETIME(6) NULL,
    UNIQUE KEY public_number (refund_number),
    KEY due (state, try_at),
    CHECK (amount_fen > 0),
    CHECK ((state = 'SUCCESS') = (refunded_at IS NOT NULL)),
    FOREIGN KEY (attempt_id) REFERENCES payment_attempt (attempt_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
