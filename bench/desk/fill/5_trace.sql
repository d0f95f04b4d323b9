-- Two bases of each house and a lot of each size. Of the sample house's first size there are 1,000.
USE shanhai_trace;
INSERT INTO known_merchant (merchant_id, name, organisation_id, active) SELECT merchant_id, name, organisation_id, TRUE FROM bench.house;
INSERT INTO known_sku (sku_id, product_id, merchant_id, product_name, county_code, net_content_g, food, shelf_life_days)
    SELECT s.sku_id, s.product_id, p.merchant_id, p.name, p.code, s.net_content_g, p.category <> 'homeware_bamboo', 365
    FROM bench.sku s JOIN bench.product p USING (product_id);
INSERT INTO base (base_id, merchant_id, county_code, name, village, product_words, mu_x100, yield_kg_per_mu, registered_at, registered_by,
        confirmed_by, confirmed_at)
    SELECT 1000 + seq, m.merchant_id, m.county_code, CONCAT('量测基地', seq), '山坳村', '山货', 100000000, 100000, NOW(6), 6,
        IF(seq % 20 = 0, NULL, 7), IF(seq % 20 = 0, NULL, NOW(6))
    FROM seq_1_to_4010 JOIN shanhai_catalog.merchant m ON m.merchant_id = IF(seq > 4000, 8, 1001 + seq % 2000);

CREATE TABLE bench.lot (lot_id INT PRIMARY KEY, sku_id INT NOT NULL, lot_code VARCHAR(20) NOT NULL);
INSERT INTO bench.lot SELECT sku_id, sku_id, CONCAT('B', sku_id) FROM bench.sku;
INSERT INTO bench.lot SELECT 200000 + seq, 1001, CONCAT('C', seq) FROM seq_1_to_1000;
INSERT INTO lot (lot_id, lot_code, base_id, sku_id, product_id, merchant_id, county_code, harvest_date, production_date, expiry_date,
        harvest_year, quantity, net_content_g, conformity_certificate_no, test_report_no, saleable, block_reason, blocked_at, registered_at,
        expiry_checked)
    SELECT l.lot_id, l.lot_code, b.base_id, s.sku_id, s.product_id, p.merchant_id, p.code, CURDATE() - INTERVAL 90 DAY,
        CURDATE() - INTERVAL 60 DAY, CURDATE() + INTERVAL 305 DAY, YEAR(CURDATE() - INTERVAL 90 DAY), 1000, s.net_content_g, '',
        CONCAT('QC-', l.lot_id), l.lot_id % 200 <> 0, IF(l.lot_id % 200 = 0, '量测', ''), IF(l.lot_id % 200 = 0, NOW(6), NULL), NOW(6), TRUE
    FROM bench.lot l JOIN bench.sku s USING (sku_id) JOIN bench.product p USING (product_id)
    JOIN (SELECT merchant_id, MIN(base_id) AS base_id FROM base WHERE base_id > 1000 GROUP BY merchant_id) b USING (merchant_id);
