"""Which records of a service may be of one person: the same attributor, or one slip apart."""

import random
from datetime import date, timedelta
from itertools import combinations

import pytest

from clients.actions import delete_client
from clients.attributor import Attributor, Likeness, likeness
from clients.duplicates import finding
from clients.duplicates.action import link
from clients.duplicates.finding import linked_with, near_pairs, page_of
from clients.models import Client
from tests import makers
from tests.clients.test_duplicates import found
from tests.makers import NOW, a_client, the_dummy

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff():
    return makers.an_actor()


@pytest.fixture
def two(staff):
    return a_client(staff, "AB06051985M"), a_client(staff, "BA06051985M")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("AB06051985M", Likeness.SAME),
        ("AB05061985M", Likeness.DAY_AND_MONTH),
        ("BA06051985M", Likeness.INITIALS),
        ("AB06051985F", Likeness.SEX),
        ("AB06051995M", Likeness.ONE_DIGIT),
    ],
)
def test_two_that_are_the_same_or_one_slip_apart_are_a_pair_with_the_reason(staff, text, why):
    a_client(staff, "AB06051985M")
    a_client(staff, text, own_reference="2")

    assert found(staff) == {("AB06051985M", text): why}


@pytest.mark.parametrize("text", ["AC06051985M", "BA05061985M", "AB16051995M", "BA06051985F"])
def test_two_slips_are_another_person(staff, text):
    a_client(staff, "AB06051985M")
    a_client(staff, text)

    assert found(staff) == {}


def test_three_alike_are_three_pairs(staff):
    for reference in ("1", "2", "3"):
        a_client(staff, "AB06051985M", own_reference=reference)

    assert len(near_pairs(staff)) == 3


def test_the_same_come_first(staff):
    for text in ("AB06051985M", "AB06051985M", "AB06051985F"):
        a_client(staff, text, own_reference=str(Client.objects.count()))

    assert [pair.likeness for pair in near_pairs(staff)] == [Likeness.SAME, Likeness.SEX, Likeness.SEX]


def test_the_dummy_the_deleted_and_those_of_others_are_in_no_pair(staff):
    the_dummy(staff)
    one = a_client(staff, "AB06051985M")
    delete_client(client=a_client(staff, "AB06051985M", own_reference="2"), at=NOW, by=staff)
    a_client(makers.an_actor(), "AB06051985M")

    assert found(staff) == {}
    assert Client.objects.visible_to(staff).real().get() == one


def test_somebody_without_a_service_has_no_pairs(two):
    assert near_pairs(makers.an_officer()) == []


def test_nothing_is_compared_with_everything_and_nothing_is_missed():
    """Of many invented people, exactly the pairs that comparing each with each finds."""
    chance = random.Random(7)
    people = [
        Attributor(
            chance.choice("AB"),
            chance.choice("AB"),
            date(1980, 1, 1) + timedelta(days=chance.randrange(800)),
            chance.choice("MF"),
        )
        for _ in range(400)
    ]
    rows = [(pk, p.first_initial, p.last_initial, p.born, p.sex) for pk, p in enumerate(people)]

    met = {(pair.first_id, pair.second_id): pair.likeness for pair in finding._alike(reversed(rows))}

    each_with_each = {
        (one, other): alike
        for one, other in combinations(range(len(people)), 2)
        if (alike := likeness(people[one], people[other]))
    }
    assert met == each_with_each
    assert set(met.values()) == set(Likeness)


def test_no_more_are_looked_for_than_can_be_decided_about(staff, monkeypatch):
    monkeypatch.setattr(finding, "MOST", 2)
    for reference in ("1", "2", "3"):
        a_client(staff, "AB06051985M", own_reference=reference)

    page = page_of(staff, 1)

    assert (page.found, page.is_cut) == (2, True)


def test_both_lists_go_on_on_further_pages(staff, monkeypatch):
    monkeypatch.setattr(finding, "PAGE", 2)
    clients = [a_client(staff, "AB06051985M", own_reference=str(number)) for number in range(4)]
    for one in clients[1:]:
        link(one=clients[0], other=one, at=NOW, by=staff)

    pages = [page_of(staff, number) for number in (1, 2, 99)]

    assert [(len(page.near), len(page.linked)) for page in pages] == [(2, 2), (1, 1), (1, 1)]
    assert [(page.previous_url, page.next_url) for page in pages] == [
        ("", "?page=2"), ("?page=1", ""), ("?page=1", ""),
    ]  # fmt: skip


def test_finding_takes_two_queries_however_many_there_are(staff, django_assert_num_queries):
    for number in range(5):
        a_client(staff, "AB06051985M", own_reference=str(number))

    with django_assert_num_queries(2):
        near_pairs(staff)


def test_a_page_takes_five_queries_and_linked_records_one(staff, two, django_assert_num_queries):
    link(one=two[0], other=two[1], at=NOW, by=staff)
    a_client(staff, "AB06051985F")

    with django_assert_num_queries(5):
        page_of(staff, 1)
    with django_assert_num_queries(1):
        linked_with(two[0], staff)
