"""The forms of a visit: the day it may have been, and the names of what is saved once."""

from datetime import date
from uuid import UUID

import pytest
import time_machine

from ims.core.keys import new_submission_id
from ims.providers.models import Site
from interventions.brief_intervention.form import BriefInterventionForm
from interventions.syringe_exchange.form import ExchangeForm
from tests.makers import NOW

pytestmark = pytest.mark.django_db
ONCE = UUID("01890000-0000-7000-8000-000000000000")


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False):
        yield


def exchange(backdating_days=400, **typed) -> ExchangeForm:
    data = {"on": "15/6/2026", "item_FOIL": "1", "submission_id": str(ONCE), **typed}
    return ExchangeForm(data, sites=Site.objects.none(), backdating_days=backdating_days)


def brief(**typed) -> BriefInterventionForm:
    data = {"on": "15/6/2026", "submission_id": str(ONCE), **typed}
    return BriefInterventionForm(data, sites=Site.objects.none(), backdating_days=400)


@pytest.mark.parametrize(("on", "is_taken"), [("8/6/2026", True), ("7/6/2026", False)])
def test_a_service_records_back_to_its_own_limit(on, is_taken):
    assert exchange(backdating_days=7, on=on).is_valid() is is_taken


def test_a_service_without_sites_is_not_asked_for_one():
    assert "site" not in exchange().fields


def test_types_of_one_visit_are_lines_with_names_that_are_the_same_when_sent_again():
    first, second = brief(types=["ADVICE", "WOUND"]), brief(types=["WOUND", "ADVICE"])
    assert first.is_valid() and second.is_valid()

    names = {line.type: line.submission_id for line in first.lines(None)}

    assert names == {line.type: line.submission_id for line in second.lines(None)}
    assert len(set(names.values())) == 2
    assert ONCE not in names.values()


def test_another_submission_gives_other_names():
    first, second = brief(types=["ADVICE"]), brief(types=["ADVICE"], submission_id=str(new_submission_id()))
    assert first.is_valid() and second.is_valid()

    assert first.lines(None)[0].submission_id != second.lines(None)[0].submission_id


def test_the_line_of_an_exchange_says_what_was_typed():
    form = exchange(on="1/6/26", item_SYR_FIXED_1="1,000", drug="HEROIN", place="GYM", note=" Talked ")
    assert form.is_valid(), form.errors

    line = form.lines(None)[0]

    assert (line.on, line.items) == (date(2026, 6, 1), {"SYR_FIXED_1": 1000, "FOIL": 1})
    assert (line.drug, line.place, line.note, line.returned, line.submission_id) == (
        "HEROIN",
        "GYM",
        "Talked",
        None,
        ONCE,
    )


def test_more_than_is_usual_is_asked_about_once_a_number(settings):
    settings.QUANTITY_TO_CONFIRM = 50
    asked = exchange(item_FOIL="51", returned="60")
    assert set(asked.errors) == {"item_FOIL", "returned"}

    sure = asked.data["sure"]

    assert exchange(item_FOIL="51", returned="60", sure=sure).is_valid()
    assert not exchange(item_FOIL="52", returned="60", sure=sure).is_valid()
    assert exchange(item_FOIL="50", returned="5", sure=sure).is_valid()
