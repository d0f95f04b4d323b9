-- The secret behind an order's two commitments in the ledger, made when it is paid. ERASE destroys it with the key:
-- then nobody can tell any more which entries were this order's.
ALTER TABLE vault_record ADD COLUMN IF NOT EXISTS ledger_salt BINARY(32) NULL;
