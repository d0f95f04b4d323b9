-- What the bell asks every minute, and the list of the unread: nothing of what is settled, and no row to tell so.
ALTER TABLE message ADD KEY IF NOT EXISTS waiting (organisation_id, settled, message_id);

ALTER TABLE message ADD KEY IF NOT EXISTS of_kind (organisation_id, kind, message_id);

-- What was told about the thing whose page is opened.
ALTER TABLE message ADD KEY IF NOT EXISTS of_certification (certification_id);

ALTER TABLE message ADD KEY IF NOT EXISTS of_lot (lot_id);

ALTER TABLE message ADD KEY IF NOT EXISTS of_merchant (merchant_id);
