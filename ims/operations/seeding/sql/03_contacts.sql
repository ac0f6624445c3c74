-- When each contact is: all of them in the order of recording, numbered by it.
-- A client's visits lie evenly over its span, each shaken within its share of it. A brief intervention is often given
-- at the visit before, which is then one visit with two contacts.

CREATE TEMPORARY TABLE seeding_contact ON COMMIT DROP AS
SELECT
    row_number() OVER (ORDER BY recorded_at, key) AS n,
    number,
    key,
    is_exchange,
    "on",
    recorded_at
FROM (
    SELECT
        number,
        key,
        is_exchange,
        "on",
        CASE
            -- The first contact follows the registration.
            WHEN visit = 0 THEN created_at + make_interval(mins => 5 + floor(pg_temp.dice(key, 4) * 4)::integer)
            -- Few are recorded some days late. Services are open from nine to half past five.
            ELSE greatest(
                (
                    least("on" + (CASE WHEN dice < 0.06 THEN 1 + floor(dice * 50)::integer ELSE 0 END), last_on)
                    + interval '9 hours' + interval '30600 seconds' * pg_temp.dice(key, 5)
                ) AT TIME ZONE 'Europe/London',
                created_at + interval '15 minutes'
            )
        END + CASE WHEN visit = contact THEN interval '0' ELSE interval '4 minutes' END AS recorded_at
    FROM (
        SELECT
            client.number,
            client.created_at,
            contact,
            visit,
            is_exchange,
            client.number * 1048576 + contact AS key,
            client.first_on + floor(
                client.span * (visit + pg_temp.dice(client.number * 1048576 + visit, 3) * (visit > 0)::integer)
                / client.contacts
            )::integer AS "on",
            client.first_on + client.span - 1 AS last_on,
            pg_temp.dice(client.number * 1048576 + visit, 6) AS dice
        FROM seeding_client AS client
        CROSS JOIN LATERAL generate_series(0, client.contacts - 1) AS contact
        CROSS JOIN LATERAL (
            SELECT pg_temp.dice(client.number * 1048576 + contact, 1) >= client.brief AS is_exchange
        ) AS kind
        CROSS JOIN LATERAL (
            SELECT contact - (
                contact > 0 AND NOT is_exchange AND pg_temp.dice(client.number * 1048576 + contact, 2) < 0.6
            )::integer AS visit
        ) AS visited
    ) AS placed
) AS timed
ORDER BY n;
