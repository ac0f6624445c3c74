import pytest

from ims.geography.attribution import ATTRIBUTION
from ims.geography.models import Edition
from ims.geography.postcodes import MalformedPostcode
from ims.geography.residence import Residence, authorities_of, authority_of
from tests.geography import made_files as made
from tests.geography.made_files import LIVERPOOL

pytestmark = pytest.mark.django_db


@pytest.fixture
def lookup(load, tmp_path):
    """An edition with L1 0AA in Liverpool, and L1 0AB without an authority."""
    header = "postcode,lad25cd,wd25cd,lsoa21cd\r\n"
    rows = "L1 0AA,E08000012,E05015289,E01033756\r\nL1 0AB,,,\r\nCH5 1AA,E06000999,,\r\n"
    load(made.write(tmp_path, "2025.4.csv", header + rows))
    return Edition.objects.current().get()


def test_a_postcode_gives_its_authority_ward_lsoa_and_the_edition_that_says_so(lookup):
    assert authority_of("L1 0AA") == Residence(
        postcode="L1 0AA",
        authority_code=LIVERPOOL,
        lsoa_code="E01033756",
        ward_code="E05015289",
        edition_id=lookup.pk,
        is_known=True,
        authority_name="Liverpool",
    )


def test_the_current_edition_answers_and_no_earlier_one(lookup, load, tmp_path):
    load(made.write(tmp_path, "2026.1.csv", made.simple([("L1 0AA", "E08000014"), ("L1 0AB", "")])))

    residence = authority_of("L1 0AA")

    assert (residence.authority_name, residence.edition_id) == ("Sefton", Edition.objects.current().get().pk)


def test_a_well_formed_postcode_that_nobody_knows_is_unknown_to_this_edition(lookup):
    assert authority_of("L1 9ZZ") == Residence("L1 9ZZ", edition_id=lookup.pk, is_known=False)


def test_a_postcode_without_an_authority_is_known_all_the_same(lookup):
    assert authority_of("L1 0AB") == Residence("L1 0AB", edition_id=lookup.pk, is_known=True)


def test_no_fixed_abode_is_known_lies_nowhere_and_asks_no_edition(lookup, django_assert_num_queries):
    with django_assert_num_queries(0):
        residence = authority_of("ZZ99 3VZ")

    assert residence == Residence("ZZ99 3VZ", edition_id=None, is_known=True)


def test_no_postcode_is_not_known(lookup, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert authority_of("") == Residence("", is_known=False)


def test_while_nothing_is_loaded_every_postcode_is_unknown_and_no_edition_is_named():
    assert authority_of("L1 0AA") == Residence("L1 0AA", edition_id=None, is_known=False)


def test_a_malformed_postcode_is_refused_rather_than_unknown(lookup):
    with pytest.raises(MalformedPostcode):
        authority_of("nowhere")


def test_one_postcode_is_one_query(lookup, django_assert_num_queries):
    with django_assert_num_queries(1):
        authority_of("L1 0AA")


def test_many_postcodes_are_one_query_and_answered_as_they_were_written(lookup, django_assert_num_queries):
    written = [
        "l1 0aa",
        "L1 0AA",
        "L1 0AB",
        "ZZ99 3VZ",
        "",
        *(postcode for postcode, _ in made.some_postcodes(200)),
    ]

    with django_assert_num_queries(1):
        residences = authorities_of(written)

    assert list(residences) == list(dict.fromkeys(written))
    assert residences["l1 0aa"] == residences["L1 0AA"]
    assert residences["L1 0AA"].authority_code == LIVERPOOL
    assert residences["ZZ99 3VZ"].is_known
    assert not residences["L1 0AD"].is_known


def test_an_authority_outside_the_list_is_shown_by_its_code(lookup):
    assert authority_of("CH5 1AA").authority_name == "E06000999"


def test_the_attribution_names_every_owner_and_the_licence():
    for owner in ["Ordnance Survey", "Royal Mail", "National Statistics", "Open Government Licence v3.0"]:
        assert owner in ATTRIBUTION
