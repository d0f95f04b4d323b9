-- Of what a stranger handed in, the SHA-256 of the key that tells whose it is: NULL once it belongs to something, and for
-- organisations. What nobody has claimed after three hours is forgotten.
ALTER TABLE file ADD COLUMN IF NOT EXISTS holder BINARY(32) NULL;
ALTER TABLE file ADD KEY IF NOT EXISTS held (holder, at);
