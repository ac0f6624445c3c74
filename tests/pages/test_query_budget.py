"""Rule 12: how many queries each page makes, for each role that may, exactly as written in query_budget.json."""

import pytest

from clients.models import Client
from ims.accounts.drafts import KEPT_WHILE_TYPING
from ims.codelists import lists
from ims.core.dates import today
from tests.access.row import Row
from tests.access.test_matrix import METHODS, ROWS, ask, body_of
from tests.access.test_matrix import named as named_by
from tests.makers import NOW
from tests.pages import budget as kept
from tests.pages.budget import Budget, NoBudget, OverOrUnder, queries_of
from tests.stories.visitor import at_work


@pytest.fixture(scope="module")
def budget():
    budget = kept.read()
    yield budget
    if budget.recording:
        kept.write(budget)


@pytest.fixture(autouse=True)
def lists_in_memory(world):
    """As in a process that has served a page before."""
    lists.choices("sex", today(NOW))


def named(row: Row, method: str) -> str:
    return " ".join(
        [
            row.name,
            *row.arguments.get("kind", "").split(),
            method,
            *(row.sends().values() if method == "post" else ()),
        ]
    )


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.name}{sorted(row.sends().values()) or ''}")
def test_a_page_makes_the_queries_it_has_a_budget_for(world, people, own, budget, row):
    arguments = named_by(row, own)
    for method in METHODS:
        if getattr(row, method) == 405:
            continue
        by_role = {}
        for role in sorted(row.may):
            ways = world.client_of(people[role]), method, row, arguments
            by_role[role.value] = len(queries_of(lambda ways=ways: body_of(ask(*ways))))
        budget.check(named(row, method), by_role)


SAVES = {
    "saving an exchange": ("exchanges/new/", {"item_SYR_FIXED_1": "10", "drug": "HEROIN", "returned": "4"}),
    "saving three brief interventions": (
        "brief-interventions/new/",
        {"types": ["ADVICE", "WOUND", "SMOKING"]},
    ),
    "saving a decision about consent": ("consent/", {"consent": "no"}),
    "saving a correction": ("correct/", {"postcode": "WA7 1JD"}),
}


# Without scripts a form is kept before it is saved, and forgotten after.
BROWSERS = {"": {KEPT_WHILE_TYPING: "1"}, " without scripts": {}}


@pytest.mark.parametrize("browser", BROWSERS)
@pytest.mark.parametrize("save", SAVES)
def test_saving_makes_the_queries_it_has_a_budget_for(world, budget, save, browser):
    form, typed = SAVES[save]
    pharmacist = at_work(world, world.pharmacist)
    page = pharmacist.opens(f"{world.client.get_absolute_url()}{form}")
    sent = {**page.typed, **typed, **BROWSERS[browser]}

    asked = queries_of(lambda: pharmacist.browser.post(page.path, sent))

    budget.check(f"{save}{browser}", {world.pharmacist.role: len(asked)})


def test_finding_a_client_makes_the_queries_it_has_a_budget_for(world, budget):
    pharmacist = at_work(world, world.pharmacist)
    for wanted in ("ab050585m", "ab", world.client.ims_id):
        page = pharmacist.opens("/clients/")
        sent = {**page.typed, "wanted": wanted}

        asked = queries_of(lambda sent=sent: pharmacist.browser.post("/clients/", sent))

        budget.check("finding a client", {world.pharmacist.role: len(asked)})


def test_every_budget_is_of_a_page_that_is_still_there(budget):
    """Runs last in this module, when every page has been seen; alone it has nothing to say."""
    if len(budget.seen) > len(ROWS):
        assert budget.left_over() == set()


def test_a_page_that_nobody_has_decided_about_fails():
    with pytest.raises(NoBudget, match="planted get"):
        Budget({}).check("planted get", {"provider_staff": 1})


@pytest.mark.parametrize("number", [2, 4])
def test_one_query_more_or_fewer_fails(number):
    with pytest.raises(OverOrUnder):
        Budget({"planted get": {"provider_staff": 3}}).check("planted get", {"provider_staff": number})


def test_a_role_without_a_number_fails():
    with pytest.raises(OverOrUnder):
        Budget({"planted get": {}}).check("planted get", {"provider_staff": 3})


def test_a_budget_of_a_page_that_is_gone_is_noticed():
    assert Budget({"planted get": {}}).left_over() == {"planted get"}


def test_queries_are_counted_and_transactions_are_not(world):
    assert len(queries_of(lambda: [world.client.refresh_from_db(), Client.objects.count()])) == 2
