#include "chassis/database/schema.hpp"

namespace shanhai::database {

Schema chassis_schema() {
    return {{"0000_chassis", R"sql(
-- released-as: 5ff99e64b4c0fbee004e0f9e700aeedff57f1f6be53d39237d82a40fc48b1515
-- The facts of each transaction, one row a transaction. The relay gives seq after the commit; `bytes` is the length
-- of the frame, so that readers can bound their answers before they read.
CREATE TABLE IF NOT EXISTS outbox (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    seq BIGINT UNSIGNED NULL,
    at DATETIME(6) NOT NULL,
    bytes INT UNSIGNED NOT NULL,
    frame LONGBLOB NOT NULL,
    UNIQUE KEY outbox_seq (seq),
    KEY outbox_waiting (seq, id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- One row: the last number given, and which relay may give the next. The epoch is drawn once and tells one life of the
-- outbox from the next: a database that was made anew counts from 1 again.
CREATE TABLE IF NOT EXISTS relay (
    id TINYINT UNSIGNED NOT NULL PRIMARY KEY CHECK (id = 1),
    seq BIGINT UNSIGNED NOT NULL,
    epoch CHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    holder VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    lease_until DATETIME(6) NOT NULL
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
INSERT INTO relay (id, seq, epoch, holder, lease_until)
    VALUES (1, 0, HEX(RANDOM_BYTES(8)), '', '2000-01-01') ON DUPLICATE KEY UPDATE id = 1;

-- How far this service has applied each producer's frames; commits with their effect. fresh_at: when we last
-- knew everything that the producer had said, remembered over restarts. Epoch: of the outbox that seq counts in.
CREATE TABLE IF NOT EXISTS consumed (
    producer VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    seq BIGINT UNSIGNED NOT NULL,
    epoch CHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
    at DATETIME(6) NOT NULL,
    fresh_at DATETIME(6) NULL,
    stopped_reason VARCHAR(1000) NULL
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- Frames that a human stepped over, and why.
CREATE TABLE IF NOT EXISTS skipped_frame (
    producer VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    seq BIGINT UNSIGNED NOT NULL,
    stopped_reason VARCHAR(1000) NOT NULL,
    who VARCHAR(200) NOT NULL,
    reason VARCHAR(1000) NOT NULL,
    at DATETIME(6) NOT NULL,
    PRIMARY KEY (producer, seq)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- Numbers handed out in blocks: the next one that nobody has.
CREATE TABLE IF NOT EXISTS sequence (
    name VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    next BIGINT UNSIGNED NOT NULL
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
)sql"},
            {"0000_chassis_proof", R"sql(
-- The MAC of the frame, made with the service's secret when it was written; a frame without one is never told.
ALTER TABLE outbox ADD COLUMN IF NOT EXISTS seal BINARY(32) NULL;

-- SHA-256 of the last frame that was applied, so that another content under its number is noticed. stopped_forged:
-- consumption stopped because something was not what the producer said.
ALTER TABLE consumed ADD COLUMN IF NOT EXISTS frame_hash BINARY(32) NULL;
ALTER TABLE consumed ADD COLUMN IF NOT EXISTS stopped_forged BOOLEAN NOT NULL DEFAULT FALSE;
)sql"},
            {"0000_chassis_set_aside", R"sql(
-- Facts that could not be applied, until a later one of their subject is, or a human ends it (closed_at).
CREATE TABLE IF NOT EXISTS set_aside (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    producer VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    seq BIGINT UNSIGNED NOT NULL,
    at DATETIME(6) NOT NULL,
    type VARCHAR(200) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    payload LONGBLOB NOT NULL,
    subject_field VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    subject_id VARCHAR(64) NOT NULL,
    reason VARCHAR(1000) NOT NULL,
    set_aside_at DATETIME(6) NOT NULL,
    wish ENUM('RETRY', 'CLOSE') NULL,
    wished_by VARCHAR(200) NULL,
    wished_reason VARCHAR(1000) NULL,
    closed_at DATETIME(6) NULL,
    closed_by VARCHAR(200) NULL,
    closed_reason VARCHAR(1000) NULL,
    KEY set_aside_waiting (closed_at, producer)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
)sql"},
            {"0000_chassis_set_aside_seal", R"sql(
-- The MAC of the fact, made with the service's secret when it was put aside; one without it is never applied.
ALTER TABLE set_aside ADD COLUMN IF NOT EXISTS seal BINARY(32) NULL;
)sql"},
            {"0000_chassis_touched", R"sql(
-- How often what is kept in memory has changed, so that every process knows when its copy is old; and what it was.
CREATE TABLE IF NOT EXISTS touch_count (
    one TINYINT NOT NULL PRIMARY KEY CHECK (one = 1),
    number BIGINT UNSIGNED NOT NULL
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
INSERT INTO touch_count (one, number) VALUES (1, 1) ON DUPLICATE KEY UPDATE number = number;
CREATE TABLE IF NOT EXISTS touch_note (
    number BIGINT UNSIGNED NOT NULL PRIMARY KEY,
    kind VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    id BIGINT UNSIGNED NOT NULL
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
)sql"}};
}

}  // namespace shanhai::database
