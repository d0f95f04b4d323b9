-- Applications to sell here. What is shown is the newest; what was said before stands in the steps.
CREATE TABLE IF NOT EXISTS onboarding (
    onboarding_id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    state VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    version INT UNSIGNED NOT NULL,
    name VARCHAR(100) NOT NULL,
    kind VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    uscc CHAR(18) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    county_code CHAR(6) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    business_licence VARCHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    business_licence_until DATE NULL,
    food_licence CHAR(16) CHARACTER SET ascii COLLATE ascii_bin NULL,
    food_licence_until DATE NULL,
    bank_reference VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    area_note VARCHAR(200) NOT NULL,
    login VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    -- Gone once the account has it, or nobody will.
    password_hash VARCHAR(200) CHARACTER SET ascii COLLATE ascii_bin NULL,
    organisation_id BIGINT UNSIGNED NULL,
    created_at DATETIME(6) NOT NULL,
    changed_at DATETIME(6) NOT NULL,
    -- A request that is sent twice is one: SHA-256 of its key, and of what it said.
    request_key BINARY(32) NOT NULL,
    request_hash BINARY(32) NOT NULL,
    waiting TINYINT UNSIGNED
        GENERATED ALWAYS AS (IF(state IN ('SUBMITTED', 'VERIFIED_ONCE', 'RETURNED'), 1, NULL)) STORED,
    UNIQUE KEY onboarding_request (request_key),
    UNIQUE KEY onboarding_waiting_uscc (uscc, waiting),
    UNIQUE KEY onboarding_waiting_name (name, waiting),
    UNIQUE KEY onboarding_waiting_login (login, waiting),
    KEY onboarding_state (state, onboarding_id),
    KEY onboarding_since (state, changed_at),
    CONSTRAINT onboarding_organisation FOREIGN KEY (organisation_id) REFERENCES organisation (organisation_id),
    CONSTRAINT onboarding_state_known
        CHECK (state IN ('SUBMITTED', 'VERIFIED_ONCE', 'RETURNED', 'VERIFIED', 'REJECTED', 'WITHDRAWN')),
    CONSTRAINT onboarding_kind CHECK (kind IN ('COOPERATIVE', 'COMPANY', 'FAMILY_FARM', 'ASSISTANCE_WORKSHOP',
        'VILLAGE_COLLECTIVE', 'ASSOCIATION', 'DISTRIBUTOR')),
    CONSTRAINT onboarding_food CHECK ((food_licence IS NULL) = (food_licence_until IS NULL)),
    CONSTRAINT onboarding_made CHECK ((state = 'VERIFIED') = (organisation_id IS NOT NULL)),
    CONSTRAINT onboarding_password
        CHECK ((password_hash IS NOT NULL) = (state IN ('SUBMITTED', 'VERIFIED_ONCE', 'RETURNED')))
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- Appended only. by_account is NULL for the applicant, and where time ran out. `papers`: what was handed in.
CREATE TABLE IF NOT EXISTS onboarding_step (
    onboarding_id BIGINT UNSIGNED NOT NULL,
    step INT UNSIGNED NOT NULL,
    action VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    state VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    version INT UNSIGNED NOT NULL,
    reason VARCHAR(600) NOT NULL,
    at DATETIME(6) NOT NULL,
    by_account BIGINT UNSIGNED NULL,
    papers TEXT NULL,
    PRIMARY KEY (onboarding_id, step),
    CONSTRAINT onboarding_step_action CHECK (action IN ('SUBMIT', 'VERIFY', 'RETURN', 'REJECT', 'WITHDRAW')),
    CONSTRAINT onboarding_step_papers CHECK ((action = 'SUBMIT') = (papers IS NOT NULL)),
    CONSTRAINT onboarding_step_of FOREIGN KEY (onboarding_id) REFERENCES onboarding (onboarding_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- Whom to call, encrypted; destroyed with its key.
CREATE TABLE IF NOT EXISTS onboarding_contact (
    onboarding_id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
    wrapped_key VARBINARY(100) NULL,
    sealed VARBINARY(2000) NOT NULL,
    CONSTRAINT onboarding_contact_of FOREIGN KEY (onboarding_id) REFERENCES onboarding (onboarding_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- Who looked at it, each time.
CREATE TABLE IF NOT EXISTS onboarding_contact_view (
    view_id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    onboarding_id BIGINT UNSIGNED NOT NULL,
    at DATETIME(6) NOT NULL,
    by_account BIGINT UNSIGNED NOT NULL,
    KEY onboarding_contact_viewed (onboarding_id),
    CONSTRAINT onboarding_contact_view_of FOREIGN KEY (onboarding_id) REFERENCES onboarding (onboarding_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
