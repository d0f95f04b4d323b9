-- The past of invented goods (GTINs of GS1's range for demonstrations, 952) is invented with them: what their
-- certifiers entered before the internal port took samples counts from the first of its days, a day of Shanghai.
UPDATE certification c SET c.recorded_at = LEAST(c.recorded_at, CAST(c.valid_from AS DATETIME(6)) - INTERVAL 8 HOUR)
    WHERE NOT EXISTS (SELECT 1 FROM sku s WHERE s.product_id = c.product_id AND s.gtin NOT LIKE '0952%');
