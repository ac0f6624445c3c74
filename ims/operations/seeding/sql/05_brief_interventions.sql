-- Without ORDER BY, as in 04_exchanges.sql.

INSERT INTO interventions_briefintervention (
    id, ref, client_id, provider_id, site_id, "on", note, authority_code, geography_edition_id, submission_id,
    recorded_at, recorded_by_id, type, setting, minutes
)
SELECT
    %(brief)s + shared.n,
    pg_temp.ref_of('brief', shared.key),
    shared.client_id,
    shared.provider_id,
    shared.site_id,
    shared."on",
    CASE WHEN shared.dice_of_note < 0.02 THEN 'To be taken up again at the next visit.' ELSE '' END,
    shared.authority_code,
    shared.geography_edition_id,
    pg_temp.submission_of('brief', shared.key, shared.recorded_at),
    shared.recorded_at,
    shared.recorded_by_id,
    made.type,
    made.setting,
    made.minutes
FROM seeding_shared AS shared
INNER JOIN seeding_intervention AS made
    ON made.stock = shared.interventions AND made.place = shared.place_in_stock
WHERE shared.kind = 'brief';

INSERT INTO interventions_historicalbriefintervention (
    id, ref, client_id, provider_id, site_id, "on", note, authority_code, geography_edition_id, recorded_at,
    recorded_by_id, version, type, setting, minutes,
    history_date, history_type, history_user_id, history_change_reason
)
SELECT
    id, ref, client_id, provider_id, site_id, "on", note, authority_code, geography_edition_id, recorded_at,
    recorded_by_id, version, type, setting, minutes,
    recorded_at, '+', recorded_by_id, (%(events)s + %(acts)s + 2 * (id - %(brief)s))::text
FROM interventions_briefintervention
WHERE id > %(brief)s;
