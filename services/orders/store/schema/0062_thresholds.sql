-- From when on an SKU's stock is called low, and its lots near their expiry. Rows are only inserted and the last one of an
-- SKU counts; without any the rule of all counts (orders/domain/thresholds.hpp).
CREATE TABLE IF NOT EXISTS stock_threshold (
    threshold_id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    sku_id BIGINT UNSIGNED NOT NULL,
    low_stock_below INT UNSIGNED NOT NULL,
    near_expiry_days INT UNSIGNED NOT NULL,
    set_at DATETIME(6) NOT NULL,
    set_by BIGINT UNSIGNED NOT NULL,
    KEY of_sku (sku_id, threshold_id),
    CONSTRAINT threshold_low CHECK (low_stock_below <= 1000000),
    CONSTRAINT threshold_near CHECK (near_expiry_days <= 365)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
