"""What an assessment may say is judged in one place: the form asks it, and the actions refuse by it whoever calls them."""

from datetime import date

import pytest
import time_machine

from ims.audit.acting import acting
from ims.audit.models import Event
from ims.codelists import lists
from ims.codelists.instruments import in_force
from ims.core.keys import new_submission_id
from ims.providers.models import Site
from interventions.models import WellbeingAssessment
from interventions.wellbeing_assessment.action import change_assessment, record_assessments
from interventions.wellbeing_assessment.answers import Fault, NotAnAnswer, faults
from interventions.wellbeing_assessment.form import WellbeingForm
from tests import makers
from tests.makers import NOW, TODAY, a_client, an_assessment, assessment_line

pytestmark = pytest.mark.django_db
NOT_TAKEN = [
    ("ons4", "satisfied", -1), ("ons4", "satisfied", 11), ("ons4", "satisfied", 7.0), ("ons4", "satisfied", "7"),
    ("ons4", "satisfied", None), ("ons4", "happy", None), ("ons4", "satisfied", ""), ("ons4", "satisfied", True), ("ons4", "satisfied", "Y"),
    ("ons4", "satisfied", "D"), ("ons4", "satisfied", "Declined"), ("ons4", "content", 7), ("ons5", "satisfied", 7),
    ("swemwbs", "q1", 0), ("swemwbs", "q1", 6), ("audit", "q9", 1), ("audit", "q9", 3), ("audit_c", "q4", 2),
    ("top_days", "alcuse", 29), ("top_days", "alcuse", "N"), ("top_days", "sharing", 0),
    ("top_days", "sharing", 1), ("top_days", "sharing", "yes"), ("top_days", "sharing", False),
]  # fmt: skip
each_not_taken = pytest.mark.parametrize(("key", "item", "answer"), NOT_TAKEN)


@pytest.fixture
def staff():
    return makers.an_actor()


@pytest.fixture
def client(staff):
    return a_client(staff)


def put_right(held, staff, **said):
    line = assessment_line(held.client, **{"on": held.on, **said})
    return change_assessment(contact=held, line=line, expected_version=held.version, at=NOW, by=staff)


@each_not_taken
def test_an_answer_that_its_instrument_does_not_take_is_not_recorded(staff, client, key, item, answer):
    good, bad = assessment_line(client), assessment_line(client, answers={key: {item: answer}})
    events = Event.objects.count()

    with pytest.raises(NotAnAnswer):
        record_assessments(lines=[good, bad], at=NOW, by=staff)

    assert not WellbeingAssessment.objects.exists()
    assert Event.objects.count() == events


@each_not_taken
def test_nor_is_a_record_changed_to_it(staff, client, key, item, answer):
    held = an_assessment(staff, client, answers={"ons4": {"satisfied": 3}})

    with pytest.raises(NotAnAnswer):
        put_right(held, staff, answers={key: {item: answer}})

    held.refresh_from_db()
    assert (held.answers, held.version) == ({"ons4": {"satisfied": 3}}, 1)


def test_nought_declined_and_not_asked_are_kept_as_three_things(staff, client):
    answers = {"ons4": {"satisfied": 0, "anxious": "declined"}, "top_days": {"sharing": "N"}, "audit": {}}

    held = an_assessment(staff, client, answers=answers)

    held.refresh_from_db()
    assert held.answers == {"ons4": {"satisfied": 0, "anxious": "declined"}, "top_days": {"sharing": "N"}}


@pytest.mark.parametrize("name", ["accommodation", "employment"])
@pytest.mark.parametrize("not_asked", [True, False])
def test_a_code_that_the_form_does_not_offer_is_not_recorded(staff, client, name, not_asked):
    code = {"accommodation": "NK", "employment": "6"}[name] if not_asked else "PALACE"

    with pytest.raises(NotAnAnswer) as refused:
        an_assessment(staff, client, **{name: code})

    words = "Leave it empty if not asked." if not_asked else f"This is not on the list of {name}."
    assert refused.value.faults == [Fault(name, words)]


def test_a_stage_that_there_is_not_is_refused_by_name(staff, client):
    with pytest.raises(NotAnAnswer) as refused:
        an_assessment(staff, client, stage="second")

    assert refused.value.faults == [Fault("stage", "Choose first, review or exit.")]


