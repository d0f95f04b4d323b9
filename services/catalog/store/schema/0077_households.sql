-- How many households contracts cover, and how many people live in them, as the certification says; NULL where it does not.
ALTER TABLE certification ADD COLUMN IF NOT EXISTS households INT UNSIGNED NULL;
ALTER TABLE certification ADD COLUMN IF NOT EXISTS people INT UNSIGNED NULL;
