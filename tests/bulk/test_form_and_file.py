"""The page and the file refuse the same values with the same words: one set of field rules serves both."""

import re

import pytest

from clients.forms import RegisterForm
from ims.bulk.layout import Row, layout_of
from ims.bulk.mapping import mapped
from ims.bulk.passing import passed
from ims.bulk.reader import NOBODY
from ims.providers.models import Site
from ims.record.kinds import kind_at
from interventions.forms import AsksAboutAbsurd
from interventions.uploading.reading import QUESTION
from tests import makers
from tests.makers import TODAY

pytestmark = pytest.mark.django_db
HOSTILE = [
    "", "0", "-1", "1e3", "10.5", "2,000", "20,00", "999999999999", "100001", "2500", "NaN", "½", "٣", "TRUE", "null",
    "'; DROP TABLE clients_client --", "<script>alert(1)</script>", "1+1", "a\x00b", "é" * 501, "A" * 41, "🙂", "ＡＢ",
    "31/02/2026", "01/01/1800", "01/01/2100", "32/13/2026", "15/05/85", "2026-06-01", "1/6", "HEROIN", "heroin", "ZZ99 3VZ",
    "CH41 3RBX", "ch413rb", "yes", "maybe",
]  # fmt: skip
PERSON = {
    "first_initial": "A", "last_initial": "B", "date_of_birth": "05/05/1985", "sex": "M", "consent": "yes",
    "consent_how": "spoken", "postcode": "", "ethnicity": "", "nationality": "", "own_reference": "",
    "main_substance": "", "route": "", "injecting_status": "",
}  # fmt: skip
EXCHANGE = {"on": "01/06/2026", "returned": "1", "others": "", "drug": "", "place": "", "note": ""}
NAMED = {"attributor": "AB05051985M"}
BRIEF = {"on": "01/06/2026", "setting": "", "minutes": "", "note": ""}


def of_form(form) -> set[tuple[str, str]]:
    """What a page asks about a number, a file marks, with advice of its own and without the number."""
    found = [(name, str(words)) for name, said in form.errors.items() for words in said]
    asked = re.escape(AsksAboutAbsurd.question).replace(r"\{quantity:,\}", "[0-9,]+")
    asked = asked.replace(r"\{largest:,\}", "([0-9,]+)")
    return {(name, re.sub(asked, QUESTION.replace("{largest:,}", r"\1"), words)) for name, words in found}


def of_file(manager, layout: str, cells: dict[str, str]) -> tuple[set, set]:
    """Faults and marks of one row, by column and words."""
    layout = layout_of(layout, manager)
    how = mapped(list(cells), layout.columns(manager), None)
    intake = layout.intake(actor=manager, today=TODAY, how=how)
    row: Row
    ((row,),) = passed([(2, list(cells.values()))], how, len(cells), intake)
    faults = {(said.column or "__all__", said.words) for said in row.faults}
    return faults, {(said.column, said.words) for said in row.marks}


@pytest.mark.parametrize("column", PERSON)
def test_a_person(manager, column):
    for value in HOSTILE:
        typed = {**PERSON, column: value}
        refused = of_form(RegisterForm({**typed, "submission_id": NOBODY}, modules=manager.modules))
        if (column, value) == ("consent_how", ""):
            refused = set()  # what a page asks with a radio already chosen, a file may leave out

        faults, _ = of_file(manager, "clients", typed)

        assert faults == refused, value


@pytest.mark.parametrize("column", EXCHANGE)
def test_an_exchange(manager, column):
    makers.a_client(manager, "AB05051985M")
    for value in HOSTILE:
        typed = {**EXCHANGE, column: value}
        refused = of_form(_form(manager, "exchanges", {**typed, "item_SYR_FIXED_1": "10"}))

        faults, marks = of_file(manager, "syringe_exchange", {**NAMED, **typed, "items": "SYR_FIXED_1=10"})

        assert faults | marks == refused, value


@pytest.mark.parametrize("column", BRIEF)
def test_a_brief_intervention(manager, column):
    makers.a_client(manager, "AB05051985M")
    for value in HOSTILE:
        typed = {**BRIEF, column: value}
        refused = of_form(_form(manager, "brief-interventions", {**typed, "types": ["ADVICE"]}))

        faults, marks = of_file(manager, "brief_intervention", {**NAMED, **typed, "type": "ADVICE"})

        assert faults | marks == refused, value


def test_a_quantity(manager):
    makers.a_client(manager, "AB05051985M")
    typed = {**EXCHANGE, "returned": ""}
    for value in [one for one in HOSTILE if not set(one) & set("=;")]:
        form = _form(manager, "exchanges", {**typed, "item_SYR_FIXED_1": value or "1"})
        refused = {("items" if name.startswith("item_") else name, words) for name, words in of_form(form)}

        faults, marks = of_file(
            manager, "syringe_exchange", {**NAMED, **typed, "items": f"SYR_FIXED_1={value}"}
        )

        assert faults | marks == refused, value


def test_an_item_twice_with_a_number_of_thousands_of_digits(manager):
    makers.a_client(manager, "AB05051985M")
    items = f"SYR_FIXED_1={'9' * 5000};SYR_FIXED_1=1"

    faults, _ = of_file(manager, "syringe_exchange", {**NAMED, "on": "01/06/2026", "items": items})

    assert faults == {("items", "Enter a whole number, 0 or more.")}


def test_the_values_are_hostile(manager):
    """Most are refused somewhere: a list that nothing refuses would prove nothing."""
    refused = {
        value for value in HOSTILE if of_file(manager, "clients", {**PERSON, "date_of_birth": value})[0]
    }

    assert len(refused) > len(HOSTILE) / 2


def _form(manager, slug, typed):
    kind = kind_at(slug)
    form = kind.form(
        {**typed, "submission_id": NOBODY}, sites=Site.objects.none(),
        backdating_days=manager.backdating_days, **kind.options(manager, None),
    )  # fmt: skip
    form.is_valid()
    return form
