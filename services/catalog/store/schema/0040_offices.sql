-- Whom staff work for, as identity tells of it: who may recognise goods, and who may own a merchant.
CREATE TABLE IF NOT EXISTS organisation (
    organisation_id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
    name VARCHAR(200) NOT NULL,
    kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    county_code CHAR(6) CHARACTER SET ascii COLLATE ascii_bin NULL
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- When a certification was entered: it counts from then on, whatever its term says.
ALTER TABLE certification ADD COLUMN IF NOT EXISTS recorded_at DATETIME(6) NULL;
UPDATE certification c SET recorded_at =
    (SELECT MIN(s.at) FROM certification_state s WHERE s.certification_id = c.certification_id)
    WHERE recorded_at IS NULL;
ALTER TABLE certification MODIFY COLUMN recorded_at DATETIME(6) NOT NULL;
