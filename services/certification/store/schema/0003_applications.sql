-- Which days are worked, where it is not as the day of the week has it.
CREATE TABLE IF NOT EXISTS calendar_day (
    day DATE NOT NULL PRIMARY KEY,
    working TINYINT UNSIGNED NOT NULL
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- A year's round of a scheme.
CREATE TABLE IF NOT EXISTS batch (
    batch_id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    scheme VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    scheme_version INT UNSIGNED NOT NULL,
    year SMALLINT UNSIGNED NOT NULL,
    applications_from DATE NOT NULL,
    applications_until DATE NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE NOT NULL,
    at DATETIME(6) NOT NULL,
    by_account BIGINT UNSIGNED NOT NULL,
    CONSTRAINT one_batch_a_year UNIQUE KEY (scheme, year),
    CONSTRAINT batch_of_scheme FOREIGN KEY (scheme, scheme_version) REFERENCES scheme_version (scheme, version)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- `open` is 1 until the application has ended, else NULL: a product has one open application a batch. `product_hash` is
-- what the product's text was when it was submitted last.
CREATE TABLE IF NOT EXISTS application (
    application_id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    batch_id BIGINT UNSIGNED NOT NULL,
    product_id BIGINT UNSIGNED NOT NULL,
    statement TEXT NOT NULL,
    linkage TEXT NOT NULL,
    state VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    version INT UNSIGNED NOT NULL,
    product_hash BINARY(32) NULL,
    notice_until DATETIME(6) NULL,
    certification_id BIGINT UNSIGNED NULL,
    open TINYINT UNSIGNED GENERATED ALWAYS AS (IF(state IN ('CERTIFIED', 'REJECTED', 'WITHDRAWN'), NULL, 1)) STORED,
    KEY by_state (state, application_id),
    KEY of_product (product_id),
    CONSTRAINT one_application_a_batch UNIQUE KEY (batch_id, product_id, open),
    CONSTRAINT application_of_batch FOREIGN KEY (batch_id) REFERENCES batch (batch_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- What was done with an application, in its order; with SUBMIT the text that was submitted. Only inserted.
CREATE TABLE IF NOT EXISTS application_step (
    application_id BIGINT UNSIGNED NOT NULL,
    step INT UNSIGNED NOT NULL,
    action VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    state VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    reason VARCHAR(600) NOT NULL,
    at DATETIME(6) NOT NULL,
    by_account BIGINT UNSIGNED NOT NULL,
    organisation_id BIGINT UNSIGNED NOT NULL,
    statement TEXT NULL,
    linkage TEXT NULL,
    PRIMARY KEY (application_id, step),
    CONSTRAINT step_of_application FOREIGN KEY (application_id) REFERENCES application (application_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- What the public says against a certification in the days of its notice, and what it was answered. Nothing is kept of who
-- it was: it can be written without a name.
CREATE TABLE IF NOT EXISTS objection (
    objection_id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    application_id BIGINT UNSIGNED NOT NULL,
    text TEXT NOT NULL,
    at DATETIME(6) NOT NULL,
    answer TEXT NULL,
    answered_at DATETIME(6) NULL,
    answered_by BIGINT UNSIGNED NULL,
    KEY of_application (application_id, objection_id),
    CONSTRAINT objection_to_application FOREIGN KEY (application_id) REFERENCES application (application_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- The product's public text, as its hash.
ALTER TABLE known_sku ADD COLUMN IF NOT EXISTS snapshot_hash BINARY(32) NULL;
