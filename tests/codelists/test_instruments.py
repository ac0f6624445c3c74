"""Outcome instruments: what each item takes, and what the answers amount to."""

import json
from datetime import date
from decimal import Decimal

import pytest

from ims.codelists import instruments
from ims.codelists.instruments import BadTexts, attribution_of, instrument, text_of
from ims.codelists.scoring import SCORERS, scores

TODAY = date(2026, 6, 15)
EVERY = ["ons4", "top_scales", "top_days", "audit_c", "audit", "swemwbs"]


def known(key):
    return instrument(key, TODAY)


def all_answered(key, answer):
    return {item.key: answer for item in known(key).items}


def values(key, answers):
    return {score.key: score.value for score in scores(known(key), answers)}


@pytest.mark.parametrize("key", EVERY)
def test_an_instrument_says_all_that_is_needed_of_it(key):
    one = known(key)

    assert one.scorer in SCORERS
    assert one.title and one.version and one.citation and one.licence and one.missing
    assert len({item.key for item in one.items}) == len(one.items)
    assert {band.of for band in one.bands} <= {"total", *(item.key for item in one.items)}


def test_there_are_six():
    assert sorted(one.key for one in instruments.in_force(TODAY)) == sorted(EVERY)


@pytest.mark.parametrize(
    ("key", "items", "least", "most"),
    [
        ("ons4", 4, 0, 10),
        ("top_scales", 3, 0, 20),
        ("audit_c", 3, 0, 4),
        ("audit", 10, 0, 4),
        ("swemwbs", 7, 1, 5),
    ],
)
def test_each_item_takes_the_numbers_of_its_range_and_no_other(key, items, least, most):
    one = known(key)

    assert len(one.items) == items
    for item in one.items:
        assert item.takes(least) and item.takes(most) and item.takes("declined")
        assert not item.takes(least - 1) and not item.takes(most + 1)
        assert not item.takes("Y") and not item.takes("") and not item.takes(None)


def test_the_last_two_items_of_audit_take_only_nought_two_and_four():
    ninth, tenth = known("audit").items[8:]

    assert list(ninth.numbers) == list(tenth.numbers) == [0, 2, 4]
    assert not ninth.takes(1) and not ninth.takes(3)


def test_days_are_of_28_and_other_items_are_yes_or_no():
    days = [item for item in known("top_days").items if not item.yes_no]
    yes_no = [item for item in known("top_days").items if item.yes_no]

    assert {(item.minimum, item.maximum) for item in days} == {(0, 28)}
    assert {item.key for item in yes_no} == {"sharing", "oththeft", "assault", "acuthpbm", "hrisk"}
    for item in yes_no:
        assert item.takes("Y") and item.takes("N") and item.takes("declined")
        assert not item.takes(0) and not item.takes(1)


def test_less_is_better_of_anxiety_and_of_days_of_use_but_not_of_work():
    assert [item.key for item in known("ons4").items if item.reversed] == ["anxious"]
    better_more = {item.key for item in known("top_days").items if not item.reversed}
    assert better_more == {"pwork", "educat"}


@pytest.mark.parametrize("key", ["ons4", "top_scales", "top_days"])
def test_items_reported_apart_are_never_added(key):
    assert scores(known(key), all_answered(key, 5)) == []


@pytest.mark.parametrize(
    ("item", "value", "band"),
    [
        ("satisfied", 0, "Low"), ("satisfied", 4, "Low"), ("worthwhile", 5, "Medium"), ("worthwhile", 6, "Medium"),
        ("happy", 7, "High"), ("happy", 8, "High"), ("happy", 9, "Very high"), ("happy", 10, "Very high"),
        ("anxious", 0, "Very low"), ("anxious", 1, "Very low"), ("anxious", 2, "Low"), ("anxious", 3, "Low"),
        ("anxious", 4, "Medium"), ("anxious", 5, "Medium"), ("anxious", 6, "High"), ("anxious", 10, "High"),
        ("anxious", "declined", ""), ("anxious", None, ""),
    ],
)  # fmt: skip
def test_personal_well_being_has_bands_at_both_edges(item, value, band):
    assert known("ons4").band_of(item, value) == band


def adding_up_to(key, total):
    """Answers to every item with this sum: the items in turn take as much as they may."""
    answers = {}
    for item in known(key).items:
        answers[item.key] = max(number for number in item.numbers if number <= total)
        total -= answers[item.key]
    assert total == 0
    return answers


