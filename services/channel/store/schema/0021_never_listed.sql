-- What was never listed plays on no screen: whoever scanned it would be told of goods that nobody may know of yet.
ALTER TABLE known_product ADD COLUMN IF NOT EXISTS never_listed BOOLEAN NOT NULL DEFAULT FALSE;
