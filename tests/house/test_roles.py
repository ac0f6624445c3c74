"""Rule 16: what each database role may and may not do, asked of the database about every table there is."""

import pytest
from django.db import transaction
from django.db.utils import ProgrammingError
from psycopg.errors import InsufficientPrivilege

from ims.accounts.models import User
from ims.core.roles import let_go, tracked_models
from tests import makers

pytestmark = pytest.mark.django_db

ROLES = ("ims_owner", "ims_app", "ims_reporting", "ims_eraser")
READ, WRITES, RUIN = {"SELECT"}, {"INSERT", "UPDATE", "DELETE"}, {"TRUNCATE", "TRIGGER", "REFERENCES"}

_HELD = """
SELECT relname, array_agg(privilege)
FROM pg_class, unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'TRIGGER', 'REFERENCES']) AS privilege
WHERE relnamespace = to_regnamespace(%(schema)s) AND relkind IN ('r', 'p', 'v', 'm', 'f')
    AND (
        has_table_privilege(%(role)s, pg_class.oid, privilege)
        OR privilege IN ('SELECT', 'INSERT', 'UPDATE', 'REFERENCES')
        AND has_any_column_privilege(%(role)s, pg_class.oid, privilege)
    )
GROUP BY relname
"""
_PARTITIONS = "SELECT relname FROM pg_class WHERE oid IN (SELECT inhrelid FROM pg_inherits WHERE inhparent = 'audit_event'::regclass)"


def held(cursor, role: str, schema: str = "public") -> dict[str, set[str]]:
    """What a role may do without SET ROLE, by table; tables of which it may do nothing are left out."""
    cursor.execute(_HELD, {"role": role, "schema": schema})
    return {table: set(privileges) for table, privileges in cursor.fetchall()}


def too_much(cursor, role: str, allowed: dict[str, set[str]], otherwise: set[str]) -> list[str]:
    """What a role may do to tables of public beyond what is allowed, there or otherwise."""
    return sorted(
        f"{role} may {privilege} {table}"
        for table, privileges in held(cursor, role).items()
        for privilege in privileges - allowed.get(table, otherwise)
    )


def allowed_to_the_site(cursor) -> dict[str, set[str]]:
    """Tables of which the site may do less than read and write rows."""
    cursor.execute(_PARTITIONS)
    audit = ["audit_event", *(name for (name,) in cursor.fetchall())]
    tracked = [model._meta.db_table for model in tracked_models()]
    histories = [model.history.model._meta.db_table for model in tracked_models()]
    return {
        **{table: READ | {"INSERT"} for table in audit},
        **{table: READ | {"INSERT", "UPDATE"} for table in tracked},
        **{table: READ for table in [*histories, "django_migrations"]},
    }


def site_may_too_much(cursor) -> list[str]:
    return too_much(cursor, "ims_app", allowed_to_the_site(cursor), READ | WRITES)


def eraser_may_too_much(cursor) -> list[str]:
    histories = {model.history.model._meta.db_table: READ | {"DELETE"} for model in tracked_models()}
    tracked = {
        model._meta.db_table: READ | {"DELETE"} | ({"UPDATE"} if let_go(model) else set())
        for model in tracked_models()
    }
    return too_much(cursor, "ims_eraser", {**histories, **tracked}, set())


def test_the_site_may_not_change_the_audit_or_history_nor_delete_what_is_tracked(site):
    assert site_may_too_much(site) == []


def test_the_site_may_do_its_work(site):
    may = held(site, "ims_app")

    assert may["accounts_user"] >= READ | WRITES
    assert may["clients_client"] == READ | {"INSERT", "UPDATE"}
    assert may["audit_event"] == READ | {"INSERT"}


def test_the_reporting_role_sees_no_table(site):
    assert too_much(site, "ims_reporting", {}, set()) == []
    assert not _one(site, "SELECT has_schema_privilege('ims_reporting', 'public', 'USAGE')")


def test_the_reporting_role_reads_every_view_and_writes_none(site):
    site.execute(
        "SELECT relname FROM pg_class WHERE relnamespace = 'reporting'::regnamespace AND relkind = 'v'"
    )
    views = {name for (name,) in site.fetchall()}

    assert held(site, "ims_reporting", "reporting") == dict.fromkeys(views, READ)


