-- Bundles (套装): packs of one merchant's SKUs for one price. Versions are only ever inserted; what is current is a
-- pointer. `place` is the order in which a bundle names its components, and in which they share its price.
CREATE TABLE IF NOT EXISTS bundle (
    bundle_id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    merchant_id BIGINT UNSIGNED NOT NULL,
    name VARCHAR(100) NOT NULL,
    version INT UNSIGNED NOT NULL,
    listed BOOLEAN NOT NULL,
    created_at DATETIME(6) NOT NULL,
    CONSTRAINT bundle_name UNIQUE KEY (merchant_id, name),
    CONSTRAINT bundle_version_from_one CHECK (version >= 1),
    CONSTRAINT bundle_merchant FOREIGN KEY (merchant_id) REFERENCES merchant (merchant_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE IF NOT EXISTS bundle_version (
    bundle_id BIGINT UNSIGNED NOT NULL,
    version INT UNSIGNED NOT NULL,
    name VARCHAR(100) NOT NULL,
    summary VARCHAR(300) NOT NULL,
    image VARCHAR(200) NULL,
    price_fen BIGINT NOT NULL,
    created_at DATETIME(6) NOT NULL,
    created_by BIGINT UNSIGNED NOT NULL,
    PRIMARY KEY (bundle_id, version),
    CONSTRAINT bundle_price CHECK (price_fen >= 1 AND price_fen <= 1000000000),
    CONSTRAINT version_of_bundle FOREIGN KEY (bundle_id) REFERENCES bundle (bundle_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE IF NOT EXISTS bundle_component (
    bundle_id BIGINT UNSIGNED NOT NULL,
    version INT UNSIGNED NOT NULL,
    place INT UNSIGNED NOT NULL,
    sku_id BIGINT UNSIGNED NOT NULL,
    quantity INT UNSIGNED NOT NULL,
    PRIMARY KEY (bundle_id, version, sku_id),
    KEY of_sku (sku_id, bundle_id, version),
    CONSTRAINT bundle_packs CHECK (quantity >= 1 AND quantity <= 99),
    CONSTRAINT component_of_version FOREIGN KEY (bundle_id, version) REFERENCES bundle_version (bundle_id, version),
    CONSTRAINT component_sku FOREIGN KEY (sku_id) REFERENCES sku (sku_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
