"""What a manager settles about the service: kept once, in one order, only at one's own, and never over another's change."""

import pytest

from ims.audit.models import Event
from ims.codelists import instruments
from ims.providers import actions
from ims.providers.actions import ChangedMeanwhile, NameTaken, NotOurProvider
from ims.providers.forms import ModulesForm, RulesForm
from ims.providers.models import Module, Provider, Site
from tests import makers
from tests.makers import NOW, TODAY

pytestmark = pytest.mark.django_db
RULES = {"backdating_days": 30, "review_weeks": 6, "instruments": ["ons4"]}
INFORMATION = {
    "information_sheet": "Our own sheet, 2026",
    "policy_version": "Leaflet 3",
    "policy_on": TODAY,
    "policy_covers": ["collected"],
}


@pytest.fixture
def provider():
    return makers.a_provider()


@pytest.fixture
def manager(provider):
    return makers.the_manager(provider)


def switched(provider, by, *modules, version=1):
    return actions.switch_modules(provider=provider, modules=modules, expected_version=version, at=NOW, by=by)


def ruled(provider, by, *, version=1, **said):
    return actions.set_recording_rules(
        provider=provider, **{**RULES, **said}, expected_version=version, at=NOW, by=by
    )


def a_site(by, name="Van"):
    return actions.add_site(name=name, postcode="", at=NOW, by=by)


def changed_site(site, by, *, name, version=1):
    return actions.change_site(site=site, name=name, postcode="", expected_version=version, at=NOW, by=by)


def happened(what) -> int:
    return Event.objects.filter(what=what).count()


def test_what_is_switched_on_is_kept_in_the_order_of_the_form_whatever_order_it_came_in(provider, manager):
    switched(provider, manager, "wellbeing_assessment", "naloxone", "syringe_exchange")

    provider.refresh_from_db()
    assert provider.modules == ["syringe_exchange", "naloxone", "wellbeing_assessment"]


def test_saving_the_form_of_modules_as_it_stands_changes_nothing(provider, manager):
    offered = [value for value, _ in ModulesForm(held=provider).fields["modules"].choices]
    assert offered == Module.values

    switched(provider, manager, *offered)

    provider.refresh_from_db()
    assert provider.version == 1
    assert happened("provider.modules_switched") == 0


def test_what_is_asked_is_kept_in_the_order_of_the_form_so_that_saving_it_again_changes_nothing(
    provider, manager
):
    offered = [value for value, _ in RulesForm(held=provider).fields["instruments"].choices]
    assert len(offered) == len(instruments.latest_versions())

    first = ruled(provider, manager, instruments=list(reversed(offered)))
    again = ruled(provider, manager, instruments=offered, version=first.version)

    assert first.instruments == offered
    assert again.version == first.version
    assert happened("provider.rules_set") == 1


def test_a_second_press_of_save_is_no_second_change(provider, manager):
    ruled(provider, manager)

    ruled(provider, manager)  # the same form: the version that it carries is the old one

    assert happened("provider.rules_set") == 1


def test_what_is_saved_over_another_managers_change_is_refused_with_what_stands_now(provider, manager):
    ruled(provider, manager, review_weeks=8)

    with pytest.raises(ChangedMeanwhile) as conflict:
        ruled(provider, manager, review_weeks=10)

    assert conflict.value.current.review_weeks == 8


@pytest.mark.parametrize("who", ["keyworker_elsewhere", "officer"])
def test_nobody_settles_anything_about_a_service_that_is_not_theirs(provider, who):
    elsewhere = makers.the_manager(makers.a_provider("Harbour Agency"))
    by = elsewhere if who == "keyworker_elsewhere" else makers.an_officer()

    for act in (
        lambda: switched(provider, by, "naloxone"),
        lambda: ruled(provider, by),
        lambda: actions.set_information(provider=provider, **INFORMATION, expected_version=1, at=NOW, by=by),
    ):
        with pytest.raises(NotOurProvider):
            act()

    provider.refresh_from_db()
    assert provider.version == 1


def test_nobody_changes_the_site_of_another_service(manager):
    site = a_site(makers.the_manager(makers.a_provider("Harbour Agency")))

    for act in (
        lambda: changed_site(site, manager, name="Ours"),
        lambda: actions.close_site(site=site, on=TODAY, at=NOW, by=manager),
        lambda: actions.reopen_site(site=site, at=NOW, by=manager),
    ):
        with pytest.raises(NotOurProvider):
            act()

    site.refresh_from_db()
    assert (site.name, site.closed_on) == ("Van", None)


def test_what_the_policy_covers_is_kept_with_the_sheet(provider, manager):
    actions.set_information(provider=provider, **INFORMATION, expected_version=1, at=NOW, by=manager)

    held = Provider.objects.get(pk=provider.pk)
    assert {name: getattr(held, name) for name in INFORMATION} == INFORMATION


def test_the_same_site_added_by_a_second_press_is_one_site(manager):
    assert a_site(manager) == a_site(manager)

    assert Site.objects.visible_to(manager).count() == 1
    assert happened("site.opened") == 1


def test_two_sites_of_a_service_do_not_share_a_name_but_those_of_two_services_may(manager):
    van, stall = a_site(manager), a_site(manager, "Stall")
    a_site(makers.the_manager(makers.a_provider("Harbour Agency")), "Boat")

    with pytest.raises(NameTaken):
        changed_site(stall, manager, name="Van")
    with pytest.raises(NameTaken):
        actions.add_site(name="Van", postcode="L1 9DB", at=NOW, by=manager)
    assert changed_site(van, manager, name="Boat").name == "Boat"


def test_a_site_closed_twice_keeps_its_first_day_and_one_event(manager):
    site = a_site(manager)
    actions.close_site(site=site, on=TODAY, at=NOW, by=manager)

    later = actions.close_site(site=site, on=TODAY.replace(day=20), at=NOW, by=manager)

    assert later.closed_on == TODAY
    assert happened("site.closed") == 1
