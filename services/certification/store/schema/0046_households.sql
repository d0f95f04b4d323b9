-- How many households contracts cover, and how many people live in them: of an application as it is, of each of its steps
-- that submitted it, and of what it was certified with. NULL: nobody said, as before 2026-12.
ALTER TABLE application ADD COLUMN IF NOT EXISTS households INT UNSIGNED NULL AFTER linkage;
ALTER TABLE application ADD COLUMN IF NOT EXISTS people INT UNSIGNED NULL AFTER households;
ALTER TABLE application DROP CONSTRAINT IF EXISTS application_households;
ALTER TABLE application ADD CONSTRAINT application_households
    CHECK (households <= 100000 AND (people IS NULL OR people BETWEEN households AND 1000000));
ALTER TABLE application_step ADD COLUMN IF NOT EXISTS households INT UNSIGNED NULL;
ALTER TABLE application_step ADD COLUMN IF NOT EXISTS people INT UNSIGNED NULL;
ALTER TABLE certification ADD COLUMN IF NOT EXISTS households INT UNSIGNED NULL;
ALTER TABLE certification ADD COLUMN IF NOT EXISTS people INT UNSIGNED NULL;
ALTER TABLE certification DROP CONSTRAINT IF EXISTS certification_households;
ALTER TABLE certification ADD CONSTRAINT certification_households
    CHECK (households <= 100000 AND (people IS NULL OR people BETWEEN households AND 1000000));
