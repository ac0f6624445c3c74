-- What went out and came back without a client. Volumes alone: nobody is behind a row, so none reads people.
CREATE VIEW reporting.batch AS
SELECT
    batch.provider_id,
    -- A total of several days counts on its first day.
    batch."on",
    batch.needles,
    batch.barrels,
    batch.sets,
    batch.returned
FROM public.interventions_batchexchange AS batch
-- Deleted is out of every figure at once.
WHERE batch.deleted_at IS NULL;
