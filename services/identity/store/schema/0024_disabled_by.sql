-- Who disabled an account, and as what: an owner does not let in again whom an administrator disabled. NULL as long as
-- it is not disabled; what was disabled before this was kept counts as an administrator's doing.
ALTER TABLE account ADD COLUMN IF NOT EXISTS disabled_by BIGINT UNSIGNED NULL;
ALTER TABLE account ADD COLUMN IF NOT EXISTS disabled_as VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NULL;
UPDATE account SET disabled_as = 'ADMIN' WHERE disabled = 1 AND disabled_as IS NULL;
ALTER TABLE account DROP CONSTRAINT IF EXISTS account_disabled_as;
ALTER TABLE account ADD CONSTRAINT account_disabled_as CHECK (disabled_as IN ('OWNER', 'ADMIN'));
