-- Certifications of the products that are sold, and every step they went through: whether a line counts is decided
-- here, when everything of its moment is known. Moments are microseconds since 1970; certifications may end «never».
CREATE TABLE IF NOT EXISTS certification (
    certification_id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
    valid_from_us BIGINT NOT NULL,
    valid_to_us BIGINT NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS certification_step (
    certification_id BIGINT UNSIGNED NOT NULL,
    since_us BIGINT NOT NULL,
    state VARCHAR(20) NOT NULL,
    PRIMARY KEY (certification_id, since_us)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS sku_certification (
    sku_id BIGINT UNSIGNED NOT NULL,
    certification_id BIGINT UNSIGNED NOT NULL,
    PRIMARY KEY (sku_id, certification_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- What the catalog told before this table was there is told again.
DELETE FROM consumed WHERE producer = 'catalog';
