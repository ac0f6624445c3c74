"""The same person entered twice at one service: found, told apart or linked, and remembered."""

import pytest

from clients.models import Client, Pair
from ims.audit.models import Event
from tests import makers
from tests.makers import NOW
from tests.pages.rules import faults
from tests.stories.deleting import delete
from tests.stories.visitor import at_work

PAGE = "/duplicates/"
ANOTHER = "Register as another person"


def at_the_page(world, actor=None):
    visitor = at_work(world, actor or world.pharmacist)
    visitor.opens(PAGE)
    return visitor


def presses(visitor, words: str):
    """The one button that begins with these words."""
    (button,) = [one.words() for one in visitor.page.document.all("button") if one.words().startswith(words)]
    return visitor.presses(button)


@pytest.fixture
def again(world):
    """The client of Riverside once more, with a digit of the date of birth mistyped."""
    return makers.a_client(world.pharmacist, "AB05061985M")


def test_nothing_is_offered_where_nobody_is_alike(world):
    page = at_the_page(world).page

    assert "There is nobody to decide about." in page.words


def test_two_records_alike_are_shown_together_with_the_reason(world, again):
    visitor = at_work(world, world.pharmacist)
    page = visitor.opens("/clients/")
    assert page.document.all("a", href=PAGE)

    page = visitor.opens(PAGE)

    assert "1 pair to decide about" in page.words
    assert "The second has one digit of the date of birth different." in page.words
    for client in (world.client, again):
        assert page.document.all("a", href=client.get_absolute_url())
        assert f"IMS ID {client.ims_id}, registered 15/06/2026" in page.words


def test_looking_at_the_page_is_an_event_about_everybody_on_it(world, again):
    at_the_page(world)

    event = Event.objects.latest("id")
    assert (event.what, event.kind, event.counts) == ("client.compared", "client", {"found": 1})
    assert sorted(event.subjects) == [world.client.pk, again.pk]


def test_the_page_keeps_the_rules_of_pages_with_both_lists_full(world, again):
    makers.a_client(world.pharmacist, "CD17091979M")
    pharmacist = at_the_page(world)
    button = next(b for b in pharmacist.page.document.all("button") if b.words().startswith("Same person"))

    page = pharmacist.presses(button.words())

    buttons = [one.words() for one in page.document.of_class("govuk-button--secondary")]
    assert len(set(buttons)) == len(buttons) == 3
    assert faults(page.body, personal=["AB05051985M", "05/06/1985", again.ims_id]) == []


def test_each_of_two_linked_records_shows_the_other(world, again):
    pharmacist = at_the_page(world)
    presses(pharmacist, "Same person: link")

    for one, other, said in (
        (world.client, again, "Linked with A B, 05/06/1985, male, the same person."),
        (again, world.client, "Linked with A B, 05/05/1985, male, the same person."),
    ):
        page = pharmacist.opens(one.get_absolute_url())
        assert said in page.words
        assert page.document.all("a", href=other.get_absolute_url())
        event = Event.objects.latest("pk")
        assert (event.what, event.subjects) == ("client.compared", [other.pk])
    assert "Linked with" not in pharmacist.opens(world.woman.get_absolute_url()).words


def test_a_link_is_undone_on_the_clients_page_and_leads_back_to_it(world, again):
    pharmacist = at_the_page(world)
    presses(pharmacist, "Same person: link")
    pharmacist.opens(world.client.get_absolute_url())

    page = pharmacist.presses("Unlink A B, 05/06/1985, male")

    assert page.path == world.client.get_absolute_url()
    assert "Unlinked. The two can be linked again." in page.said
    assert "Linked with" not in page.words
    assert "1 pair to decide about" in pharmacist.opens(PAGE).words


def test_a_linked_record_that_is_deleted_is_shown_no_more(world, again):
    pharmacist = at_the_page(world)
    presses(pharmacist, "Same person: link")
    delete(again, world.pharmacist)
    before = Event.objects.filter(what="client.compared").count()

    assert "Linked with" not in pharmacist.opens(world.client.get_absolute_url()).words
    assert Event.objects.filter(what="client.compared").count() == before  # nobody was compared


def test_twins_with_references_of_their_own_are_shown_too(world):
    makers.a_client(world.pharmacist, "AB05051985M", own_reference="twin 2")

    page = at_the_page(world).page

    assert "The second has the same initials, date of birth and sex." in page.words
    assert "A B, 05/05/1985, male, twin 2" in page.words


def test_told_apart_is_remembered_and_a_correction_does_not_forget_it(world, again):
    pharmacist = at_the_page(world)

    page = presses(pharmacist, "Not the same person")

    assert "Not the same person. The two are not shown here again." in page.said
    assert "There is nobody to decide about." in page.words

    pharmacist.opens(f"{again.get_absolute_url()}correct/")
    pharmacist.sends(date_of_birth="5/5/1985", own_reference="twin 2")
    assert "There is nobody to decide about." in pharmacist.opens(PAGE).words
    assert "There is nobody to decide about." in at_the_page(world, world.pharmacy_manager).page.words


