-- What unpaid orders hold, while they do, and for whom: the caps on holds are counted from this. The three principals
-- are the first eight bytes of keyed hashes (telephone, delivery address, client network); goods are "sku:packs sku:packs".
-- A row goes with its order's payment or end, so that nothing of a person is kept here for longer.
CREATE TABLE IF NOT EXISTS unpaid_hold (
    order_id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
    telephone BIGINT UNSIGNED NOT NULL,
    address BIGINT UNSIGNED NOT NULL,
    network BIGINT UNSIGNED NOT NULL,
    goods VARCHAR(700) CHARACTER SET ascii COLLATE ascii_bin NOT NULL
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
