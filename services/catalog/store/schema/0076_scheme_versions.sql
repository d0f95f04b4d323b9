-- Of which version of a scheme its name is: what is told late does not undo what was told since.
ALTER TABLE known_scheme ADD COLUMN IF NOT EXISTS version INT NOT NULL DEFAULT 0;
