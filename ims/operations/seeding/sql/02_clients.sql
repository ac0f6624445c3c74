-- Clients and their decisions, as the last act left them.

INSERT INTO clients_client (
    id, ref, provider_id, ims_id, is_dummy, first_initial, last_initial, date_of_birth, sex, consent, postcode,
    ethnicity, nationality, own_reference, main_substance, route, injecting_status, version, submission_id,
    created_at, created_by_id
)
SELECT
    %(clients)s + client.number, pg_temp.ref_of('client', client.number), client.provider_id, client.ims_id,
    client.is_dummy, latest.first_initial, latest.last_initial, latest.date_of_birth, latest.sex, latest.consent,
    latest.postcode, latest.ethnicity, latest.nationality, latest.own_reference, latest.main_substance, latest.route,
    latest.injecting_status, latest.version, pg_temp.submission_of('client', client.number, client.created_at),
    client.created_at, client.created_by_id
FROM (SELECT DISTINCT ON (number) * FROM seeding_act ORDER BY number, version DESC) AS latest
INNER JOIN seeding_client AS client ON client.number = latest.number
ORDER BY client.number;

INSERT INTO clients_historicalclient (
    id, ref, provider_id, ims_id, is_dummy, first_initial, last_initial, date_of_birth, sex, consent, postcode,
    ethnicity, nationality, own_reference, main_substance, route, injecting_status, version, created_at,
    created_by_id, history_date, history_type, history_user_id, history_change_reason
)
SELECT
    %(clients)s + client.number, pg_temp.ref_of('client', client.number), client.provider_id, client.ims_id,
    client.is_dummy, act.first_initial, act.last_initial, act.date_of_birth, act.sex, act.consent, act.postcode,
    act.ethnicity, act.nationality, act.own_reference, act.main_substance, act.route, act.injecting_status,
    act.version, client.created_at, client.created_by_id,
    act.at, CASE act.version WHEN 1 THEN '+' ELSE '~' END, act.user_id, (%(events)s + act.act)::text
FROM seeding_act AS act
INNER JOIN seeding_client AS client ON client.number = act.number
ORDER BY act.act;

INSERT INTO clients_consentdecision (
    client_id, given, how, sought_retrospectively, information_sheet, decided_at, decided_by_id
)
SELECT
    %(clients)s + number, consent, how, sought_retrospectively, information_sheet, at, user_id
FROM seeding_act
WHERE how IS NOT NULL
ORDER BY act;

INSERT INTO clients_historicalconsentdecision (
    id, client_id, given, how, sought_retrospectively, information_sheet, decided_at, decided_by_id,
    history_date, history_type, history_user_id, history_change_reason
)
SELECT
    decision.id, decision.client_id, decision.given, decision.how, decision.sought_retrospectively,
    decision.information_sheet, decision.decided_at, decision.decided_by_id,
    act.at, '+', act.user_id, (%(events)s + act.act)::text
FROM clients_consentdecision AS decision
INNER JOIN seeding_act AS act
    ON %(clients)s + act.number = decision.client_id AND act.at = decision.decided_at AND act.how IS NOT NULL
WHERE decision.client_id > %(clients)s
ORDER BY act.act;

INSERT INTO audit_event (id, at, what, user_id, role, provider_id, kind, subjects)
SELECT
    %(events)s + act.act, act.at, act.what, act.user_id, act.role, client.provider_id, 'client',
    ARRAY[%(clients)s + act.number]
FROM seeding_act AS act
INNER JOIN seeding_client AS client ON client.number = act.number
ORDER BY act.act;
