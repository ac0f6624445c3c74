import pytest

from clients.models import Client
from ims.audit import events
from ims.audit.acting import NotExactlyOneEvent, acting, whole_act
from ims.audit.models import Event
from tests import makers
from tests.makers import NOW

pytestmark = pytest.mark.django_db


def rename(client, by, says):
    with acting(by=by, at=NOW) as act:
        Client.objects.filter(pk=client.pk).update(postcode="L1 9DB")
        says(act)


def test_an_act_leaves_one_event_and_history_names_it():
    by = makers.an_actor()
    client = makers.a_client(by)

    rename(client, by, lambda act: act.record("client.corrected", client))

    event = Event.objects.get(what="client.corrected")
    latest = client.history.latest("history_id")
    assert (event.user_id, event.provider_id, event.subjects) == (by.user_id, by.provider_id, [client.pk])
    assert (latest.history_change_reason, latest.history_user_id, latest.history_date) == (
        str(event.id), by.user_id, NOW
    )  # fmt: skip


@pytest.mark.parametrize(
    "says",
    [
        lambda act: None,
        lambda act: (act.record("client.corrected"), act.record("client.corrected")),
        lambda act: (act.record("client.corrected"), act.changed_nothing()),
    ],
    ids=["no event", "two events", "an event and none"],
)
def test_an_act_that_does_not_say_once_what_it_did_is_undone(says):
    by = makers.an_actor()
    client = makers.a_client(by)

    with pytest.raises(NotExactlyOneEvent):
        rename(client, by, says)

    client.refresh_from_db()
    assert client.postcode == ""
    assert not Event.objects.filter(what="client.corrected").exists()


@pytest.mark.parametrize("value", ["AB05051985M", None, 1.5])
def test_audit_takes_numbers_and_nothing_that_could_be_about_somebody(value):
    with pytest.raises(events.NotACount):
        events.record("client.viewed", at=NOW, by=None, who=value)


def test_actions_inside_a_whole_are_one_act_with_one_event():
    by = makers.an_actor()
    before = Event.objects.count()

    with whole_act(by=by, at=NOW) as whole:
        clients = [makers.a_client(by, attributor) for attributor in ("AB05051985M", "CD17091979F")]
        whole.record("clients.uploaded", clients=len(clients))

    assert Event.objects.count() == before + 1
    event = Event.objects.latest("pk")
    assert (event.what, event.counts) == ("clients.uploaded", {"clients": 2})
    assert {client.history.get().history_change_reason for client in clients} == {str(event.id)}


def test_a_whole_that_says_nothing_of_what_its_parts_did_is_undone():
    by = makers.an_actor()

    with pytest.raises(NotExactlyOneEvent), whole_act(by=by, at=NOW):
        makers.a_client(by)

    assert not Client.objects.exists()


def test_nobody_acts_inside_the_act_of_somebody_else():
    by, other = makers.an_actor(), makers.an_actor()

    with pytest.raises(NotExactlyOneEvent), whole_act(by=by, at=NOW) as whole:
        makers.a_client(other)
        whole.record("clients.uploaded")

    assert not Client.objects.exists()


def test_after_a_whole_actions_are_acts_of_their_own_again():
    by = makers.an_actor()
    with whole_act(by=by, at=NOW) as whole:
        whole.changed_nothing()

    client = makers.a_client(by)

    assert Event.objects.get(what="client.registered").subjects == [client.pk]
