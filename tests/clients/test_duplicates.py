"""What was decided of two records of one service: not the same person, or linked."""

import pytest
from django.db import IntegrityError, transaction

from clients.actions import NotOurClient, delete_client, restore_client
from clients.attributor import Likeness
from clients.duplicates.action import AreLinked, AreToldApart, link, tell_apart, unlink
from clients.duplicates.finding import linked_pairs, linked_with, near_pairs
from clients.models import Client, Pair
from clients.models.pair import Verdict
from ims.audit.acting import acting
from ims.audit.models import Event
from tests import makers
from tests.makers import NOW, a_client, the_dummy

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff():
    return makers.an_actor()


@pytest.fixture
def two(staff):
    return a_client(staff, "AB06051985M"), a_client(staff, "BA06051985M")


def found(actor) -> dict[tuple[str, str], Likeness]:
    known = {client.pk: client.attributor.text() for client in Client.objects.visible_to(actor)}
    return {(known[pair.first_id], known[pair.second_id]): pair.likeness for pair in near_pairs(actor)}


def said_of(one, other, actor) -> list[Verdict]:
    pairs = Pair.objects.visible_to(actor).in_force().filter(first=one, second=other)
    return [Verdict(pair.verdict) for pair in pairs]


class TestTellingApart:
    def test_those_told_apart_are_no_pair_any_more(self, staff, two):
        (pair,) = tell_apart(client=two[1], others=[two[0]], at=NOW, by=staff)

        assert (pair.first, pair.second, pair.verdict) == (*two, Verdict.DIFFERENT)
        assert (pair.decided_at, pair.decided_by_id) == (NOW, staff.user_id)
        assert found(staff) == {}

    def test_saying_it_again_changes_nothing(self, staff, two):
        tell_apart(client=two[0], others=[two[1]], at=NOW, by=staff)
        events = Event.objects.count()

        tell_apart(client=two[1], others=[two[0]], at=NOW, by=staff)

        assert Pair.objects.count() == 1
        assert Event.objects.count() == events

    def test_several_at_once_are_one_event_about_all_of_them(self, staff, two):
        third = a_client(staff, "AB06051985F")

        tell_apart(client=third, others=two, at=NOW, by=staff)

        event = Event.objects.latest("id")
        assert (event.what, event.kind, event.counts) == ("client.told_apart", "client", {"pairs": 2})
        assert event.subjects == [third.pk, two[0].pk, two[1].pk]

    def test_what_is_linked_is_unlinked_first(self, staff, two):
        link(one=two[0], other=two[1], at=NOW, by=staff)

        with pytest.raises(AreLinked):
            tell_apart(client=two[0], others=[two[1]], at=NOW, by=staff)

        unlink(one=two[0], other=two[1], at=NOW, by=staff)
        tell_apart(client=two[0], others=[two[1]], at=NOW, by=staff)
        assert said_of(*two, staff) == [Verdict.DIFFERENT]

    def test_it_is_never_undone(self, staff, two):
        (pair,) = tell_apart(client=two[0], others=[two[1]], at=NOW, by=staff)

        with pytest.raises(AreToldApart):
            link(one=two[0], other=two[1], at=NOW, by=staff)
        assert unlink(one=two[0], other=two[1], at=NOW, by=staff) is None
        with pytest.raises(IntegrityError, match="pair_told_apart_is_for_ever"), transaction.atomic():
            undone(pair, staff)

        assert said_of(*two, staff) == [Verdict.DIFFERENT]


