"""Two people who decide about the same two records at the very same moment: one verdict comes of it."""

import pytest

from clients.duplicates import action
from clients.models import Pair
from tests import makers
from tests.stories.test_at_the_same_moment import at_once, meet_before
from tests.stories.visitor import at_work
from tests.world import a_world

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world():
    with a_world() as cast:
        yield cast


def pressed(world, actor, button: str):
    """Somebody who has the page open and is about to press the button that begins so."""
    visitor = at_work(world, actor)
    page = visitor.opens("/duplicates/")
    (words,) = [one.words() for one in page.document.all("button") if one.words().startswith(button)]
    return lambda: visitor.presses(words)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Same person: link", "Same person: link"),
        ("Not the same person", "Not the same person"),
        ("Same person: link", "Not the same person"),
    ],
)
def test_one_verdict_is_kept_and_nobody_sees_a_fault(world, monkeypatch, one, other):
    makers.a_client(world.pharmacist, "AB05061985M")
    presses = pressed(world, world.pharmacist, one), pressed(world, world.pharmacy_manager, other)
    meet_before(monkeypatch, action, "_pair")  # both have found that nothing is decided

    answers = at_once(*presses)

    assert [page.status for page in answers] == [200, 200]
    assert Pair.objects.count() == 1
    told = [page.said for page in answers if "There is a problem" in page.said]
    assert len(told) == (one != other)
