-- One event a contact; before half of them the same person opened the client's page. Event ids follow the order of
-- recording: two a contact, of which the first is not taken where the page was not opened.

INSERT INTO audit_event (id, at, what, user_id, role, provider_id, kind, subjects, counts)
SELECT
    %(events)s + %(acts)s + 2 * shared.n - event.before,
    shared.recorded_at - interval '200 seconds' * pg_temp.dice(shared.key, 21) * event.before,
    CASE
        WHEN event.before = 1 THEN 'client.viewed'
        WHEN shared.takes_on THEN 'referral.accepted'
        ELSE kind.event
    END,
    shared.recorded_by_id,
    shared.role,
    shared.provider_id,
    CASE WHEN event.before = 1 THEN 'client' ELSE kind.subject END,
    ARRAY[CASE WHEN event.before = 1 THEN shared.client_id ELSE kind.before + shared.n END],
    CASE WHEN event.before = 1 OR shared.takes_on THEN '{}'::jsonb ELSE '{"lines": 1}'::jsonb END
FROM seeding_shared AS shared
INNER JOIN seeding_kind AS kind ON kind.kind = shared.kind
INNER JOIN (VALUES (1), (0)) AS event (before)
    -- Nobody has a page to open before they are taken on.
    ON event.before = 0 OR pg_temp.dice(shared.key, 20) < 0.5 AND NOT shared.takes_on;

-- And one a step of a referral. Those of the receiver name no row, because the row is the sender's.
INSERT INTO audit_event (id, at, what, user_id, role, provider_id, kind, subjects, counts)
SELECT
    event_id,
    at,
    CASE
        WHEN NOT by_receiver THEN 'referral_out.moved_on'
        WHEN state = 'seen' THEN 'referral.seen'
        ELSE 'referral.answered'
    END,
    by_id,
    role,
    provider_id,
    CASE WHEN by_receiver THEN '' ELSE 'referralout' END,
    CASE WHEN by_receiver THEN '{}'::bigint[] ELSE ARRAY[%(referral_out)s + n] END,
    '{}'::jsonb
FROM seeding_step
WHERE step > 0 AND NOT is_taking_on
ORDER BY event_id;
