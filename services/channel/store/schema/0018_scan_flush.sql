-- Old batches are found by their age without looking at those of running processes.
ALTER TABLE scan_flush ADD KEY IF NOT EXISTS scan_flush_age (flushed_at, writer);
