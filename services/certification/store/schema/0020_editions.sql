-- The catalogue of a scheme's year (产品目录), frozen: the bytes are as they were published, and their hash is checked by the
-- database itself. Rows are only inserted.
CREATE TABLE IF NOT EXISTS edition (
    edition_id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    scheme VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    year SMALLINT UNSIGNED NOT NULL,
    number SMALLINT UNSIGNED NOT NULL,
    office VARCHAR(200) NOT NULL,
    frozen_at DATETIME(6) NOT NULL,
    by_account BIGINT UNSIGNED NOT NULL,
    previous_edition_id BIGINT UNSIGNED NULL,
    certifications INT UNSIGNED NOT NULL,
    sha256 BINARY(32) NOT NULL,
    content MEDIUMBLOB NOT NULL,
    CONSTRAINT edition_number UNIQUE KEY (scheme, year, number),
    CONSTRAINT edition_numbered CHECK (number >= 1),
    CONSTRAINT edition_hash CHECK (sha256 = UNHEX(SHA2(content, 256)))
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- Which certifications an edition names.
CREATE TABLE IF NOT EXISTS edition_certification (
    certification_id BIGINT UNSIGNED NOT NULL,
    edition_id BIGINT UNSIGNED NOT NULL,
    PRIMARY KEY (certification_id, edition_id),
    CONSTRAINT named_in_edition FOREIGN KEY (edition_id) REFERENCES edition (edition_id),
    CONSTRAINT edition_names FOREIGN KEY (certification_id) REFERENCES certification (certification_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- What a certification came of.
ALTER TABLE application ADD KEY IF NOT EXISTS of_certification (certification_id);
