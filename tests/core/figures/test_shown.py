import pytest

from ims.core.figures.policy import Policy
from ims.core.figures.shown import Shown, Standing, mean_of, percentage

POLICY = Policy()
HIDDEN, NOT_RECORDED = POLICY.show(3), POLICY.show(None)


def test_people_read_thousands_apart_and_machines_together():
    assert str(Shown(1235)) == "1,235"
    assert Shown(1235).plain() == "1235"


def test_a_percentage_loses_its_sign_in_a_file():
    assert percentage(Shown(10), Shown(20)).plain() == "50"


def test_a_hidden_count_is_not_in_what_stands_for_it():
    assert POLICY.show(3) == POLICY.show(6)
    assert "3" not in repr(POLICY.show(3))


@pytest.mark.parametrize(
    ("part", "whole", "shown"),
    [
        (Shown(55), Shown(100), "55%"),
        (Shown(0), Shown(100), "0%"),
        (Shown(1090), Shown(1000), "109%"),
        (Shown(10), Shown(80), "13%"),
        (HIDDEN, Shown(100), "*"),
        (Shown(100), HIDDEN, "*"),
        (NOT_RECORDED, Shown(100), "not recorded"),
        (NOT_RECORDED, HIDDEN, "*"),
        (HIDDEN, Shown(0), "*"),
        (Shown(0), Shown(0), "not applicable"),
    ],
)
def test_a_percentage_is_made_of_what_is_shown_and_hidden_with_it(part, whole, shown):
    assert str(percentage(part, whole)) == shown


def test_a_percentage_is_of_the_rounded_counts():
    assert percentage(POLICY.show(9), POLICY.show(19)) == percentage(Shown(10), Shown(20))


@pytest.mark.parametrize(
    ("total", "people", "shown"),
    [
        (Shown(1230), Shown(10), "123.0"),
        (Shown(100), Shown(15), "6.7"),
        (Shown(100), HIDDEN, "*"),
        (HIDDEN, Shown(100), "*"),
        (NOT_RECORDED, Shown(100), "not recorded"),
        (Shown(0), Shown(0), "not applicable"),
    ],
)
def test_a_mean_is_made_of_what_is_shown(total, people, shown):
    assert str(mean_of(total, people, POLICY)) == shown


def test_a_mean_is_hidden_where_fewer_people_than_it_needs_could_be_behind_it():
    twenty = POLICY.stricter(mean_from=20)

    assert mean_of(Shown(100), Shown(20), twenty).standing is Standing.SUPPRESSED  # 18 is shown as 20
    assert mean_of(Shown(100), Shown(25), twenty).standing is Standing.SHOWN
