-- That merchant and office were warned of a certification's end, so many days ahead. Rows are only inserted.
CREATE TABLE IF NOT EXISTS expiry_warning (
    certification_id BIGINT UNSIGNED NOT NULL,
    days_ahead SMALLINT UNSIGNED NOT NULL,
    warned_at DATETIME(6) NOT NULL,
    PRIMARY KEY (certification_id, days_ahead),
    CONSTRAINT warned_of FOREIGN KEY (certification_id) REFERENCES certification (certification_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- What ends next.
ALTER TABLE certification ADD KEY IF NOT EXISTS by_end (valid_to, certification_id);
