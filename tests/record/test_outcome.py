"""First against latest: what became of each item and score, compared only where both were answered."""

from datetime import date, timedelta

import pytest

from ims.record.outcome import outcome_of
from interventions.wellbeing_assessment.outcome import Direction, direction
from tests import makers
from tests.makers import TODAY, a_client, an_assessment
from tests.pages.budget import queries_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff():
    return makers.an_actor()


@pytest.fixture
def client(staff):
    return a_client(staff)


@pytest.mark.parametrize(
    ("first", "latest", "less_is_better", "went"),
    [
        (3, 7, False, "better"), (7, 3, False, "worse"), (5, 5, False, "same"), (0, 0, False, "same"),
        (3, 7, True, "worse"), (7, 3, True, "better"), (0, 1, False, "better"), (1, 0, True, "better"),
        ("Y", "N", True, "better"), ("N", "Y", True, "worse"), ("Y", "Y", True, "same"),
        (None, 7, False, "cannot be compared"), (7, None, False, "cannot be compared"),
        ("declined", 7, False, "cannot be compared"), (0, "declined", True, "cannot be compared"),
        (None, None, False, "cannot be compared"), ("declined", "declined", False, "cannot be compared"),
    ],
)  # fmt: skip
def test_only_two_answers_can_be_compared(first, latest, less_is_better, went):
    assert direction(first, latest, less_is_better=less_is_better) == Direction(went)


def assessed(staff, client, days_ago, stage="review", **answers):
    return an_assessment(
        staff, client, on=TODAY - timedelta(days=days_ago), stage=stage, answers={"ons4": answers}
    )


def rows(client, staff):
    (figures,) = outcome_of(client, staff).figures
    return [[str(cell) for cell in row] for row in figures.table.rows]


def test_the_table_says_what_was_answered_and_how_it_went(client, staff):
    assessed(staff, client, 90, "first", satisfied=0, worthwhile="declined", anxious=8)
    assessed(staff, client, 40, satisfied=9, worthwhile=9, anxious=9)
    assessed(staff, client, 1, satisfied=6, worthwhile=5, anxious=2)

    assert rows(client, staff) == [
        ["Life satisfaction", "0", "6", "better"],
        ["Worthwhile", "declined", "5", "cannot be compared"],
        ["Happiness", "not asked", "not asked", "cannot be compared"],
        ["Anxiety", "8", "2", "better"],
    ]


def test_the_chart_shows_what_can_be_compared_and_no_bar_for_what_was_not_answered(client, staff):
    assessed(staff, client, 90, "first", satisfied=0, worthwhile="declined", anxious=8)
    assessed(staff, client, 1, satisfied=6, worthwhile=5, anxious=2)

    (figures,) = outcome_of(client, staff).figures

    assert [(bar.label, bar.figure) for bar in figures.chart.bars] == [
        ("Life satisfaction, first", "0"), ("Life satisfaction, latest", "6"),
        ("Anxiety, first", "8"), ("Anxiety, latest", "2"),
    ]  # fmt: skip


def test_somebody_who_came_back_is_compared_since_then(client, staff):
    assessed(staff, client, 900, "first", satisfied=1)
    assessed(staff, client, 700, "exit", satisfied=9)
    assessed(staff, client, 90, "first", satisfied=4)
    assert outcome_of(client, staff) is None
    assessed(staff, client, 1, satisfied=3)

    assert rows(client, staff)[0] == ["Life satisfaction", "4", "3", "worse"]


def test_with_one_assessment_there_is_nothing_to_compare(client, staff):
    assert outcome_of(client, staff) is None
    assessed(staff, client, 1, "first", satisfied=4)

    assert outcome_of(client, staff) is None


def test_a_score_is_compared_where_it_could_be_worked_out_both_times(client, staff):
    whole = {f"q{number}": 2 for number in range(1, 4)}
    an_assessment(staff, client, on=date(2026, 1, 5), answers={"audit_c": {**whole, "q1": 4}})
    an_assessment(staff, client, on=date(2026, 6, 1), answers={"audit_c": whole}, stage="review")

    assert rows(client, staff)[-1] == ["Total", "8", "6", "better"]


def test_it_costs_one_query_and_none_where_it_is_not_recorded(client, staff):
    assessed(staff, client, 90, "first", satisfied=3)
    assessed(staff, client, 1, satisfied=6)
    elsewhere = makers.an_actor(provider=makers.a_provider("Stall", modules=["syringe_exchange"]))

    assert len(queries_of(lambda: outcome_of(client, staff))) == 1
    assert queries_of(lambda: outcome_of(client, elsewhere)) == []
