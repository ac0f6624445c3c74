"""Readers have the old edition until the new one is whole. These tests commit, and look on from a second connection."""

import pytest
from django.core.management import CommandError
from django.db import connection, connections
from django.utils import timezone

from ims.geography.loading import editions
from ims.geography.models import Edition, Postcode
from ims.geography.residence import authority_of
from tests.geography import made_files as made
from tests.geography.made_files import LIVERPOOL, SEFTON, WIRRAL

pytestmark = pytest.mark.django_db(transaction=True)

WHERE_IS_L1 = """
SELECT p.authority_code FROM geography_postcode AS p JOIN geography_edition AS e ON e.id = p.edition_id
WHERE e.is_current AND p.postcode = 'L1 0AA'
"""


@pytest.fixture
def onlooker():
    """A second connection to the same database, as another process would have."""
    other = connections["default"].copy()
    yield other
    other.close()


@pytest.fixture
def new_file(loaded_for_all, tmp_path):
    return made.write(tmp_path, "2026.1.csv", made.simple(made.some_postcodes(12, SEFTON)))


@pytest.fixture
def loaded_for_all(load, tmp_path):
    load(made.write(tmp_path, "2025.4.csv", made.simple(made.some_postcodes(10))))


def seen_by(onlooker):
    with onlooker.cursor() as cursor:
        cursor.execute(WHERE_IS_L1)
        return [row[0] for row in cursor.fetchall()]


def test_a_reader_has_the_old_edition_until_the_new_one_is_whole(new_file, onlooker):
    seen = []

    editions.load(new_file, at=timezone.now(), say=lambda word: seen.append(seen_by(onlooker)))

    assert seen == [[LIVERPOOL]]  # said once, after the last row was copied
    assert seen_by(onlooker) == [SEFTON]


def test_a_load_that_dies_at_its_very_end_leaves_the_old_edition(new_file, onlooker, monkeypatch):
    def dies(*arguments, **counts):
        raise RuntimeError("the power went")

    monkeypatch.setattr(editions.events, "record", dies)
    with pytest.raises(RuntimeError):
        editions.load(new_file, at=timezone.now())

    assert seen_by(onlooker) == [LIVERPOOL]
    assert (Edition.objects.count(), Postcode.objects.count()) == (1, 10)


def test_rows_left_behind_by_an_interrupted_clearing_up_are_unseen_and_go_with_the_next_load(
    load, new_file, tmp_path, monkeypatch
):
    monkeypatch.setattr(editions, "_remove_rows_of_old_editions", lambda: None)
    load(new_file)
    assert Postcode.objects.count() == 22
    assert authority_of("L1 0AA").authority_code == SEFTON
    monkeypatch.undo()

    load(tmp_path / "2025.4.csv")

    assert Postcode.objects.count() == 10
    assert authority_of("L1 0AA").authority_code == LIVERPOOL


def test_clearing_up_spares_an_edition_that_somebody_else_has_loaded_meanwhile(
    load, new_file, tmp_path, monkeypatch
):
    newest = made.write(tmp_path, "2026.2.csv", made.simple(made.some_postcodes(11, WIRRAL)))
    clear_up = editions._remove_rows_of_old_editions

    def load_another_first():
        monkeypatch.undo()
        load(newest)
        clear_up()

    monkeypatch.setattr(editions, "_remove_rows_of_old_editions", load_another_first)
    load(new_file)

    assert authority_of("L1 0AA").authority_code == WIRRAL
    assert Postcode.objects.count() == 11


def test_two_loads_at_once_are_one_load_and_one_refusal(load, new_file, onlooker):
    with onlooker.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [editions._ADVISORY_LOCK])

    with pytest.raises(CommandError, match="Another load is running"):
        load(new_file)

    assert authority_of("L1 0AA").authority_code == LIVERPOOL


def test_the_database_allows_one_current_edition(loaded_for_all):
    with connection.cursor() as cursor, pytest.raises(Exception, match="edition_at_most_one_is_current"):
        cursor.execute(
            "INSERT INTO geography_edition (product, name, file_sha256, rows, loaded_at, is_current, attribution)"
            " VALUES ('other', 'x', 'y', 0, now(), true, '')"
        )
