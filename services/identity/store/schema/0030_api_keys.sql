-- Keys by which programs of a house act for it. The key itself is never stored, only its SHA-256. Rows are ended, never
-- removed. `session_id`: the session that its tokens name; another one begins once that has ended. Scopes, one a line.
CREATE TABLE IF NOT EXISTS api_key (
    key_id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    organisation_id BIGINT UNSIGNED NOT NULL,
    name VARCHAR(60) NOT NULL,
    prefix CHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    key_hash BINARY(32) NOT NULL,
    scopes VARCHAR(1000) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    made_by BIGINT UNSIGNED NOT NULL,
    made_at DATETIME(6) NOT NULL,
    expires_at DATETIME(6) NOT NULL,
    withdrawn_at DATETIME(6) NULL,
    withdrawn_by BIGINT UNSIGNED NULL,
    last_used_at DATETIME(6) NULL,
    session_id BIGINT UNSIGNED NULL,
    UNIQUE KEY api_key_hash (key_hash),
    KEY api_key_of_house (organisation_id, key_id),
    KEY api_key_of_maker (made_by),
    CONSTRAINT api_key_house FOREIGN KEY (organisation_id) REFERENCES organisation (organisation_id),
    CONSTRAINT api_key_maker FOREIGN KEY (made_by) REFERENCES account (account_id),
    CONSTRAINT api_key_session FOREIGN KEY (session_id) REFERENCES session (session_id),
    CONSTRAINT api_key_life CHECK (expires_at > made_at),
    CONSTRAINT api_key_scopes CHECK (scopes <> '')
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
