-- 3,000 screens of 100 campaigns; 100 of them are scanned every hour of a month.
USE shanhai_channel;
INSERT INTO known_product (product_id, name, county_code) SELECT product_id, name, code FROM bench.product;
INSERT INTO campaign (campaign_id, name, organiser, valid_from, valid_to, programme_tag)
    SELECT 1000 + seq, CONCAT('量测活动', seq), '上海市政府合作交流办', NOW(6) - INTERVAL 1 YEAR, NOW(6) + INTERVAL 1 YEAR, '山海情深'
    FROM seq_1_to_100;
INSERT INTO placement (placement_id, campaign_id, name, channel)
    SELECT 1000 + seq, 1001 + seq % 100, CONCAT('量测点位', seq), 'METRO_QR' FROM seq_1_to_3000;
INSERT INTO playlist_item (placement_id, item_no, product_id, plays_from, plays_to, seconds)
    SELECT 1000 + seq, 1, 1000 + seq, NOW(6) - INTERVAL 1 YEAR, NOW(6) + INTERVAL 1 YEAR, 15 FROM seq_1_to_3000;
INSERT INTO scan_count (placement_id, hour, scans)
    SELECT 1000 + p.seq, DATE_FORMAT(NOW() - INTERVAL h.seq HOUR, '%Y-%m-%d %H:00:00'), 1 + h.seq % 7 FROM seq_1_to_100 p JOIN seq_1_to_720 h;

USE shanhai_audit;
INSERT INTO placement (placement_id, name, channel, campaign, district_code)
    SELECT placement_id, p.name, p.channel, c.name, '' FROM shanhai_channel.placement p JOIN shanhai_channel.campaign c USING (campaign_id)
    WHERE placement_id > 1000;
INSERT INTO shanhai_orders.placement (placement_id, channel) SELECT placement_id, channel FROM shanhai_channel.placement WHERE placement_id > 1000;
