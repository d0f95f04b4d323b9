-- What somebody is in a merchant's house; NULL for everybody else, and for clerks from before.
ALTER TABLE account ADD COLUMN IF NOT EXISTS position VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NULL;
ALTER TABLE account DROP CONSTRAINT IF EXISTS account_position;
ALTER TABLE account ADD CONSTRAINT account_position CHECK (position IN ('OWNER', 'CLERK', 'FINANCE'));

-- Secrets that one person hands to another. The token itself is never stored, only its SHA-256. Rows are ended, never
-- removed: they say who let whom in.
CREATE TABLE IF NOT EXISTS link (
    link_id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    purpose VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    token_hash BINARY(32) NOT NULL,
    organisation_id BIGINT UNSIGNED NULL,
    position VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NULL,
    account_id BIGINT UNSIGNED NULL,
    made_by BIGINT UNSIGNED NOT NULL,
    made_at DATETIME(6) NOT NULL,
    expires_at DATETIME(6) NOT NULL,
    used_at DATETIME(6) NULL,
    withdrawn_at DATETIME(6) NULL,
    UNIQUE KEY link_token (token_hash),
    KEY link_of_house (organisation_id, purpose, link_id),
    KEY link_of_account (account_id, purpose),
    CONSTRAINT link_house FOREIGN KEY (organisation_id) REFERENCES organisation (organisation_id),
    CONSTRAINT link_account FOREIGN KEY (account_id) REFERENCES account (account_id),
    CONSTRAINT link_purpose CHECK (purpose IN ('INVITATION', 'RESET')),
    CONSTRAINT link_position CHECK (position IN ('OWNER', 'CLERK', 'FINANCE')),
    CONSTRAINT link_life CHECK (expires_at > made_at),
    CONSTRAINT link_ends_once CHECK (used_at IS NULL OR withdrawn_at IS NULL),
    CONSTRAINT link_whose CHECK ((purpose = 'INVITATION' AND organisation_id IS NOT NULL AND position IS NOT NULL)
        OR (purpose = 'RESET' AND account_id IS NOT NULL))
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
