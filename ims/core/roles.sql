-- The database roles of IMS, and what each may touch in the database this is run in before any table exists.
--
-- Run by a superuser, connected to the site's database, and safe to run again:
--     createdb ims
--     psql -d ims --single-transaction -v ON_ERROR_STOP=1 -f ims/core/roles.sql
-- It sets no password. Where the site signs in over a network, give ims_owner, ims_app and ims_reporting one each
-- (\password in psql), and keep the owner's from the site.

DO $$
DECLARE
    role text;
BEGIN
    FOREACH role IN ARRAY ARRAY['ims_owner', 'ims_app', 'ims_reporting', 'ims_eraser'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role) THEN
            EXECUTE format('CREATE ROLE %I', role);
        END IF;
    END LOOP;
END
$$;

-- Owns and migrates every table. CREATEDB lets the tests make databases of their own.
ALTER ROLE ims_owner LOGIN NOSUPERUSER CREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;
-- Serves the site. What it is a member of stays inactive until SET ROLE: NOINHERIT must come before the GRANT,
-- because from PostgreSQL 16 a grant keeps what it found.
ALTER ROLE ims_app LOGIN NOINHERIT NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;
-- Reads schema reporting and nothing else.
ALTER ROLE ims_reporting LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;
-- Removes what has a right to be removed; taken by SET ROLE for one transaction.
ALTER ROLE ims_eraser NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;
GRANT ims_eraser TO ims_app;

DO $$
BEGIN
    EXECUTE format('ALTER DATABASE %I OWNER TO ims_owner', current_database());
    EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO ims_app, ims_reporting', current_database());
END
$$;

ALTER SCHEMA public OWNER TO ims_owner;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO ims_app;
