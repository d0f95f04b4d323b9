-- Where a house is registered, by the division in its credit code; NULL where identity has not said one.
ALTER TABLE known_organisation ADD COLUMN IF NOT EXISTS registered_in CHAR(6) CHARACTER SET ascii COLLATE ascii_bin NULL;

-- What identity told before this column was there is told again; as the catalog's goods were for 0031_ground.sql, so that a
-- category (0030_figures.sql) is NULL only until that is done.
DELETE FROM consumed WHERE producer = 'identity';
