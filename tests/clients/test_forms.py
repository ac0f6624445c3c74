"""The forms about a client turn what was typed into values; they save nothing."""

import pytest
import time_machine
from django.http import QueryDict

from clients.forms import CorrectForm, FindForm, RegisterForm
from clients.models import Client
from clients.uploading.people import namer
from ims.codelists import lists
from ims.codelists.models import Code
from ims.core.keys import new_submission_id
from tests.makers import EVERYTHING, NOW

pytestmark = pytest.mark.django_db
TYPED = {"first_initial": "a", "last_initial": "b", "date_of_birth": "5/5/85", "sex": "M", "consent": "yes",
         "consent_how": "spoken"}  # fmt: skip


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False):
        yield


def registering(modules=EVERYTHING, **typed) -> RegisterForm:
    data = QueryDict(mutable=True)
    data.update({**TYPED, "submission_id": str(new_submission_id()), **typed})
    return RegisterForm(data, modules=frozenset(modules))


def test_what_was_typed_becomes_an_attributor_details_and_a_decision():
    form = registering(postcode="l19db", consent="no", consent_how="written", route="1")

    assert form.is_valid()
    assert form.attributor().text() == "AB05051985M"
    assert (form.details().postcode, form.details().route) == ("L1 9DB", "1")
    assert (form.decision().given, form.decision().how) == (False, "written")


def test_a_service_that_does_not_record_substances_is_not_asked_about_them():
    form = registering(modules=["syringe_exchange"], main_substance="HEROIN")

    assert form.is_valid()
    assert form.details().main_substance == ""
    assert not {"main_substance", "route", "injecting_status"} & set(form.fields)


def test_correcting_keeps_what_a_module_that_is_off_recorded_once():
    held = Client(main_substance="HEROIN", route="1", postcode="L1 9DB")
    data = {**TYPED, "submission_id": new_submission_id(), "expected_version": "1", "postcode": ""}

    form = CorrectForm(data, modules=frozenset(), held=held)

    assert form.is_valid(), form.errors
    details = form.details(held)
    assert (details.main_substance, details.route, details.postcode) == ("HEROIN", "1", "")


def test_a_code_that_left_its_list_can_be_kept_and_not_chosen_anew():
    Code.objects.filter(list_id="substance", code="CRACK").update(valid_to="2026-06-14")
    lists.forget()

    assert not registering(main_substance="CRACK").is_valid()
    form = CorrectForm(modules=frozenset(EVERYTHING), held=Client(main_substance="CRACK"))
    assert dict(form.fields["main_substance"].choices)["CRACK"] == "Crack cocaine (no longer in use)"


def test_a_page_does_not_name_its_submission_as_a_file_does():
    """The names that a file gives can be worked out, so that the answer would tell of another service's client."""
    named = str(namer("1 client")(b"AB05051985M 7Q4"))

    assert "submission_id" in registering(submission_id=named).errors


def test_being_sure_is_being_sure_of_one_person():
    form = registering()
    form.is_valid()
    seen = form.with_sure().data["sure"]

    def is_sure(**typed):
        form = registering(sure=seen, **typed)
        return form.is_valid() and form.is_sure()

    assert is_sure()
    assert not is_sure(last_initial="c")
    assert not is_sure(date_of_birth="6/5/85")
    assert not is_sure(sex="F")


@pytest.mark.parametrize("answer", ["", "maybe"])
def test_consent_is_yes_or_no(answer):
    form = registering(consent=answer)

    assert not form.is_valid()
    assert list(form.errors) == ["consent"]


def test_an_empty_search_is_told_what_can_be_typed():
    form = FindForm({"wanted": "  "})

    assert form.errors["wanted"] == ["Enter something to find the client by, for example ab050585m."]
