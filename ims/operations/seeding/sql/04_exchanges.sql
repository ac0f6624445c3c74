-- Without ORDER BY: hash joins keep the order of seeding_contact, which is the order of recording, and sorting
-- millions of wide rows once more would cost as much as writing them.

INSERT INTO interventions_syringeexchange (
    id, ref, client_id, provider_id, site_id, "on", note, authority_code, geography_edition_id, submission_id,
    recorded_at, recorded_by_id, items, needles, barrels, sets, returned, drug, place
)
SELECT
    %(exchanges)s + contact.n,
    pg_temp.ref_of('exchange', contact.key),
    %(clients)s + contact.number,
    client.provider_id,
    pg_temp.one_of(provider.sites, pg_temp.dice(contact.key, 11)),
    contact."on",
    CASE WHEN pg_temp.dice(contact.key, 12) < 0.02 THEN 'Asked for a larger bin next time.' ELSE '' END,
    CASE WHEN contact."on" < client.moved_on THEN client.authority_before ELSE client.authority_code END,
    CASE WHEN contact."on" < client.moved_on THEN client.edition_before ELSE client.geography_edition_id END,
    pg_temp.submission_of('exchange', contact.key, contact.recorded_at),
    contact.recorded_at,
    pg_temp.one_of(provider.staff, pg_temp.dice(contact.key, 10)),
    made.items,
    made.needles,
    made.barrels,
    made.sets,
    made.returned,
    made.drug,
    pg_temp.one_of(provider.places, pg_temp.dice(contact.key, 13))
FROM seeding_contact AS contact
INNER JOIN seeding_client AS client ON client.number = contact.number
INNER JOIN seeding_provider AS provider ON provider.provider_id = client.provider_id
INNER JOIN seeding_exchange AS made
    ON made.stock = client.exchanges AND made.place = floor(pg_temp.dice(contact.key, 14) * %(stock)s)::smallint
WHERE contact.is_exchange;

INSERT INTO interventions_historicalsyringeexchange (
    id, ref, client_id, provider_id, site_id, "on", note, authority_code, geography_edition_id, recorded_at,
    recorded_by_id, version, items, packs, needles, barrels, sets, returned, drug, place,
    history_date, history_type, history_user_id, history_change_reason
)
SELECT
    id, ref, client_id, provider_id, site_id, "on", note, authority_code, geography_edition_id, recorded_at,
    recorded_by_id, version, items, packs, needles, barrels, sets, returned, drug, place,
    recorded_at, '+', recorded_by_id, (%(events)s + %(acts)s + 2 * (id - %(exchanges)s))::text
FROM interventions_syringeexchange
WHERE id > %(exchanges)s;
