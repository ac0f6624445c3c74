-- Without ORDER BY: hash joins keep the order of seeding_contact, which is the order of recording, and sorting
-- millions of wide rows once more would cost as much as writing them.

INSERT INTO interventions_syringeexchange (
    id, ref, client_id, provider_id, site_id, "on", note, authority_code, geography_edition_id, submission_id,
    recorded_at, recorded_by_id, items, packs, needles, barrels, sets, returned, others, drug, place
)
SELECT
    %(exchange)s + shared.n,
    pg_temp.ref_of('exchange', shared.key),
    shared.client_id,
    shared.provider_id,
    shared.site_id,
    shared."on",
    CASE WHEN shared.dice_of_note < 0.02 THEN 'Asked for a larger bin next time.' ELSE '' END,
    shared.authority_code,
    shared.geography_edition_id,
    pg_temp.submission_of('exchange', shared.key, shared.recorded_at),
    shared.recorded_at,
    shared.recorded_by_id,
    made.items,
    CASE
        WHEN made.pack IS NULL THEN '[]'::jsonb
        ELSE jsonb_build_array(shared.packs[made.pack] || jsonb_build_object('n', made.packs))
    END,
    made.needles,
    made.barrels,
    made.sets,
    made.returned,
    made.others,
    made.drug,
    pg_temp.one_of(shared.places, pg_temp.dice(shared.key, 13))
FROM seeding_shared AS shared
INNER JOIN seeding_exchange AS made ON made.stock = shared.exchanges AND made.place = shared.place_in_stock
WHERE shared.kind = 'exchange';

INSERT INTO interventions_historicalsyringeexchange (
    id, ref, client_id, provider_id, site_id, "on", note, authority_code, geography_edition_id, recorded_at,
    recorded_by_id, version, items, packs, needles, barrels, sets, returned, others, drug, place,
    history_date, history_type, history_user_id, history_change_reason
)
SELECT
    id, ref, client_id, provider_id, site_id, "on", note, authority_code, geography_edition_id, recorded_at,
    recorded_by_id, version, items, packs, needles, barrels, sets, returned, others, drug, place,
    recorded_at, '+', recorded_by_id, (%(events)s + %(acts)s + 2 * (id - %(exchange)s))::text
FROM interventions_syringeexchange
WHERE id > %(exchange)s;
