-- Every size is offered, and has stock of its lots; what auditors read has the names.
USE shanhai_orders;
INSERT INTO merchant (merchant_id, name, active) SELECT merchant_id, name, TRUE FROM bench.house;
INSERT INTO offer_revision (revision_id, content_hash, sku_id, product_id, merchant_id, product_name, sku_name, merchant_name,
        product_version, snapshot_hash, price_version, price_fen, net_content_g, quantity_max, return_policy, purchase_mode,
        remaining_days_min, food)
    SELECT 1000 + s.sku_id, UNHEX(SHA2(s.gtin, 256)), s.sku_id, s.product_id, p.merchant_id, p.name, s.name, m.name, p.version, p.hash,
        s.price_version, s.price_fen + IF(s.price_version = 2, 100, 0), s.net_content_g, 50, 'SEVEN_DAY', 'ASSISTED_SALE', 30,
        p.category <> 'homeware_bamboo'
    FROM bench.sku s JOIN bench.product p USING (product_id) JOIN merchant m USING (merchant_id);
INSERT INTO offer (sku_id, revision_id, listed) SELECT sku_id, 1000 + sku_id, product_id % 10 <> 0 FROM bench.sku;
INSERT INTO offer_certification (sku_id, certification_id, valid_from, valid_to, state, state_since)
    SELECT s.sku_id, c.certification_id, c.valid_from - INTERVAL 8 HOUR, c.valid_to - INTERVAL 8 HOUR, c.state, c.state_since
    FROM bench.certification c JOIN bench.sku s USING (product_id);
INSERT INTO certification_step (sku_id, certification_id, since, state)
    SELECT sku_id, certification_id, state_since, state FROM offer_certification WHERE certification_id > 1000;
INSERT INTO lot (lot_id, lot_code, sku_id, county_code, production_day, expiry_day, saleable, quantity)
    SELECT l.lot_id, l.lot_code, l.sku_id, t.county_code, t.production_date, t.expiry_date, t.saleable, t.quantity
    FROM bench.lot l JOIN shanhai_trace.lot t USING (lot_id);
INSERT INTO stock (lot_id, sku_id, on_hand, reserved) SELECT lot_id, sku_id, 500, 0 FROM bench.lot;
-- Behind every number that the service gives to rows of its own.
INSERT INTO stock_receipt (receipt_id, lot_id, quantity, note, at) SELECT 1000000000000 + lot_id, lot_id, 500, '入库', NOW(6) FROM bench.lot;
INSERT INTO stock_journal (lot_id, entry_id, kind, delta_on_hand, delta_reserved, at)
    SELECT lot_id, 1000000000000 + lot_id, 'RECEIPT', 500, 0, NOW(6) FROM bench.lot;

USE shanhai_audit;
INSERT INTO merchant (merchant_id, name) SELECT merchant_id, name FROM bench.house;
INSERT INTO product (product_id, name) SELECT product_id, name FROM bench.product;
INSERT INTO lot (lot_id, lot_code) SELECT lot_id, lot_code FROM bench.lot;
INSERT INTO certification (certification_id, valid_from_us, valid_to_us)
    SELECT certification_id, TIMESTAMPDIFF(MICROSECOND, '1970-01-01', valid_from), TIMESTAMPDIFF(MICROSECOND, '1970-01-01', valid_to)
    FROM bench.certification;
INSERT INTO certification_step (certification_id, since_us, state)
    SELECT certification_id, TIMESTAMPDIFF(MICROSECOND, '1970-01-01', state_since), state FROM bench.certification;
INSERT INTO sku_certification (sku_id, certification_id)
    SELECT s.sku_id, c.certification_id FROM bench.certification c JOIN bench.sku s USING (product_id);
