"""Consent, seen from two browsers at once: what a person decides at the counter is in the figures at the next load."""

from datetime import date

from tests.browser.reading import INDIVIDUALS, NEEDLES, figure, words
from tests.browser.stage import STORY

pytestmark = STORY
LAST_YEAR, THIS_YEAR = date(2025, 10, 1), date(2026, 6, 15)


def _says(pharmacist, client, answer):
    pharmacist.opens(client.get_absolute_url())
    pharmacist.follows("Change consent")
    pharmacist.chooses("Does the client consent to their data being processed?", answer)
    pharmacist.presses("Save decision")


def _figures(analyst):
    """Individuals and needles of Wirral, by the year they are of."""
    found = {}
    for year in (2025, 2026):
        analyst.opens(f"/reports/year/{year}/")
        found[year] = (figure(analyst.page, INDIVIDUALS, "Wirral"), figure(analyst.page, NEEDLES, "Wirral"))
    return found


def test_consent_taken_back_is_gone_from_the_figures_of_every_year_and_given_again_it_is_back(
    stage, at_keyboard
):
    people = stage.people_with_exchanges(13, on=LAST_YEAR)
    stage.exchanges_of(people, on=THIS_YEAR)
    pharmacist, analyst = at_keyboard(), at_keyboard()
    pharmacist.signs_in("pharmacist")
    analyst.signs_in("analyst")
    with_everybody = {2025: ("15", "130"), 2026: ("15", "130")}
    assert _figures(analyst) == with_everybody

    _says(pharmacist, people[0], "No")

    assert "Consent: No, not in any report" in words(pharmacist.page)
    assert _figures(analyst) == {2025: ("10", "120"), 2026: ("10", "120")}

    _says(pharmacist, people[0], "Yes")

    assert _figures(analyst) == with_everybody


def test_the_service_still_sees_what_it_recorded_of_a_person_who_said_no(stage, at_keyboard):
    [client] = stage.people_with_exchanges(1)
    pharmacist = at_keyboard()
    pharmacist.signs_in("pharmacist")

    _says(pharmacist, client, "No")

    assert "10 × Fixed-needle insulin syringe 1 ml" in words(pharmacist.page)
    assert "Your service still sees the record." in words(pharmacist.page)
