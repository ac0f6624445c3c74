-- Names for rows: authorities and providers. No people.
CREATE VIEW reporting.authority AS
SELECT
    authority.code,
    authority.name,
    authority.in_area
FROM public.geography_authority AS authority;

CREATE VIEW reporting.provider AS
SELECT
    provider.id AS provider_id,
    provider.code,
    provider.name,
    provider.authority_code
FROM public.providers_provider AS provider;
