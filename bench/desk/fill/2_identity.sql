-- Houses with an owner each, who signs in with the password of the sample staff; applications to sell in all states, and
-- the sample house's invitations.
USE shanhai_identity;
INSERT INTO organisation (organisation_id, name, kind, uscc, county_code, created_at)
    SELECT organisation_id, name, 'MERCHANT', uscc, code, NOW(6) FROM bench.house;
SELECT password_hash INTO @password FROM account WHERE login = 'merchant';
INSERT INTO account (account_id, login, name, password_hash, organisation_id, created_at, position)
    SELECT organisation_id, CONCAT('house', organisation_id), CONCAT('量测负责人', organisation_id), @password, organisation_id,
        NOW(6), 'OWNER' FROM bench.house;
INSERT INTO account (account_id, login, name, password_hash, organisation_id, created_at, position)
    SELECT 4000 + seq, CONCAT('clerk', seq), CONCAT('量测店员', seq), @password, 1, NOW(6), 'CLERK' FROM seq_1_to_200;
INSERT INTO account_role (account_id, role) SELECT account_id, 'merchant' FROM account WHERE account_id > 1000;

INSERT INTO onboarding (onboarding_id, state, version, name, kind, uscc, county_code, business_licence, bank_reference, area_note, login,
        password_hash, organisation_id, created_at, changed_at, request_key, request_hash)
    SELECT 1000 + o.n, o.state, 1 + (o.state <> 'SUBMITTED'), IF(o.state = 'VERIFIED', h.name, CONCAT('申请入驻合作社', o.n)), 'COOPERATIVE',
        IF(o.state = 'VERIFIED', h.uscc, bench.uscc(CONCAT('93', h.code, 'MC', LPAD(o.n, 7, '0')))), h.code, CONCAT('BENCH', o.n), '',
        '', CONCAT('joiner', o.n), IF(o.state IN ('SUBMITTED', 'VERIFIED_ONCE', 'RETURNED'), @password, NULL),
        IF(o.state = 'VERIFIED', h.organisation_id, NULL), NOW(6), NOW(6), UNHEX(SHA2(o.n, 256)), UNHEX(SHA2(-o.n, 256))
    FROM (SELECT seq AS n, ELT(seq % 10 + 1, 'SUBMITTED', 'SUBMITTED', 'SUBMITTED', 'VERIFIED_ONCE', 'RETURNED', 'VERIFIED', 'VERIFIED',
            'VERIFIED', 'REJECTED', 'WITHDRAWN') AS state FROM seq_1_to_1000) o
    JOIN bench.house h ON h.merchant_id = 1000 + o.n;
INSERT INTO onboarding_step (onboarding_id, step, action, state, version, reason, at, by_account, papers)
    SELECT onboarding_id, 1, 'SUBMIT', 'SUBMITTED', 1, '', created_at, NULL, 'bench' FROM onboarding;
INSERT INTO onboarding_step (onboarding_id, step, action, state, version, reason, at, by_account, papers)
    SELECT onboarding_id, 2, ELT(FIELD(state, 'VERIFIED_ONCE', 'VERIFIED', 'RETURNED', 'REJECTED', 'WITHDRAWN'), 'VERIFY', 'VERIFY', 'RETURN',
        'REJECT', 'WITHDRAW'), state, 2, '量测', created_at, IF(state = 'WITHDRAWN', NULL, 6), NULL
    FROM onboarding WHERE state <> 'SUBMITTED';

INSERT INTO link (purpose, token_hash, organisation_id, position, made_by, made_at, expires_at, withdrawn_at)
    SELECT 'INVITATION', UNHEX(SHA2(CONCAT('bench', seq), 256)), 1, 'CLERK', 12, NOW(6), NOW(6) + INTERVAL 7 DAY, NOW(6) FROM seq_1_to_500;
