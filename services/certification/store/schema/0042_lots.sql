-- Of lots what says when they were harvested, and where; without a day nobody said.
CREATE TABLE IF NOT EXISTS known_lot (
    lot_id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
    lot_code VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    product_id BIGINT UNSIGNED NOT NULL,
    base_id BIGINT UNSIGNED NOT NULL,
    harvest_day DATE NULL,
    KEY of_product (product_id, lot_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
