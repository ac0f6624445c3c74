-- One financial year: who came, how often, what was given out and brought back, by authority of residence and cohort,
-- and by provider. One statement, so that every table of the page is made from one look.
WITH contact AS MATERIALIZED (
    SELECT
        contact.*,
        substance.cohort AS of_drug,
        main.cohort AS of_main
    FROM reporting.contact
    LEFT JOIN reporting.substance ON substance.drug = contact.drug
    LEFT JOIN reporting.substance AS main ON main.drug = contact.main_substance
    -- The year asked for; "until" is the day after its last.
    WHERE contact."on" >= %(since)s AND contact."on" < %(until)s
),

said AS (
    SELECT
        person_id,
        -- Injecting psychoactive: such a drug at an exchange, or injecting now with such a main substance.
        bool_or(
            (is_exchange AND of_drug = 'psychoactive') OR (injecting_status = 'C' AND of_main = 'psychoactive')
        ) AS psychoactive,
        bool_or((is_exchange AND of_drug = 'iped') OR (injecting_status = 'C' AND of_main = 'iped')) AS iped,
        bool_or(is_exchange AND coalesce(of_drug, 'missing') = 'missing') AS not_stated
    FROM contact
    GROUP BY person_id
),

cohort AS (
    SELECT
        person_id,
        -- The first that applies; who is in both injecting cohorts is counted in the first, and shown as overlap.
        CASE
            WHEN psychoactive THEN 'psychoactive'
            WHEN iped THEN 'iped'
            WHEN not_stated THEN 'not_stated'
            ELSE 'other'
        END AS cohort,
        psychoactive AND iped AS in_both
    FROM said
),

counted AS (
    SELECT
        contact.person_id,
        contact.client_id,
        contact."on",
        CASE
            WHEN authority.in_area THEN authority.code
            WHEN contact.authority_code = '' THEN 'not_known'
            ELSE 'elsewhere'
        END AS area,
        contact.provider_id,
        cohort.cohort,
        cohort.in_both,
        contact.needles,
        contact.barrels,
        contact.sets,
        contact.returned
    FROM contact
    INNER JOIN cohort ON cohort.person_id = contact.person_id
    LEFT JOIN reporting.authority ON authority.code = contact.authority_code
)

SELECT
    grouping(area, cohort, provider_id) AS level,
    area,
    cohort,
    provider_id,
    count(DISTINCT person_id) AS individuals,
    count(DISTINCT person_id) FILTER (WHERE in_both) AS in_both,
    -- A visit is one client at one provider on one day.
    count(DISTINCT (client_id, "on")) AS visits,
    sum(needles) AS needles,
    sum(barrels) AS barrels,
    sum(sets) AS sets,
    -- Not asked is not nought: no answer at all gives no figure.
    sum(returned) AS returned
FROM counted
GROUP BY GROUPING SETS ((area, cohort), (area), (cohort), (), (provider_id))
