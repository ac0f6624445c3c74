"""What our own lists say where a count or a person's answer depends on it."""

from datetime import UTC, date, datetime

import pytest

from ims.codelists import lists
from ims.codelists.loading import OUR_FILES, load

AT = datetime(2026, 11, 5, 12, tzinfo=UTC)
TODAY = date(2026, 11, 5)


@pytest.fixture(autouse=True)
def our_lists(empty_tables):
    load(OUR_FILES, at=AT)


@pytest.mark.parametrize(
    ("drug", "cohort"),
    [
        ("HEROIN", "psychoactive"),
        ("SCRA", "psychoactive"),
        ("OTHER", "psychoactive"),
        ("AAS", "iped"),
        ("MELANOTAN", "iped"),
        ("CANNABIS", "none"),
        ("TOBACCO", "none"),
        ("ALCOHOL", "none"),
        ("NK", "missing"),
    ],
)
def test_a_drug_says_which_cohort_a_transaction_with_it_makes(drug, cohort):
    assert lists.facts_of("substance", drug) == {"cohort": cohort}


@pytest.mark.parametrize(
    ("item", "needles", "barrels", "sets"),
    [("SYR_FIXED_1", 1, 1, 1), ("BARREL_2", 0, 1, 1), ("NEEDLE_BLUE", 1, 0, 0), ("FOIL", 0, 0, 0)],
)
def test_an_item_says_what_it_counts_as_in_each_of_three_measures(item, needles, barrels, sets):
    assert lists.facts_of("equipment", item) == {"needles": needles, "barrels": barrels, "sets": sets}


def test_a_set_is_a_fixed_needle_syringe_or_a_barrel_and_nothing_else():
    for item, _ in lists.choices("equipment", TODAY):
        assert lists.facts_of("equipment", item)["sets"] == item.startswith(("SYR_FIXED", "BARREL"))


def test_packs_naloxone_and_returns_are_not_items():
    labels = " ".join(label.lower() for _, label in lists.choices("equipment", TODAY))

    assert not any(word in labels for word in ("pack", "naloxone", "return"))


@pytest.mark.parametrize("key", ["ethnicity", "nationality"])
def test_asked_and_declined_differs_from_not_asked(key):
    assert lists.label_of(key, "Z") == "Not stated"
    assert lists.label_of(key, "99") == "Not known"


def test_sex_is_one_of_the_two_letters_of_the_attributor():
    assert lists.choices("sex", TODAY) == [("M", "Male"), ("F", "Female")]


def test_a_country_that_is_no_more_is_not_offered_and_keeps_its_name():
    assert not lists.is_in_force("nationality", "YUG", TODAY)
    assert lists.label_of("nationality", "YUG").startswith("Yugoslavia")


def test_the_united_kingdom_is_offered_first():
    assert lists.choices("nationality", TODAY)[0] == ("GBR", "United Kingdom")
