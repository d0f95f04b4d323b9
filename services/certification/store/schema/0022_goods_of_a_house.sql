-- Which goods a house sells: its lists begin with them.
ALTER TABLE known_merchant ADD INDEX IF NOT EXISTS of_organisation (organisation_id);
ALTER TABLE known_sku ADD INDEX IF NOT EXISTS of_merchant (merchant_id, product_id);
