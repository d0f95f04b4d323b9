-- Papers of merchants, as somebody last looked at them; NULL where nobody ever did. `lapsed`: nobody looked again in time.
ALTER TABLE merchant
    ADD COLUMN IF NOT EXISTS business_licence VARCHAR(30) CHARACTER SET ascii COLLATE ascii_bin NULL,
    ADD COLUMN IF NOT EXISTS business_licence_until DATE NULL,
    ADD COLUMN IF NOT EXISTS food_licence_until DATE NULL,
    ADD COLUMN IF NOT EXISTS checked_on DATE NULL,
    ADD COLUMN IF NOT EXISTS lapsed BOOLEAN NOT NULL DEFAULT 0;

-- Appended only: who looked at a merchant's papers, and what they said.
CREATE TABLE IF NOT EXISTS merchant_check (
    check_id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    merchant_id BIGINT UNSIGNED NOT NULL,
    at DATETIME(6) NOT NULL,
    by_account BIGINT UNSIGNED NOT NULL,
    business_licence VARCHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    business_licence_until DATE NULL,
    food_licence_until DATE NULL,
    note VARCHAR(300) NOT NULL,
    KEY checks_of_merchant (merchant_id, check_id),
    CONSTRAINT merchant_check_of FOREIGN KEY (merchant_id) REFERENCES merchant (merchant_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- Houses that identity let in, and the merchant that each became, or what hinders it.
CREATE TABLE IF NOT EXISTS verified_merchant (
    organisation_id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
    name VARCHAR(100) NOT NULL,
    kind VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    county_code CHAR(6) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    uscc CHAR(18) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    food_licence CHAR(16) CHARACTER SET ascii COLLATE ascii_bin NULL,
    area_note VARCHAR(200) NOT NULL,
    business_licence VARCHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    business_licence_until DATE NULL,
    food_licence_until DATE NULL,
    checked_on DATE NOT NULL,
    verified_by BIGINT UNSIGNED NOT NULL,
    merchant_id BIGINT UNSIGNED NULL,
    hindrance VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NULL,
    KEY verified_hindered (hindrance),
    CONSTRAINT verified_hindrance_known
        CHECK (hindrance IN ('COUNTY_UNKNOWN', 'CODE_TAKEN', 'NAME_TAKEN', 'PAPERS_DIFFER')),
    CONSTRAINT verified_either CHECK (merchant_id IS NULL OR hindrance IS NULL)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
