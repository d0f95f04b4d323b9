-- Whose people may read of a merchant's sales: the catalog tells it of everybody once more. Since when an offer costs
-- what it costs: NULL until the catalog has said so.
ALTER TABLE merchant ADD COLUMN IF NOT EXISTS organisation_id BIGINT UNSIGNED NOT NULL DEFAULT 0;
ALTER TABLE offer ADD COLUMN IF NOT EXISTS price_since DATETIME(6) NULL;
ALTER TABLE offer_revision ADD COLUMN IF NOT EXISTS price_since DATETIME(6) NULL;

-- The paid orders with goods of a merchant, in the order of its list: written when they are paid.
CREATE TABLE IF NOT EXISTS sold_order (
    merchant_id BIGINT UNSIGNED NOT NULL,
    created_at DATETIME(6) NOT NULL,
    order_id BIGINT UNSIGNED NOT NULL,
    PRIMARY KEY (merchant_id, created_at, order_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
INSERT INTO sold_order (merchant_id, created_at, order_id)
    SELECT DISTINCT r.merchant_id, o.created_at, o.order_id FROM orders o
    JOIN order_line l ON l.order_id = o.order_id JOIN offer_revision r ON r.revision_id = l.revision_id
    WHERE o.state = 'PAID' ON DUPLICATE KEY UPDATE order_id = VALUES(order_id);

-- On which days of Shanghai an SKU was paid for at which of its prices: a later price is compared with these alone.
CREATE TABLE IF NOT EXISTS deal_day (
    sku_id BIGINT UNSIGNED NOT NULL,
    day DATE NOT NULL,
    price_version INT NOT NULL,
    price_fen BIGINT NOT NULL,
    PRIMARY KEY (sku_id, day, price_version)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
INSERT INTO deal_day (sku_id, day, price_version, price_fen)
    SELECT DISTINCT r.sku_id, DATE(o.paid_at + INTERVAL 8 HOUR), r.price_version, r.price_fen FROM orders o
    JOIN order_line l ON l.order_id = o.order_id JOIN offer_revision r ON r.revision_id = l.revision_id
    WHERE o.state = 'PAID' ON DUPLICATE KEY UPDATE price_fen = VALUES(price_fen);

-- The staff's list of orders in a state, newest first; the list of all is made of these.
ALTER TABLE orders ADD KEY IF NOT EXISTS by_state (state, created_at, order_id);
