-- What the staff did with an order, and why; written before it is done, so that nobody acts without a name. done_at is
-- NULL while it is not known to have happened.
CREATE TABLE IF NOT EXISTS staff_action (
    action_id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    order_id BIGINT UNSIGNED NOT NULL,
    what VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    account_id BIGINT UNSIGNED NOT NULL,
    name VARCHAR(100) NOT NULL,
    reason VARCHAR(200) NOT NULL,
    asked_at DATETIME(6) NOT NULL,
    done_at DATETIME(6) NULL,
    KEY staff_action_order (order_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
