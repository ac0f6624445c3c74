"""Who changed what, and when: every value a record has had is kept, with the act that changed it."""

from datetime import timedelta

from ims.audit.models import Event
from ims.codelists import lists
from ims.codelists.models import Code
from tests.makers import NOW
from tests.stories.visitor import at_work


def test_a_correction_can_be_told_from_what_was_there_before(world):
    world.clock.shift(timedelta(hours=3))
    manager = at_work(world, world.pharmacy_manager)
    manager.opens(f"{world.client.get_absolute_url()}correct/")
    manager.sends(postcode="WA7 1JD", main_substance="CRACK")

    now, before = world.client.history.all()

    changes = {change.field: (change.old, change.new) for change in now.diff_against(before).changes}
    assert changes == {
        "postcode": ("L1 9DB", "WA7 1JD"), "main_substance": ("HEROIN", "CRACK"), "version": (1, 2)
    }  # fmt: skip
    assert (before.history_user_id, before.history_date) == (world.pharmacist.user_id, NOW)
    assert now.history_user_id == world.pharmacy_manager.user_id
    assert now.history_date == NOW + timedelta(hours=3)


def test_each_change_names_the_event_that_it_was_part_of(world):
    pharmacist = at_work(world, world.pharmacist)
    pharmacist.opens(f"{world.client.get_absolute_url()}consent/")
    pharmacist.sends(consent="no")

    event = Event.objects.get(what="consent.withdrawn")

    assert world.client.history.first().history_change_reason == str(event.pk)
    assert world.client.decisions.first().history.get().history_change_reason == str(event.pk)
    assert (event.kind, event.subjects) == ("client", [world.client.pk])
    assert (event.user_id, event.role) == (world.pharmacist.user_id, "provider_staff")


def test_a_correction_that_changes_nothing_keeps_nothing(world):
    before = world.client.history.count(), Event.objects.filter(what="client.corrected").count()
    pharmacist = at_work(world, world.pharmacist)
    pharmacist.opens(f"{world.client.get_absolute_url()}correct/")

    pharmacist.sends()

    assert (world.client.history.count(), Event.objects.filter(what="client.corrected").count()) == before


def test_a_code_that_is_no_longer_in_its_list_survives_a_correction_of_something_else(world):
    """A list's new edition takes nothing away from what was recorded under the old one."""
    Code.objects.filter(list_id="substance", code="CRACK").update(valid_to="2026-06-01")
    lists.forget()
    pharmacist = at_work(world, world.pharmacist)
    pharmacist.opens(f"{world.woman.get_absolute_url()}correct/")

    pharmacist.sends(own_reference="R 2")

    world.woman.refresh_from_db()
    assert (world.woman.own_reference, world.woman.main_substance) == ("R 2", "CRACK")
