-- Referrals out, each with the steps that it has come by now. A step that would lie ahead has not been taken, so what was
-- sent lately waits. What the receiver does is an act of the receiver's, in the sender's row.

CREATE TEMPORARY TABLE seeding_sent ON COMMIT DROP AS
SELECT
    shared.*,
    partner.name AS partner_name,
    made.reason,
    made.destination,
    made.agreed,
    made.agreed_how,
    CASE
        WHEN shared.taken_on_at IS NOT NULL THEN 'taken on'
        WHEN shared.partner_id IS NULL THEN 'elsewhere'
        ELSE 'partner'
    END AS course
FROM (
    SELECT
        shared.*,
        taker.recorded_at AS taken_on_at,
        taker.n AS taken_on_by,
        taker.recorded_by_id AS taker_id,
        CASE
            WHEN taker.n IS NOT NULL THEN taker.provider_id
            WHEN shared.may_be_told_of AND pg_temp.dice(shared.key, 15) < 0.25
                THEN pg_temp.one_of(array_remove(everybody.providers, shared.provider_id), pg_temp.dice(shared.key, 16))
        END AS partner_id
    FROM seeding_shared AS shared
    LEFT JOIN seeding_shared AS taker ON taker.takes_on AND taker.answers = shared.key
    CROSS JOIN (SELECT array_agg(provider_id ORDER BY provider_id) AS providers FROM seeding_provider) AS everybody
    WHERE shared.kind = 'referral_out'
) AS shared
LEFT JOIN seeding_provider AS partner ON partner.provider_id = shared.partner_id
INNER JOIN seeding_referral_out AS made
    ON made.goes_to = CASE WHEN shared.partner_id IS NULL THEN 'elsewhere' ELSE 'partner' END
    AND made.place = shared.place_in_stock;

CREATE TEMPORARY TABLE seeding_step ON COMMIT DROP AS
SELECT
    taken.*,
    nextval('referrals_referralstatus_id_seq') AS status_id,
    -- The sending is the event of the contact, taking on that of the contact that answers it.
    CASE
        WHEN taken.step = 0 THEN %(events)s + %(acts)s + 2 * taken.n
        WHEN taken.is_taking_on THEN %(events)s + %(acts)s + 2 * taken.taken_on_by
        ELSE nextval('audit_event_id')
    END AS event_id
FROM (
    SELECT
        sent.n,
        0 AS step,
        'sent' AS state,
        '' AS decline_reason,
        FALSE AS by_receiver,
        FALSE AS is_taking_on,
        sent.taken_on_by,
        sent.recorded_at AS at,
        sent.recorded_by_id AS by_id,
        sent.role,
        sent.provider_id
    FROM seeding_sent AS sent
    UNION ALL
    SELECT
        sent.n,
        step.step,
        step.state,
        step.decline_reason,
        step.by_receiver,
        step.is_taking_on,
        sent.taken_on_by,
        step.at,
        CASE
            WHEN step.is_taking_on THEN sent.taker_id
            ELSE pg_temp.one_of(doer.staff, pg_temp.dice(sent.key, 40 + step.step))
        END,
        pg_temp.one_of(doer.roles, pg_temp.dice(sent.key, 40 + step.step)),
        doer.provider_id
    FROM seeding_sent AS sent
    INNER JOIN seeding_course AS course
        ON course.course = sent.course AND course.place = floor(pg_temp.dice(sent.key, 17) * %(stock)s)::smallint
    CROSS JOIN LATERAL (
        SELECT
            course.*,
            course.state = 'accepted' AND sent.taken_on_by IS NOT NULL AS is_taking_on,
            CASE course.days
                WHEN 0 THEN sent.taken_on_at + make_interval(mins => course.minutes)
                ELSE (
                    (coalesce(sent.taken_on_at, sent.recorded_at) AT TIME ZONE 'Europe/London')::date + course.days
                    + interval '9 hours' + interval '30600 seconds' * pg_temp.dice(sent.key, 20 + course.step)
                ) AT TIME ZONE 'Europe/London'
            END AS at
    ) AS step
    INNER JOIN seeding_provider AS doer
        ON doer.provider_id = CASE WHEN step.by_receiver THEN sent.partner_id ELSE sent.provider_id END
    WHERE step.at < %(until)s::timestamp AT TIME ZONE 'Europe/London'
    ORDER BY at, n, step
) AS taken;

INSERT INTO referrals_referralout (
    id, ref, client_id, provider_id, site_id, "on", note, authority_code, geography_edition_id, submission_id,
    recorded_at, recorded_by_id, reason, destination, partner_id, to_service, agreed_to_share, agreed_how, state,
    state_at, decline_reason
)
SELECT
    %(referral_out)s + sent.n,
    pg_temp.ref_of('referral out', sent.key),
    sent.client_id,
    sent.provider_id,
    sent.site_id,
    sent."on",
    '',
    sent.authority_code,
    sent.geography_edition_id,
    pg_temp.submission_of('referral out', sent.key, sent.recorded_at),
    sent.recorded_at,
    sent.recorded_by_id,
    sent.reason,
    sent.destination,
    sent.partner_id,
    coalesce(sent.partner_name, ''),
    sent.agreed,
    sent.agreed_how,
    latest.state,
    latest.at,
    latest.decline_reason
FROM seeding_sent AS sent
INNER JOIN (SELECT DISTINCT ON (n) * FROM seeding_step ORDER BY n, step DESC) AS latest ON latest.n = sent.n
ORDER BY sent.n;

INSERT INTO referrals_historicalreferralout (
    id, ref, client_id, provider_id, site_id, "on", note, authority_code, geography_edition_id, recorded_at,
    recorded_by_id, version, reason, destination, partner_id, to_service, agreed_to_share, agreed_how, state, state_at,
    decline_reason, history_date, history_type, history_user_id, history_change_reason
)
SELECT
    sent.id, sent.ref, sent.client_id, sent.provider_id, sent.site_id, sent."on", sent.note, sent.authority_code,
    sent.geography_edition_id, sent.recorded_at, sent.recorded_by_id, sent.version, sent.reason, sent.destination,
    sent.partner_id, sent.to_service, sent.agreed_to_share, sent.agreed_how, step.state, step.at, step.decline_reason,
    step.at, CASE step.step WHEN 0 THEN '+' ELSE '~' END, step.by_id, step.event_id::text
FROM referrals_referralout AS sent
INNER JOIN seeding_step AS step ON %(referral_out)s + step.n = sent.id
ORDER BY step.status_id;

INSERT INTO referrals_referralstatus (id, referral_id, state, decline_reason, by_receiver, at, by_id)
SELECT status_id, %(referral_out)s + n, state, decline_reason, by_receiver, at, by_id
FROM seeding_step
ORDER BY status_id;

INSERT INTO referrals_historicalreferralstatus (
    id, referral_id, state, decline_reason, by_receiver, at, by_id,
    history_date, history_type, history_user_id, history_change_reason
)
SELECT
    status_id, %(referral_out)s + n, state, decline_reason, by_receiver, at, by_id, at, '+', by_id, event_id::text
FROM seeding_step
ORDER BY status_id;
