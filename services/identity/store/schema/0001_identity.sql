-- released-as: 2f55576267fcadf60676d4cec8c4f387fc70b541ec134297794103646f3fed35
CREATE TABLE IF NOT EXISTS organisation (
    organisation_id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    name VARCHAR(200) NOT NULL,
    kind VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    uscc CHAR(18) CHARACTER SET ascii COLLATE ascii_bin NULL,
    county_code CHAR(6) CHARACTER SET ascii COLLATE ascii_bin NULL,
    created_at DATETIME(6) NOT NULL,
    UNIQUE KEY organisation_name (name),
    UNIQUE KEY organisation_uscc (uscc),
    CONSTRAINT organisation_kind CHECK (kind IN ('MERCHANT', 'DISTRICT_OFFICE', 'OPERATOR', 'AUDIT_OFFICE')),
    CONSTRAINT organisation_county CHECK (county_code REGEXP '^[1-9][0-9]{5}$')
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- A login is stored in lower case and compared byte by byte.
CREATE TABLE IF NOT EXISTS account (
    account_id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    login VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    name VARCHAR(100) NOT NULL,
    password_hash VARCHAR(200) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    organisation_id BIGINT UNSIGNED NULL,
    disabled TINYINT(1) NOT NULL DEFAULT 0,
    created_at DATETIME(6) NOT NULL,
    UNIQUE KEY account_login (login),
    CONSTRAINT account_organisation FOREIGN KEY (organisation_id) REFERENCES organisation (organisation_id),
    CONSTRAINT account_login_form CHECK (login REGEXP '^[a-z0-9][a-z0-9._@-]{2,63}$'),
    CONSTRAINT account_password CHECK (password_hash LIKE '$argon2id$%')
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE IF NOT EXISTS account_role (
    account_id BIGINT UNSIGNED NOT NULL,
    role VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    PRIMARY KEY (account_id, role),
    CONSTRAINT account_role_account FOREIGN KEY (account_id) REFERENCES account (account_id),
    CONSTRAINT account_role_known CHECK (role IN ('merchant', 'certifier', 'operator', 'auditor', 'admin'))
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- One sign-in: the family of refresh tokens that descend from it.
CREATE TABLE IF NOT EXISTS session (
    session_id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    account_id BIGINT UNSIGNED NOT NULL,
    started_at DATETIME(6) NOT NULL,
    ended_at DATETIME(6) NULL,
    end_reason VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NULL,
    KEY session_account (account_id, ended_at),
    CONSTRAINT session_account FOREIGN KEY (account_id) REFERENCES account (account_id),
    CONSTRAINT session_end CHECK ((ended_at IS NULL) = (end_reason IS NULL)),
    CONSTRAINT session_end_reason CHECK (end_reason IN ('LOGOUT', 'REUSED', 'DISABLED'))
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- The tokens themselves are never stored, only their SHA-256. A used one stays until it would have expired, so that
-- its second use is recognised.
CREATE TABLE IF NOT EXISTS refresh_token (
    token_hash BINARY(32) NOT NULL PRIMARY KEY,
    session_id BIGINT UNSIGNED NOT NULL,
    issued_at DATETIME(6) NOT NULL,
    expires_at DATETIME(6) NOT NULL,
    used_at DATETIME(6) NULL,
    KEY refresh_token_session (session_id),
    KEY refresh_token_expiry (expires_at),
    CONSTRAINT refresh_token_session FOREIGN KEY (session_id) REFERENCES session (session_id),
    CONSTRAINT refresh_token_life CHECK (expires_at > issued_at)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- How often a login or an address was tried lately; the subject is a SHA-256, so that no address is kept.
CREATE TABLE IF NOT EXISTS login_window (
    scope VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    subject BINARY(32) NOT NULL,
    started_at DATETIME(6) NOT NULL,
    attempts INT UNSIGNED NOT NULL,
    PRIMARY KEY (scope, subject),
    KEY login_window_started (started_at),
    CONSTRAINT login_window_scope CHECK (scope IN ('address', 'login'))
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
