-- Which version of a scheme other services were told of last.
CREATE TABLE IF NOT EXISTS scheme_told (
    scheme VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    version INT NOT NULL
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
