-- One event a contact; before half of them the same person opened the client's page. Event ids follow the order of
-- recording: two a contact, of which the first is not taken where the page was not opened.

INSERT INTO audit_event (id, at, what, user_id, role, provider_id, kind, subjects, counts)
SELECT
    %(events)s + %(acts)s + 2 * contact.n - event.before,
    contact.recorded_at - interval '200 seconds' * pg_temp.dice(contact.key, 21) * event.before,
    CASE
        WHEN event.before = 1 THEN 'client.viewed'
        WHEN contact.is_exchange THEN 'exchange.recorded'
        ELSE 'brief_intervention.recorded'
    END,
    pg_temp.one_of(provider.staff, pg_temp.dice(contact.key, 10)),
    pg_temp.one_of(provider.roles, pg_temp.dice(contact.key, 10)),
    client.provider_id,
    CASE
        WHEN event.before = 1 THEN 'client'
        WHEN contact.is_exchange THEN 'syringeexchange'
        ELSE 'briefintervention'
    END,
    ARRAY[CASE
        WHEN event.before = 1 THEN %(clients)s + contact.number
        WHEN contact.is_exchange THEN %(exchanges)s + contact.n
        ELSE %(interventions)s + contact.n
    END],
    CASE WHEN event.before = 1 THEN '{}'::jsonb ELSE '{"lines": 1}'::jsonb END
FROM seeding_contact AS contact
INNER JOIN seeding_client AS client ON client.number = contact.number
INNER JOIN seeding_provider AS provider ON provider.provider_id = client.provider_id
INNER JOIN (VALUES (1), (0)) AS event (before) ON event.before = 0 OR pg_temp.dice(contact.key, 20) < 0.5;
