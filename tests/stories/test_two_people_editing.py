"""Two people at one record: the second to save sees what the first saved, and keeps what they typed."""

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
