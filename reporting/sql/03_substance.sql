-- What a transaction with a drug says about the person's cohort: psychoactive, iped, none or missing.
CREATE VIEW reporting.substance AS
SELECT
    code.code AS drug,
    code.facts ->> 'cohort' AS cohort
FROM public.codelists_code AS code
-- The drugs alone, of all code lists.
WHERE code.list_id = 'substance';
