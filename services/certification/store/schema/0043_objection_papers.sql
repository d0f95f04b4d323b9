-- The SHA-256 of the key with which somebody objected, so that the same objection again is known.
ALTER TABLE objection ADD COLUMN IF NOT EXISTS holder BINARY(32) NULL;

-- The papers of an objection, in the order in which they are to be read. A file belongs to one objection.
CREATE TABLE IF NOT EXISTS objection_paper (
    objection_id BIGINT UNSIGNED NOT NULL,
    position TINYINT UNSIGNED NOT NULL,
    file_id BIGINT UNSIGNED NOT NULL,
    PRIMARY KEY (objection_id, position),
    CONSTRAINT one_objection_a_file UNIQUE KEY (file_id),
    CONSTRAINT objection_papers_few CHECK (position < 3),
    CONSTRAINT paper_of_objection FOREIGN KEY (objection_id) REFERENCES objection (objection_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
