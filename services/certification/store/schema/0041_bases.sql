-- Bases as trace told of them last. `merchant_id` is whose they are, `harvest_months` when they are harvested: the lowest bit
-- is January; 0: nobody said.
CREATE TABLE IF NOT EXISTS known_base (
    base_id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
    merchant_id BIGINT UNSIGNED NOT NULL,
    county_code CHAR(6) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    name VARCHAR(100) NOT NULL,
    confirmed BOOLEAN NOT NULL,
    harvest_months SMALLINT UNSIGNED NOT NULL,
    KEY in_county (county_code, confirmed, merchant_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- Whether a scheme asks for a confirmed base before anything is submitted.
ALTER TABLE scheme_version ADD COLUMN IF NOT EXISTS base_required BOOLEAN NOT NULL DEFAULT FALSE;
