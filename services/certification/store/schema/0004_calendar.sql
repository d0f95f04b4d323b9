-- What the State Council's notice of 4 November 2025 says of 2026: free days (0), and weekend days that are worked (1). Of a
-- year of which nothing stands here the day of the week decides.
INSERT INTO calendar_day (day, working) VALUES
    ('2026-01-01', 0), ('2026-01-02', 0), ('2026-01-03', 0), ('2026-01-04', 1), ('2026-02-14', 1), ('2026-02-15', 0),
    ('2026-02-16', 0), ('2026-02-17', 0), ('2026-02-18', 0), ('2026-02-19', 0), ('2026-02-20', 0), ('2026-02-21', 0),
    ('2026-02-22', 0), ('2026-02-23', 0), ('2026-02-28', 1), ('2026-04-04', 0), ('2026-04-05', 0), ('2026-04-06', 0),
    ('2026-05-01', 0), ('2026-05-02', 0), ('2026-05-03', 0), ('2026-05-04', 0), ('2026-05-05', 0), ('2026-05-09', 1),
    ('2026-06-19', 0), ('2026-06-20', 0), ('2026-06-21', 0), ('2026-09-20', 1), ('2026-09-25', 0), ('2026-09-26', 0),
    ('2026-09-27', 0), ('2026-10-01', 0), ('2026-10-02', 0), ('2026-10-03', 0), ('2026-10-04', 0), ('2026-10-05', 0),
    ('2026-10-06', 0), ('2026-10-07', 0), ('2026-10-10', 1)
    ON DUPLICATE KEY UPDATE working = VALUES(working);

-- Of 2027, of which no notice is out yet, the days that the law itself names (全国年节及纪念日放假办法, 2024): 除夕 to 初三,
-- 清明, 端午, 中秋; those of the sun's calendar are free in any year (domain/working_days).
INSERT INTO calendar_day (day, working) VALUES
    ('2027-02-05', 0), ('2027-02-06', 0), ('2027-02-07', 0), ('2027-02-08', 0), ('2027-04-05', 0), ('2027-06-09', 0),
    ('2027-09-15', 0)
    ON DUPLICATE KEY UPDATE working = VALUES(working);
