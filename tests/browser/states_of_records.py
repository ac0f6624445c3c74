"""States of pages about clients: near matches, conflicts, the dummy, records with much and with nothing in them."""

from datetime import timedelta

from clients.models import Client
from ims.codelists.instruments import in_force
from tests import makers
from tests.browser.gallery import LONG_NAMED
from tests.browser.states import open_at, press, state
from tests.makers import TODAY


def _register(page, first, last, born, sex, consent):
    page.goto("/clients/new/")
    page.get_by_label("First name: initial").fill(first)
    page.get_by_label("Last name: initial").fill(last)
    page.get_by_label("Date of birth").fill(born)
    page.get_by_label(sex, exact=True).check()
    page.get_by_role("group", name="Does the client consent").get_by_label(consent, exact=True).check()


@state("somebody like the one being registered")
def like_another(gallery, patch):
    page = gallery.page_of(LONG_NAMED)
    _register(page, "M", "W", "31/12/1970", "Female", "Yes")
    return press(page, "Register")


@state("the same attributor without an own reference")
def same_attributor(gallery, patch):
    makers.a_client(gallery.stage.actor("pharmacist"), "PA01011991M")
    page = gallery.page_of("pharmacist")
    _register(page, "P", "A", "1/1/1991", "Male", "No")
    return press(press(page, "Register"), "Register as another person")


@state("registered, with a postcode in no list")
def unknown_postcode(gallery, patch):
    page = gallery.page_of("pharmacist")
    _register(page, "P", "B", "1/1/1991", "Male", "No")
    page.get_by_label("Postcode").fill("CH41 9ZZ")
    return press(page, "Register")


@state("registering with what was searched for")
def searched_for(gallery, patch):
    page = open_at(gallery, "pharmacist", "/clients/")
    page.get_by_label("Attributor, IMS ID or own reference").fill("pc 1/1/1991 f")
    return press(press(page, "Find"), "Register a new client")


@state("a person who objects")
def objector(gallery, patch):
    page = open_at(gallery, "pharmacist", "/clients/new/")
    return press(page, "The person objects: use the dummy attributor")


@state("the dummy once more")
def dummy(gallery, patch):
    held = Client.objects.visible_to(gallery.stage.actor("pharmacist")).get(is_dummy=True)
    return open_at(gallery, "pharmacist", held.get_absolute_url())


@state("a client of whom nothing is recorded")
def nothing_recorded(gallery, patch):
    return open_at(gallery, "pharmacist", _empty(gallery, "PD01011991M").get_absolute_url())


@state("the Detailed Record of a client of whom nothing is recorded")
def nothing_to_print(gallery, patch):
    client = _empty(gallery, "PE01011991M")
    return open_at(gallery, "pharmacist", f"{client.get_absolute_url()}detailed-record/")


def _empty(gallery, attributor):
    return makers.a_client(gallery.stage.actor("pharmacist"), attributor, consent=False)


@state("a correction that somebody else made meanwhile")
def conflict(gallery, patch):
    client = _empty(gallery, "PF01011991M")
    pages = [
        open_at(gallery, who, f"{client.get_absolute_url()}correct/") for who in ("pharmacist", "manager")
    ]
    pages[0].get_by_label("Your own reference").fill("H 2")
    pages[1].get_by_label("Your own reference").fill("H 3")
    press(pages[0], "Save correction").close()
    return press(pages[1], "Save correction")


@state("a decision that somebody else made meanwhile")
def conflicting_decision(gallery, patch):
    client = _empty(gallery, "PG01011991M")
    pages = [
        open_at(gallery, who, f"{client.get_absolute_url()}consent/") for who in ("pharmacist", "manager")
    ]
    for page, answer in zip(pages, ("Yes", "No"), strict=True):
        page.get_by_role("group", name="Does the client consent").get_by_label(answer, exact=True).check()
        press(page, "Save decision")
    pages[0].close()
    return pages[1]


@state("consent withdrawn")
def withdrawn(gallery, patch):
    client = makers.a_client(gallery.stage.actor("pharmacist"), "PH01011991M")
    page = open_at(gallery, "pharmacist", f"{client.get_absolute_url()}consent/")
    page.get_by_role("group", name="Does the client consent").get_by_label("No", exact=True).check()
    return press(page, "Save decision")


@state("first and latest assessment by every instrument")
def outcome(gallery, patch):
    by = gallery.stage.actor("pharmacist")
    client = makers.a_client(by, "PK01011991M")
    for stage, days_ago, place in (("first", 90, 0), ("review", 1, 2)):
        answers = {one.key: _answered(one, place) for one in in_force(TODAY)}
        makers.an_assessment(by, client, on=TODAY - timedelta(days=days_ago), stage=stage, answers=answers)
    return open_at(gallery, "pharmacist", client.get_absolute_url())


def _answered(one, place):
    """To each item the number at that place among those it takes; no to what is no number."""
    return {item.key: "N" if item.yes_no else item.numbers[place] for item in one.items}
