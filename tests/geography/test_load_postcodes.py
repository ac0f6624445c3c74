"""`load_postcodes`: which edition it makes, and what the person who loads it is told."""

import pytest
from django.core.management import CommandError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ims.audit.models import Event
from ims.geography.models import Edition, Postcode
from ims.geography.residence import authority_of
from tests.geography import made_files as made
from tests.geography.made_files import CITY_OF_LONDON, LIVERPOOL, SEFTON, WIRRAL

pytestmark = pytest.mark.django_db


def current() -> Edition:
    return Edition.objects.current().get()


def test_the_edition_is_named_by_whoever_loads_it_before_anything_else(load, tmp_path):
    path = made.write(tmp_path, "2025.4.csv", made.simple(made.some_postcodes(3)))

    load(path, "--edition", "Spring", "--product", "onspd")

    assert str(current()) == "ONS Postcode Directory, Spring"


def test_a_file_that_does_not_say_its_edition_asks_for_it(load, tmp_path):
    path = made.write(tmp_path, "postcodes.csv", made.simple(made.some_postcodes(3)))

    with pytest.raises(CommandError, match=r"Say it, for example --edition 2025\.4\. Nothing has changed\."):
        load(path)

    assert not Edition.objects.exists()


@pytest.mark.parametrize(
    ("name", "edition"),
    [
        ("codepo_gb_2025.4.csv", "2025.4"),
        ("NSPL_February_2021_UK.csv", "February 2021"),
        ("onspd-may-2023.csv", "May 2023"),
        ("postcodes_2025-11.csv", "November 2025"),
        ("postcodes_202502.csv", "February 2025"),
    ],
)
def test_the_edition_is_read_from_the_name_of_the_file(load, tmp_path, name, edition):
    load(made.write(tmp_path, name, made.simple(made.some_postcodes(3))))

    assert current().name == edition


@pytest.mark.parametrize("name", ["decode_2025.csv", "summary_2025.csv", "postcodes_1234567.csv"])
def test_a_name_that_only_looks_like_a_month_is_no_edition(load, tmp_path, name):
    with pytest.raises(CommandError, match="--edition"):
        load(made.write(tmp_path, name, made.simple(made.some_postcodes(3))))


def test_the_new_edition_replaces_the_old_and_the_line_of_the_old_stays(load, loaded, tmp_path):
    before = current()

    load(made.write(tmp_path, "after_2026.1.csv", made.simple(made.some_postcodes(8))))

    assert current().name == "2026.1"
    assert set(Postcode.objects.values_list("edition__name", flat=True)) == {"2026.1"}
    assert Edition.objects.get(pk=before.pk).is_current is False


def test_the_same_file_twice_changes_nothing_and_says_so(load, loaded):
    before = Edition.objects.values().get()
    events = Event.objects.count()

    said = load(loaded)

    assert "Already loaded: Other, 2025.4, 10 postcodes. Nothing has changed." in said
    assert Edition.objects.values().get() == before
    assert Event.objects.count() == events


def test_going_back_to_an_earlier_file_makes_its_edition_current_again_under_its_own_line(
    load, loaded, tmp_path
):
    before = current()
    load(made.write(tmp_path, "after_2026.1.csv", made.simple(made.some_postcodes(8))))

    load(loaded)

    assert current() == before
    assert Postcode.objects.count() == 10


def test_what_changed_is_told_with_the_authorities_of_the_area_by_name(load, tmp_path):
    before = [*made.some_postcodes(10), ("CH5 1AA", "W06000005")]
    load(made.write(tmp_path, "2025.4.csv", made.simple(before)))
    moved = [("L1 0AA", SEFTON), ("L1 0AB", SEFTON), ("L1 0AD", ""), ("CH5 1AA", WIRRAL)]
    after = [*moved, *made.some_postcodes(8)[3:], ("L9 0AA", WIRRAL)]

    said = load(made.write(tmp_path, "2026.1.csv", made.simple(after)))

    assert "New: 1. Gone: 2. Other authority: 4." in said
    assert "Liverpool → Sefton: 2" in said
    assert "Liverpool → none: 1" in said
    assert "Flintshire → Wirral: 1" in said


def test_a_move_between_two_authorities_elsewhere_is_counted_and_not_listed(load, tmp_path):
    load(made.write(tmp_path, "2025.1.csv", made.simple([("EC1A 1BB", CITY_OF_LONDON)])))

    said = load(made.write(tmp_path, "2025.2.csv", made.simple([("EC1A 1BB", "E09000019")])))

    assert "Other authority: 1." in said
    assert "→" not in said


def test_an_authority_code_that_is_not_in_the_list_is_loaded_and_named_in_a_warning(load, tmp_path):
    said = load(
        made.write(tmp_path, "2025.4.csv", made.simple([("L1 0AA", "E06000999"), ("L1 0AB", LIVERPOOL)]))
    )

    assert "1 authority codes are not in the list" in said
    assert "E06000999 (1)" in said
    assert authority_of("L1 0AA").authority_code == "E06000999"


def test_progress_is_told_on_the_way(load, tmp_path, monkeypatch):
    monkeypatch.setattr("ims.geography.loading.editions.ROWS_A_PIECE", 5)
    monkeypatch.setattr("ims.geography.loading.editions.ROWS_BETWEEN_WORDS", 10)

    said = load(made.write(tmp_path, "2025.4.csv", made.simple(made.some_postcodes(25))))

    assert "10 postcodes …\n20 postcodes …\n" in said


def test_a_load_is_one_event_with_counts(loaded):
    event = Event.objects.get(what="postcodes.loaded")

    assert event.counts == {"rows": 10, "malformed": 0}
    assert event.subjects == [current().pk]


def test_the_loader_writes_to_tables_of_geography_and_audit_alone_so_past_contacts_keep_their_authority(
    load, loaded, tmp_path
):
    path = made.write(tmp_path, "after_2026.1.csv", made.simple(made.some_postcodes(8, SEFTON)))

    with CaptureQueriesContext(
        connection,
    ) as queries:
        said = load(path)

    written = {
        sql.split()[2].strip('"') for q in queries if (sql := q["sql"]).startswith(("INSERT", "DELETE"))
    }
    written |= {sql.split()[1].strip('"') for q in queries if (sql := q["sql"]).startswith("UPDATE")}
    assert written == {"geography_edition", "geography_postcode", "audit_event"}
    assert "The authority kept with past contacts has not changed." in said


def test_the_attribution_of_an_edition_names_its_own_year(load, tmp_path):
    load(made.write(tmp_path, "2026.1.csv", made.simple(made.some_postcodes(3))))

    assert "Royal Mail copyright and database right 2026" in current().attribution


def test_the_examples_are_loaded_where_nothing_is_and_only_there(load):
    said = load("--example")

    assert "Loaded Example postcodes, 2025.4: 270 postcodes." in said
    assert authority_of("WA4 4AJ").authority_code == "E06000006"
    assert "Already loaded" in load("--example")


def test_the_examples_never_replace_a_real_lookup(load, loaded):
    assert "Already loaded: Other, 2025.4" in load("--example")
    assert current().rows == 10


@pytest.mark.parametrize("arguments", [[], ["some.csv", "--example"]])
def test_the_command_asks_for_a_file_or_for_the_examples(load, arguments):
    with pytest.raises(CommandError, match="Name one file to load, or ask for --example"):
        load(*arguments)
