"""Two sites given one name at the very same moment: one has it, the other's manager is told, and nobody sees a fault."""

import pytest

from ims.providers import actions
from ims.providers.models import Site
from tests.makers import NOW
from tests.stories.test_at_the_same_moment import at_once, meet_before
from tests.stories.visitor import at_work
from tests.world import a_world

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world():
    with a_world() as cast:
        yield cast


def test_of_two_sites_given_one_name_at_once_one_is_told_that_it_is_taken(world, monkeypatch):
    sites = [
        actions.add_site(name=name, postcode="", at=NOW, by=world.pharmacy_manager)
        for name in ("Van", "Stall")
    ]
    managers = [at_work(world, world.pharmacy_manager) for _ in sites]
    for manager, site in zip(managers, sites, strict=True):
        manager.browser.raise_request_exception = False
        manager.opens(f"/settings/sites/{site.pk}/change/")
    meet_before(monkeypatch, actions, "_locked")  # both have found the name free

    answers = at_once(*(lambda manager=manager: manager.sends(name="Boat") for manager in managers))

    assert sorted(page.status for page in answers) == [200, 422]
    (told,) = [page for page in answers if page.status == 422]
    assert "Another site of yours has this name" in told.problems[0]
    assert Site.objects.filter(name="Boat").count() == 1
