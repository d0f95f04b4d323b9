-- The papers of an application: step 0 as its owner has them now, and with each SUBMIT as they were then. Those of a step
-- are only inserted.
CREATE TABLE IF NOT EXISTS evidence (
    application_id BIGINT UNSIGNED NOT NULL,
    step INT UNSIGNED NOT NULL,
    position TINYINT UNSIGNED NOT NULL,
    kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    file_id BIGINT UNSIGNED NOT NULL,
    number VARCHAR(60) NOT NULL,
    issued_on DATE NULL,
    valid_until DATE NULL,
    PRIMARY KEY (application_id, step, position),
    KEY of_file (file_id),
    CONSTRAINT evidence_of_application FOREIGN KEY (application_id) REFERENCES application (application_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- Which papers a scheme asks for, one a line, and how many months old a test report may be (0: does not matter).
ALTER TABLE scheme_version ADD COLUMN IF NOT EXISTS required_evidence VARCHAR(300) CHARACTER SET ascii COLLATE ascii_bin
    NOT NULL DEFAULT '';
ALTER TABLE scheme_version ADD COLUMN IF NOT EXISTS report_months_max TINYINT UNSIGNED NOT NULL DEFAULT 0;
