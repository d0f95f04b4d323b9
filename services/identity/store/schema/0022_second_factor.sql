-- An administrator may ask it of an account.
ALTER TABLE account ADD COLUMN IF NOT EXISTS factor_required BOOLEAN NOT NULL DEFAULT 0;

-- The secret that a telephone and we share, encrypted. Not asked for before its owner has shown a code of it. No code of a
-- period up to last_step works again.
CREATE TABLE IF NOT EXISTS second_factor (
    account_id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
    wrapped_key VARBINARY(100) NOT NULL,
    sealed VARBINARY(200) NOT NULL,
    enrolled_at DATETIME(6) NOT NULL,
    confirmed_at DATETIME(6) NULL,
    last_step BIGINT NOT NULL DEFAULT 0,
    CONSTRAINT second_factor_of FOREIGN KEY (account_id) REFERENCES account (account_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- For who lost the telephone: SHA-256 of codes of 79 random bits, each good once.
CREATE TABLE IF NOT EXISTS recovery_code (
    account_id BIGINT UNSIGNED NOT NULL,
    code_hash BINARY(32) NOT NULL,
    used_at DATETIME(6) NULL,
    PRIMARY KEY (account_id, code_hash),
    CONSTRAINT recovery_code_of FOREIGN KEY (account_id) REFERENCES account (account_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