def test_everything_that_is_wrong_is_said_at_once_with_how_to_mend_it(staff, client):
    answers = {
        "ons4": {"happy": 11, "calm": 3},
        "audit": {"q9": 1},
        "top_days": {"sharing": 1},
        "mood": {"q1": 1},
    }

    with pytest.raises(NotAnAnswer) as refused:
        an_assessment(staff, client, answers=answers, employment="KING")

    declined = "D if the person declined, or leave it empty if not asked."
    assert refused.value.faults == [
        Fault("employment", "This is not on the list of employment."),
        Fault("ons4__happy", f"Enter a number from 0 to 10, {declined}"),
        Fault("ons4__calm", "Personal well-being (ONS4) has no such question."),
        Fault("audit__q9", f"Enter 0, 2 or 4, {declined}"),
        Fault("top_days__sharing", f"Enter Y, N, {declined}"),
        Fault("mood__q1", "There is no such instrument."),
    ]  # fmt: skip


def test_a_refusal_that_reaches_a_log_tells_nothing_of_the_person(staff, client):
    with pytest.raises(NotAnAnswer) as refused:
        an_assessment(staff, client, answers={"ons4": {"happy": 99}}, accommodation="PALACE")

    assert str(refused.value) == "2 not taken"


def as_it_was_once(held, staff, **columns):
    """A record from a time when a list or an instrument took more."""
    with acting(by=staff, at=NOW) as act:
        WellbeingAssessment.objects.filter(pk=held.pk).update(**columns)
        act.record("wellbeing.changed", held)
    held.refresh_from_db()
    return held


def test_what_a_record_says_stays_when_another_thing_is_put_right(staff, client):
    once = {"accommodation": "CAVE", "employment": "6", "answers": {"ons4": {"happy": 12, "calm": 3}}}
    held = as_it_was_once(an_assessment(staff, client), staff, **once)

    held = put_right(held, staff, **once, note="Asked twice")

    assert held.note == "Asked twice"
    with pytest.raises(NotAnAnswer):
        put_right(held, staff, **{**once, "answers": {"ons4": {"happy": 13}}})
    with pytest.raises(NotAnAnswer):
        put_right(held, staff, **{**once, "accommodation": "TENT"})


def test_an_answer_does_not_move_to_a_day_on_which_its_instrument_was_not_in_use(staff, client):
    held = an_assessment(staff, client, answers={"swemwbs": {"q1": 3}})

    with pytest.raises(NotAnAnswer) as refused:
        put_right(held, staff, on=date(2009, 2, 18), answers=held.answers)

    title = "Mental well-being, short scale (SWEMWBS)"
    assert refused.value.faults == [Fault("swemwbs__q1", f"{title} was not in use on 18/02/2009.")]


def form(*, instruments, **typed) -> WellbeingForm:
    data = {"on": f"{TODAY:%d/%m/%Y}", "stage": "first", "submission_id": str(new_submission_id()), **typed}
    return WellbeingForm(data, instruments=instruments, sites=Site.objects.none(), backdating_days=10_000)


@pytest.mark.parametrize("key", [one.key for one in in_force(TODAY)])
def test_the_form_and_the_action_take_the_same_of_every_question(client, key):
    (one,) = [one for one in in_force(TODAY) if one.key == key]
    typed = [*range(-1, 30), "declined", "Y", "N", "X"]
    with time_machine.travel(NOW, tick=False):
        for answer in typed:
            boxes = {f"{key}__{item.key}": str(answer) for item in one.items}
            line = assessment_line(client, answers={key: {item.key: answer for item in one.items}})

            refused = {fault.name for fault in faults(line, today=TODAY)}

            assert set(form(instruments=[key], **boxes).errors) == refused, answer


@pytest.mark.parametrize("name", ["accommodation", "employment"])
def test_the_form_and_the_action_take_the_same_codes(client, name):
    with time_machine.travel(NOW, tick=False):
        for code in [*dict(lists.choices(name, TODAY)), "PALACE"]:
            line = assessment_line(client, **{name: code})

            refused = {fault.name for fault in faults(line, today=TODAY)}

            assert set(form(instruments=["ons4"], **{name: code}).errors) == refused, code


def test_the_form_judges_by_the_day_that_is_typed(client):
    with time_machine.travel(NOW, tick=False):
        typed = form(instruments=["swemwbs"], on="18/2/2009", swemwbs__q1="3")

        assert typed.errors == {
            "swemwbs__q1": ["Mental well-being, short scale (SWEMWBS) was not in use on 18/02/2009."]
        }
