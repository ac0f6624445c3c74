"""What changes a client: each act does one thing or refuses with a name, and reaches its own service's records alone."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from clients import actions
from clients.actions import (
    Details,
    Newcomer,
    SameAttributor,
    correct_client,
    decide_consent,
    register_client,
    register_clients,
)
from clients.attributor import Attributor, parse_attributor
from clients.ims_id import is_ims_id
from clients.models import Client, ConsentDecision
from ims.audit.acting import acting
from ims.audit.models import Event
from ims.core.keys import new_submission_id
from tests import makers
from tests.makers import NOW, TODAY, a_client, a_decision, consent_decided, the_dummy
from tests.stories.deleting import delete

pytestmark = pytest.mark.django_db


@pytest.fixture
def service():
    return makers.a_provider()


@pytest.fixture
def staff(service):
    return makers.an_actor(provider=service)


@pytest.fixture
def colleague(service):
    return makers.the_manager(service)


def corrected(client, by, attributor=None, *, version=None, **details) -> Client:
    attributor = parse_attributor(attributor, today=TODAY) if attributor else client.attributor
    version = version or client.version
    return correct_client(
        client=client,
        attributor=attributor,
        details=Details(**details),
        expected_version=version,
        at=NOW,
        by=by,
    )


def decided(client, by, given, *, version, **said) -> ConsentDecision:
    return decide_consent(
        client=client, consent=a_decision(given, **said), expected_version=version, at=NOW, by=by
    )


class TestRegistering:
    def test_a_client_has_an_anonymous_id_and_the_first_decision(self, staff):
        client = a_client(staff, consent=False)

        assert is_ims_id(client.ims_id)
        assert (client.provider_id, client.created_by_id, client.version) == (
            staff.provider_id,
            staff.user_id,
            1,
        )
        assert client.decisions.get().given is False

    def test_the_same_submission_again_is_the_client_of_the_first(self, staff):
        submission = new_submission_id()
        first = a_client(staff, submission_id=submission)

        again = a_client(staff, "CD17091979F", submission_id=submission)

        assert again.pk == first.pk
        assert Client.objects.count() == 1

    def test_the_same_attributor_is_refused_unless_an_own_reference_tells_the_two_apart(self, staff):
        a_client(staff)

        with pytest.raises(actions.SameAttributor):
            a_client(staff)

        assert a_client(staff, own_reference="twin 2").pk

    def test_the_same_attributor_at_another_service_is_nobodys_business_here(self, staff):
        a_client(makers.an_actor())

        assert a_client(staff).pk

    def test_a_deleted_client_leaves_the_attributor_free(self, staff):
        delete(a_client(staff), staff)

        assert a_client(staff).pk

    @pytest.mark.parametrize("sex", ["M", "F"])
    def test_the_dummy_is_not_registered_as_a_person(self, staff, sex):
        with pytest.raises(actions.DummyIsNobody):
            a_client(staff, f"XX05051955{sex}")


class TestCorrecting:
    def test_what_is_said_is_said_in_full_and_the_version_grows(self, staff):
        client = a_client(staff, postcode="L1 9DB", own_reference="7")

        corrected(client, staff, "AB06051985M", postcode="WA7 1JD")

        client.refresh_from_db()
        assert client.attributor.text() == "AB06051985M"
        assert (client.postcode, client.own_reference, client.version) == ("WA7 1JD", "", 2)

    def test_what_it_says_already_is_left_alone_however_old_the_page(self, staff):
        client = a_client(staff)
        corrected(client, staff, postcode="WA7 1JD")

        corrected(client, staff, postcode="WA7 1JD", version=1)

        assert Client.objects.get().version == 2

    def test_a_newer_record_is_not_overwritten_and_comes_with_the_refusal(self, staff, colleague):
        client = a_client(staff)
        corrected(client, colleague, postcode="WA7 1JD")

        with pytest.raises(actions.SomeoneElseChangedIt) as refusal:
            corrected(client, staff, postcode="L1 9DB", version=1)

        assert refusal.value.current.postcode == "WA7 1JD"
        assert Client.objects.get().postcode == "WA7 1JD"

    def test_nobody_is_corrected_into_somebody_else(self, staff):
        a_client(staff)
        other = a_client(staff, "CD17091979F")

        with pytest.raises(actions.SameAttributor):
            corrected(other, staff, "AB05051985M")

    def test_the_dummy_is_nobody_before_and_after(self, staff):
        with pytest.raises(actions.DummyIsNobody):
            corrected(the_dummy(staff), staff, "AB05051985M")
        with pytest.raises(actions.DummyIsNobody):
            correct_client(
                client=a_client(staff), attributor=Attributor("X", "X", actions.DUMMY_BORN, "F"), details=Details(),
                expected_version=1, at=NOW, by=staff,
            )  # fmt: skip


class TestConsent:
    def test_a_decision_is_held_by_the_record_and_kept_beside_it(self, staff):
        client = a_client(staff)

        consent_decided(staff, client, False)

        assert (client.consent, client.has_consented(), client.version) == (False, False, 2)
        assert [decision.given for decision in client.decisions.all()] == [False, True]

    def test_the_same_decision_may_be_made_again(self, staff):
        client = a_client(staff)

        consent_decided(staff, client, True, at=NOW + timedelta(days=1))

        assert client.decisions.count() == 2

    def test_one_that_was_sent_twice_is_kept_once(self, staff):
        client = a_client(staff)

        first = decided(client, staff, False, version=1)
        second = decided(client, staff, False, version=1)

        assert first == second
        assert client.decisions.count() == 2

    def test_one_over_anothers_is_refused(self, staff, colleague):
        client = a_client(staff)
        decided(client, colleague, False, version=1)

        with pytest.raises(actions.SomeoneElseChangedIt):
            decided(client, staff, True, version=1, how="written")

    def test_one_made_while_somebody_corrected_the_record_is_not_taken_for_the_one_before(
        self, staff, colleague
    ):
        """It is refused, or it is kept; it is not dropped with the word that it was saved."""
        client = a_client(staff)
        corrected(client, colleague, postcode="WA7 1JD")

        try:
            decided(client, staff, True, version=1)
        except actions.SomeoneElseChangedIt:
            return
        assert client.decisions.count() == 2

    def test_nobody_can_be_asked_for_the_dummys(self, staff):
        dummy = the_dummy(staff)

        with pytest.raises(actions.DummyIsNobody):
            decided(dummy, staff, True, version=1)
        assert dummy.has_consented() is False


@pytest.mark.parametrize("change", [corrected, lambda client, by: decided(client, by, False, version=1)])
def test_a_client_of_another_service_or_a_deleted_one_is_out_of_reach(staff, change):
    foreign, deleted = a_client(makers.an_actor()), a_client(staff)
    delete(deleted, staff)

    for client in (foreign, deleted):
        with pytest.raises(actions.NotOurClient):
            change(client, staff)


def test_central_staff_register_nobody():
    with pytest.raises(IntegrityError):
        a_client(makers.an_officer())


@pytest.mark.parametrize(
    ("changed", "constraint"),
    [
        ({"is_dummy": True}, "client_dummy_holds_nothing_about_anybody"),
        ({"first_initial": "a"}, "client_initials_are_capital_letters"),
        ({"sex": ""}, "client_has_a_sex_unless_dummy"),
        ({"consent": None}, "consent"),
        ({"deleted_at": NOW}, "client_deleted_at_and_by_both_or_neither"),
        (
            {"first_initial": "X", "last_initial": "X", "date_of_birth": actions.DUMMY_BORN},
            "client_with_the_dummy_attributor_is_the_dummy",
        ),
    ],
)
def test_what_no_client_may_be_the_database_refuses_by_name(staff, changed, constraint):
    client = a_client(staff)

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic(), acting(by=staff, at=NOW):
        Client.objects.filter(pk=client.pk).update(**changed)


def test_registering_asks_for_a_decision(staff):
    with pytest.raises(TypeError, match="consent"):
        register_client(
            attributor=parse_attributor("AB05051985M", today=TODAY), details=Details(),
            submission_id=new_submission_id(), at=NOW, by=staff,
        )  # fmt: skip


def test_many_are_registered_in_one_act_or_none_of_them(staff):
    by = staff
    names = ("EF23111994M", "GH02021968M", "EF23111994M")
    newcomers = [
        Newcomer(parse_attributor(name, today=TODAY), makers.a_decision(), Details(), new_submission_id())
        for name in names
    ]

    with pytest.raises(SameAttributor):
        register_clients(newcomers=newcomers, at=NOW, by=by)
    assert not Client.objects.filter(provider=by.provider_id).exists()

    first, second = register_clients(newcomers=newcomers[:2], at=NOW, by=by)
    assert [client.attributor.text() for client in (first, second)] == list(names[:2])
    assert Event.objects.get(what="client.registered", provider_id=by.provider_id).subjects == [
        first.pk,
        second.pk,
    ]
    again = register_clients(newcomers=newcomers[1::-1], at=NOW, by=by)
    assert again == [second, first]
