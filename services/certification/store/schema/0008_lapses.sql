-- Papers that were found lapsed, once each: what was suspended for one, and a person reinstated, stays so.
CREATE TABLE IF NOT EXISTS lapse (
    certification_id BIGINT UNSIGNED NOT NULL,
    kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    valid_until DATE NOT NULL,
    at DATETIME(6) NOT NULL,
    PRIMARY KEY (certification_id, kind, valid_until),
    CONSTRAINT lapse_of_certification FOREIGN KEY (certification_id) REFERENCES certification (certification_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- For whoever looks every minute for papers that do not hold any more.
ALTER TABLE evidence ADD INDEX IF NOT EXISTS by_end (valid_until, application_id);
ALTER TABLE application ADD INDEX IF NOT EXISTS of_certification (certification_id);
