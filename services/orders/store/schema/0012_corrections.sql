-- What somebody found the stock to be other than the books, and who agreed. Only the second changes the stock.
CREATE TABLE IF NOT EXISTS stock_correction (
    correction_id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
    lot_id BIGINT UNSIGNED NOT NULL,
    delta BIGINT NOT NULL,
    reason VARCHAR(200) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    proposed_by BIGINT UNSIGNED NOT NULL,
    proposed_at DATETIME(6) NOT NULL,
    confirmed_by BIGINT UNSIGNED NULL,
    confirmed_at DATETIME(6) NULL,
    KEY of_lot (lot_id),
    CHECK (delta <> 0),
    CHECK ((confirmed_by IS NULL) = (confirmed_at IS NULL)),
    CHECK (confirmed_by IS NULL OR confirmed_by <> proposed_by),
    FOREIGN KEY (lot_id) REFERENCES lot (lot_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

ALTER TABLE stock_journal MODIFY kind ENUM('RECEIPT', 'RESERVE', 'RELEASE', 'SALE', 'CORRECTION') NOT NULL;
ALTER TABLE stock_journal DROP CONSTRAINT IF EXISTS CONSTRAINT_1;
ALTER TABLE stock_journal DROP CONSTRAINT IF EXISTS move_of_its_kind;
ALTER TABLE stock_journal ADD CONSTRAINT move_of_its_kind CHECK (
    (kind = 'RECEIPT' AND delta_on_hand > 0 AND delta_reserved = 0 AND order_id IS NULL)
    OR (kind = 'CORRECTION' AND delta_on_hand <> 0 AND delta_reserved = 0 AND order_id IS NULL)
    OR (kind = 'RESERVE' AND delta_on_hand = 0 AND delta_reserved > 0 AND order_id IS NOT NULL)
    OR (kind = 'RELEASE' AND delta_on_hand = 0 AND delta_reserved < 0 AND order_id IS NOT NULL)
    OR (kind = 'SALE' AND delta_on_hand < 0 AND delta_reserved = delta_on_hand AND order_id IS NOT NULL));
