"""Consent: only who said yes is counted, a change holds for every year, and every decision is kept."""

from datetime import date, timedelta

import pytest

from clients.forms import INFORMATION_SHEET
from clients.models import Client, ConsentDecision
from interventions.models import BriefIntervention, SyringeExchange
from tests.makers import NOW, a_client, an_exchange
from tests.stories.deleting import delete
from tests.stories.figures import everything_about, figures, people_in
from tests.stories.visitor import at_work

LAST_YEAR = date(2025, 10, 1)


def decides(world, client, answer, **typed):
    pharmacist = at_work(world, world.pharmacist)
    pharmacist.opens(f"{client.get_absolute_url()}consent/")
    return pharmacist.sends(consent=answer, **typed)


def test_nobody_is_registered_without_being_asked(world):
    pharmacist = at_work(world, world.pharmacist)
    pharmacist.opens("/clients/new/")

    page = pharmacist.sends(first_initial="P", last_initial="Q", date_of_birth="1/2/1990", sex="F")

    assert page.status == 422
    assert page.problems == [
        "Does the client consent to their data being processed?: Choose Yes or No: the client has to be asked."
    ]
    assert (page.typed["first_initial"], page.typed["date_of_birth"]) == ("P", "1/2/1990")
    assert not Client.objects.filter(first_initial="P").exists()


def test_who_said_yes_is_counted_and_who_said_no_is_in_no_figure(world):
    yes = a_client(world.pharmacist, "PQ01021990F", postcode="WA7 1JD")
    no = a_client(world.pharmacist, "RS01021990F", postcode="L34 2TH", consent=False)
    for client in (yes, no):
        an_exchange(world.pharmacist, client, returned=20)

    page = figures(world)

    assert people_in(page, "Halton") == "*"
    assert everything_about(page, "St. Helens") == {"0", "not recorded"}


def test_consent_taken_back_is_gone_from_this_year_and_the_last_and_given_again_it_is_back(world):
    an_exchange(world.pharmacist, world.client, on=LAST_YEAR, returned=8)
    assert people_in(figures(world), "Liverpool") == "*"
    assert people_in(figures(world, 2025), "Liverpool") == "*"

    page = decides(world, world.client, "no")

    assert "From now on no report counts this client, past years included" in page.said
    assert "Consent: No, not in any report" in page.words
    assert "10 × Fixed-needle insulin syringe 1 ml" in page.words  # the service still has its record
    for year in (2025, 2026):
        assert everything_about(figures(world, year), "Liverpool") == {"0", "not recorded"}

    page = decides(world, world.client, "yes")

    assert "Reports count this client again, past years included" in page.said
    for year in (2025, 2026):
        assert people_in(figures(world, year), "Liverpool") == "*"


def test_a_no_at_one_service_leaves_the_records_of_another_alone(world):
    decides(world, world.client, "no")

    page = figures(world)

    assert people_in(page, "Liverpool") == "0"
    assert people_in(page, "Not known") == "*"  # the same person, of whom Harbour has no postcode
    world.same_person.refresh_from_db()
    assert world.same_person.consent


def test_every_decision_is_kept_with_when_how_by_whom_and_what_was_shown(world):
    world.clock.shift(timedelta(days=1))
    decides(world, world.client, "no", consent_how="written")
    world.clock.shift(timedelta(days=1))
    decides(world, world.client, "yes", consent_how="spoken", sought_retrospectively="on")

    kept = ConsentDecision.objects.filter(client=world.client).order_by("decided_at")

    by = world.pharmacist.user_id
    assert list(
        kept.values_list(
            "given", "how", "sought_retrospectively", "information_sheet", "decided_at", "decided_by_id"
        )
    ) == [
        (True, "spoken", False, INFORMATION_SHEET, NOW, by),
        (False, "written", False, INFORMATION_SHEET, NOW + timedelta(days=1), by),
        (True, "spoken", True, INFORMATION_SHEET, NOW + timedelta(days=2), by),
    ]


def test_a_deleted_client_is_out_of_every_figure_and_of_the_services_own_pages(world):
    delete(world.client, world.pharmacist)

    assert everything_about(figures(world), "Liverpool") == {"0", "not recorded"}
    assert at_work(world, world.pharmacist).opens(world.client.get_absolute_url()).status == 404


def test_a_deleted_contact_is_out_of_figures_and_pages_and_the_others_stay(world):
    (exchange,) = SyringeExchange.objects.filter(client=world.client)
    (advice,) = BriefIntervention.objects.filter(client=world.client)
    delete(exchange, world.pharmacist)

    page = at_work(world, world.pharmacist).opens(world.client.get_absolute_url())

    assert "10 × Fixed-needle" not in page.words
    assert "Advice and information" in page.words
    assert people_in(figures(world), "Liverpool") == "*"  # the advice still counts

    delete(advice, world.pharmacist)

    assert everything_about(figures(world), "Liverpool") == {"0", "not recorded"}


@pytest.mark.parametrize("role", ["analyst", "commissioner", "officer"])
def test_central_staff_see_no_client_whatever_was_said(world, role):
    visitor = at_work(world, getattr(world, role))

    for client in (world.client, world.said_no):
        assert visitor.opens(client.get_absolute_url()).status == 403
