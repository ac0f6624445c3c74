-- Which records are one individual: a distinct attributor among reportable records, wherever they are held.
-- Two records of one provider with one attributor are two people (they were told apart by own reference), so the
-- first of each provider belong together, and the second, and so on.
CREATE VIEW reporting.person AS
SELECT
    told_apart.client_id,
    min(told_apart.client_id) OVER (
        PARTITION BY
            told_apart.first_initial,
            told_apart.last_initial,
            told_apart.date_of_birth,
            told_apart.sex,
            told_apart.of_provider
    ) AS person_id,
    told_apart.main_substance,
    told_apart.injecting_status
FROM (
    SELECT
        consented_client.*,
        row_number() OVER (
            PARTITION BY
                provider_id,
                first_initial,
                last_initial,
                date_of_birth,
                sex
            ORDER BY client_id
        ) AS of_provider
    FROM reporting.consented_client
) AS told_apart;
