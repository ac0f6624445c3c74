-- A client's first supply is a first one, every later one replaces a kit.

INSERT INTO interventions_naloxone (
    id, ref, client_id, provider_id, site_id, "on", note, authority_code, geography_edition_id, submission_id,
    recorded_at, recorded_by_id, kits, supply, reason, training, used
)
SELECT
    %(naloxone)s + shared.n,
    pg_temp.ref_of('naloxone', shared.key),
    shared.client_id,
    shared.provider_id,
    shared.site_id,
    shared."on",
    '',
    shared.authority_code,
    shared.geography_edition_id,
    pg_temp.submission_of('naloxone', shared.key, shared.recorded_at),
    shared.recorded_at,
    shared.recorded_by_id,
    made.kits,
    made.supply,
    made.reason,
    made.training,
    made.used
FROM (
    SELECT
        *,
        CASE row_number() OVER (PARTITION BY client_id ORDER BY "on", n) WHEN 1 THEN 'first' ELSE 'again' END AS supply
    FROM seeding_shared
    WHERE kind = 'naloxone'
) AS shared
INNER JOIN seeding_naloxone AS made ON made.supply = shared.supply AND made.place = shared.place_in_stock
ORDER BY shared.n;

INSERT INTO interventions_historicalnaloxone (
    id, ref, client_id, provider_id, site_id, "on", note, authority_code, geography_edition_id, recorded_at,
    recorded_by_id, version, kits, supply, reason, training, used,
    history_date, history_type, history_user_id, history_change_reason
)
SELECT
    id, ref, client_id, provider_id, site_id, "on", note, authority_code, geography_edition_id, recorded_at,
    recorded_by_id, version, kits, supply, reason, training, used,
    recorded_at, '+', recorded_by_id, (%(events)s + %(acts)s + 2 * (id - %(naloxone)s))::text
FROM interventions_naloxone
WHERE id > %(naloxone)s
ORDER BY id;
