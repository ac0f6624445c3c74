"""A manager settles what becomes of files that come by secure file transfer."""

import pytest

from ims.accounts.actions import end_membership
from ims.accounts.roles import Role
from ims.audit.models import Event
from ims.bulk.layout import NoSuchLayout
from ims.bulk.models import Transfer
from ims.bulk.profiles.action import NotOurProfile
from ims.bulk.transfer.action import NotOurSender, OfAnotherLayout, set_transfer
from ims.providers.actions import ChangedMeanwhile
from tests import makers
from tests.bulk.sending import a_profile, a_setting
from tests.makers import NOW
from tests.stories.visitor import at_work

ADDRESS = "/uploads/transfer/"


@pytest.fixture
def manager(world):
    return at_work(world, world.pharmacy_manager)


def settle(by, *, version=0, **said) -> Transfer:
    return set_transfer(setting=a_setting(by, **said), expected_version=version, at=NOW, by=by)


def test_a_manager_switches_it_on_from_the_settings(world, manager):
    manager.opens("/settings/")
    assert ADDRESS in manager.page.body
    page = manager.opens(ADDRESS)
    assert (page.typed["is_on"], page.typed["applies_by_itself"]) == ("no", "no")

    page = manager.sends(is_on="yes", layout="contacts")

    assert "Settings saved." in page.said
    held = Transfer.objects.visible_to(world.pharmacy_manager).get()
    assert (held.is_on, held.layout, held.profile, held.applies_by_itself) == (True, "contacts", None, False)
    assert held.membership == world.membership_of(world.pharmacy_manager)
    assert Event.objects.filter(what="transfer.set").count() == 1


def test_the_page_says_who_changed_it_last(world, manager):
    settle(world.pharmacy_manager)

    page = manager.opens(ADDRESS)

    assert "Last changed on 15/06/2026, 12:00, by Manager of Riverside Pharmacy." in page.words
    assert page.typed["is_on"] == "yes"


def test_the_other_service_sees_nothing_of_it(world, manager):
    settle(world.pharmacy_manager)

    page = at_work(world, world.agency_manager).opens(ADDRESS)

    assert page.typed["is_on"] == "no"
    assert "Riverside" not in page.words


def test_only_those_who_may_send_files_can_lend_their_name(world, manager):
    page = manager.opens(ADDRESS)

    assert "Manager of Riverside Pharmacy" in page.words
    assert "Sam Okoro" not in page.words
    with pytest.raises(NotOurSender):
        settle(world.pharmacy_manager, membership=world.membership_of(world.pharmacist))
    with pytest.raises(NotOurSender):
        settle(world.pharmacy_manager, membership=world.membership_of(world.agency_manager))


def test_whoever_works_there_no_more_lends_no_name(world):
    left = makers.an_actor(Role.PROVIDER_MANAGER, world.riverside, username="left", full_name="Ann Bell")
    end_membership(membership=world.membership_of(left), at=NOW, by=world.pharmacy_manager)

    with pytest.raises(NotOurSender):
        settle(world.pharmacy_manager, membership=world.membership_of(left))


def test_a_profile_of_another_layout_or_of_another_service_is_refused(world, manager):
    ours, theirs = a_profile(world.pharmacy_manager), a_profile(world.agency_manager, "Theirs")
    page = manager.opens(ADDRESS)
    assert "Theirs" not in page.words

    page = manager.sends(is_on="yes", layout="clients", profile=str(ours.pk))

    assert page.status == 422
    assert "This profile is for the layout “Contacts" in page.problems[0]
    with pytest.raises(OfAnotherLayout):
        settle(world.pharmacy_manager, layout="clients", profile=ours)
    with pytest.raises(NotOurProfile):
        settle(world.pharmacy_manager, profile=theirs)
    with pytest.raises(NoSuchLayout):
        settle(world.pharmacy_manager, layout="weather")


def test_saying_the_same_again_changes_nothing(world):
    for _ in range(2):
        settle(world.pharmacy_manager)

    held = Transfer.objects.get()
    assert (held.version, held.history.count()) == (1, 1)
    assert Event.objects.filter(what="transfer.set").count() == 1


def test_what_somebody_else_changed_meanwhile_is_shown_and_not_lost(world, manager):
    page = manager.opens(ADDRESS)
    profile = a_profile(world.pharmacy_manager)
    settle(world.pharmacy_manager, profile=profile, applies_by_itself=True)

    page = manager.sends(page, is_on="yes", layout="contacts")

    assert page.status == 422
    said = " ".join(page.problems)
    assert "Now saved by somebody else: Quarterly (Contacts" in said
    assert "Now saved by somebody else: It is recorded at once" in said
    with pytest.raises(ChangedMeanwhile):
        settle(world.pharmacy_manager, version=0)
    manager.sends(page)
    assert Transfer.objects.get().applies_by_itself is False


def test_the_page_says_why_files_are_refused_though_they_are_to_be_taken(world, manager):
    left = makers.an_actor(Role.PROVIDER_MANAGER, world.riverside, username="left", full_name="Ann Bell")
    settle(world.pharmacy_manager, membership=world.membership_of(left))
    assert "Warning" not in manager.opens(ADDRESS).words

    end_membership(membership=world.membership_of(left), at=NOW, by=world.pharmacy_manager)

    why = "Warning The person in whose name files are recorded may send none any more."
    assert why in manager.opens(ADDRESS).words
