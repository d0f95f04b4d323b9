-- What was never listed is its own house's: the public reads of a product or bundle once it was listed first. Of those
-- that are here already nobody knows.
ALTER TABLE product ADD COLUMN IF NOT EXISTS ever_listed BOOLEAN NOT NULL DEFAULT TRUE AFTER listed;
ALTER TABLE product DROP CONSTRAINT IF EXISTS product_listed_counts;
ALTER TABLE product ADD CONSTRAINT product_listed_counts CHECK (ever_listed OR NOT listed);

ALTER TABLE bundle ADD COLUMN IF NOT EXISTS ever_listed BOOLEAN NOT NULL DEFAULT TRUE AFTER listed;
ALTER TABLE bundle DROP CONSTRAINT IF EXISTS bundle_listed_counts;
ALTER TABLE bundle ADD CONSTRAINT bundle_listed_counts CHECK (ever_listed OR NOT listed);
