-- Organisations can be corrected. Every change: what was so before and after, why, by whom and when. Only ever inserted.
ALTER TABLE organisation ADD COLUMN IF NOT EXISTS version INT UNSIGNED NOT NULL DEFAULT 1;

CREATE TABLE IF NOT EXISTS organisation_change (
    change_id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    organisation_id BIGINT UNSIGNED NOT NULL,
    kind VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    name_before VARCHAR(200) NOT NULL,
    uscc_before CHAR(18) CHARACTER SET ascii COLLATE ascii_bin NULL,
    county_before CHAR(6) CHARACTER SET ascii COLLATE ascii_bin NULL,
    name_after VARCHAR(200) NOT NULL,
    uscc_after CHAR(18) CHARACTER SET ascii COLLATE ascii_bin NULL,
    county_after CHAR(6) CHARACTER SET ascii COLLATE ascii_bin NULL,
    reason VARCHAR(300) NOT NULL,
    at DATETIME(6) NOT NULL,
    by_account BIGINT UNSIGNED NOT NULL,
    KEY of_organisation (organisation_id, change_id),
    CONSTRAINT organisation_change_of FOREIGN KEY (organisation_id) REFERENCES organisation (organisation_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
