-- Of which category a product is, where the catalog has told since: NULL until its next word of it.
ALTER TABLE known_sku ADD COLUMN IF NOT EXISTS category VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NULL;

-- What the steps of an application say at a glance: when it was first submitted, sent back, recommended, decided; and with
-- each step, how long it was waited for behind the one before it.
ALTER TABLE application ADD COLUMN IF NOT EXISTS submitted_at DATETIME(6) NULL;
ALTER TABLE application ADD COLUMN IF NOT EXISTS returned_at DATETIME(6) NULL;
ALTER TABLE application ADD COLUMN IF NOT EXISTS recommended_at DATETIME(6) NULL;
ALTER TABLE application ADD COLUMN IF NOT EXISTS decided_at DATETIME(6) NULL;
ALTER TABLE application_step ADD COLUMN IF NOT EXISTS waited_seconds INT UNSIGNED NULL;
UPDATE application a JOIN (SELECT application_id, MIN(IF(action = 'SUBMIT', at, NULL)) AS submitted,
    MIN(IF(action = 'RETURN', at, NULL)) AS returned, MIN(IF(action = 'RECOMMEND', at, NULL)) AS recommended,
    MIN(IF(action IN ('CERTIFY', 'REJECT'), at, NULL)) AS decided FROM application_step GROUP BY application_id) s
    ON s.application_id = a.application_id
    SET a.submitted_at = s.submitted, a.returned_at = s.returned, a.recommended_at = s.recommended,
    a.decided_at = s.decided WHERE a.submitted_at IS NULL;
UPDATE application_step s JOIN application_step p ON p.application_id = s.application_id AND p.step + 1 = s.step
    SET s.waited_seconds = GREATEST(TIMESTAMPDIFF(SECOND, p.at, s.at), 0) WHERE s.waited_seconds IS NULL;
ALTER TABLE application_step ADD INDEX IF NOT EXISTS by_wait (application_id, action, waited_seconds);
