from collections import Counter

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ims.geography.postcodes import (
    MalformedPostcode,
    district,
    is_pseudo,
    is_well_formed,
    normalise,
    pseudo_postcodes,
)
from tests.geography.real_files import column

WELL_FORMED = st.from_regex(
    r"\A(?:GIR 0AA|[A-PR-UWYZ](?:[0-9]{1,2}|[A-HK-Y][0-9]{1,2}|[0-9][A-HJKPSTUW]|[A-HK-Y][0-9][ABEHMNPRVWXY])"
    r" [0-9][ABD-HJLNP-UW-Z]{2})\Z"
)


@pytest.mark.parametrize(
    "typed",
    ["L1 0AA", "l1 0aa", "L10AA", " l1  0aa ", "L1-0AA", "L1.0AA", "L1\u00a00AA", "Ｌ１　０ＡＡ", "l1\t0aa"],
)
def test_a_postcode_is_the_same_however_it_is_typed(typed):
    assert normalise(typed) == "L1 0AA"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("L1 OAA", "L1 0AA"),
        ("L1 IAA", "L1 1AA"),
        ("l1oaa", "L1 0AA"),
        ("0L1 1AA", "OL1 1AA"),
        ("S014 0AA", "SO14 0AA"),
        ("LIO 0AA", "L10 0AA"),
    ],
)
def test_a_letter_typed_for_a_digit_is_mended_where_only_one_postcode_can_be_meant(typed, meant):
    assert normalise(typed) == meant


def test_a_slip_that_could_mean_two_postcodes_is_refused():
    with pytest.raises(MalformedPostcode):
        normalise("LOO 1AA")  # L00 1AA or LO0 1AA


def test_a_postcode_that_is_right_as_it_stands_is_never_mended():
    assert normalise("S01 0AA") == "S01 0AA"
    assert normalise("O1 1AA") == "O1 1AA"


@pytest.mark.parametrize(
    "postcode", ["N1P 1AA", "EC1P 1AA", "EC1A 1BB", "W1A 0AX", "M1 1AE", "CR2 6XH", "GIR 0AA", "SW1W 0NY"]
)
def test_every_shape_of_postcode_is_taken(postcode):
    assert normalise(postcode) == postcode


@pytest.mark.parametrize(
    "typed", ["QA1 1AA", "L1 0CA", "L1 0AV", "L111 0AA", "L1 0A", "L1 0AAA", "1L 0AA", "ABC"]
)
def test_what_no_postcode_looks_like_is_refused_with_an_example_of_one(typed):
    with pytest.raises(MalformedPostcode, match="for example L1 0AA"):
        normalise(typed)


def test_a_district_alone_is_refused_with_the_reason():
    with pytest.raises(MalformedPostcode, match=r"Enter the whole postcode.*does not tell the authority"):
        normalise("ch41")


def test_an_empty_postcode_is_refused_with_what_to_enter_in_its_place():
    with pytest.raises(MalformedPostcode, match="ZZ99 3VZ for no fixed abode, ZZ99 3WZ if it is not known"):
        normalise("  ")


def test_no_fixed_abode_and_not_known_are_taken_in_place_of_a_postcode():
    assert normalise("zz993vz") == "ZZ99 3VZ"
    assert normalise("ZZ99 3WZ") == "ZZ99 3WZ"
    assert is_pseudo("ZZ99 3VZ")


def test_every_pseudo_postcode_has_a_label_and_fails_the_grammar_on_purpose():
    assert pseudo_postcodes()["ZZ99 3VZ"] == "No fixed abode"
    for code, label in pseudo_postcodes().items():
        assert label
        assert not is_well_formed(code)
        assert normalise(code) == code


def test_a_pseudo_postcode_that_is_not_in_the_list_is_refused_with_those_for_the_commonest_cases():
    with pytest.raises(MalformedPostcode, match="not one of those in use"):
        normalise("ZZ99 9ZZ")


def test_the_district_is_the_first_half():
    assert district("L1 0AA") == "L1"
    assert district("EC1A 1BB") == "EC1A"


@given(WELL_FORMED)
def test_a_normal_postcode_stays_as_it_is(postcode):
    assert normalise(postcode) == postcode


@given(WELL_FORMED, st.sampled_from(["", " ", "  ", "-"]))
def test_case_and_spacing_never_change_what_a_postcode_means(postcode, between):
    assert normalise(postcode.lower().replace(" ", between)) == postcode


@given(st.text(max_size=12))
@example("\x00L1 0AA")
@example("L1 0AA\n")
@example("١١ ١AA")  # digits, but not ours
def test_any_text_is_either_refused_or_becomes_a_postcode(text):
    try:
        postcode = normalise(text)
    except MalformedPostcode as refusal:
        assert str(refusal).startswith(("Enter ", "This pseudo-postcode"))
    else:
        assert is_well_formed(postcode) or is_pseudo(postcode)
        assert normalise(postcode) == postcode


def test_what_was_typed_is_not_in_the_refusal_which_could_reach_a_log():
    with pytest.raises(MalformedPostcode) as refusal:
        normalise("XQ77 7XQ")

    assert "XQ" not in str(refusal.value)


@pytest.mark.slow
def test_the_grammar_refuses_no_live_postcode_of_great_britain():
    well_formed = Counter(map(is_well_formed, column("gb_postcode_lad_min.csv.gz")))

    assert well_formed == {True: 1_745_849}


def test_the_grammar_refuses_no_postcode_that_cheshire_and_merseyside_once_had():
    postcodes = list(column("cheshire_merseyside_postcodes_former.csv"))

    assert len(postcodes) == 2_705
    assert [postcode for postcode in postcodes if normalise(postcode) != postcode] == []
