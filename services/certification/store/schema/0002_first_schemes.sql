-- The schemes that the sources name (闵行优品, 百县百品, 县级认定), with the names under which their offices publish. What
-- was decided elsewhere is entered under them; a scheme whose applications are decided here is made in the desk.
INSERT INTO scheme_version (scheme, version, name, offices, district_code, counties, term_unit, term, notice_days,
        recommendations, by_application, at, by_account) VALUES
    ('MINHANG_YOUPIN', 1, '闵行优品', '闵行区政府合作交流办\n闵行区人民政府合作交流办公室\n上海市闵行区人民政府合作交流办公室',
        '310112', '', 'CALENDAR_YEARS', 1, 0, 0, 0, '2016-01-01 00:00:00', 0),
    ('BAIXIAN_BAIPIN', 1, '百县百品', '上海市政府合作交流办\n上海市人民政府合作交流办公室',
        NULL, '', 'CALENDAR_YEARS', 1, 0, 0, 0, '2016-01-01 00:00:00', 0),
    ('COUNTY_RECOGNITION', 1, '县级认定', '', NULL, '', 'CALENDAR_YEARS', 1, 0, 0, 0, '2016-01-01 00:00:00', 0)
    ON DUPLICATE KEY UPDATE version = version;
