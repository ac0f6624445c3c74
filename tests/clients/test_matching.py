"""Who is meant: the clients of one's own service that are, or nearly are, the one that was typed."""

import pytest

from clients import matching
from clients.attributor import Likeness, parse_attributor
from clients.models import Client
from tests import makers
from tests.makers import TODAY, a_client, the_dummy
from tests.stories.deleting import delete

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff():
    return makers.an_actor()


def near(text, staff) -> dict[str, Likeness]:
    matches = matching.near(parse_attributor(text, today=TODAY), Client.objects.visible_to(staff))
    return {match.client.attributor.text(): match.likeness for match in matches}


def found(text, staff) -> list[Client]:
    return [match.client for match in matching.find(text, Client.objects.visible_to(staff), today=TODAY)]


def test_everybody_one_slip_away_is_near_with_the_reason_and_nobody_else(staff):
    for text in (
        "AB06051985M",
        "AB05061985M",
        "BA06051985M",
        "AB06051985F",
        "AB06051995M",
        "AC06051985M",
        "BA05061985M",
    ):
        a_client(staff, text)

    assert near("ab060585m", staff) == {
        "AB06051985M": Likeness.SAME,
        "AB05061985M": Likeness.DAY_AND_MONTH,
        "BA06051985M": Likeness.INITIALS,
        "AB06051985F": Likeness.SEX,
        "AB06051995M": Likeness.ONE_DIGIT,
    }


def test_the_same_come_first(staff):
    a_client(staff, "AB06051995M")
    a_client(staff, "AB06051985M")
    a_client(staff, "AB06051985M", own_reference="twin 2")

    assert list(near("ab060585m", staff).values()) == [Likeness.SAME, Likeness.ONE_DIGIT]
    assert [client.own_reference for client in found("ab060585m", staff)] == ["", "twin 2", ""]


@pytest.mark.parametrize("text", ["ab060585m", "ab", "6/5/1985", "7"])
def test_the_dummy_the_deleted_and_those_of_others_are_never_found(staff, text):
    the_dummy(staff)
    delete(a_client(staff, "AB06051985M", own_reference="7"), staff)
    a_client(makers.an_actor(), "AB06051985M", own_reference="7")

    assert found(text, staff) == []


@pytest.mark.parametrize("text", ["A B", "ab", "06051985", "6 May 1985", "R-7", "AB 6.5.85 M"])
def test_one_box_takes_all_of_these(staff, text):
    client = a_client(staff, "AB06051985M", own_reference="R-7")
    a_client(staff, "CD17091979F", own_reference="R-8")

    assert found(text, staff) == [client]


def test_an_empty_reference_is_nobodys(staff):
    a_client(staff)

    assert found("   ", staff) == []


def test_no_more_than_the_first_page_is_shown_in_order(staff, monkeypatch):
    monkeypatch.setattr(matching, "MOST_SHOWN", 2)
    for day in (3, 1, 2):
        a_client(staff, f"AB0{day}051985M")

    assert [client.date_of_birth.day for client in found("ab", staff)] == [1, 2]


@pytest.mark.parametrize("text", ["ab060585m", "ab"])
def test_it_is_one_query(staff, text, django_assert_num_queries):
    a_client(staff, "AB06051985M")

    with django_assert_num_queries(1):
        found(text, staff)
