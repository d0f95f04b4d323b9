-- `returned_at` is since now when an application was sent back last, so that lists can say since when its house is to supply
-- something; that it was sent back at all, as figures count it, it says as before.
UPDATE application a JOIN (SELECT application_id, MAX(at) AS returned FROM application_step WHERE action = 'RETURN'
    GROUP BY application_id) s ON s.application_id = a.application_id
    SET a.returned_at = s.returned WHERE a.returned_at <> s.returned;
