-- From elsewhere the source is typed; what another service sent says which, and for what.

INSERT INTO referrals_referralin (
    id, ref, client_id, provider_id, site_id, "on", note, authority_code, geography_edition_id, submission_id,
    recorded_at, recorded_by_id, source, reason, answers_id, from_service
)
SELECT
    %(referral_in)s + shared.n,
    pg_temp.ref_of('referral in', shared.key),
    shared.client_id,
    shared.provider_id,
    CASE WHEN NOT shared.takes_on THEN shared.site_id END,
    shared."on",
    '',
    shared.authority_code,
    shared.geography_edition_id,
    pg_temp.submission_of('referral in', shared.key, shared.recorded_at),
    shared.recorded_at,
    shared.recorded_by_id,
    CASE WHEN shared.takes_on THEN '' ELSE made.source END,
    CASE WHEN shared.takes_on THEN sent.reason ELSE made.reason END,
    %(referral_out)s + sent.n,
    coalesce(sent.provider_name, '')
FROM seeding_shared AS shared
INNER JOIN seeding_referral_in AS made ON made.cohort = shared.cohort AND made.place = shared.place_in_stock
LEFT JOIN seeding_sent AS sent ON shared.takes_on AND sent.key = shared.answers
WHERE shared.kind = 'referral_in'
ORDER BY shared.n;

INSERT INTO referrals_historicalreferralin (
    id, ref, client_id, provider_id, site_id, "on", note, authority_code, geography_edition_id, recorded_at,
    recorded_by_id, version, source, reason, answers_id, from_service,
    history_date, history_type, history_user_id, history_change_reason
)
SELECT
    id, ref, client_id, provider_id, site_id, "on", note, authority_code, geography_edition_id, recorded_at,
    recorded_by_id, version, source, reason, answers_id, from_service,
    recorded_at, '+', recorded_by_id, (%(events)s + %(acts)s + 2 * (id - %(referral_in)s))::text
FROM referrals_referralin
WHERE id > %(referral_in)s
ORDER BY id;
