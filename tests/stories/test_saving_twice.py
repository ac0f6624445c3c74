"""Save pressed twice, or a page sent again with the back button: one record, and the page says that it is there."""

import pytest

from clients.models import Client, ConsentDecision
from ims.accounts.models import User
from ims.audit.models import Event
from interventions.models import BriefIntervention, SyringeExchange
from tests.stories.visitor import at_work


def sends_twice(visitor, path, **typed):
    """The same page sent twice; both answers."""
    page = visitor.opens(path)
    return visitor.sends(page, **typed), visitor.sends(page, **typed)


@pytest.mark.parametrize(
    ("form", "model", "typed", "said"),
    [
        ("exchanges/new/", SyringeExchange, {"item_FOIL": "2"}, "This was already saved, once."),
        (
            "brief-interventions/new/",
            BriefIntervention,
            {"types": ["WOUND"]},
            "This was already saved, once.",
        ),
    ],
)
def test_a_contact_sent_twice_is_recorded_once(world, form, model, typed, said):
    before = model.objects.count()
    pharmacist = at_work(world, world.pharmacist)

    first, second = sends_twice(pharmacist, f"{world.client.get_absolute_url()}{form}", **typed)

    assert "saved." in first.said
    assert said in second.said
    assert model.objects.count() == before + 1
    recorded = Event.objects.filter(what__endswith=".recorded", counts={"lines": 1})
    assert recorded.count() == 1


def test_a_client_sent_twice_is_registered_once(world):
    before = Client.objects.count()
    pharmacist = at_work(world, world.pharmacist)
    person = {"first_initial": "P", "last_initial": "Q", "date_of_birth": "1/2/1990", "sex": "F"}

    first, second = sends_twice(pharmacist, "/clients/new/", **person, consent="yes")

    assert first.path == second.path
    assert Client.objects.count() == before + 1
    assert ConsentDecision.objects.filter(client__first_initial="P").count() == 1


def test_a_decision_about_consent_sent_twice_is_kept_once_and_blamed_on_nobody(world):
    before = world.client.decisions.count()
    pharmacist = at_work(world, world.pharmacist)

    _, second = sends_twice(pharmacist, f"{world.client.get_absolute_url()}consent/", consent="no")

    assert world.client.decisions.count() == before + 1
    assert "Somebody else" not in second.words


def test_a_correction_sent_twice_is_saved_once_and_blamed_on_nobody(world):
    before = world.client.history.count()
    pharmacist = at_work(world, world.pharmacist)

    _, second = sends_twice(pharmacist, f"{world.client.get_absolute_url()}correct/", postcode="WA7 1JD")

    assert world.client.history.count() == before + 1
    assert "Somebody else" not in second.words


def test_an_invitation_sent_twice_opens_one_account(world, mailoutbox):
    manager = at_work(world, world.pharmacy_manager)
    person = {"full_name": "Lee Tran", "email": "lee@example.org", "username": "lee.tran"}

    sends_twice(manager, "/staff/invite/", **person)

    assert User.objects.filter(username="lee.tran").count() == 1
    assert {tuple(message.to) for message in mailoutbox} == {("lee@example.org",)}


def test_taking_access_away_twice_ends_it_once_and_the_second_answer_is_a_page(world):
    manager = at_work(world, world.pharmacy_manager)
    page = manager.opens(f"/staff/{world.membership_of(world.pharmacist).pk}/deactivate/")
    manager.presses("Take access away")
    manager.page = page

    second = manager.presses("Take access away")

    assert second.status == 200
    assert second.path == "/staff/"


def test_two_exchanges_of_the_same_things_are_two(world):
    before = SyringeExchange.objects.count()
    pharmacist = at_work(world, world.pharmacist)

    for _ in range(2):
        pharmacist.opens(f"{world.client.get_absolute_url()}exchanges/new/")
        pharmacist.sends(item_FOIL="2")

    assert SyringeExchange.objects.count() == before + 2
