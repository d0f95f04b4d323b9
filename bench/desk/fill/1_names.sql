-- What the other files here are made from: names, codes with right check digits, and who has which goods. Gone with the
-- private server. Numbers begin behind those of the sample data, whose house (merchant 8, organisation 1) has 500 of the goods.
CREATE DATABASE bench CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
USE bench;

DELIMITER //
-- As Uscc::check_character has it.
CREATE FUNCTION uscc(first_seventeen CHAR(17)) RETURNS CHAR(18) DETERMINISTIC
BEGIN
    DECLARE alphabet CHAR(31) DEFAULT '0123456789ABCDEFGHJKLMNPQRTUWXY';
    DECLARE total, i INT DEFAULT 0;
    DECLARE weight INT DEFAULT 1;
    WHILE i < 17 DO
        SET i = i + 1;
        SET total = total + (LOCATE(SUBSTRING(first_seventeen, i, 1), alphabet) - 1) * weight;
        SET weight = weight * 3 % 31;
    END WHILE;
    RETURN CONCAT(first_seventeen, SUBSTRING(alphabet, (31 - total % 31) % 31 + 1, 1));
END //
-- In the range for demonstrations, 952.
CREATE FUNCTION gtin(n INT) RETURNS CHAR(14) DETERMINISTIC
BEGIN
    DECLARE digits CHAR(13) DEFAULT CONCAT('0952', LPAD(n, 9, '0'));
    DECLARE total, i INT DEFAULT 0;
    WHILE i < 13 DO
        SET i = i + 1;
        SET total = total + SUBSTRING(digits, i, 1) * IF(i % 2 = 1, 3, 1);
    END WHILE;
    RETURN CONCAT(digits, (10 - total % 10) % 10);
END //
-- Of the products that were ever applied for, and certified.
CREATE FUNCTION chosen(k INT) RETURNS INT DETERMINISTIC RETURN 1000 + IF(k <= 200, k, k * 10) //
DELIMITER ;

CREATE TABLE county (i INT PRIMARY KEY, code CHAR(6) NOT NULL);
INSERT INTO county SELECT ROW_NUMBER() OVER (ORDER BY county_code) - 1, county_code FROM shanhai_catalog.county WHERE assisted;
SELECT COUNT(*) INTO @counties FROM county;

CREATE TABLE house (
    merchant_id INT PRIMARY KEY, organisation_id INT NOT NULL, code CHAR(6) NOT NULL,
    name VARCHAR(100) NOT NULL, uscc CHAR(18) NULL);
INSERT INTO house
    SELECT 1000 + seq, 1000 + seq, c.code, CONCAT('量测专业合作社', seq),
        uscc(CONCAT('93', c.code, 'MB', LPAD(seq, 7, '0')))
    FROM seq_1_to_2000 JOIN county c ON c.i = seq % @counties;

-- The product with its text of today; every fifth had another before.
CREATE TABLE product (
    product_id INT PRIMARY KEY, merchant_id INT NOT NULL, code CHAR(6) NOT NULL, name VARCHAR(100) NOT NULL,
    category VARCHAR(32) NOT NULL, version INT NOT NULL, text TEXT NOT NULL, hash BINARY(32) NOT NULL);
INSERT INTO product
    SELECT p.id, p.merchant_id, p.code, p.name, p.category, IF(p.id % 5 = 0, 2, 1), p.text, UNHEX(SHA2(p.text, 256)) FROM (
        SELECT q.*, CONCAT('shanhai-product-text/1\nmerchant_id=', q.merchant_id, '\ncounty_code=', q.code, '\nname=', q.name,
            '\ncategory=', q.category, '\nsummary=', q.name, '，产自高山，手工制作。\n') AS text FROM (
            SELECT 1000 + seq AS id, m.merchant_id, m.county_code AS code,
                CONCAT(ELT(seq % 12 + 1, '笋干', '古树茶', '松茸', '核桃', '红米', '蜂蜜', '火腿', '花椒', '咖啡豆', '竹编篮', '草果', '苹果干'),
                    ' ', seq) AS name,
                ELT(seq % 12 + 1, 'food_bamboo_shoot', 'tea', 'mushroom_wild', 'nut_processed', 'grain_rice', 'honey',
                    'meat_processed', 'spice', 'coffee', 'homeware_bamboo', 'spice', 'fruit_dried') AS category
            FROM seq_1_to_100000
            JOIN (SELECT merchant_id, county_code FROM shanhai_catalog.merchant WHERE merchant_id = 8
                  UNION ALL SELECT merchant_id, code FROM house) m
                ON m.merchant_id = IF(seq <= 500, 8, 1001 + seq % 2000)) q) p;

CREATE TABLE sku (
    sku_id INT PRIMARY KEY, product_id INT NOT NULL, gtin CHAR(14) NOT NULL, name VARCHAR(100) NOT NULL,
    net_content_g INT NOT NULL, price_version INT NOT NULL, price_fen INT NOT NULL, KEY (product_id));
INSERT INTO sku
    SELECT seq + 1000, product_id, gtin(seq), IF(seq <= 100000, '500克袋装', '1千克礼盒'), IF(seq <= 100000, 500, 1000),
        IF(seq % 4 = 0, 2, 1), 1000 + seq % 9000
    FROM seq_1_to_150000 JOIN product ON product_id = 1000 + IF(seq <= 100000, seq, (seq - 100000) * 2);

-- Recognitions of three years: this year's end one after the other in the next 365 days.
SET @year = YEAR(CURDATE());
CREATE TABLE certification (
    certification_id INT PRIMARY KEY, product_id INT NOT NULL, scheme VARCHAR(24) NOT NULL, year INT NOT NULL,
    authority VARCHAR(100) NOT NULL, number VARCHAR(60) NOT NULL, valid_from DATE NOT NULL, valid_to DATE NOT NULL,
    state VARCHAR(16) NOT NULL, state_since DATETIME(6) NOT NULL, recorded_at DATETIME(6) NOT NULL,
    KEY (product_id));
INSERT INTO certification
    SELECT 1000 + y.seq * 10000 + k.seq, chosen(k.seq), IF(k.seq DIV 20 % 2 = 0, 'MINHANG_YOUPIN', 'BAIXIAN_BAIPIN'), @year + y.seq - 2,
        IF(k.seq DIV 20 % 2 = 0, '闵行区政府合作交流办', '上海市政府合作交流办'), CONCAT('BENCH-', @year + y.seq - 2, '-', LPAD(k.seq, 5, '0')),
        CURDATE() + INTERVAL 1 + k.seq % 365 DAY + INTERVAL y.seq - 3 YEAR,
        CURDATE() + INTERVAL 1 + k.seq % 365 DAY + INTERVAL y.seq - 2 YEAR,
        CASE WHEN y.seq = 2 AND k.seq % 50 = 0 THEN 'SUSPENDED' WHEN k.seq % 97 = 0 THEN 'REVOKED' ELSE 'CERTIFIED' END,
        CURDATE() + INTERVAL y.seq - 3 YEAR, CURDATE() + INTERVAL y.seq - 3 YEAR
    FROM seq_0_to_2 y JOIN seq_1_to_10000 k;
