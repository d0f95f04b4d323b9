-- released-as: 3fd7a0b15f8a48fb600b21f3ddb9d9630745f95f747d894595e8f9dff9834e2c
-- What is there of a lot, in packs. Always the sums of its journal.
CREATE TABLE IF NOT EXISTS stock (
    lot_id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
    sku_id BIGINT UNSIGNED NOT NULL,
    on_hand BIGINT NOT NULL,
    reserved BIGINT NOT NULL,
    KEY of_sku (sku_id),
    CHECK (reserved >= 0),
    CHECK (reserved <= on_hand),
    FOREIGN KEY (lot_id) REFERENCES lot (lot_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- Why it is there. Only appended.
CREATE TABLE IF NOT EXISTS stock_journal (
    lot_id BIGINT UNSIGNED NOT NULL,
    entry_id BIGINT UNSIGNED NOT NULL,
    kind ENUM('RECEIPT', 'RESERVE', 'RELEASE', 'SALE') NOT NULL,
    delta_on_hand BIGINT NOT NULL,
    delta_reserved BIGINT NOT NULL,
    order_id BIGINT UNSIGNED NULL,
    at DATETIME(6) NOT NULL,
    PRIMARY KEY (lot_id, entry_id),
    CHECK ((kind = 'RECEIPT' AND delta_on_hand > 0 AND delta_reserved = 0 AND order_id IS NULL)
        OR (kind = 'RESERVE' AND delta_on_hand = 0 AND delta_reserved > 0 AND order_id IS NOT NULL)
        OR (kind = 'RELEASE' AND delta_on_hand = 0 AND delta_reserved < 0 AND order_id IS NOT NULL)
        OR (kind = 'SALE' AND delta_on_hand < 0 AND delta_reserved = delta_on_hand AND order_id IS NOT NULL))
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE IF NOT EXISTS stock_receipt (
    receipt_id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
    lot_id BIGINT UNSIGNED NOT NULL,
    quantity BIGINT NOT NULL,
    note VARCHAR(200) NOT NULL,
    at DATETIME(6) NOT NULL,
    CHECK (quantity > 0),
    FOREIGN KEY (lot_id) REFERENCES lot (lot_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
