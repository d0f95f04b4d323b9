-- What an account has read beyond its mark: single messages, and those about a thing whose page it opened.
CREATE TABLE IF NOT EXISTS read_message (
    account_id BIGINT UNSIGNED NOT NULL,
    message_id BIGINT UNSIGNED NOT NULL,
    PRIMARY KEY (account_id, message_id),
    KEY of_message (message_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- What was asked for has been done meanwhile, by whomever: it is unread for nobody.
ALTER TABLE message ADD COLUMN IF NOT EXISTS settled BOOLEAN NOT NULL DEFAULT FALSE;

ALTER TABLE message ADD KEY IF NOT EXISTS of_application (application_id);

ALTER TABLE message ADD KEY IF NOT EXISTS of_product (product_id);
