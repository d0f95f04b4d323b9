-- What changed is counted and noted for all of a service now: touch_count.
DROP TABLE IF EXISTS revision;
