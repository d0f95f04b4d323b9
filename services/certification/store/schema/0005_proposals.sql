-- Suspensions, revocations and withdrawals, which take two people: who proposed, who answered. Rows are answered once, never removed.
CREATE TABLE IF NOT EXISTS proposal (
    proposal_id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    certification_id BIGINT UNSIGNED NOT NULL,
    state VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    reason VARCHAR(300) NOT NULL,
    at DATETIME(6) NOT NULL,
    by_account BIGINT UNSIGNED NOT NULL,
    organisation_id BIGINT UNSIGNED NOT NULL,
    outcome VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'WAITING',
    answer VARCHAR(300) NOT NULL DEFAULT '',
    answered_at DATETIME(6) NULL,
    answered_by BIGINT UNSIGNED NULL,
    waiting TINYINT UNSIGNED GENERATED ALWAYS AS (IF(outcome = 'WAITING', 1, NULL)) STORED,
    CONSTRAINT proposal_waiting UNIQUE KEY (certification_id, state, waiting),
    KEY by_outcome (outcome, proposal_id),
    KEY of_organisation (organisation_id, outcome, proposal_id),
    CONSTRAINT proposal_state_known CHECK (state IN ('SUSPENDED', 'REVOKED', 'WITHDRAWN')),
    CONSTRAINT proposal_outcome_known CHECK (outcome IN ('WAITING', 'AGREED', 'REFUSED', 'OVERTAKEN')),
    CONSTRAINT proposal_answered CHECK ((outcome = 'WAITING') = (answered_at IS NULL)),
    CONSTRAINT proposal_of_certification FOREIGN KEY (certification_id)
        REFERENCES certification (certification_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
