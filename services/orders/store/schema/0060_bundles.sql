-- Bundles as the catalog told of them, and what their packs cost within them. Each share is a revision that says of which
-- version of which bundle it is; an order's lines point there, so rows never change.
ALTER TABLE offer_revision ADD COLUMN IF NOT EXISTS bundle_id BIGINT UNSIGNED NULL;
ALTER TABLE offer_revision ADD COLUMN IF NOT EXISTS bundle_version INT NULL;
ALTER TABLE offer_revision ADD COLUMN IF NOT EXISTS bundle_name VARCHAR(200) NULL;
ALTER TABLE offer_revision DROP CONSTRAINT IF EXISTS bundle_is_named;
ALTER TABLE offer_revision ADD CONSTRAINT bundle_is_named CHECK (
    (bundle_id IS NULL) = (bundle_version IS NULL) AND (bundle_id IS NULL) = (bundle_name IS NULL));

CREATE TABLE IF NOT EXISTS bundle (
    bundle_id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
    merchant_id BIGINT UNSIGNED NOT NULL,
    version INT NOT NULL,
    name VARCHAR(200) NOT NULL,
    price_fen BIGINT NOT NULL,
    listed BOOLEAN NOT NULL
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE IF NOT EXISTS bundle_component (
    bundle_id BIGINT UNSIGNED NOT NULL,
    place INT UNSIGNED NOT NULL,
    sku_id BIGINT UNSIGNED NOT NULL,
    quantity BIGINT NOT NULL,
    PRIMARY KEY (bundle_id, place),
    KEY of_sku (sku_id, bundle_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- Empty for a bundle whose price cannot be shared out now.
CREATE TABLE IF NOT EXISTS bundle_pack (
    bundle_id BIGINT UNSIGNED NOT NULL,
    place INT UNSIGNED NOT NULL,
    revision_id BIGINT UNSIGNED NOT NULL,
    quantity BIGINT NOT NULL,
    PRIMARY KEY (bundle_id, place),
    FOREIGN KEY (revision_id) REFERENCES offer_revision (revision_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
