-- 10,000 applications in all states, in batches of four years, with steps, papers and objections; recognitions, what was
-- proposed about them, and the frozen catalogues that name them.
USE shanhai_certification;
INSERT INTO known_organisation (organisation_id, name, kind, county_code) SELECT organisation_id, name, 'MERCHANT', code FROM bench.house;
INSERT INTO known_merchant (merchant_id, name, organisation_id, active) SELECT merchant_id, name, organisation_id, TRUE FROM bench.house;
INSERT INTO known_sku (sku_id, product_id, merchant_id, product_name, county_code, gtin, snapshot_hash)
    SELECT s.sku_id, s.product_id, p.merchant_id, p.name, p.code, s.gtin, p.hash FROM bench.sku s JOIN bench.product p USING (product_id);

-- By application, with five days of public notice.
INSERT INTO scheme_version (scheme, version, name, offices, district_code, counties, term_unit, term, notice_days, recommendations,
        by_application, at, by_account)
    SELECT scheme, 2, name, offices, district_code, counties, term_unit, term, 5, 1, 1, NOW(6), 3 FROM scheme_version
    WHERE scheme IN ('MINHANG_YOUPIN', 'BAIXIAN_BAIPIN') AND version = 1;
SET @year = YEAR(CURDATE());
INSERT INTO batch (batch_id, scheme, scheme_version, year, applications_from, applications_until, valid_from, valid_to, at, by_account)
    SELECT 1001 + s.seq * 4 + y.seq, IF(s.seq = 0, 'MINHANG_YOUPIN', 'BAIXIAN_BAIPIN'), 2, @year - 2 + y.seq,
        CURDATE() + INTERVAL y.seq - 3 YEAR, CURDATE() + INTERVAL y.seq - 2 YEAR, MAKEDATE(@year - 2 + y.seq, 1),
        MAKEDATE(@year - 1 + y.seq, 1), NOW(6), 3 FROM seq_0_to_1 s JOIN seq_0_to_3 y;

INSERT INTO certification (certification_id, product_id, scheme, year, authority, number, valid_from, valid_to, state, state_since, reason,
        recorded_at)
    SELECT certification_id, product_id, scheme, year, authority, number, valid_from, valid_to, state, state_since, '', recorded_at
    FROM bench.certification;
INSERT INTO certification_state (certification_id, step, state, reason, at, by_account)
    SELECT certification_id, 1, state, '', recorded_at, 3 FROM bench.certification;
INSERT INTO expiry_warning (certification_id, days_ahead, warned_at)
    SELECT certification_id, days, NOW(6) FROM bench.certification JOIN (SELECT 60 AS days UNION SELECT 30 UNION SELECT 14) ahead
    WHERE valid_to BETWEEN CURDATE() AND CURDATE() + INTERVAL days DAY;
INSERT INTO proposal (certification_id, state, reason, at, by_account, organisation_id, outcome, answer, answered_at, answered_by)
    SELECT 21000 + seq, 'REVOKED', '量测', NOW(6), 3, IF(seq DIV 20 % 2 = 0, 2, 3), IF(seq % 10 = 0, 'WAITING', 'REFUSED'), '',
        IF(seq % 10 = 0, NULL, NOW(6)), IF(seq % 10 = 0, NULL, 9) FROM seq_1_to_5000;

INSERT INTO application (application_id, batch_id, product_id, statement, linkage, state, version, product_hash, notice_until,
        certification_id, submitted_at, recommended_at, decided_at)
    SELECT 1000 + a.n, 1001 + a.n DIV 20 % 2 * 4 + IF(a.open, 3, a.n DIV 40 % 3), bench.chosen(a.n), REPEAT('品质稳定，价格公道。', 20),
        REPEAT('带动农户增收。', 20), a.state, 3, IF(a.state = 'DRAFT', NULL, p.hash),
        IF(a.state = 'PUBLIC_NOTICE', NOW(6) + INTERVAL 5 DAY, NULL), IF(a.state = 'CERTIFIED', 1000 + a.n DIV 40 % 3 * 10000 + a.n, NULL),
        IF(a.state = 'DRAFT', NULL, NOW(6)), IF(a.state IN ('COUNTY_RECOMMENDED', 'UNDER_REVIEW', 'PUBLIC_NOTICE', 'CERTIFIED'), NOW(6), NULL),
        IF(a.state IN ('CERTIFIED', 'REJECTED'), NOW(6), NULL)
    FROM (SELECT n, state, state NOT IN ('CERTIFIED', 'REJECTED', 'WITHDRAWN') AS open FROM (
            SELECT seq AS n, COALESCE(ELT(seq % 20 + 1, 'DRAFT', 'DRAFT', 'SUBMITTED', 'SUBMITTED', 'COUNTY_RECOMMENDED', 'UNDER_REVIEW',
                'PUBLIC_NOTICE', 'REJECTED', 'WITHDRAWN'), 'CERTIFIED') AS state FROM seq_1_to_10000) n) a
    JOIN bench.product p ON p.product_id = bench.chosen(a.n);
