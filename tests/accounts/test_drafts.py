"""Drafts in the table: encrypted, one for each page, without secrets, gone after a day."""

from datetime import timedelta

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from ims.accounts import drafts
from ims.accounts.models import Draft
from tests.makers import NOW

PAGE = "/clients/new/"


def kept(world, text="note=Asked+about+detox", path=PAGE, at=NOW):
    drafts.keep(QueryDict(text), path=path, at=at, by=world.pharmacist)
    return Draft.objects.get(path=path)


def test_what_was_typed_is_not_to_be_read_in_the_table(world):
    row = kept(world)

    assert row.sealed != ""
    assert "detox" not in "".join(str(value) for value in vars(row).values())


def test_it_is_read_again_by_its_writer(world):
    kept(world)

    back = drafts.waiting(PAGE, at=NOW, by=world.pharmacist)

    assert (back.fields.dict(), back.saved_at) == ({"note": "Asked about detox"}, NOW)


def test_passwords_and_tokens_are_never_kept(world):
    kept(world, "note=Late&password=secret&new_password_again=secret&csrfmiddlewaretoken=t&form_owner=o")

    assert drafts.waiting(PAGE, at=NOW, by=world.pharmacist).fields.dict() == {"note": "Late"}


def test_a_row_moved_to_somebody_else_is_not_read(world):
    """The seal names its person, whatever the table says."""
    kept(world)
    manager = world.pharmacy_manager
    Draft.objects.update(user_id=manager.user_id, membership_id=manager.membership_id)

    assert drafts.waiting(PAGE, at=NOW, by=manager) is None


def test_a_second_draft_of_a_page_takes_the_place_of_the_first(world):
    kept(world)

    row = kept(world, "note=Later", at=NOW + timedelta(minutes=1))

    assert row.saved_at == NOW + timedelta(minutes=1)
    assert drafts.waiting(PAGE, at=NOW, by=world.pharmacist).fields["note"] == "Later"


def test_a_draft_of_a_key_that_is_no_longer_used_is_nothing(world, settings):
    kept(world)
    settings.SECRET_KEY = "another key altogether, and long enough"

    assert drafts.waiting(PAGE, at=NOW, by=world.pharmacist) is None


@pytest.mark.parametrize(
    "path", ["", "nowhere/", "/nowhere/", "https://example.org/clients/new/", "/drafts/", "/counter/save/"]
)
def test_a_path_that_keeps_no_draft_is_refused(world, path):
    with pytest.raises(drafts.NoPageOfOurs):
        drafts.keep(QueryDict("note=Late"), path=path, at=NOW, by=world.pharmacist)

    assert Draft.objects.count() == 0


def test_forgetting_leaves_the_drafts_of_others_and_of_other_pages(world):
    kept(world)
    kept(world, path="/grid/exchanges/")
    drafts.keep(QueryDict("note=Mine"), path=PAGE, at=NOW, by=world.pharmacy_manager)

    drafts.forget(path=PAGE, by=world.pharmacist)

    left = {(draft.user_id, draft.path) for draft in Draft.objects.all()}
    assert left == {(world.pharmacist.user_id, "/grid/exchanges/"), (world.pharmacy_manager.user_id, PAGE)}


def test_a_page_without_a_draft_asks_nothing_of_its_own_and_one_with_a_draft_once(world):
    browser = world.client_of(world.pharmacist)
    browser.get(PAGE)

    assert drafts_asked_for(browser) == 0

    kept(world)
    assert drafts_asked_for(browser) == 1


def drafts_asked_for(browser) -> int:
    with CaptureQueriesContext(connection) as asked:
        browser.get(PAGE)
    return sum(query["sql"].startswith('SELECT "accounts_draft"') for query in asked)
