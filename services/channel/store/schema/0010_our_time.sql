-- Moments outside 2000 to 2199 were typing errors that nothing refused. An item keeps the part of its time that is
-- within, and goes when none is.
DELETE FROM playlist_item WHERE plays_from >= '2199-12-31' OR plays_to <= '2000-01-01';
UPDATE playlist_item SET plays_from = GREATEST(plays_from, '2000-01-01'), plays_to = LEAST(plays_to, '2199-12-31')
    WHERE plays_from < '2000-01-01' OR plays_to > '2199-12-31';