CREATE TABLE bench.path (state VARCHAR(20), step INT, action VARCHAR(16), becomes VARCHAR(20));
INSERT INTO bench.path
    SELECT s.state, p.step, p.action, p.becomes FROM (SELECT 1 AS step, 'SUBMIT' AS action, 'SUBMITTED' AS becomes
        UNION SELECT 2, 'RECOMMEND', 'COUNTY_RECOMMENDED' UNION SELECT 3, 'BEGIN_REVIEW', 'UNDER_REVIEW'
        UNION SELECT 4, 'PUBLISH_NOTICE', 'PUBLIC_NOTICE' UNION SELECT 5, 'CERTIFY', 'CERTIFIED') p
    JOIN (SELECT 'SUBMITTED' AS state, 1 AS steps UNION SELECT 'COUNTY_RECOMMENDED', 2 UNION SELECT 'UNDER_REVIEW', 3
        UNION SELECT 'PUBLIC_NOTICE', 4 UNION SELECT 'CERTIFIED', 5 UNION SELECT 'REJECTED', 1 UNION SELECT 'WITHDRAWN', 1) s
        ON p.step <= s.steps
    UNION SELECT 'REJECTED', 2, 'REJECT', 'REJECTED' UNION SELECT 'WITHDRAWN', 2, 'WITHDRAW', 'WITHDRAWN';
INSERT INTO application_step (application_id, step, action, state, reason, at, by_account, organisation_id, statement, linkage,
        waited_seconds)
    SELECT a.application_id, p.step, p.action, p.becomes, '', NOW(6), 3, 2, IF(p.step = 1, a.statement, NULL), IF(p.step = 1, a.linkage, NULL),
        IF(p.step = 1, NULL, 0)
    FROM application a JOIN bench.path p ON p.state = a.state WHERE a.application_id > 1000;
INSERT INTO file (file_id, owner, name, media_type, size_bytes, sha256, received_bytes, kept_bytes, state, at, by_account)
    SELECT organisation_id, organisation_id, '检验报告.pdf', 'application/pdf', 100000, UNHEX(SHA2(organisation_id, 256)), 100000, 100000, 'STORED',
        NOW(6), organisation_id FROM bench.house;
INSERT INTO evidence (application_id, step, position, kind, file_id, number, issued_on, valid_until)
    SELECT a.application_id, s.step, 0, 'TEST_REPORT', m.organisation_id, CONCAT('QC-', a.application_id), CURDATE(), NULL
    FROM application a JOIN bench.product p USING (product_id) JOIN bench.house m USING (merchant_id)
    JOIN (SELECT 0 AS step UNION SELECT 1) s ON s.step = 0 OR a.state <> 'DRAFT';
INSERT INTO objection (application_id, text, at)
    SELECT application_id, '量测异议', NOW(6) FROM application WHERE state = 'PUBLIC_NOTICE' AND application_id % 3 = 0;

-- Ten editions of each scheme's year, behind those of the sample data.
INSERT INTO edition (edition_id, scheme, year, number, office, frozen_at, by_account, certifications, sha256, content)
    SELECT 1000 + c.id * 10 + n.seq, c.scheme, c.year, 10 + n.seq, c.authority, NOW(6), 3, c.total, UNHEX(SHA2('{}', 256)), '{}'
    FROM (SELECT ROW_NUMBER() OVER (ORDER BY scheme, year) AS id, scheme, year, authority, COUNT(*) AS total FROM bench.certification
        GROUP BY scheme, year, authority) c JOIN seq_1_to_10 n;
INSERT INTO edition_certification (certification_id, edition_id)
    SELECT c.certification_id, e.edition_id FROM bench.certification c JOIN edition e ON e.scheme = c.scheme AND e.year = c.year
    WHERE e.edition_id > 1000;
