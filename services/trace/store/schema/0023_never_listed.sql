-- What was never listed nobody but its own house and those who oversee may know of; until now all was told to everybody.
ALTER TABLE known_sku ADD COLUMN IF NOT EXISTS never_listed BOOLEAN NOT NULL DEFAULT FALSE;
