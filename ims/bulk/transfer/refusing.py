"""Telling that files were refused: a note beside each, and one e-mail a run. Neither says what a file was called."""

import logging
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from smtplib import SMTPException

from django.conf import settings

from ims.accounts.models import Membership
from ims.audit import events
from ims.bulk.models import Transfer
from ims.bulk.transfer.senders import Why, senders_of
from ims.core import mail
from ims.core.actor import Actor
from ims.providers.models import Provider

log = logging.getLogger(__name__)


def note(why: Why) -> str:
    """What the sender of a file finds beside it."""
    return (
        f"Nothing of this file is recorded.\n{why.label}\nThen send it again, as a new file. "
        f"This one and this note are removed after {settings.TRANSFER_KEPT.days} days.\n"
    )


def tell_refused(provider: Provider, transfer: Transfer | None, refused: Sequence[Why], at: datetime) -> None:
    """Keep an event, and write to whoever can mend it. Mail that is down stops nothing: the notes are there."""
    events.record("transfer.refused", provider, at=at, by=_machine_of(provider), files=len(refused))
    groups = [(number, why.label) for why, number in Counter(refused).most_common()]
    said = {"subject": "files of yours were refused", "groups": groups, "at": at, "provider": provider}
    for member in _who_can_mend_it(provider, transfer):
        try:
            mail.send("bulk/mail/refused.txt", to=member.user.email, user=member.user, **said)
        except (OSError, SMTPException):
            log.warning("no mail to account %s: the mail server does not answer", member.user_id)


def _who_can_mend_it(provider: Provider, transfer: Transfer | None) -> list[Membership]:
    """The person named in the settings; where that is nobody, or nobody any more, every manager."""
    able = list(senders_of(provider.pk))
    return [one for one in able if transfer and one.pk == transfer.membership_id] or able


def _machine_of(provider: Provider) -> Actor:
    """Accounts are numbered from 1, so that 0 is nobody's."""
    return Actor(
        user_id=0,
        name="Collector",
        role="",
        role_label="",
        permissions=frozenset(),
        provider_id=provider.pk,
        provider_name=provider.name,
    )
