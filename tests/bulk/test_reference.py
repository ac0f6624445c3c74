"""The public pages of the layouts: what they say is what a file may say, and their templates can be sent."""

from dataclasses import replace
from datetime import timedelta

import pytest

from ims.accounts.roles import Role
from ims.bulk.layout import Column, layouts
from ims.bulk.reference import template_rows
from ims.codelists import lists
from ims.codelists.instruments import every_item, latest_versions
from ims.core.csvio import write_rows
from ims.providers.actions import set_recording_rules
from interventions.models import WellbeingAssessment
from tests import makers
from tests.bulk.sending import faults, outcomes, record, send
from tests.makers import NOW, TODAY
from tests.stories.visitor import Visitor, at_work

LAYOUTS = layouts()


@pytest.fixture
def stranger():
    return Visitor()


def template_of(visitor, key: str) -> list[list[str]]:
    return visitor.opens(f"/reference/layouts/{key}.csv").rows()


@pytest.mark.django_db
@pytest.mark.parametrize("years", [0, 4])
@pytest.mark.parametrize("key", LAYOUTS)
def test_the_example_of_every_template_is_a_row_that_is_taken_now_and_years_from_now(key, years, clock):
    at = NOW + timedelta(days=365 * years)
    clock.move_to(at)
    manager = makers.an_actor(Role.PROVIDER_MANAGER)
    if key not in ("clients", "contacts"):
        makers.a_client(manager, "AB05051985M")

    template = "".join(write_rows(template_rows(LAYOUTS[key].columns(manager))))
    upload = send(manager, template, key, at=at)

    assert (upload.refusal, faults(upload)) == ("", [])
    assert outcomes(upload) == "n"
    assert upload.groups == []


@pytest.mark.django_db
def test_every_question_of_an_assessment_has_an_example_that_is_taken_where_it_is_asked():
    provider = makers.a_provider()
    every = tuple(one.key for one in latest_versions())
    manager = replace(makers.the_manager(provider), instruments=every)
    client = makers.a_client(manager, "AB05051985M")
    headings, example = template_rows(LAYOUTS["wellbeing_assessment"].columns(manager))
    questions = {f"{one.key}_{item.key}" for one, item in every_item()}

    assert [
        name for name, said in zip(headings, example, strict=True) if name in questions and not said
    ] == []
    settings = {"backdating_days": 400, "review_weeks": 12, "instruments": every}
    set_recording_rules(provider=provider, **settings, expected_version=provider.version, at=NOW, by=manager)
    record(manager, "".join(write_rows([headings, example])), "wellbeing_assessment")

    answers = WellbeingAssessment.objects.visible_to(manager).get(client=client).answers
    assert (answers["ons4"]["anxious"], answers["top_days"]["sharing"]) == (4, "N")
    assert answers["top_days"]["drgsell"] == "declined"


@pytest.mark.django_db
def test_a_template_answers_no_question_that_the_service_does_not_ask():
    manager = makers.an_actor(Role.PROVIDER_MANAGER)

    columns = {column.name: column for column in LAYOUTS["wellbeing_assessment"].columns(manager)}

    assert columns["ons4_happy"].example == "6"
    assert columns["audit_q1"].example == ""


@pytest.mark.parametrize("key", LAYOUTS)
def test_every_code_list_that_a_column_names_is_there(world, key):
    for column in LAYOUTS[key].columns():
        if column.list_key:
            assert lists.choices(column.list_key, TODAY), column.name


def test_a_stranger_finds_every_layout_from_the_reference(world, stranger):
    page = stranger.opens("/reference/")
    addresses = [link.attrs["href"] for link in page.document.all("a")]

    for key, layout in LAYOUTS.items():
        assert f"/reference/layouts/{key}/" in addresses
        assert f"Layout of a file: {layout.title}" in stranger.opens(f"/reference/layouts/{key}/").words


@pytest.mark.parametrize("key", LAYOUTS)
def test_every_column_is_explained_with_its_format_and_what_it_may_say(world, stranger, key):
    page = stranger.opens(f"/reference/layouts/{key}/")

    shown = {row[0]: row[1:] for row in page.tables["Columns that are read"][1:]}
    read = [column for column in LAYOUTS[key].columns() if not column.derived]
    assert list(shown) == [column.name for column in read]
    for column in read:
        title, required, words, example, may = shown[column.name]
        assert (title, required, words) == (column.title, "Yes" if column.required else "No", column.format)
        assert example == (column.example or "Empty")
        assert may == (
            f"Codes of {column.list_key}"
            if column.list_key
            else ", ".join(column.words) or "As the format says"
        )


def test_a_column_that_is_not_read_is_said_to_be(world, stranger):
    page = stranger.opens("/reference/layouts/syringe_exchange/")

    left = [row[0] for row in page.tables["Columns of the Local Extract that are not read"][1:]]
    assert {"authority", "consent", "needles"} <= set(left)
    assert "authority" not in template_of(stranger, "syringe_exchange")[0]


def test_a_template_has_the_headings_and_one_row(world, stranger):
    page = stranger.opens("/reference/layouts/clients.csv")

    headings, example = page.rows()
    assert headings[:4] == ["ims_id", "first_initial", "last_initial", "date_of_birth"]
    assert dict(zip(headings, example, strict=True))["date_of_birth"] == "05/05/1985"
    assert page.response.headers["Content-Disposition"] == 'attachment; filename="ims-template-clients.csv"'


def test_somebody_of_a_service_has_the_columns_that_it_has_switched_on(world, stranger):
    service = makers.a_provider("Quayside Outreach", modules=["brief_intervention"])
    manager = at_work(world, makers.the_manager(service))

    headings, example = template_of(manager, "contacts")

    row = dict(zip(headings, example, strict=True))
    assert "main_substance" not in headings
    assert "items" not in headings
    assert (row["kind"], row["type"]) == ("brief intervention", "ADVICE")
    page = manager.opens("/reference/layouts/contacts/")
    assert "The columns are those that Quayside Outreach has switched on." in page.words
    assert "main_substance" in template_of(stranger, "contacts")[0]


def test_a_spreadsheet_takes_no_cell_of_a_template_for_a_formula(world, stranger, monkeypatch):
    column = Column("own_reference", "Own reference", example="=1+1")
    monkeypatch.setattr(type(LAYOUTS["clients"]), "columns", lambda layout, actor=None: [column])

    assert stranger.opens("/reference/layouts/clients.csv").body == "own_reference\r\n'=1+1\r\n"


def test_a_layout_that_nobody_registered_is_not_there(world, stranger):
    for address in ("/reference/layouts/weather/", "/reference/layouts/weather.csv"):
        assert stranger.opens(address).status == 404
