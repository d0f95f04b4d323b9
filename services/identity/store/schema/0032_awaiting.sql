-- OFFICE: a colleague let it in, and no administrator has confirmed it yet.
ALTER TABLE account DROP CONSTRAINT IF EXISTS account_disabled_as;
ALTER TABLE account ADD CONSTRAINT account_disabled_as CHECK (disabled_as IN ('OWNER', 'ADMIN', 'OFFICE'));
