-- What an invitation makes of somebody: in a merchant's house one of its people (NULL: from before), in an office what its
-- people are.
ALTER TABLE link ADD COLUMN IF NOT EXISTS role VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NULL;
ALTER TABLE link DROP CONSTRAINT IF EXISTS link_role;
ALTER TABLE link ADD CONSTRAINT link_role CHECK (role IN ('merchant', 'certifier', 'auditor'));
ALTER TABLE link DROP CONSTRAINT IF EXISTS link_whose;
ALTER TABLE link ADD CONSTRAINT link_whose CHECK (
    (purpose = 'INVITATION' AND organisation_id IS NOT NULL
        AND (position IS NOT NULL) = (COALESCE(role, 'merchant') = 'merchant'))
    OR (purpose = 'RESET' AND account_id IS NOT NULL));