def test_linked_unlinked_and_linked_again(world, again):
    pharmacist = at_the_page(world)

    page = presses(pharmacist, "Same person: link")
    assert "Linked as the same person." in page.said
    assert "There is nobody to decide about." in page.words

    page = presses(pharmacist, "Unlink")
    assert "Unlinked. The two can be linked again." in page.said
    assert "1 pair to decide about" in page.words

    page = presses(pharmacist, "Same person: link")
    assert page.document.all("a", href=again.get_absolute_url())
    assert [one.words() for one in page.document.all("button") if one.words().startswith("Unlink")]


def test_two_people_who_decide_differently_at_the_same_time_are_told_of_it(world, again):
    pharmacist, manager = at_the_page(world), at_the_page(world, world.pharmacy_manager)
    presses(pharmacist, "Same person: link")

    assert "Unlink them first." in presses(manager, "Not the same person").said

    presses(pharmacist, "Unlink")
    manager.opens(PAGE)
    pharmacist.opens(PAGE)
    presses(pharmacist, "Not the same person")
    assert (
        "Somebody said before that the two are not the same person." in presses(manager, "Same person").said
    )


def test_what_is_decided_on_the_second_page_leads_back_to_it(world):
    for number in range(9):  # 36 pairs
        makers.a_client(world.pharmacist, "QW05051985M", own_reference=str(number))
    pharmacist = at_the_page(world)
    assert "36 pairs to decide about" in pharmacist.page.words
    pharmacist.opens(f"{PAGE}?page=2")
    button = pharmacist.page.document.of_class("govuk-button--secondary")[0].words()

    page = pharmacist.presses(button)

    assert page.url == f"{PAGE}?page=2"
    assert "35 pairs to decide about" in page.words


@pytest.mark.parametrize("asked", ["0", "-1", "x", "999999999999", ""])
def test_a_page_that_cannot_be_is_the_first(world, again, asked):
    assert "1 pair to decide about" in at_work(world, world.pharmacist).opens(f"{PAGE}?page={asked}").words


def test_the_other_services_clients_never_appear(world, again):
    """Harbour has a client with the attributor of Riverside's, and the page of each names its own alone."""
    theirs = makers.a_client(world.keyworker, "AB05061985M")

    ours, others = at_the_page(world).page, at_the_page(world, world.keyworker).page

    for client in (world.same_person, theirs):
        assert client.ims_id not in ours.body
        assert client.ims_id in others.body
    for client in (world.client, again):
        assert client.ims_id in ours.body
        assert client.ims_id not in others.body


def test_a_deleted_record_leaves_the_page(world, again):
    delete(again, world.pharmacist)

    assert "There is nobody to decide about." in at_the_page(world).page.words


class TestRegisteringAnotherPerson:
    def begins(self, world, born="5/6/1985", **typed):
        pharmacist = at_work(world, world.pharmacist)
        pharmacist.opens("/clients/new/")
        person = {"first_initial": "A", "last_initial": "B", "date_of_birth": born, "sex": "M"}
        pharmacist.sends(**person, consent="yes", **typed)
        return pharmacist

    def pairs(self, world):
        return [(pair.first, pair.verdict) for pair in Pair.objects.visible_to(world.pharmacist)]

    def test_whoever_was_warned_of_is_told_apart_at_once(self, world):
        pharmacist = self.begins(world)

        page = pharmacist.presses(ANOTHER)

        assert "Client registered." in page.said
        assert self.pairs(world) == [(world.client, "different")]
        assert "There is nobody to decide about." in pharmacist.opens(PAGE).words

    def test_twins_registered_knowingly_are_told_apart_at_once(self, world):
        pharmacist = self.begins(world, "5/5/1985", own_reference="twin 2")

        pharmacist.presses(ANOTHER)

        assert self.pairs(world) == [(world.client, "different")]

    def test_pressed_twice_it_is_remembered_once(self, world):
        pharmacist = self.begins(world)
        warned = pharmacist.page

        for _ in range(2):
            pharmacist.page = warned
            pharmacist.presses(ANOTHER)

        assert self.pairs(world) == [(world.client, "different")]
        assert Client.objects.visible_to(world.pharmacist).filter(first_initial="A").count() == 2

    def test_whom_a_colleague_registered_meanwhile_is_left_to_be_looked_at(self, world):
        """Nobody was warned of that record, and it may well be this very person."""
        pharmacist = self.begins(world)
        world.clock.shift(60)
        makers.a_client(world.pharmacy_manager, "BA05061985M", at=NOW.replace(minute=1))

        pharmacist.presses(ANOTHER)

        assert self.pairs(world) == [(world.client, "different")]
        words = pharmacist.opens(PAGE).words
        assert "1 pair to decide about" in words
        assert "The second has the initials the other way round." in words
