-- A client's first assessment is a first one, the later ones are reviews; the last one of most who have not been seen for
-- a quarter of a year was their exit.

INSERT INTO interventions_wellbeingassessment (
    id, ref, client_id, provider_id, site_id, "on", note, authority_code, geography_edition_id, submission_id,
    recorded_at, recorded_by_id, stage, accommodation, employment, answers
)
SELECT
    %(wellbeing)s + shared.n,
    pg_temp.ref_of('wellbeing', shared.key),
    shared.client_id,
    shared.provider_id,
    shared.site_id,
    shared."on",
    '',
    shared.authority_code,
    shared.geography_edition_id,
    pg_temp.submission_of('wellbeing', shared.key, shared.recorded_at),
    shared.recorded_at,
    shared.recorded_by_id,
    made.stage,
    made.accommodation,
    made.employment,
    made.answers
FROM (
    SELECT
        *,
        CASE
            WHEN row_number() OVER earliest_first = 1 THEN 'first'
            WHEN lead(n) OVER earliest_first IS NULL
                AND gone_on < %(until)s - 90
                AND pg_temp.dice(key, 15) < 0.7 THEN 'exit'
            ELSE 'review'
        END AS stage
    FROM seeding_shared
    WHERE kind = 'wellbeing'
    WINDOW earliest_first AS (PARTITION BY client_id ORDER BY "on", n)
) AS shared
INNER JOIN seeding_assessment AS made ON made.stage = shared.stage AND made.place = shared.place_in_stock
ORDER BY shared.n;

INSERT INTO interventions_historicalwellbeingassessment (
    id, ref, client_id, provider_id, site_id, "on", note, authority_code, geography_edition_id, recorded_at,
    recorded_by_id, version, stage, accommodation, employment, answers,
    history_date, history_type, history_user_id, history_change_reason
)
SELECT
    id, ref, client_id, provider_id, site_id, "on", note, authority_code, geography_edition_id, recorded_at,
    recorded_by_id, version, stage, accommodation, employment, answers,
    recorded_at, '+', recorded_by_id, (%(events)s + %(acts)s + 2 * (id - %(wellbeing)s))::text
FROM interventions_wellbeingassessment
WHERE id > %(wellbeing)s
ORDER BY id;
