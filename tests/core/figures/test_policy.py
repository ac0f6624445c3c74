import pytest

from ims.core.figures.policy import NotStricter, Policy

POLICY = Policy()


@pytest.mark.parametrize(
    ("count", "shown"),
    [
        (0, "0"),
        (1, "*"),
        (7, "*"),
        (8, "10"),
        (12, "10"),
        (13, "15"),
        (1234, "1,235"),
        (None, "not recorded"),
    ],
)
def test_a_count_standing_alone(count, shown):
    assert str(POLICY.show(count)) == shown


@pytest.mark.parametrize("base", [1, 5, 10])
def test_every_count_is_among_those_a_reader_takes_to_be_behind_it(base):
    policy = Policy(rounding_base=base)

    for count in range(8, 200):
        least, most = policy.counts_behind(policy.rounded(count))
        assert least <= count <= most
        assert {policy.rounded(other) for other in range(least, most + 1)} == {policy.rounded(count)}


def test_a_reader_knows_that_ten_is_eight_to_twelve():
    assert POLICY.counts_behind(10) == (8, 12)
    assert Policy(rounding_base=10).counts_behind(10) == (8, 14)  # and not 5 to 14: up to 7 would be hidden


def test_a_policy_can_be_made_stricter():
    stricter = POLICY.stricter(threshold=10, rounding_base=10, mean_from=20, margin_percent=60, symbol="–")

    assert str(stricter.show(10)) == "–"
    assert str(stricter.show(14)) == "10"


@pytest.mark.parametrize(
    "change", [{"threshold": 5}, {"rounding_base": 1}, {"mean_from": 5}, {"margin_percent": 10}]
)
def test_a_policy_cannot_be_loosened(change):
    with pytest.raises(NotStricter):
        POLICY.stricter(**change)


def test_numbers_rounded_to_seven_could_be_laid_over_those_rounded_to_five():
    with pytest.raises(NotStricter):
        POLICY.stricter(rounding_base=7)


def test_a_policy_has_no_part_that_was_not_thought_of():
    with pytest.raises(TypeError):
        POLICY.stricter(unsuppressed=True)


@pytest.mark.parametrize(
    "parts",
    [{"threshold": 0}, {"rounding_base": 0}, {"rounding_base": 20}, {"symbol": " "}, {"symbol": "<8"}],
)
def test_a_policy_that_contradicts_itself_is_refused(parts):
    with pytest.raises(ValueError):
        Policy(**parts)


def test_no_one_changes_a_policy_behind_another_page_s_back():
    with pytest.raises(AttributeError):
        POLICY.threshold = 1
