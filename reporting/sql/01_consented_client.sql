-- The one view that reads people. Every report of clients joins through it; nothing goes round it.
CREATE VIEW reporting.consented_client AS
SELECT
    client.id AS client_id,
    client.provider_id,
    client.first_initial,
    client.last_initial,
    client.date_of_birth,
    client.sex,
    client.main_substance,
    client.injecting_status
FROM public.clients_client AS client
-- Seed, right to restrict processing: marked No, it is not used for any reporting or analysis, past included.
WHERE client.consent
    -- Seed, right to object: what is recorded under the dummy attributor is not processed any further.
    AND NOT client.is_dummy
    -- Deleted is out of every figure at once.
    AND client.deleted_at IS NULL;
