-- Certifications have a service of their own; what stands here is what it declared. Which numbers are taken, and which
-- schemes there are, it decides, and facts may be read in larger steps than they were told.
ALTER TABLE certification ADD INDEX IF NOT EXISTS of_product (product_id);
ALTER TABLE certification
    DROP INDEX IF EXISTS certification_number,
    DROP INDEX IF EXISTS certification_active,
    DROP COLUMN IF EXISTS active,
    DROP CONSTRAINT IF EXISTS certification_scheme;
ALTER TABLE certification MODIFY COLUMN authority VARCHAR(200) NOT NULL;
