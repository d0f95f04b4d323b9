-- What people hand in: pictures and papers. `owner` is the organisation that did; `sha256` is what they said the whole is;
-- `kept_bytes` what is kept for it, or will be: of a picture all its sizes.
CREATE TABLE IF NOT EXISTS file (
    file_id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    owner BIGINT UNSIGNED NOT NULL,
    name VARCHAR(200) NOT NULL,
    media_type VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    size_bytes INT UNSIGNED NOT NULL,
    sha256 BINARY(32) NOT NULL,
    received_bytes INT UNSIGNED NOT NULL,
    kept_bytes INT UNSIGNED NOT NULL,
    state VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    refusal VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
    at DATETIME(6) NOT NULL,
    by_account BIGINT UNSIGNED NOT NULL,
    KEY of_owner (owner, state, kept_bytes),
    KEY of_content (sha256, state, owner),
    KEY by_age (state, at),
    CONSTRAINT file_state_known CHECK (state IN ('RECEIVING', 'STORED', 'REFUSED')),
    CONSTRAINT file_received CHECK (received_bytes <= size_bytes)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- Whoever announces a file for an organisation holds its row, so that its files are counted one after the other.
CREATE TABLE IF NOT EXISTS file_owner (
    owner BIGINT UNSIGNED NOT NULL PRIMARY KEY
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- What has come of a file so far; gone once all of it has been looked at.
CREATE TABLE IF NOT EXISTS file_piece (
    file_id BIGINT UNSIGNED NOT NULL,
    at_byte INT UNSIGNED NOT NULL,
    bytes MEDIUMBLOB NOT NULL,
    PRIMARY KEY (file_id, at_byte),
    CONSTRAINT piece_of_file FOREIGN KEY (file_id) REFERENCES file (file_id) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- What is kept, once per content, whoever handed it in: a paper as it came (form 'original'), a picture in the sizes that
-- were made of it. Only inserted.
CREATE TABLE IF NOT EXISTS content (
    sha256 BINARY(32) NOT NULL,
    form VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    media_type VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    width INT UNSIGNED NOT NULL,
    height INT UNSIGNED NOT NULL,
    size_bytes INT UNSIGNED NOT NULL,
    PRIMARY KEY (sha256, form)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
CREATE TABLE IF NOT EXISTS content_piece (
    sha256 BINARY(32) NOT NULL,
    form VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    at_byte INT UNSIGNED NOT NULL,
    bytes MEDIUMBLOB NOT NULL,
    PRIMARY KEY (sha256, form, at_byte),
    CONSTRAINT piece_of_content FOREIGN KEY (sha256, form) REFERENCES content (sha256, form)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
