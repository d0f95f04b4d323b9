-- A product has up to nine pictures: `image` is the cover, the others are one a line, in their order.
ALTER TABLE product_version ADD COLUMN IF NOT EXISTS more_images TEXT NOT NULL DEFAULT '' AFTER image;
