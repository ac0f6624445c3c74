"""A manager settles what the service records and how; an officer gives a new service another's settings."""

from clients.models import ConsentDecision
from ims.accounts.roles import Role
from ims.audit.models import Event
from ims.providers.models import PolicyPoint
from tests import makers
from tests.stories.document import values_of
from tests.stories.visitor import Page, at_work


def test_a_closed_site_is_offered_no_more_until_it_is_reopened(world):
    manager = at_work(world, world.pharmacy_manager)
    manager.opens("/settings/sites/new/")
    manager.sends(name="Van")
    exchange = f"{world.client.get_absolute_url()}exchanges/new/"
    assert "Van" in manager.opens(exchange).words

    manager.opens("/settings/sites/")
    manager.presses("Close Van")
    assert "Van" not in manager.opens(exchange).words

    manager.opens("/settings/sites/")
    manager.presses("Reopen Van")
    assert "Van" in manager.opens(exchange).words


def test_the_sheet_that_is_set_is_kept_with_the_next_decision(world):
    manager = at_work(world, world.pharmacy_manager)
    assert "No confidentiality policy is entered" in manager.opens("/settings/").words
    manager.opens("/settings/information/")
    answers = {f"covers_{point}": "yes" for point in ("collected", "shared", "recipients")}
    sheet = "Information sheet 5, version 5.0"
    manager.sends(
        information_sheet=sheet,
        policy_version="Leaflet 3",
        policy_on="1/6/26",
        covers_breached="no",
        **answers,
    )
    assert "does not yet describe: In what circumstances" in manager.page.words

    manager.opens(f"{world.client.get_absolute_url()}consent/")
    manager.sends(consent="yes")

    assert ConsentDecision.objects.latest("pk").information_sheet == sheet


def test_an_officer_sees_what_will_be_copied_before_it_is(world):
    makers.a_pack(world.pharmacy_manager, "Blue")
    officer = at_work(world, world.officer)
    officer.opens("/providers/WIR0001/copy-settings/")

    page = officer.sends(source=str(world.riverside.pk))
    assert "Pack: Blue" in page.words
    assert not world.harbour.packs.exists()
    officer.sends()

    assert [pack.name for pack in world.harbour.packs.all()] == ["Blue"]


def test_the_name_of_a_sheet_is_no_longer_than_a_decision_can_keep(world):
    manager = at_work(world, world.pharmacy_manager)
    manager.opens("/settings/information/")
    covered = {f"covers_{point}": "yes" for point in PolicyPoint}

    page = manager.sends(
        information_sheet="s" * 61, policy_version="Leaflet 3", policy_on="1/6/26", **covered
    )
    assert page.status == 422
    assert "at most 60 characters" in page.problems[0]
    manager.sends(information_sheet="s" * 60)

    at_work(world, world.pharmacist)
    manager.opens(f"{world.client.get_absolute_url()}consent/")
    manager.sends(consent="no")
    assert ConsentDecision.objects.latest("pk").information_sheet == "s" * 60


def test_saving_settings_as_they_stand_changes_nothing(world):
    manager = at_work(world, world.pharmacy_manager)

    for part in ("modules", "rules"):
        manager.opens(f"/settings/{part}/")
        assert "Settings saved." in resend(manager).said

    world.riverside.refresh_from_db()
    assert world.riverside.version == 1


def resend(visitor):
    """Saves the main form as it stands, several ticks of one name included."""
    return Page(visitor.browser.post(visitor.page.path, values_of(visitor.page.form), follow=True))


def two_managers_at(world, part):
    second = makers.an_actor(Role.PROVIDER_MANAGER, world.riverside, username="second", full_name="Ann Bell")
    managers = [at_work(world, who) for who in (world.pharmacy_manager, second)]
    for manager in managers:
        manager.opens(f"/settings/{part}/")
    return managers


def test_of_two_managers_at_the_rules_the_second_sees_what_the_first_saved_and_keeps_their_own(world):
    first, second = two_managers_at(world, "rules")
    first.sends(review_weeks="8", instruments="ons4")

    page = second.sends(review_weeks="10", instruments="ons4")

    assert page.status == 422
    assert page.problems == [
        "Somebody else changed this record while you were typing. Nothing of yours is lost.",
        "After how many weeks a review is due: Now saved by somebody else: 8",
    ]
    assert page.typed["review_weeks"] == "10"
    page = second.sends()
    assert "Settings saved." in page.said
    world.riverside.refresh_from_db()
    assert world.riverside.review_weeks == 10


def test_what_another_manager_chose_among_several_is_shown_to_the_second(world):
    first, second = two_managers_at(world, "modules")
    first.sends(modules=["naloxone", "brief_intervention"])

    page = second.sends(modules=["naloxone"])

    assert (
        "What your service records: Now saved by somebody else: "
        "Brief interventions: advice and other short help at one visit; "
        "Naloxone: kits supplied, and why again" in page.problems
    )


def test_what_another_manager_said_the_policy_covers_is_shown_to_the_second(world):
    first, second = two_managers_at(world, "information")
    said = {"policy_version": "Leaflet 3", "policy_on": "1/6/26"}
    first.sends(**said, **{f"covers_{point}": "yes" for point in PolicyPoint})

    page = second.sends(
        **said, **{f"covers_{point}": "no" if point == "shared" else "yes" for point in PolicyPoint}
    )

    assert page.status == 422
    assert [line for line in page.problems if "Now saved" in line] == [
        "Does it describe: when and what information will be shared with other services involved in their care?: "
        "Now saved by somebody else: Yes"
    ]


def test_what_is_there_already_is_left_and_said_and_the_rest_is_copied(world):
    makers.a_pack(world.pharmacy_manager, "Blue")
    makers.a_pack(world.pharmacy_manager, "Red")
    own = makers.a_pack(world.agency_manager, "Blue", items={"FOIL": 3})
    officer = at_work(world, world.officer)
    officer.opens("/providers/WIR0001/copy-settings/")

    page = officer.sends(source=str(world.riverside.pk))
    assert "Pack: Red" in page.words
    assert "Pack: Blue" not in page.words
    assert "Stays as it is, because Harbour Agency has a pack of this name Blue" in page.words
    page = officer.sends()

    assert "Harbour Agency has the settings of Riverside Pharmacy." in page.said
    assert "It had packs of these names, which stay as they are: Blue." in page.said
    assert [pack.name for pack in world.harbour.packs.order_by("name")] == ["Blue", "Red"]
    assert own.contents.get().items == {"FOIL": 3}


def test_settings_copied_by_a_second_press_are_copied_once(world):
    makers.a_pack(world.pharmacy_manager, "Blue")
    officer = at_work(world, world.officer)
    officer.opens("/providers/WIR0001/copy-settings/")
    seen = officer.sends(source=str(world.riverside.pk))

    officer.sends(seen)
    page = officer.sends(seen)

    assert page.status == 200
    assert world.harbour.packs.count() == 1
    assert Event.objects.filter(what="provider.settings_copied").count() == 1
