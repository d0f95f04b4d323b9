-- Whoever applies first does not keep others out: several may wait with one credit code, name or login, and the operator's
-- people find out whose it is.
ALTER TABLE onboarding DROP INDEX IF EXISTS onboarding_waiting_uscc;
ALTER TABLE onboarding DROP INDEX IF EXISTS onboarding_waiting_name;
ALTER TABLE onboarding DROP INDEX IF EXISTS onboarding_waiting_login;
ALTER TABLE onboarding ADD INDEX IF NOT EXISTS onboarding_by_uscc (uscc, waiting);
ALTER TABLE onboarding ADD INDEX IF NOT EXISTS onboarding_by_name (name, waiting);
