-- Without ORDER BY, as in 04_exchanges.sql.

INSERT INTO interventions_briefintervention (
    id, ref, client_id, provider_id, site_id, "on", note, authority_code, geography_edition_id, submission_id,
    recorded_at, recorded_by_id, type, setting, minutes
)
SELECT
    %(interventions)s + contact.n,
    pg_temp.ref_of('brief', contact.key),
    %(clients)s + contact.number,
    client.provider_id,
    pg_temp.one_of(provider.sites, pg_temp.dice(contact.key, 11)),
    contact."on",
    CASE WHEN pg_temp.dice(contact.key, 12) < 0.02 THEN 'To be taken up again at the next visit.' ELSE '' END,
    CASE WHEN contact."on" < client.moved_on THEN client.authority_before ELSE client.authority_code END,
    CASE WHEN contact."on" < client.moved_on THEN client.edition_before ELSE client.geography_edition_id END,
    pg_temp.submission_of('brief', contact.key, contact.recorded_at),
    contact.recorded_at,
    pg_temp.one_of(provider.staff, pg_temp.dice(contact.key, 10)),
    made.type,
    made.setting,
    made.minutes
FROM seeding_contact AS contact
INNER JOIN seeding_client AS client ON client.number = contact.number
INNER JOIN seeding_provider AS provider ON provider.provider_id = client.provider_id
INNER JOIN seeding_intervention AS made
    ON made.stock = client.interventions AND made.place = floor(pg_temp.dice(contact.key, 14) * %(stock)s)::smallint
WHERE NOT contact.is_exchange;

INSERT INTO interventions_historicalbriefintervention (
    id, ref, client_id, provider_id, site_id, "on", note, authority_code, geography_edition_id, recorded_at,
    recorded_by_id, version, type, setting, minutes,
    history_date, history_type, history_user_id, history_change_reason
)
SELECT
    id, ref, client_id, provider_id, site_id, "on", note, authority_code, geography_edition_id, recorded_at,
    recorded_by_id, version, type, setting, minutes,
    recorded_at, '+', recorded_by_id, (%(events)s + %(acts)s + 2 * (id - %(interventions)s))::text
FROM interventions_briefintervention
WHERE id > %(interventions)s;
