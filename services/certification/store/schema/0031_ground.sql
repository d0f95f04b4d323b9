-- Whether a merchant makes what it sells; and what goods cost, so that a price can be held against others'.
ALTER TABLE known_merchant ADD COLUMN IF NOT EXISTS distributor BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE known_sku ADD COLUMN IF NOT EXISTS price_fen BIGINT UNSIGNED NOT NULL DEFAULT 0;
ALTER TABLE known_sku ADD COLUMN IF NOT EXISTS net_content_g BIGINT UNSIGNED NOT NULL DEFAULT 0;
ALTER TABLE known_sku ADD COLUMN IF NOT EXISTS listed BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE known_sku ADD KEY IF NOT EXISTS alike (category, listed, net_content_g);

-- How far above the median of like sizes a price may be under a scheme, in basis points; 0: any.
ALTER TABLE scheme_version ADD COLUMN IF NOT EXISTS price_band_bp SMALLINT UNSIGNED NOT NULL DEFAULT 0;

-- What the catalog told before these columns were there is told again.
DELETE FROM consumed WHERE producer = 'catalog';
