-- What was asked for has been done before it could be told: it is told all the same, and is unread for nobody.
ALTER TABLE undelivered ADD COLUMN IF NOT EXISTS settled BOOLEAN NOT NULL DEFAULT FALSE;

ALTER TABLE undelivered ADD KEY IF NOT EXISTS of_subject (kind, subject_id);
