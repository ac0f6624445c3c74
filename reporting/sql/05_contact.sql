-- Every reportable contact: one row an exchange or a brief intervention.
CREATE VIEW reporting.contact AS
SELECT
    person.person_id,
    exchange.client_id,
    exchange.provider_id,
    exchange."on",
    exchange.authority_code,
    TRUE AS is_exchange,
    -- A transaction without a drug takes the client's main substance.
    coalesce(nullif(exchange.drug, ''), person.main_substance) AS drug,
    exchange.needles,
    exchange.barrels,
    exchange.sets,
    exchange.returned,
    person.main_substance,
    person.injecting_status
FROM public.interventions_syringeexchange AS exchange
INNER JOIN reporting.person ON person.client_id = exchange.client_id
-- Deleted is out of every figure at once.
WHERE exchange.deleted_at IS NULL

UNION ALL

SELECT
    person.person_id,
    brief.client_id,
    brief.provider_id,
    brief."on",
    brief.authority_code,
    FALSE,
    '',
    0,
    0,
    0,
    NULL,
    person.main_substance,
    person.injecting_status
FROM public.interventions_briefintervention AS brief
INNER JOIN reporting.person ON person.client_id = brief.client_id
-- Deleted is out of every figure at once.
WHERE brief.deleted_at IS NULL;
