-- Until when a temporary password is good; NULL for one that its owner chose.
ALTER TABLE account ADD COLUMN IF NOT EXISTS password_until DATETIME(6) NULL;

-- From where a login signed in before. The address is kept as its SHA-256, and forgotten after 90 days.
CREATE TABLE IF NOT EXISTS login_address (
    account_id BIGINT UNSIGNED NOT NULL,
    address BINARY(32) NOT NULL,
    last_at DATETIME(6) NOT NULL,
    PRIMARY KEY (account_id, address),
    KEY login_address_last (last_at),
    CONSTRAINT login_address_account FOREIGN KEY (account_id) REFERENCES account (account_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- Who used a refresh token: SHA-256 of address and User-Agent. Its successor follows from the token itself.
ALTER TABLE refresh_token ADD COLUMN IF NOT EXISTS used_by BINARY(32) NULL;

-- Sessions end for more reasons, and attempts are counted by more things, than was once foreseen.
ALTER TABLE session DROP CONSTRAINT IF EXISTS session_end_reason;
ALTER TABLE session DROP CONSTRAINT IF EXISTS session_end_known;
ALTER TABLE session ADD CONSTRAINT session_end_known
    CHECK (end_reason IN ('LOGOUT', 'REUSED', 'DISABLED', 'CHANGED', 'PASSWORD'));
ALTER TABLE login_window DROP CONSTRAINT IF EXISTS login_window_scope;
