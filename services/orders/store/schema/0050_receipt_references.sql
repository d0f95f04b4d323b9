-- What a receipt is called by whoever delivers (入库单号): with it the same lot arrives once. One that was entered without
-- a name is called by a # and its own number.
ALTER TABLE stock_receipt ADD COLUMN IF NOT EXISTS reference VARCHAR(40) NULL;
ALTER TABLE stock_receipt ADD UNIQUE KEY IF NOT EXISTS receipt_once (reference, lot_id);
