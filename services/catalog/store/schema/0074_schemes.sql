-- What schemes of recognition are called, as the service of certifications tells it.
CREATE TABLE IF NOT EXISTS known_scheme (
    scheme VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    name VARCHAR(40) NOT NULL
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
