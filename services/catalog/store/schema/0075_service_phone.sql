-- At which a merchant serves its customers, for everybody to see (电子商务法, article 15); NULL where it told none.
ALTER TABLE merchant
    ADD COLUMN IF NOT EXISTS service_phone VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NULL AFTER food_licence;
ALTER TABLE merchant DROP CONSTRAINT IF EXISTS merchant_service_phone;
ALTER TABLE merchant ADD CONSTRAINT merchant_service_phone CHECK (service_phone REGEXP '^[0-9]{5,12}$');
