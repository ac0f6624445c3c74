"""First against latest: what became of each item and score, compared only where both were answered."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from ims.codelists.instruments import in_force, instrument
from ims.record.outcome import charts_of, outcome_of
from interventions.wellbeing_assessment.outcome import Comparison, Direction, direction
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

    (chart,) = figures.charts
    assert [(pair.label, pair.first.figure, pair.latest.figure) for pair in chart.pairs] == [
        ("Life satisfaction", "0", "6"), ("Anxiety (less is better)", "8", "2"),
    ]  # fmt: skip
    assert chart.description == (
        "From 0 to 10. Life satisfaction: first 0, latest 6; Anxiety (less is better): first 8, latest 2"
    )


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


def figures_of(client, staff, key, *, first, latest):
    """What is shown of one instrument whose every item was answered so at first and at last."""
    for answers, stage, on in ((first, "first", date(2026, 1, 5)), (latest, "review", date(2026, 6, 1))):
        an_assessment(staff, client, on=on, stage=stage, answers={key: answers})
    (figures,) = outcome_of(client, staff).figures
    return figures


def every(key, place):
    """An answer to each item: the first, second … that it takes; yes to what is no number."""
    one = instrument(key, TODAY)
    return {item.key: "Y" if item.yes_no else item.numbers[place] for item in one.items}


@pytest.mark.parametrize(
    ("key", "measure", "scale", "numbers"),
    [
        ("audit", "Total (less is better)", "From 0 to 40", ("0", "12")),
        ("audit_c", "Total (less is better)", "From 0 to 12", ("0", "3")),
        ("swemwbs", "Metric score", "From 7 to 35", ("7.00", "15.32")),
    ],
)
def test_where_a_score_is_what_is_read_the_chart_is_of_the_score_alone(
    client, staff, key, measure, scale, numbers
):
    figures = figures_of(client, staff, key, first=every(key, 0), latest=every(key, 1))

    (chart,) = figures.charts
    (pair,) = chart.pairs
    assert (pair.label, chart.caption) == (measure, scale)
    assert (pair.first.figure, pair.latest.figure) == numbers
    labels = [item.label for item in instrument(key, TODAY).items]
    assert [row[0] for row in figures.table.rows][: len(labels)] == labels  # the table stays whole


@pytest.mark.parametrize("key", ["audit", "audit_c", "swemwbs"])
def test_a_score_that_could_not_be_worked_out_both_times_has_a_table_and_no_chart(client, staff, key):
    figures = figures_of(client, staff, key, first=every(key, 1), latest={**every(key, 1), "q2": "declined"})

    assert figures.charts == []
    assert str(figures.table.rows[1][2]) == "declined"


@pytest.mark.parametrize("key", [one.key for one in in_force(TODAY)])
def test_no_chart_mixes_items_with_totals_or_scales_of_different_range(client, staff, key):
    one = instrument(key, TODAY)
    ranges = {item.label: (item.minimum, item.maximum) for item in one.items}

    figures = figures_of(client, staff, key, first=every(key, 0), latest=every(key, 1))

    assert figures.charts
    for chart in figures.charts:
        labels = [pair.label.removesuffix(" (less is better)") for pair in chart.pairs]
        assert len({ranges.get(label, label) for label in labels}) == 1, labels


def compared(label, least, most, first, latest):
    return Comparison(
        instrument("ons4", TODAY), label, first, latest, least, most, less_is_better=False, is_read=True
    )


def test_items_of_different_range_have_a_chart_each():
    charts = charts_of(
        [compared("Days", 0, 28, 4, 2), compared("Health", 0, 20, 4, 10), compared("Work", 0, 28, 0, 28)]
    )

    assert [(chart.caption, [pair.label for pair in chart.pairs]) for chart in charts] == [
        ("From 0 to 28", ["Days", "Work"]), ("From 0 to 20", ["Health"]),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("least", "most", "number", "part"),
    [(0, 20, 0, 0), (0, 20, 5, 0.25), (0, 20, 20, 1), (1, 5, 3, 0.5), (7, 35, Decimal("7.00"), 0)],
)
def test_a_bar_is_as_long_as_the_way_along_its_scale(least, most, number, part):
    (chart,) = charts_of([compared("Health", least, most, number, most)])

    (pair,) = chart.pairs
    assert pair.first.length == f"{62 * part:.2f}%"
    assert pair.latest.length == "62.00%" and chart.scale == "62%"


def test_it_costs_one_query_and_none_where_it_is_not_recorded(client, staff):
    assessed(staff, client, 90, "first", satisfied=3)
    assessed(staff, client, 1, satisfied=6)
    elsewhere = makers.an_actor(provider=makers.a_provider("Stall", modules=["syringe_exchange"]))

    assert len(queries_of(lambda: outcome_of(client, staff))) == 1
    assert queries_of(lambda: outcome_of(client, elsewhere)) == []
