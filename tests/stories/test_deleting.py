"""What is deleted is gone at once from every page, figure and extract; for seven days it can be brought back."""

from datetime import timedelta

from clients.models import Client
from interventions.models import SyringeExchange
from tests import makers
from tests.stories.visitor import at_work

DELETE = "Delete the syringe exchange of 08/06/2026"


def test_a_deleted_exchange_is_in_no_page_and_can_be_undone(world):
    pharmacist = at_work(world, world.pharmacist)
    pharmacist.opens(world.client.get_absolute_url())

    page = pharmacist.presses(DELETE)

    assert "It can be brought back for seven days" in page.said
    assert "10 × " not in page.words
    assert "10 × " not in pharmacist.opens(f"{world.client.get_absolute_url()}detailed-record/").body
    lately = pharmacist.opens("/deleted/")
    assert "Syringe exchange of 08/06/2026: 10 × " in lately.words

    (button,) = [one.words() for one in lately.document.all("button") if one.words().startswith("Bring back")]
    page = pharmacist.presses(button)

    assert "Brought back, as it was." in page.said
    assert "10 × " in page.words
    assert "Nothing was deleted" in pharmacist.opens("/deleted/").words


def test_after_seven_days_nothing_is_offered_and_nothing_comes_back(world):
    exchange = SyringeExchange.objects.visible_to(world.pharmacist).get(client=world.client)
    pharmacist = at_work(world, world.pharmacist)
    pharmacist.opens(world.client.get_absolute_url())
    pharmacist.presses(DELETE)
    world.clock.shift(timedelta(days=7, seconds=1))

    assert "Nothing was deleted" in at_work(world, world.pharmacist).opens("/deleted/").words
    pressed = f"/contacts/exchanges/{exchange.ref}/restore/"
    answer = world.client_of(world.pharmacist).post(pressed, follow=True)
    assert b"cannot be brought back" in answer.content
    exchange.refresh_from_db()
    assert exchange.deleted_at is not None


def test_a_deleted_client_goes_with_everything_and_comes_back_with_everything(world):
    pharmacist = at_work(world, world.pharmacist)
    path = world.client.get_absolute_url()
    pharmacist.opens(f"{path}delete/")

    page = pharmacist.presses("Delete")

    assert "The client is deleted, with everything recorded." in page.said
    assert pharmacist.opens(path).status == 404
    assert not SyringeExchange.objects.visible_to(world.pharmacist).filter(client=world.client).exists()
    page = pharmacist.opens("/deleted/")
    (button,) = [one.words() for one in page.document.all("button") if one.words().startswith("Bring back")]
    page = pharmacist.presses(button)
    assert "The client is back, with everything recorded." in page.said
    assert "10 × " in page.words


def test_a_client_whose_attributor_was_taken_meanwhile_waits_until_the_two_are_told_apart(world):
    pharmacist = at_work(world, world.pharmacist)
    pharmacist.opens(f"{world.client.get_absolute_url()}delete/")
    page = pharmacist.presses("Delete")
    makers.a_client(world.pharmacist, "AB05051985M")
    (button,) = [one.words() for one in page.document.all("button") if one.words().startswith("Bring back")]

    page = pharmacist.presses(button)

    assert "Give that one an own reference." in page.said
    assert not Client.objects.visible_to(world.pharmacist).filter(pk=world.client.pk).exists()


def test_a_form_sent_again_after_its_exchange_was_deleted_does_not_bring_it_back(world):
    pharmacist = at_work(world, world.pharmacist)
    form = pharmacist.opens(f"{world.client.get_absolute_url()}exchanges/new/")
    pharmacist.sends(form, item_FOIL="3")
    pharmacist.presses("Delete the syringe exchange of 15/06/2026")

    page = pharmacist.sends(form, item_FOIL="3")

    assert "This was already saved, once." in page.said
    assert "3 × " not in page.words


def test_the_dummy_cannot_be_deleted(world):
    assert at_work(world, world.pharmacist).opens(f"{world.dummy.get_absolute_url()}delete/").status == 404
