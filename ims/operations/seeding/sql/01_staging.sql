-- Where the made-up data wait inside the transaction, and the functions that draw from hashes.
-- A hash of a number is as good as a throw of dice, and the same in whatever order PostgreSQL works.

CREATE FUNCTION pg_temp.dice(number bigint, question integer) RETURNS double precision
LANGUAGE sql IMMUTABLE
RETURN (hashint8extended(number, %(salt)s + question) & 1073741823)::double precision / 1073741824;

CREATE FUNCTION pg_temp.one_of(choices anyarray, dice double precision) RETURNS anyelement
LANGUAGE sql STABLE
AS 'SELECT choices[1 + floor(dice * cardinality(choices))::integer]';

-- A random UUID (RFC 9562, version 4).
CREATE FUNCTION pg_temp.ref_of(kind text, number bigint) RETURNS uuid
LANGUAGE sql STABLE
RETURN overlay(overlay(md5(kind || %(salt)s::text || '/' || number::text) PLACING '4' FROM 13) PLACING '8' FROM 17)::uuid;

-- A time-ordered UUID (version 7), as ims/core/keys.py makes them.
CREATE FUNCTION pg_temp.submission_of(kind text, number bigint, at timestamptz) RETURNS uuid
LANGUAGE sql STABLE
RETURN (
    lpad(to_hex((date_part('epoch', at) * 1000)::bigint), 12, '0')
    || overlay(overlay(substr(md5('submission' || kind || %(salt)s::text || '/' || number::text), 1, 20) PLACING '7' FROM 1) PLACING '8' FROM 5)
)::uuid;

CREATE TYPE pg_temp.kind_of_contact AS ENUM (
    'exchange', 'brief', 'naloxone', 'wellbeing', 'referral_in', 'referral_out'
);

-- One row an act on a client: what the record says after it, and the decision about consent if it was one.
CREATE TEMPORARY TABLE seeding_act (
    act bigint,
    number bigint,
    version integer,
    what text,
    at timestamptz,
    user_id bigint,
    role text,
    first_initial text,
    last_initial text,
    date_of_birth date,
    sex text,
    consent boolean,
    postcode text,
    ethnicity text,
    nationality text,
    own_reference text,
    main_substance text,
    route text,
    injecting_status text,
    how text,
    sought_retrospectively boolean,
    information_sheet text
) ON COMMIT DROP;

-- One row a client: where it belongs, how often it comes and for what. A contact is of the first kind whose end lies
-- above its dice, else an exchange. The first contact answers the contact of that key at another service, the last one
-- is a referral to another service of that moment, where there is any.
CREATE TEMPORARY TABLE seeding_client (
    number bigint,
    provider_id bigint,
    ims_id text,
    is_dummy boolean,
    created_at timestamptz,
    created_by_id bigint,
    created_in_role text,
    first_on date,
    span integer,
    contacts integer,
    brief_end double precision,
    naloxone_end double precision,
    wellbeing_end double precision,
    referral_out_end double precision,
    cohort text,
    exchanges smallint,
    interventions smallint,
    is_referred boolean,
    answers bigint,
    sends_at timestamptz,
    may_be_told_of boolean,
    authority_code text,
    geography_edition_id bigint,
    moved_on date,
    authority_before text,
    edition_before bigint
) ON COMMIT DROP;

CREATE TEMPORARY TABLE seeding_provider (
    provider_id bigint,
    name text,
    staff bigint[],
    roles text[],
    sites bigint[],
    places text[],
    packs jsonb[]
) ON COMMIT DROP;

-- One row a kind of contact: the event of recording one, how events name what is recorded, and the number before the
-- first new one of its table.
CREATE TEMPORARY TABLE seeding_kind (
    kind pg_temp.kind_of_contact,
    event text,
    subject text,
    before bigint
) ON COMMIT DROP;

CREATE TEMPORARY TABLE seeding_exchange (
    stock smallint,
    place smallint,
    drug text,
    items jsonb,
    needles integer,
    barrels integer,
    sets integer,
    returned integer,
    others smallint,
    pack smallint,
    packs integer
) ON COMMIT DROP;

CREATE TEMPORARY TABLE seeding_intervention (
    stock smallint,
    place smallint,
    type text,
    setting text,
    minutes smallint
) ON COMMIT DROP;

CREATE TEMPORARY TABLE seeding_naloxone (
    supply text,
    place smallint,
    kits jsonb,
    reason text,
    training text,
    used text
) ON COMMIT DROP;

CREATE TEMPORARY TABLE seeding_assessment (
    stage text,
    place smallint,
    accommodation text,
    employment text,
    answers jsonb
) ON COMMIT DROP;

CREATE TEMPORARY TABLE seeding_referral_in (
    cohort text,
    place smallint,
    source text,
    reason text
) ON COMMIT DROP;

CREATE TEMPORARY TABLE seeding_referral_out (
    goes_to text,
    place smallint,
    reason text,
    destination text,
    agreed boolean,
    agreed_how text
) ON COMMIT DROP;

-- One row a step of the course that a referral takes; days and minutes since it was sent, or taken on.
CREATE TEMPORARY TABLE seeding_course (
    course text,
    place smallint,
    step smallint,
    state text,
    decline_reason text,
    by_receiver boolean,
    days integer,
    minutes integer
) ON COMMIT DROP;
