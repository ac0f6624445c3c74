"""Putting a referral in its next state: the one place that writes a state, and the step beside it."""

from ims.accounts import drafts
from ims.audit.acting import Act
from referrals.models import ReferralOut, ReferralStatus
from referrals.states import OVER, Side, State


class NotPossible(ValueError):
    """A referral in its state cannot come into that other one by that side. `current` is the referral as it is."""

    def __init__(self, current: ReferralOut):
        super().__init__()
        self.current = current


def move(held: ReferralOut, state: State, side: Side, act: Act, decline_reason: str = "") -> bool:
    """Put a referral in a state and keep the step as a row; False where it is there already. Raises NotPossible."""
    if held.state == state:
        return False
    if state not in held.moves(side):
        raise NotPossible(held)
    held.state, held.state_at = state, act.at
    held.decline_reason = decline_reason if state == State.DECLINED else ""
    held.save(update_fields=["state", "state_at", "decline_reason"])
    step_of(held, side, act).save()
    if state in OVER:
        drafts.forget_everybodys(path=held.accepting_url())
    return True


def step_of(referral: ReferralOut, side: Side, act: Act) -> ReferralStatus:
    """The row, not yet saved, that keeps the state a referral is in now."""
    return ReferralStatus(
        referral_id=referral.pk,
        state=referral.state,
        decline_reason=referral.decline_reason,
        by_receiver=side == Side.RECEIVER,
        at=act.at,
        by_id=act.by.user_id,
    )
