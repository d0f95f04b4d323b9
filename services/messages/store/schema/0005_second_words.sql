-- What waits for a second person of an office, and what the certification is to become; a house that waits to be verified.
ALTER TABLE message ADD COLUMN IF NOT EXISTS proposal_id BIGINT UNSIGNED NULL;

ALTER TABLE message ADD COLUMN IF NOT EXISTS onboarding_id BIGINT UNSIGNED NULL;

ALTER TABLE message ADD COLUMN IF NOT EXISTS proposed VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NULL;
