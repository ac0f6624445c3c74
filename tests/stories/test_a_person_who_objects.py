"""The right to object: one click, nothing recorded about the person, and nobody ever counts what was given out."""

import pytest

from clients.models import Client
from interventions.models import SyringeExchange
from tests.stories.figures import everything_about, figures
from tests.stories.visitor import at_work

OBJECTS = "The person objects: use the dummy attributor"


def registers(world, **typed):
    pharmacist = at_work(world, world.pharmacist)
    pharmacist.opens("/clients/new/")
    person = {"first_initial": "x", "last_initial": "x", "date_of_birth": "5/5/1955", "sex": "F"}
    return pharmacist.sends(**person, consent="yes", **typed)


def test_one_press_leads_to_the_dummy_where_what_was_given_out_is_recorded(world):
    pharmacist = at_work(world, world.pharmacist)
    pharmacist.opens("/clients/new/")

    page = pharmacist.presses(OBJECTS)

    assert page.path == world.dummy.get_absolute_url()
    assert "Nothing about the person is recorded" in page.said

    pharmacist.opens(f"{page.path}exchanges/new/")
    page = pharmacist.sends(item_SYR_FIXED_1="25")

    assert "Exchange saved." in page.said
    assert SyringeExchange.objects.filter(client=world.dummy, needles=25).count() == 1


def test_a_service_has_one_dummy_made_on_first_use_and_shared_by_its_staff(world):
    from tests import makers

    service = makers.a_provider("Quayside Outreach")
    people = [makers.an_actor(provider=service), makers.the_manager(service)]

    pages = []
    for person in people:
        visitor = at_work(world, person)
        visitor.opens("/clients/new/")
        pages.append(visitor.presses(OBJECTS))

    assert pages[0].path == pages[1].path
    assert Client.objects.filter(provider=service).count() == 1


def test_the_dummy_holds_nothing_about_anybody(world):
    dummy = world.dummy

    assert dummy.attributor.text() == "XX05051955"
    held = ("sex", "postcode", "ethnicity", "nationality", "own_reference", "main_substance", "route")
    assert {getattr(dummy, name) for name in held} == {""}
    assert not dummy.decisions.exists()

    words = at_work(world, world.pharmacist).opens(dummy.get_absolute_url()).words
    for said in ("05/05/1955", "IMS ID", "Consent", "Correct", "Detailed Record"):
        assert said not in words


@pytest.mark.parametrize("page", ["detailed-record/", "correct/", "consent/"])
def test_the_dummy_has_no_record_to_print_correct_or_consent_to(world, page):
    manager = at_work(world, world.pharmacy_manager)

    assert manager.opens(f"{world.dummy.get_absolute_url()}{page}").status == 404


def test_the_dummy_is_in_no_figure(world):
    """Of nobody else is the residence unknown but of one who takes their consent back here."""
    keyworker = at_work(world, world.keyworker)
    keyworker.opens(f"{world.same_person.get_absolute_url()}consent/")
    keyworker.sends(consent="no")

    page = figures(world)

    assert (
        SyringeExchange.objects.filter(client__is_dummy=True, on__year=2026, authority_code="").count() == 2
    )
    assert everything_about(page, "Not known") == {"0", "not recorded"}


def test_the_dummy_is_found_by_no_search(world):
    pharmacist = at_work(world, world.pharmacist)
    for wanted in ("xx", "5/5/1955", "xx050555m", world.dummy.ims_id):
        pharmacist.opens("/clients/")

        assert "Nobody found" in pharmacist.sends(wanted=wanted).words


def test_the_dummy_attributor_cannot_be_registered_as_a_person_and_the_page_says_what_to_do(world):
    page = registers(world)

    assert page.status == 422
    assert any("XX 05/05/1955 is the dummy attributor" in problem for problem in page.problems)
    assert any("choose “The person objects”" in problem for problem in page.problems)
    assert page.typed["date_of_birth"] == "5/5/1955"
    assert OBJECTS in page.words
    assert not Client.objects.filter(is_dummy=False, first_initial="X").exists()


def test_nobody_can_be_corrected_into_the_dummy(world):
    pharmacist = at_work(world, world.pharmacist)
    pharmacist.opens(f"{world.client.get_absolute_url()}correct/")

    page = pharmacist.sends(first_initial="X", last_initial="X", date_of_birth="5/5/1955")

    assert any("dummy attributor" in problem for problem in page.problems)
    world.client.refresh_from_db()
    assert world.client.attributor.text() == "AB05051985M"
