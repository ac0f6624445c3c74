"""How a test calls the actions on referrals: a second service sends to, or receives from, that of the stage."""

from ims.core.keys import new_submission_id
from referrals.states import State
from tests import makers


def _received(stage, **said):
    """A referral from another service to the one of the stage."""
    sender = makers.an_actor()
    return makers.a_received_referral(sender, makers.a_client(sender), stage.provider, **said)


CALLS = {
    "referrals.actions.record_referrals_in": lambda stage: {
        "lines": [makers.incoming_line(stage.client)],
        "by": stage.staff,
    },
    "referrals.actions.change_referral_in": lambda stage: {
        "contact": makers.a_referral_in(stage.staff, stage.client),
        "line": makers.incoming_line(stage.client, source="3"),
        "expected_version": 1,
        "by": stage.staff,
    },
    "referrals.actions.send_referrals": lambda stage: {
        "lines": [makers.outgoing_line(stage.client)],
        "by": stage.staff,
    },
    "referrals.actions.change_referral_out": lambda stage: {
        "contact": makers.a_referral_out(stage.staff, stage.client),
        "line": makers.outgoing_line(stage.client, destination="AE"),
        "expected_version": 1,
        "by": stage.staff,
    },
    "referrals.actions.say_outcome": lambda stage: {
        "referral": makers.a_referral_out(stage.staff, stage.client),
        "state": State.ATTENDED,
        "by": stage.staff,
    },
    "referrals.receiving.actions.see_referral": lambda stage: {
        "referral": _received(stage),
        "by": stage.staff,
    },
    "referrals.receiving.actions.answer_referral": lambda stage: {
        "referral": _received(stage),
        "state": State.DECLINED,
        "decline_reason": "FULL",
        "by": stage.staff,
    },
    # A client of its own already, who says Yes again: making one, and deciding, are acts of their own.
    "referrals.receiving.actions.accept_referral": lambda stage: {
        "referral": _received(stage),
        "attributor": stage.client.attributor,
        "consent": makers.a_decision(),
        "details": makers.Details(),
        "existing": stage.client,
        "submission_id": new_submission_id(),
        "by": stage.staff,
    },
}