def test_the_site_does_not_read_the_views_under_its_own_name(site):
    assert held(site, "ims_app", "reporting") == {}


def test_the_eraser_may_remove_what_is_tracked_and_nothing_else(site):
    assert eraser_may_too_much(site) == []


def test_the_eraser_changes_only_what_points_at_a_row_that_goes(site):
    site.execute(
        "SELECT table_name, column_name FROM information_schema.columns, to_regclass(quote_ident(table_name)) AS held"
        " WHERE table_schema = 'public' AND has_column_privilege('ims_eraser', held, column_name, 'UPDATE')"
    )

    assert ("referrals_referralin", "answers_id") in (changed := set(site.fetchall()))
    assert changed == {
        (model._meta.db_table, column) for model in tracked_models() for column in let_go(model)
    }


@pytest.mark.parametrize("role", ROLES)
def test_no_role_is_above_the_rules(role, site):
    powers = "rolsuper OR rolcreaterole OR rolreplication OR rolbypassrls"

    assert not _one(site, f"SELECT {powers} FROM pg_roles WHERE rolname = %s", role)


@pytest.mark.parametrize("role", ["ims_app", "ims_reporting", "ims_eraser"])
@pytest.mark.parametrize("schema", ["public", "reporting"])
def test_only_the_owner_makes_tables(role, schema, site):
    assert not _one(site, "SELECT has_schema_privilege(%s, %s, 'CREATE')", role, schema)


def test_the_eraser_cannot_sign_in(site):
    assert not _one(site, "SELECT rolcanlogin FROM pg_roles WHERE rolname = 'ims_eraser'")


def test_the_site_is_the_eraser_only_when_it_says_so(site):
    assert not _one(site, "SELECT pg_has_role('ims_app', 'ims_eraser', 'USAGE')")
    assert _one(site, "SELECT pg_has_role('ims_app', 'ims_eraser', 'MEMBER')")


@pytest.mark.parametrize("role", ["ims_app", "ims_reporting", "ims_eraser"])
def test_nobody_becomes_the_owner(role, site):
    assert not _one(site, "SELECT pg_has_role(%s, 'ims_owner', 'MEMBER')", role)


def test_what_runs_with_the_owners_rights_looks_nothing_up_on_the_callers_path(site):
    site.execute(
        "SELECT proname FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace"
        " AND NOT coalesce(proconfig::text LIKE '%%search_path=%%', false)"
    )

    assert site.fetchall() == []


def _one(cursor, question: str, *parameters):
    cursor.execute(question, parameters)
    return cursor.fetchone()[0]


def test_deleting_is_really_refused_until_the_eraser_is_taken(site):
    client = makers.a_client(makers.an_actor())
    delete = f"DELETE FROM clients_consentdecision WHERE client_id = {client.pk}"

    with pytest.raises(ProgrammingError) as refusal, transaction.atomic():
        site.execute(delete)
    site.execute("SET LOCAL ROLE ims_eraser")
    site.execute(delete)

    assert isinstance(refusal.value.__cause__, InsufficientPrivilege)
    assert site.rowcount == 1


@pytest.mark.parametrize(
    ("grant", "found"),
    [
        ("UPDATE ON audit_event TO ims_app", ["ims_app may UPDATE audit_event"]),
        ("DELETE ON audit_event_default TO ims_app", ["ims_app may DELETE audit_event_default"]),
        (
            "UPDATE (consent) ON clients_historicalclient TO ims_app",
            ["ims_app may UPDATE clients_historicalclient"],
        ),
        ("TRUNCATE ON accounts_user TO PUBLIC", ["ims_app may TRUNCATE accounts_user"]),
        ("DELETE ON clients_client TO ims_app", ["ims_app may DELETE clients_client"]),
    ],
)
def test_a_grant_too_many_to_the_site_is_found(grant, found, owner):
    before = site_may_too_much(owner)
    owner.execute(f"GRANT {grant}")

    assert [line for line in site_may_too_much(owner) if line not in before] == found


def test_a_table_granted_to_reporting_or_the_eraser_is_found(owner):
    owner.execute(f"GRANT SELECT ON {User._meta.db_table} TO ims_reporting, ims_eraser")

    assert too_much(owner, "ims_reporting", {}, set()) == ["ims_reporting may SELECT accounts_user"]
    assert eraser_may_too_much(owner) == ["ims_eraser may SELECT accounts_user"]
