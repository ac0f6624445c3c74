"""The server is killed in the middle of a save: nothing is saved twice, nothing half, and what was posted is not lost.

gunicorn as in production and a PostgreSQL to keep, both of their own; `kill -9` at each moment of a save, which is held up
there by somebody's lock, so that no moment has to be hit by chance.
"""

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest

from tests.bench.fields import Fields
from tests.killed.person import at_work
from tests.killed.site import ANSWER, AUDIT, EXCHANGE, HISTORY, NOTHING, lines_of_one_act

GRID = "/grid/exchanges/"
SYRINGES = {"item_SYR_FIXED_1": "35"}
SAVED, SAVED_BEFORE = "Exchange saved.", "This was already saved, once."


@pytest.fixture
def site(site_to_kill):
    site_to_kill.serve()
    return site_to_kill


@pytest.fixture
def pharmacist(site):
    return at_work(site)


@contextmanager
def being_saved(site, person, path, fields, at):
    """A form is sent, and its save has come as far as one table; what the sender is answered."""
    with ThreadPoolExecutor() as pool, site.held_up_at(at):
        sending = pool.submit(person.sends, path, fields)
        site.wait_until_held_up()
        yield sending


def is_cut_off(site, person, path, fields, at, kill):
    """A form is sent, and somebody is killed at that moment of its save. The sender is left without an answer."""
    with being_saved(site, person, path, fields, at) as sending:
        kill(site)
        assert sending.result() is None
    site.wait_until_forgotten()
    site.serve()


def everything(site):
    site.kill_everything()


def the_workers(site):
    site.kill_the_workers()


@pytest.mark.parametrize(
    ("at", "kill"), [(EXCHANGE, the_workers), (HISTORY, everything), (AUDIT, the_workers)]
)
def test_an_exchange_whose_save_was_cut_off_is_not_there_and_is_there_once_when_it_is_sent_again(
    site, pharmacist, at, kill
):
    form = f"{site.a_client()['page']}exchanges/new/"
    fields = pharmacist.fills_in(form, **SYRINGES)
    before = site.kept()

    is_cut_off(site, pharmacist, form, fields, at, kill)
    cut_off = site.kept().since(before)
    pharmacist.post(form, fields).must(302)
    pharmacist.post(form, fields).must(302)

    assert cut_off == NOTHING
    assert site.kept().since(before) == lines_of_one_act(1)


def test_an_exchange_that_was_saved_but_never_answered_is_still_there_once_when_it_is_sent_again(
    site, pharmacist
):
    client = site.a_client()["page"]
    fields = pharmacist.fills_in(f"{client}exchanges/new/", **SYRINGES)
    before = site.kept()

    is_cut_off(site, pharmacist, f"{client}exchanges/new/", fields, ANSWER, everything)
    cut_off = site.kept().since(before)
    pharmacist.post(f"{client}exchanges/new/", fields).must(302)

    assert cut_off == lines_of_one_act(1)
    assert SAVED_BEFORE in pharmacist.says(client)
    assert site.kept().since(before) == lines_of_one_act(1)


def test_what_is_sent_again_while_the_first_is_still_dying_is_saved_once(site, pharmacist):
    client = site.a_client()["page"]
    form = f"{client}exchanges/new/"
    fields = pharmacist.fills_in(form, **SYRINGES)
    before = site.kept()

    with ThreadPoolExecutor() as pool:
        with being_saved(site, pharmacist, form, fields, AUDIT) as sending:
            site.kill_the_workers()
            assert sending.result() is None
            killed_at = site.now()
            again = pool.submit(pharmacist.sends, form, fields)
            site.wait_until_held_up(since=killed_at)
        again.result().must(302)

    assert SAVED in pharmacist.says(client)
    assert site.kept().since(before) == lines_of_one_act(1)


def fills_in_a_grid(site, person, lines, newcomers):
    """Thirty lines, of which some are people whom nobody knew; two presses of "Ten more lines" make room."""
    fields = person.fills_in(GRID)
    for _ in range(2):
        fields = Fields(person.post(GRID, {**fields, "more": "1"}).must(200).text).filled
    for place in range(lines):
        known = place >= len(newcomers)
        cells = {"who": site.a_client()["attributor"] if known else newcomers[place]}
        cells |= {"consent": "" if known else "yes", "what": "item_FOIL", "number": "4"}
        fields |= {f"row-{place}-{name}": value for name, value in cells.items()}
    return fields


@pytest.mark.parametrize(
    ("at", "left", "newcomers"),
    [
        (AUDIT, NOTHING, ["ZW17081979F", "ZW18081979F"]),
        (ANSWER, lines_of_one_act(30, newcomers=2), ["YV17081979F", "YV28091989F"]),
    ],
)
def test_of_a_grid_whose_save_was_cut_off_all_lines_are_there_or_none_and_each_once_when_it_is_sent_again(
    site, pharmacist, at, left, newcomers
):
    fields = fills_in_a_grid(site, pharmacist, 30, newcomers)
    before = site.kept()

    is_cut_off(site, pharmacist, GRID, fields, at, everything)
    cut_off = site.kept().since(before)
    pharmacist.post(GRID, fields).must(302)
    pharmacist.post(GRID, fields).must(302)

    assert cut_off == left
    assert site.kept().since(before) == lines_of_one_act(30, newcomers=2)


@pytest.mark.parametrize(("at", "left"), [(AUDIT, NOTHING), (ANSWER, lines_of_one_act(1))])
def test_when_the_database_was_killed_an_exchange_is_there_whole_or_not_at_all_and_once_when_it_is_sent_again(
    site, pharmacist, at, left
):
    form = f"{site.a_client()['page']}exchanges/new/"
    fields = pharmacist.fills_in(form, **SYRINGES)
    before = site.kept()

    with being_saved(site, pharmacist, form, fields, at) as sending:
        site.kill_the_database()
        answer = sending.result()
    site.start_the_database()
    cut_off = site.kept().since(before)
    pharmacist.post(form, fields).must(302)

    assert answer is None or answer.status == 500
    assert cut_off == left
    assert site.kept().since(before) == lines_of_one_act(1)
