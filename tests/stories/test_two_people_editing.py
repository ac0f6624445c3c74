"""Two people at one record: the second to save sees what the first saved, and keeps what they typed."""

import pytest

from tests.makers import EACH_KIND
from tests.stories.visitor import at_work


def both_open(world, form):
    path = f"{world.client.get_absolute_url()}{form}"
    people = at_work(world, world.pharmacist), at_work(world, world.pharmacy_manager)
    for person in people:
        person.opens(path)
    return people


def test_a_correction_over_anothers_is_not_saved_and_nothing_typed_is_lost(world):
    pharmacist, manager = both_open(world, "correct/")
    pharmacist.sends(own_reference="R 2")

    page = manager.sends(own_reference="R 3", postcode="WA7 1JD")

    assert page.status == 422
    assert (
        "Somebody else changed this record while you were typing. Nothing of yours is lost." in page.problems
    )
    assert "Your own reference: Now saved by somebody else: R 2" in page.problems
    assert (page.typed["own_reference"], page.typed["postcode"]) == ("R 3", "WA7 1JD")
    world.client.refresh_from_db()
    assert (world.client.own_reference, world.client.postcode) == ("R 2", "L1 9DB")

    page = manager.sends()

    assert "Client corrected." in page.said
    world.client.refresh_from_db()
    assert (world.client.own_reference, world.client.postcode) == ("R 3", "WA7 1JD")


def test_a_decision_over_anothers_is_not_kept_until_it_is_sent_again(world):
    pharmacist, manager = both_open(world, "consent/")
    pharmacist.sends(consent="no")

    page = manager.sends(consent="yes", consent_how="written")

    assert (
        "Does the client consent to their data being processed?: Now saved by somebody else: No"
        in page.problems
    )
    assert (page.typed["consent"], page.typed["consent_how"]) == ("yes", "written")
    world.client.refresh_from_db()
    assert world.client.consent is False


def test_a_correction_of_what_another_took_consent_from_does_not_give_it_back(world):
    pharmacist = at_work(world, world.pharmacist)
    manager = at_work(world, world.pharmacy_manager)
    pharmacist.opens(f"{world.client.get_absolute_url()}consent/")
    manager.opens(f"{world.client.get_absolute_url()}correct/")
    pharmacist.sends(consent="no")
    manager.sends(postcode="WA7 1JD")

    manager.sends()

    world.client.refresh_from_db()
    assert (world.client.postcode, world.client.consent) == ("WA7 1JD", False)


@pytest.mark.parametrize(
    ("slug", "said", "first", "second", "problems"),
    [
        (
            "exchanges",
            {"returned": 5, "items": {"FOIL": 3, "SPOON": 1}},
            {"returned": "", "item_FOIL": "", "drug": ""},
            {"returned": "0"},
            [
                "Drug at this visit: Now saved by somebody else: Not asked",
                "Foil: Now saved by somebody else: left empty",
                "Used equipment brought back (estimate): Now saved by somebody else: left empty",
            ],
        ),
        (
            "wellbeing",
            {"answers": {"ons4": {"happy": 3, "anxious": "declined", "satisfied": 4}}},
            {"ons4__happy": "0", "ons4__anxious": "", "ons4__satisfied": "d"},
            {"ons4__happy": ""},
            [
                "Life satisfaction: Now saved by somebody else: D",
                "Happiness: Now saved by somebody else: 0",
                "Anxiety: Now saved by somebody else: left empty",
            ],
        ),
        (
            "naloxone",
            {"kits": {"NASAL": 1, "INJECTABLE": 1}},
            {"kit_NASAL": ""},
            {"training": "N"},
            [
                "Training given: Now saved by somebody else: Not asked",
                "Nasal spray kit: Now saved by somebody else: left empty",
            ],
        ),
    ],
)
def test_what_the_first_took_away_is_said_and_never_called_nought(world, slug, said, first, second, problems):
    contact = EACH_KIND[slug](world.pharmacist, world.client, **said)
    people = at_work(world, world.pharmacist), at_work(world, world.pharmacy_manager)
    for person in people:
        person.opens(f"/contacts/{slug}/{contact.ref}/change/")
    people[0].sends(**first)

    page = people[1].sends(**second)

    assert sorted(page.problems[1:]) == sorted(problems)
