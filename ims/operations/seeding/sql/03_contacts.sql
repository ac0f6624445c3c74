-- When each contact is and of which kind: all of them in the order of recording, numbered by it.
-- A client's visits lie evenly over its span, each shaken within its share of it. What is not an exchange is often done
-- at the visit before, which is then one visit with two contacts.

CREATE TEMPORARY TABLE seeding_contact ON COMMIT DROP AS
SELECT
    row_number() OVER (ORDER BY recorded_at, key) AS n,
    number,
    key,
    kind,
    "on",
    recorded_at
FROM (
    SELECT
        number,
        key,
        kind,
        coalesce((sends_at AT TIME ZONE 'Europe/London')::date, "on") AS "on",
        CASE
            -- Sent to another service some days before that service took the person on, which made its client.
            WHEN sends_at IS NOT NULL THEN sends_at
            WHEN contact = 0 AND answers IS NOT NULL THEN created_at
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
        END + CASE WHEN visit = contact OR sends_at IS NOT NULL THEN interval '0' ELSE interval '4 minutes' END
            AS recorded_at
    FROM (
        SELECT
            number,
            created_at,
            contact,
            visit,
            kind,
            answers,
            CASE WHEN contact = contacts - 1 THEN sends_at END AS sends_at,
            number * 1048576 + contact AS key,
            first_on + floor(
                span * (visit + pg_temp.dice(number * 1048576 + visit, 3) * (visit > 0)::integer) / contacts
            )::integer AS "on",
            first_on + span - 1 AS last_on,
            pg_temp.dice(number * 1048576 + visit, 6) AS dice
        FROM (
            SELECT
                *,
                contact - (
                    contact = 1 AND is_referred
                    OR contact > 0 AND kind <> 'exchange' AND pg_temp.dice(number * 1048576 + contact, 2) < 0.6
                )::integer AS visit
            FROM (
                SELECT
                    client.*,
                    contact,
                    CASE
                        WHEN contact = 0 AND client.is_referred THEN 'referral_in'
                        WHEN contact = client.contacts - 1 AND client.sends_at IS NOT NULL THEN 'referral_out'
                        WHEN dice < client.brief_end THEN 'brief'
                        WHEN dice < client.naloxone_end THEN 'naloxone'
                        WHEN dice < client.wellbeing_end THEN 'wellbeing'
                        WHEN dice < client.referral_out_end THEN 'referral_out'
                        ELSE 'exchange'
                    END::pg_temp.kind_of_contact AS kind
                FROM seeding_client AS client
                CROSS JOIN LATERAL generate_series(0, client.contacts - 1) AS contact
                CROSS JOIN LATERAL (SELECT pg_temp.dice(client.number * 1048576 + contact, 1) AS dice) AS thrown
                OFFSET 0 -- so that the dice are thrown once, and not again wherever the kind is asked for
            ) AS chosen
            OFFSET 0
        ) AS visited
    ) AS placed
) AS timed
ORDER BY n;

-- How many there are of a kind decides which way its joins go.
ANALYZE seeding_contact;

-- What all kinds of contact have. Who takes somebody on makes the client and the contact in one go.
CREATE TEMPORARY VIEW seeding_shared AS
SELECT
    contact.n,
    contact.key,
    contact.kind,
    contact."on",
    contact.recorded_at,
    %(clients)s + contact.number AS client_id,
    client.provider_id,
    pg_temp.one_of(provider.sites, pg_temp.dice(contact.key, 11)) AS site_id,
    CASE WHEN contact."on" < client.moved_on THEN client.authority_before ELSE client.authority_code END AS authority_code,
    CASE
        WHEN contact."on" < client.moved_on THEN client.edition_before
        ELSE client.geography_edition_id
    END AS geography_edition_id,
    CASE
        WHEN contact.kind = 'referral_in' AND client.answers IS NOT NULL THEN client.created_by_id
        ELSE pg_temp.one_of(provider.staff, pg_temp.dice(contact.key, 10))
    END AS recorded_by_id,
    CASE
        WHEN contact.kind = 'referral_in' AND client.answers IS NOT NULL THEN client.created_in_role
        ELSE pg_temp.one_of(provider.roles, pg_temp.dice(contact.key, 10))
    END AS role,
    contact.kind = 'referral_in' AND client.answers IS NOT NULL AS takes_on,
    pg_temp.dice(contact.key, 12) AS dice_of_note,
    floor(pg_temp.dice(contact.key, 14) * %(stock)s)::smallint AS place_in_stock,
    client.answers,
    client.cohort,
    client.exchanges,
    client.interventions,
    client.may_be_told_of,
    client.first_on + client.span AS gone_on,
    provider.name AS provider_name,
    provider.places,
    provider.packs
FROM seeding_contact AS contact
INNER JOIN seeding_client AS client ON client.number = contact.number
INNER JOIN seeding_provider AS provider ON provider.provider_id = client.provider_id;
