"""The form of a supply of naloxone."""

from uuid import UUID

import pytest
import time_machine

from ims.providers.models import Site
from interventions.naloxone.form import NaloxoneForm, held
from tests import makers
from tests.makers import NOW

pytestmark = pytest.mark.django_db
ONCE = UUID("01890000-0000-7000-8000-000000000000")


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False):
        yield


def supply(record=None, **typed) -> NaloxoneForm:
    data = {"on": "15/6/2026", "supply": "first", "kit_NASAL": "1", "submission_id": str(ONCE), **typed}
    return NaloxoneForm(data, held=record, sites=Site.objects.none(), backdating_days=400)


def test_the_line_says_what_was_typed():
    form = supply(supply="again", kit_NASAL="2", kit_INJECTABLE="1", reason="LOST", training="Y", used="N")
    assert form.is_valid(), form.errors

    (line,) = form.lines(None)

    assert line.kits == {"NASAL": 2, "INJECTABLE": 1}
    assert (line.supply, line.reason, line.training, line.used) == ("again", "LOST", "Y", "N")
    assert line.submission_id == ONCE


def test_an_empty_box_and_nought_are_no_kit():
    form = supply(kit_INJECTABLE="0")
    assert form.is_valid()

    assert form.lines(None)[0].kits == {"NASAL": 1}


@pytest.mark.parametrize("typed", [{"kit_NASAL": ""}, {"kit_NASAL": "0"}])
def test_without_a_kit_there_is_no_supply(typed):
    assert supply(**typed).errors == {"__all__": ["Enter how many kits were given, at least one."]}


def test_whether_it_is_the_first_has_to_be_said():
    assert supply(supply="").errors == {"supply": ["Choose first supply or resupply."]}


@pytest.mark.parametrize(
    ("typed", "because"),
    [({"reason": "LOST"}, "Choose resupply"), ({"used": "Y"}, "Choose resupply")],
)
def test_a_first_supply_replaces_nothing(typed, because):
    form = supply(**typed)

    assert list(form.errors) == list(typed)
    assert because in str(form.errors)
    assert supply(**typed, supply="again").is_valid()


def test_a_resupply_need_not_say_why():
    assert supply(supply="again").is_valid()


def test_many_kits_are_asked_about_once_a_number():
    assert supply(kit_NASAL="20").is_valid()
    asked = supply(kit_NASAL="21")
    assert asked.errors == {"kit_NASAL": ["21 is more than 20. If it is right, save again; if not, mend it."]}

    assert supply(kit_NASAL="21", sure=asked.data["sure"]).is_valid()
    assert not supply(kit_NASAL="22", sure=asked.data["sure"]).is_valid()


def test_a_kit_that_has_left_the_list_can_still_be_put_right():
    staff = makers.an_actor()
    held_before = makers.a_naloxone_supply(staff, makers.a_client(staff), kits={"OLD_KIT": 3})

    form = supply(held(held_before), kit_NASAL="", kit_OLD_KIT="2", expected_version="1")

    assert form.is_valid(), form.errors
    assert form.lines(None)[0].kits == {"OLD_KIT": 2}
