import pytest

from clients.models import Client
from ims.audit import events
from ims.audit.acting import NotExactlyOneEvent, acting
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