@pytest.mark.parametrize(
    ("key", "total", "band"),
    [
        ("audit", 0, "Lower risk"), ("audit", 7, "Lower risk"), ("audit", 8, "Increasing risk"),
        ("audit", 15, "Increasing risk"), ("audit", 16, "Higher risk"), ("audit", 19, "Higher risk"),
        ("audit", 20, "Possible dependence"), ("audit", 40, "Possible dependence"),
        ("audit_c", 0, "Screen negative"), ("audit_c", 4, "Screen negative"),
        ("audit_c", 5, "Screen positive: increasing or higher risk"),
        ("audit_c", 12, "Screen positive: increasing or higher risk"),
    ],
)  # fmt: skip
def test_a_total_lies_in_its_band_at_both_edges(key, total, band):
    (score,) = scores(known(key), adding_up_to(key, total))

    assert (score.value, score.band) == (total, band)


@pytest.mark.parametrize("key", ["audit", "audit_c", "swemwbs"])
def test_a_score_needs_a_number_for_every_item(key):
    answers = all_answered(key, 2)
    assert None not in values(key, answers).values()

    for item in known(key).items:
        declined = {**answers, item.key: "declined"}
        not_asked = {name: answer for name, answer in answers.items() if name != item.key}
        for missing in (declined, not_asked, {}):
            assert set(values(key, missing).values()) == {None}
            assert {score.band for score in scores(known(key), missing)} == {""}


@pytest.mark.parametrize(
    ("raw", "metric"),
    [(7, "7.00"), (8, "9.51"), (21, "19.25"), (22, "19.98"), (34, "32.55"), (35, "35.00")],
)
def test_the_raw_score_is_converted_by_the_table(raw, metric):
    each, more = divmod(raw, 7)
    answers = {item.key: each + (place < more) for place, item in enumerate(known("swemwbs").items)}

    assert values("swemwbs", answers) == {"raw": raw, "metric": Decimal(metric)}


def test_the_table_converts_every_sum_there_can_be_and_always_upwards():
    table = known("swemwbs").conversion

    assert list(table) == list(range(7, 36))
    assert list(table.values()) == sorted(set(table.values()))


def test_an_instrument_is_not_known_before_it_began():
    assert instrument("swemwbs", date(2009, 2, 18)) is None
    assert instrument("swemwbs", date(2009, 2, 19)) is not None
    assert instrument("nothing", TODAY) is None


@pytest.fixture
def texts(tmp_path, settings):
    settings.INSTRUMENT_TEXTS = tmp_path
    return tmp_path / "ours.json"


def asked(key, item):
    one = known(key)
    return text_of(one, one.item(item))


def test_without_a_licence_the_form_asks_in_our_words(settings):
    settings.INSTRUMENT_TEXTS = None

    assert asked("swemwbs", "q1") == "Optimistic"


def test_the_words_of_a_licence_holder_take_their_place(texts):
    texts.write_text(json.dumps({"swemwbs": {"q1": "As licensed"}}))

    assert asked("swemwbs", "q1") == "As licensed"
    assert asked("swemwbs", "q2") == "Useful"


@pytest.mark.parametrize(
    "said", ["{", "[]", '{"swemwbs": []}', '{"swemwbs": {"q8": "There is none"}}', '{"ons4": {"happy": 7}}']
)
def test_texts_that_belong_to_nothing_are_refused_by_the_name_of_their_file(texts, said):
    texts.write_text(said)

    with pytest.raises(BadTexts, match=r"ours\.json"):
        asked("ons4", "happy")


def test_the_owners_of_the_short_scale_are_named_as_they_want_it():
    assert known("swemwbs").citation == (
        "Short Warwick Edinburgh Mental Wellbeing Scale (SWEMWBS) © NHS Health Scotland, University of Warwick and "
        "University of Edinburgh, 2008, all rights reserved."
    )


OURS, SOME_OURS = "The words shown are our own.", "Some of the words shown are our own."


@pytest.mark.parametrize(
    ("loaded", "said"), [(0, [OURS]), (1, [SOME_OURS]), (6, [SOME_OURS]), (7, [])], ids=str
)
def test_what_is_said_of_the_words_is_true_of_the_words_that_are_shown(texts, loaded, said):
    words = {f"q{number}": "As licensed" for number in range(1, loaded + 1)}
    texts.write_text(json.dumps({"swemwbs": words, "ons4": {"happy": "As elsewhere"}}))
    one = known("swemwbs")

    assert attribution_of(one) == " ".join([one.citation, one.licence, *said])
