-- 100,000 products of 2,000 houses, with sizes, prices, earlier texts and recognitions.
USE shanhai_catalog;
INSERT INTO organisation (organisation_id, name, kind, county_code) SELECT organisation_id, name, 'MERCHANT', code FROM bench.house;
INSERT INTO merchant (merchant_id, name, kind, county_code, uscc, organisation_id, self_operated, sample, active, area_note, created_at,
        business_licence, business_licence_until, checked_on)
    SELECT merchant_id, name, 'COOPERATIVE', code, uscc, organisation_id, FALSE, FALSE, TRUE, '', NOW(6), CONCAT('BENCH', merchant_id),
        CURDATE() + INTERVAL 1 + merchant_id % 700 DAY, CURDATE() - INTERVAL merchant_id % 360 DAY FROM bench.house;
INSERT INTO merchant_check (merchant_id, at, by_account, business_licence, note)
    SELECT merchant_id, NOW(6), 6, CONCAT('BENCH', merchant_id), '' FROM bench.house;
INSERT INTO verified_merchant (organisation_id, name, kind, county_code, uscc, area_note, business_licence, checked_on, verified_by, merchant_id)
    SELECT h.organisation_id, h.name, 'COOPERATIVE', h.code, h.uscc, '', CONCAT('BENCH', h.merchant_id), CURDATE(), 6, h.merchant_id
    FROM bench.house h JOIN shanhai_identity.onboarding o ON o.organisation_id = h.organisation_id;

INSERT INTO product (product_id, merchant_id, county_code, name, version, listed, created_at)
    SELECT product_id, merchant_id, code, name, version, product_id % 10 <> 0, NOW(6) FROM bench.product;
INSERT INTO product_version (product_id, version, name, aliases, category, summary, description, storage, shelf_life_days, origin_statement,
        return_policy, purchase_mode, tags, image, canonical, hash, created_at, created_by)
    SELECT product_id, version, name, CONCAT('别名', product_id), category, CONCAT(name, '，产自高山，手工制作。'),
        '采自海拔两千米以上的山区，由当地合作社的农户采收、挑选、晾晒与包装，每一批都留样检验。', '阴凉干燥处密封保存', 365, '', 'SEVEN_DAY',
        'ASSISTED_SALE', '一县一品\n产地直供', NULL, text, hash, NOW(6), 6 FROM bench.product;
INSERT INTO product_version (product_id, version, name, aliases, category, summary, description, storage, shelf_life_days, origin_statement,
        return_policy, purchase_mode, tags, image, canonical, hash, created_at, created_by)
    SELECT product_id, 1, name, '', category, name, '', '', 365, '', 'SEVEN_DAY', 'ASSISTED_SALE', '', NULL, name,
        UNHEX(SHA2(name, 256)), NOW(6), 6 FROM bench.product WHERE version = 2;
INSERT INTO sku (sku_id, product_id, gtin, name, net_content_g, quantity_max, min_remaining_days, price_version)
    SELECT sku_id, product_id, gtin, name, net_content_g, 50, 30, price_version FROM bench.sku;
INSERT INTO price (sku_id, version, price_fen, created_at, created_by) SELECT sku_id, 1, price_fen, NOW(6), 6 FROM bench.sku;
INSERT INTO price (sku_id, version, price_fen, created_at, created_by)
    SELECT sku_id, 2, price_fen + 100, NOW(6), 6 FROM bench.sku WHERE price_version = 2;

INSERT INTO certification (certification_id, product_id, scheme, year, authority, number, valid_from, valid_to, state, state_since, reason,
        recorded_at)
    SELECT certification_id, product_id, scheme, year, authority, number, valid_from, valid_to, state, state_since, '', recorded_at
    FROM bench.certification;
INSERT INTO certification_state (certification_id, step, state, reason, at, by_account)
    SELECT certification_id, 1, state, '', recorded_at, 3 FROM bench.certification;
-- Nobody is told what: every copy in memory is read anew.
UPDATE touch_count SET number = number + 1 WHERE one = 1;
