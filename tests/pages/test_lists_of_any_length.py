"""Rule 12: a page that shows a list makes as many queries for 30 rows as for 3."""

from datetime import timedelta

import pytest

from clients.duplicates.action import link
from clients.models import Client
from ims.accounts.actions import give_role
from ims.accounts.roles import Role
from ims.codelists import lists
from interventions.brief_intervention.action import record_brief_interventions
from interventions.syringe_exchange.action import record_exchanges
from tests import makers
from tests.bulk.sending import HEADINGS, send
from tests.makers import NOW, TODAY, exchange_line, intervention_line
from tests.pages.budget import queries_of
from tests.stories.visitor import Page, at_work

FEW, MANY = 3, 30


def contacts_of(world, first: int, last: int) -> None:
    """Exchanges and brief interventions of a client who had none, each on a day of its own."""
    client = Client.objects.get(own_reference="list")
    days = [TODAY - timedelta(days=number) for number in range(first, last)]
    record_exchanges(lines=[exchange_line(client, on=day) for day in days], at=NOW, by=world.pharmacist)
    lines = [intervention_line(client, on=day) for day in days]
    record_brief_interventions(lines=lines, at=NOW, by=world.pharmacist)


def people_called_qv(world, first: int, last: int) -> None:
    for number in range(first, last):
        makers.a_client(world.pharmacist, f"QV{number + 1:02}031980M", own_reference=f"q{number}")


def visits_of_people_called_rv(world, first: int, last: int) -> None:
    clients = [
        makers.a_client(world.pharmacist, f"RV{number + 1:02}031980F", postcode="L1 9DB")
        for number in range(first, last)
    ]
    record_exchanges(lines=[exchange_line(client) for client in clients], at=NOW, by=world.pharmacist)


def twins(world, first: int, last: int) -> None:
    for number in range(first, last):
        makers.a_client(world.pharmacist, "QW05031980M", own_reference=f"twin {number}")


def records_of_one_person(world, first: int, last: int) -> None:
    one = Client.objects.get(own_reference="list")
    for number in range(first, last):
        other = makers.a_client(world.pharmacist, "LI01011980F", own_reference=f"again {number}")
        link(one=one, other=other, at=NOW, by=world.pharmacist)


def staff(world, first: int, last: int) -> None:
    for number in range(first, last):
        makers.a_person(Role.PROVIDER_STAFF, world.riverside, username=f"colleague-{number}")


def providers(world, first: int, last: int) -> None:
    for number in range(first, last):
        makers.a_provider(f"Provider {number}", code=f"TST{number:04}")


def roles_of_the_pharmacist(world, first: int, last: int) -> None:
    user = world.user_of(world.pharmacist)
    for number in range(first, last):
        provider = makers.a_provider(f"Provider {number}", code=f"TST{number:04}")
        give_role(user=user, role=Role.PROVIDER_STAFF, provider=provider, at=NOW, by=world.officer)


def files(world, first: int, last: int) -> None:
    for number in range(first, last):
        row = f"U,V,05/05/1985,M,yes,,{1 + number:02}/05/2026,FOIL=1,HEROIN"
        send(world.pharmacy_manager, f"{HEADINGS}{row}\n")


def the_client(world) -> str:
    return Client.objects.get(own_reference="list").get_absolute_url()


def opens(path):
    return lambda world, visitor: visitor.opens(path(world) if callable(path) else path)


def searches(world, visitor) -> Page:
    visitor.opens("/clients/")
    return visitor.sends(wanted="qv")


def registers_a_twin(world, visitor) -> Page:
    visitor.opens("/clients/new/")
    typed = {
        "first_initial": "Q",
        "last_initial": "W",
        "date_of_birth": "5/3/1980",
        "sex": "M",
        "consent": "no",
    }
    return visitor.sends(**typed)


def downloads(what):
    def download(world, visitor):
        visitor.opens("/local-extract/")
        page = visitor.sends(what=what)
        assert page.body
        return page

    return download


# A page: who looks, what grows, how it is looked at, and how many rows of it are shown.
LISTS = {
    "client": ("pharmacist", contacts_of, opens(the_client), lambda page: page.words.count("Syringe exchange 10")),
    "linked": ("pharmacist", records_of_one_person, opens(the_client), lambda page: page.words.count("Linked with L I")),
    "detailed record": (
        "pharmacist", contacts_of, opens(lambda world: f"{the_client(world)}detailed-record/"),
        lambda page: page.words.count("Given out 10"),
    ),
    "found": ("pharmacist", people_called_qv, searches, lambda page: page.words.count("Q V,")),
    "near matches": ("pharmacist", twins, registers_a_twin, lambda page: page.words.count("Use Q W,")),
    "staff": ("pharmacy_manager", staff, opens("/staff/"), lambda page: page.words.count("colleague-")),
    "providers": ("officer", providers, opens("/providers/"), lambda page: page.words.count("TST0")),
    "switch": ("pharmacist", roles_of_the_pharmacist, opens("/switch/"), lambda page: page.words.count("at Provider")),
    "extract of clients": ("pharmacy_manager", people_called_qv, downloads("clients"), lambda page: page.body.count("QV")),
    "extract of exchanges": (
        "pharmacy_manager", contacts_of, downloads("syringe_exchange"),
        lambda page: page.body.count("LI01011980F"),
    ),
    "uploads": (
        "pharmacy_manager", files, opens("/uploads/"), lambda page: len(page.tables["Files of Riverside Pharmacy"]) - 1,
    ),
    "figures": ("analyst", visits_of_people_called_rv, opens("/reports/year/2026/"), lambda page: len(page.tables)),
}  # fmt: skip
NOT_A_ROW_EACH = {"client", "figures", "uploads"}  # a first page only; sums


@pytest.mark.parametrize("name", LISTS)
def test_thirty_rows_take_as_many_queries_as_three(world, name):
    who, grow, look, rows = LISTS[name]
    makers.a_client(world.pharmacist, "LI01011980F", own_reference="list")
    lists.choices("sex", TODAY)
    visitor = at_work(world, getattr(world, who))

    grow(world, 0, FEW)
    look(world, visitor)  # a draft of what was not saved is kept anew the first time, and again later
    few = queries_of(lambda: look(world, visitor))
    shown_of_few = rows(visitor.page)
    grow(world, FEW, MANY)
    many = queries_of(lambda: look(world, visitor))

    assert len(many) == len(few), set(many) - set(few)
    if name not in NOT_A_ROW_EACH:
        assert (shown_of_few, rows(visitor.page)) == (FEW, MANY)


def test_a_query_a_row_is_noticed(world):
    def look(number):
        return queries_of(lambda: [Client.objects.filter(pk=pk).exists() for pk in range(number)])

    assert len(look(MANY)) != len(look(FEW))
