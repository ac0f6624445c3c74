"""Two people correct the same client: neither overwrites the other unseen, and neither types twice."""

from tests.browser.reading import words
from tests.browser.stage import STORY

pytestmark = STORY


def test_the_second_to_save_sees_what_the_first_saved_and_keeps_what_they_typed(stage, at_keyboard):
    client = stage.a_client("AB05051985M", own_reference="H 1")
    pharmacist, manager = at_keyboard(), at_keyboard()
    correction = f"{client.get_absolute_url()}correct/"
    pharmacist.signs_in("pharmacist", correction)
    manager.signs_in("manager", correction)

    pharmacist.types("Your own reference", "H 2")
    pharmacist.presses("Save correction")
    manager.types("Postcode", "CH41 3RD")
    manager.types("Your own reference", "H 3")
    manager.presses("Save correction")

    assert manager.page.title() == "Error: Correct a client - IMS"
    assert "Somebody else changed this record while you were typing" in words(manager.page)
    assert "Now saved by somebody else: H 2" in words(manager.page)
    assert "Now saved by somebody else: CH41 3RB" in words(manager.page)
    manager.tabs_to("Postcode", "text")
    assert manager.focus()["value"] == "CH41 3RD"
    manager.tabs_to("Your own reference", "text")
    assert manager.focus()["value"] == "H 3"
    client.refresh_from_db()
    assert (client.own_reference, client.postcode) == ("H 2", "CH41 3RB")

    manager.presses("Save correction")

    client.refresh_from_db()
    assert (client.own_reference, client.postcode) == ("H 3", "CH41 3RD")


def test_a_decision_about_consent_that_somebody_else_changed_meanwhile_is_not_overwritten(stage, at_keyboard):
    client = stage.a_client("AB05051985M")
    pharmacist, manager = at_keyboard(), at_keyboard()
    for person, username in ((pharmacist, "pharmacist"), (manager, "manager")):
        person.signs_in(username, f"{client.get_absolute_url()}consent/")

    for person, answer in ((pharmacist, "No"), (manager, "Yes")):
        person.chooses("Does the client consent to their data being processed?", answer)
        person.presses("Save decision")

    client.refresh_from_db()
    assert client.consent is False
    assert "Now saved by somebody else: No" in words(manager.page)
