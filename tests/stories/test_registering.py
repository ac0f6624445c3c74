"""Registering a person: whoever is nearly the same is shown first, and nobody is stopped."""

import pytest

from clients.models import Client
from tests.stories.visitor import at_work

ANOTHER = "Register as another person"


def registers(world, attributor="AB 05/06/1985 M", **typed):
    """Fills in the form at Riverside and sends it once; the visitor, to go on with."""
    initials, born, sex = attributor.split()
    pharmacist = at_work(world, world.pharmacist)
    pharmacist.opens("/clients/new/")
    person = {"first_initial": initials[0], "last_initial": initials[1], "date_of_birth": born, "sex": sex}
    pharmacist.sends(**person, consent="yes", **typed)
    return pharmacist


def of_riverside(world):
    return Client.objects.filter(provider=world.riverside, is_dummy=False)


def test_somebody_new_is_registered_with_what_was_typed(world):
    page = registers(
        world, "PQ 1/2/1990 F", postcode="wa71jd", main_substance="HEROIN", own_reference="R 7"
    ).page

    client = of_riverside(world).get(first_initial="P")
    assert page.path == client.get_absolute_url()
    assert "Client registered." in page.said
    assert (client.attributor.text(), client.consent) == ("PQ01021990F", True)
    assert (client.postcode, client.main_substance, client.own_reference) == ("WA7 1JD", "HEROIN", "R 7")


@pytest.mark.parametrize(
    ("attributor", "why"),
    [
        ("AB 05/05/1985 M", "has the same initials, date of birth and sex"),
        ("AB 05/06/1985 M", "has one digit of the date of birth different"),
        ("BA 05/05/1985 M", "has the initials the other way round"),
        ("AB 05/05/1985 F", "has the other sex"),
    ],
)
def test_somebody_nearly_the_same_is_offered_first_and_nothing_is_saved_yet(world, attributor, why):
    page = registers(world, attributor, postcode="WA7 1JD").page

    assert page.status == 200
    assert "Is it one of these? Nothing is saved yet." in page.words
    assert f"This client {why}." in page.words
    assert page.words.index("Use A B, 05/05/1985, male") < page.words.index(ANOTHER)
    assert page.document.all("a", href=world.client.get_absolute_url())
    assert page.typed["postcode"] == "WA7 1JD"
    assert of_riverside(world).count() == 3


def test_another_person_is_registered_after_the_warning(world):
    page = registers(world, "AB 05/06/1985 M").presses(ANOTHER)

    assert "Client registered." in page.said
    assert of_riverside(world).filter(first_initial="A").count() == 2


def test_a_person_typed_over_the_one_warned_of_is_compared_again(world):
    """The warning was about somebody else: it does not cover whom the boxes name now."""
    pharmacist = registers(world, "AB 05/06/1985 M")

    page = pharmacist.presses(
        ANOTHER, first_initial="C", last_initial="D", date_of_birth="17/9/1978", sex="F"
    )

    assert "Use C D, 17/09/1979, female" in page.words
    assert of_riverside(world).count() == 3


def test_the_same_attributor_again_needs_a_reference_that_tells_the_two_apart(world):
    pharmacist = registers(world, "AB 05/05/1985 M", postcode="WA7 1JD")

    page = pharmacist.presses(ANOTHER)

    assert page.status == 422
    assert [
        problem for problem in page.problems if "Enter an own reference that tells the two apart" in problem
    ]
    assert page.typed["postcode"] == "WA7 1JD"
    assert of_riverside(world).count() == 3

    page = pharmacist.sends(own_reference="twin 2")

    assert "Client registered." in page.said
    twins = of_riverside(world).filter(date_of_birth="1985-05-05")
    assert sorted(twin.own_reference for twin in twins) == ["", "twin 2"]
    assert len({twin.ims_id for twin in twins}) == 2


def test_a_client_of_another_service_is_never_offered(world):
    page = registers(world, "KL 30/06/1990 F").page

    assert "Client registered." in page.said
    assert of_riverside(world).filter(first_initial="K").get().pk != world.other.pk


def test_what_was_searched_for_starts_the_form(world):
    pharmacist = at_work(world, world.pharmacist)
    pharmacist.opens("/clients/")
    page = pharmacist.sends(wanted="zw170879f")
    assert "Nobody found" in page.words

    page = pharmacist.presses("Register a new client")

    names = ("first_initial", "last_initial", "date_of_birth", "sex")
    assert [page.typed[name] for name in names] == ["Z", "W", "17/08/1979", "F"]
    assert page.problems == []


@pytest.mark.parametrize("wanted", ["ab050585m", "AB", "5/5/1985", "own"])
def test_a_client_is_found_by_attributor_initials_date_of_birth_or_reference(world, wanted):
    pharmacist = at_work(world, world.pharmacist)
    pharmacist.opens(f"{world.client.get_absolute_url()}correct/")
    pharmacist.sends(own_reference="own")
    pharmacist.opens("/clients/")

    page = pharmacist.sends(wanted=wanted)

    assert "1 found" in page.words
    assert page.document.all("a", href=world.client.get_absolute_url())


def test_a_client_is_found_by_the_ims_id_as_people_write_it(world):
    pharmacist = at_work(world, world.pharmacist)
    pharmacist.opens("/clients/")
    ims_id = world.woman.ims_id

    page = pharmacist.sends(wanted=f" {ims_id[:5].lower()}-{ims_id[5:].lower()} ")

    assert page.document.all("a", href=world.woman.get_absolute_url())
