"""From counted rows to tables: nought where nobody came, no figure where nobody asked, and nothing that gives one away."""

import pytest

from ims.core.figures.additive import DoesNotAddUp
from ims.core.figures.shown import Standing
from reporting import year as report
from reporting.tables import tables
from reporting.year import ALL, Cohort, Measure, Year, protected

AREAS = {"A": "Ashton", "B": "Bury"}
P = Cohort.PSYCHOACTIVE


def row(level, area=None, cohort=None, provider_id=None, *, people=20, returned=50, **counts) -> dict:
    same = {
        "individuals": people,
        "visits": people,
        "needles": 100,
        "barrels": 100,
        "sets": 100,
        "in_both": 0,
    }
    return {
        "level": level,
        "area": area,
        "cohort": cohort,
        "provider_id": provider_id,
        "returned": returned,
        **same,
        **counts,
    }


def counted(**details) -> list[dict]:
    """Twenty people of one area, one cohort and one provider."""
    return [
        row(report.AREA_AND_COHORT, "A", P, **details),
        row(report.AREA, "A", **details),
        row(report.COHORT, cohort=P, **details),
        row(report.PROVIDER, provider_id=7, **details),
        row(report.TOTAL, **details),
    ]


def shown(rows) -> dict:
    return protected(rows, AREAS)


def test_where_nobody_came_there_is_a_nought_and_where_nobody_asked_there_is_none():
    figures = shown(counted(returned=None))

    assert str(figures["B", ALL, Measure.INDIVIDUALS]) == "0"
    assert str(figures["B", ALL, Measure.NEEDLES]) == "0"
    assert figures["A", P, Measure.RETURNED].standing is Standing.NOT_RECORDED
    assert figures["B", P, Measure.RETURNED].standing is Standing.NOT_RECORDED


def test_a_year_in_which_nobody_came_is_all_noughts():
    figures = shown([])

    assert {str(figure) for key, figure in figures.items() if key[2] is not Measure.RETURNED} == {"0"}


@pytest.mark.parametrize("people", range(1, 8))
def test_a_few_people_are_hidden_with_all_that_rests_on_them(people):
    figures = shown(counted(people=people))

    assert all(figures["A", P, measure].is_suppressed for measure in Measure)
    assert all(figures[ALL, ALL, measure].is_suppressed for measure in Measure)
    assert figures[7, ALL, Measure.NEEDLES].is_suppressed


def test_eight_are_shown_rounded():
    assert str(shown(counted(people=8))["A", P, Measure.INDIVIDUALS]) == "10"


def test_the_overlap_is_hidden_by_the_same_rule():
    figures = shown(counted(in_both=3))

    assert figures[ALL, report.BOTH, Measure.INDIVIDUALS].is_suppressed
    assert figures[ALL, report.FIRST_ONLY, Measure.INDIVIDUALS].is_suppressed


def test_rows_that_contradict_each_other_are_a_fault_and_not_a_figure():
    wrong = counted()
    wrong[-1]["needles"] = 101

    with pytest.raises(DoesNotAddUp):
        shown(wrong)


def a_year() -> Year:
    both = [*counted(), row(report.AREA_AND_COHORT, "B", P), row(report.AREA, "B")]
    both[2:5] = [
        row(report.COHORT, cohort=P, people=40, needles=200, barrels=200, sets=200, returned=100),
        row(report.PROVIDER, provider_id=7, people=40, needles=200, barrels=200, sets=200, returned=100),
        row(report.TOTAL, people=40, needles=200, barrels=200, sets=200, returned=100),
    ]
    return Year(since=None, areas=AREAS, providers={7: "Quay"}, provider_areas={7: "B"}, shown=shown(both))


def test_the_central_team_sees_every_row_and_a_total():
    individuals, *_, by_provider = tables(a_year())

    assert [row[0] for row in individuals.rows] == ["Ashton", "Bury", "All areas"]
    assert [str(figure) for figure in individuals.rows[-1][1:]] == ["40", "0", "0", "0", "40"]
    assert [row[0] for row in by_provider.rows] == ["Quay", "All providers"]


def test_a_commissioner_sees_rows_of_the_same_table_and_none_of_its_totals():
    whole, mine = tables(a_year()), tables(a_year(), only={"A"})

    for everything, part in zip(whole, mine, strict=True):
        assert all(row in everything.rows for row in part.rows)
    assert [row[0] for row in mine[0].rows] == ["Ashton"]
    assert mine[-1].rows == []


def test_each_measure_has_its_table_and_none_is_a_sum_of_others():
    captions = [table.caption for table in tables(a_year())]

    assert len(captions) == len(Measure) + 1
    assert [caption.split(" by ")[0] for caption in captions[:-1]] == [
        "Individuals", "Visits", "Needles", "Barrels", "Sets", "Returned (estimate)"
    ]  # fmt: skip
