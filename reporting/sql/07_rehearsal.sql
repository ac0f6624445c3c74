-- Every reportable contact with what a rule can judge: `said` by name, '' where nobody stated it, and the codes it uses.
CREATE VIEW reporting.rehearsal AS
SELECT
    'syringe_exchange' AS contact,
    exchange.client_id,
    exchange.provider_id,
    exchange."on",
    jsonb_build_object(
        'drug', exchange.drug,
        'place', exchange.place,
        'returned', coalesce(exchange.returned::text, ''),
        'largest', coalesce((SELECT max(item.n::integer) FROM jsonb_each_text(exchange.items) AS item (code, n)), 0)::text
    ) AS said,
    ARRAY['substance:' || exchange.drug, 'place:' || exchange.place]
    || ARRAY(SELECT 'equipment:' || item.code FROM jsonb_object_keys(exchange.items) AS item (code)) AS codes
FROM public.interventions_syringeexchange AS exchange
INNER JOIN reporting.consented_client ON consented_client.client_id = exchange.client_id
-- Deleted is out of every figure at once.
WHERE exchange.deleted_at IS NULL

UNION ALL

SELECT
    'brief_intervention',
    brief.client_id,
    brief.provider_id,
    brief."on",
    jsonb_build_object('setting', brief.setting, 'minutes', coalesce(brief.minutes::text, '')),
    ARRAY['intervention_type:' || brief.type, 'intervention_setting:' || brief.setting]
FROM public.interventions_briefintervention AS brief
INNER JOIN reporting.consented_client ON consented_client.client_id = brief.client_id
-- Deleted is out of every figure at once.
WHERE brief.deleted_at IS NULL;