class TestLinking:
    def test_each_of_two_linked_records_names_the_other(self, staff, two):
        link(one=two[1], other=two[0], at=NOW, by=staff)

        assert linked_with(two[0], staff) == [two[1]]
        assert linked_with(two[1], staff) == [two[0]]
        assert found(staff) == {}

    def test_nobody_else_sees_what_was_decided(self, staff, two):
        link(one=two[0], other=two[1], at=NOW, by=staff)

        for actor in (makers.an_actor(), makers.an_officer()):
            assert linked_with(two[0], actor) == []
            assert list(linked_pairs(actor)) == []

    def test_linking_again_changes_nothing(self, staff, two):
        first = link(one=two[0], other=two[1], at=NOW, by=staff)

        assert link(one=two[1], other=two[0], at=NOW, by=staff) == first
        assert Pair.objects.count() == 1

    def test_linked_unlinked_and_linked_again(self, staff, two):
        link(one=two[0], other=two[1], at=NOW, by=staff)

        gone = unlink(one=two[1], other=two[0], at=NOW, by=staff)

        assert (gone.undone_at, gone.undone_by_id) == (NOW, staff.user_id)
        assert linked_with(two[0], staff) == []
        assert found(staff) == {("AB06051985M", "BA06051985M"): Likeness.INITIALS}

        link(one=two[0], other=two[1], at=NOW, by=staff)
        assert linked_with(two[0], staff) == [two[1]]
        assert [row.history_type for row in gone.history.order_by("history_id")] == ["+", "~"]

    def test_unlinking_twice_changes_nothing(self, staff, two):
        link(one=two[0], other=two[1], at=NOW, by=staff)
        unlink(one=two[0], other=two[1], at=NOW, by=staff)
        events = Event.objects.count()

        assert unlink(one=two[0], other=two[1], at=NOW, by=staff) is None
        assert Event.objects.count() == events

    def test_a_link_is_gone_with_a_deleted_client_and_back_with_it(self, staff, two):
        link(one=two[0], other=two[1], at=NOW, by=staff)

        delete_client(client=two[1], at=NOW, by=staff)
        assert (linked_with(two[0], staff), list(linked_pairs(staff))) == ([], [])
        restore_client(client=two[1], at=NOW, by=staff)

        assert linked_with(two[0], staff) == [two[1]]


ACTS = {
    "tell apart": lambda one, other, by: tell_apart(client=one, others=[other], at=NOW, by=by),
    "link": lambda one, other, by: link(one=one, other=other, at=NOW, by=by),
    "unlink": lambda one, other, by: unlink(one=one, other=other, at=NOW, by=by),
}


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
class TestWhoseClients:
    def test_a_client_of_another_service_is_refused(self, staff, two, act):
        theirs = a_client(makers.an_actor(), "AB06051985M")

        for one, other in ((two[0], theirs), (theirs, two[0])):
            with pytest.raises(NotOurClient):
                act(one, other, staff)

    def test_two_of_another_service_are_refused(self, two, act):
        with pytest.raises(NotOurClient):
            act(*two, makers.an_actor())

    def test_the_dummy_the_deleted_and_one_record_twice_are_refused(self, staff, two, act):
        delete_client(client=two[1], at=NOW, by=staff)

        for other in (the_dummy(staff), two[1], two[0]):
            with pytest.raises(NotOurClient):
                act(two[0], other, staff)


class TestTheDatabase:
    def test_two_verdicts_in_force_on_the_same_two_are_refused(self, staff, two):
        link(one=two[0], other=two[1], at=NOW, by=staff)

        with pytest.raises(IntegrityError, match="pair_in_force_is_one"), transaction.atomic():
            saved(staff, first=two[0], second=two[1])

    def test_the_later_record_is_never_named_first(self, staff, two):
        with pytest.raises(IntegrityError, match="pair_names_the_earlier_first"), transaction.atomic():
            saved(staff, first=two[1], second=two[0])

    def test_a_verdict_nobody_knows_is_refused(self, staff, two):
        with pytest.raises(IntegrityError, match="pair_verdict_is_known"), transaction.atomic():
            saved(staff, first=two[0], second=two[1], verdict="perhaps")


def saved(by, **values) -> None:
    with acting(by=by, at=NOW):
        Pair.objects.create(
            **{"verdict": Verdict.DIFFERENT, "decided_at": NOW, "decided_by_id": by.user_id, **values}
        )


def undone(pair: Pair, by) -> None:
    with acting(by=by, at=NOW):
        Pair.objects.filter(pk=pair.pk).update(undone_at=NOW, undone_by_id=by.user_id)
