"""Rule 8: of all views, `consented_client` alone reads people, and whatever else reads their records goes through it.

The database itself is asked, by what its views depend on (pg_depend).
"""

from datetime import timedelta

import pytest
from django.db import connection

from clients.models import Client
from reporting.reading import reading
from tests import makers
from tests.house.people import models_of_people

pytestmark = pytest.mark.django_db

THE_ONE = "reporting.consented_client"

# Each view with each relation it is made of, whatever the schema.
_DEPENDENCIES = """
SELECT DISTINCT
    viewer.relnamespace::regnamespace || '.' || viewer.relname,
    seen.relnamespace::regnamespace || '.' || seen.relname
FROM pg_depend AS depends
INNER JOIN pg_rewrite AS rule ON rule.oid = depends.objid AND depends.classid = 'pg_rewrite'::regclass
INNER JOIN pg_class AS viewer ON viewer.oid = rule.ev_class
INNER JOIN pg_class AS seen ON seen.oid = depends.refobjid AND depends.refclassid = 'pg_class'::regclass
WHERE viewer.oid <> seen.oid AND viewer.relnamespace <> 'pg_catalog'::regnamespace
    AND viewer.relnamespace <> 'information_schema'::regnamespace
"""

# A stored copy would outlive a No, and a function hides from pg_depend what it reads.
_NOT_VIEWS = """
SELECT relname FROM pg_class
WHERE relnamespace = 'reporting'::regnamespace AND relkind NOT IN ('v', 'i')
UNION ALL
SELECT proname FROM pg_proc WHERE pronamespace = 'reporting'::regnamespace
"""


def tables_of_people() -> set[str]:
    models = models_of_people()
    histories = [model.history.model for model in models if hasattr(model, "history")]
    return {f"public.{model._meta.db_table}" for model in [*models, *histories]}


def round_the_one_view(cursor) -> list[str]:
    """Views that read people, or their records, and do not go through the one view that may."""
    made_of = _dependencies(cursor)
    people = f"public.{Client._meta.db_table}"
    return sorted(
        view
        for view, seen in made_of.items()
        if view != THE_ONE
        and (people in seen or (seen & tables_of_people() and THE_ONE not in _all(view, made_of)))
    )


def _dependencies(cursor) -> dict[str, set[str]]:
    cursor.execute(_DEPENDENCIES)
    made_of: dict[str, set[str]] = {}
    for view, seen in cursor.fetchall():
        made_of.setdefault(view, set()).add(seen)
    return made_of


def _all(view: str, made_of: dict[str, set[str]]) -> set[str]:
    """Everything a view is made of, through other views too."""
    direct = made_of.get(view, set())
    return direct.union(*(_all(below, made_of) for below in direct))


def not_views(cursor) -> list[str]:
    cursor.execute(_NOT_VIEWS)
    return sorted(name for (name,) in cursor.fetchall())


def test_one_view_reads_people_and_every_other_goes_through_it(site):
    assert round_the_one_view(site) == []
    assert _dependencies(site)[THE_ONE] == {"public.clients_client"}


def test_contacts_are_among_what_is_looked_at(site):
    assert _dependencies(site)["reporting.contact"] & tables_of_people()


def test_reporting_holds_nothing_but_views(site):
    assert not_views(site) == []


def test_no_view_has_a_row_of_anybody_who_is_not_to_be_counted():
    staff = makers.an_actor()
    counted = makers.a_client(staff)
    hidden = [makers.a_client(staff, "GH02021968M", consent=False), makers.the_dummy(staff)]
    for client in [counted, *hidden]:
        makers.an_exchange(staff, client)
        makers.a_brief_intervention(staff, client)

    for view in _views_of_clients():
        assert _clients_in(view) == {counted.pk}, view


def test_a_person_who_says_no_later_leaves_every_view_at_once():
    staff = makers.an_actor()
    client = makers.a_client(staff)
    makers.an_exchange(staff, client, on=makers.TODAY - timedelta(days=365))
    makers.consent_decided(staff, client, given=False)

    for view in _views_of_clients():
        assert _clients_in(view) == set(), view


def _views_of_clients() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT attrelid::regclass::text FROM pg_attribute INNER JOIN pg_class ON pg_class.oid = attrelid"
            " WHERE relnamespace = 'reporting'::regnamespace AND attname = 'client_id' ORDER BY 1"
        )
        views = [name for (name,) in cursor.fetchall()]
    assert len(views) >= 3
    return views


def _clients_in(view: str) -> set[int]:
    with reading() as cursor:
        cursor.execute(f"SELECT DISTINCT client_id FROM {view}")
        return {row[0] for row in cursor.fetchall()}


def test_a_second_view_of_people_is_found(owner):
    owner.execute(
        f"CREATE VIEW reporting.planted AS SELECT c.id FROM public.clients_client AS c"
        f" INNER JOIN {THE_ONE} AS o ON o.client_id = c.id"
    )

    assert round_the_one_view(owner) == ["reporting.planted"]


def test_a_view_of_contacts_that_asks_nobody_is_found_even_outside_the_schema(owner):
    owner.execute(
        "CREATE VIEW public.planted AS SELECT sum(needles) FROM public.interventions_syringeexchange"
    )

    assert round_the_one_view(owner) == ["public.planted"]


def test_a_view_of_the_past_of_people_is_found(owner):
    owner.execute("CREATE VIEW reporting.planted AS SELECT count(*) FROM public.clients_historicalclient")

    assert round_the_one_view(owner) == ["reporting.planted"]


def test_a_stored_copy_and_a_function_are_found(owner):
    owner.execute(f"CREATE MATERIALIZED VIEW reporting.kept AS SELECT * FROM {THE_ONE}")
    owner.execute(
        "CREATE FUNCTION reporting.hidden() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM public.clients_client'"
    )

    assert not_views(owner) == ["hidden", "kept"]
