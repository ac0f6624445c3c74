"""One round through the folder of one provider: what becomes of each finished file."""

import logging
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime

from django.conf import settings

from ims.bulk.actions import Sent, receive_upload
from ims.bulk.models import Transfer, Upload
from ims.bulk.models.upload import BEING_DONE, State, Way
from ims.bulk.transfer.folder import Folder, Seen, StillWritten, TooLong, finished, name_aside
from ims.bulk.transfer.refusing import note, tell_refused
from ims.bulk.transfer.senders import Sender, Why
from ims.core import dates
from ims.providers.models import Provider

log = logging.getLogger(__name__)

TAKEN, UNDER_WAY, WAITING, WRITTEN = "taken", "under way", "waiting for another", "still being written"
UNREAD = "files that could not be opened"
DONE, REFUSED, REMOVED = "put into done", "refused", "removed in time"


class Taking:
    """In the name of whom the provider has settled on, or else to be refused."""

    def __init__(self, provider: Provider, folder: Folder, now: Callable[[], datetime]):
        self.provider, self.folder, self.now = provider, folder, now
        held = Transfer.objects.select_related("profile").filter(provider=provider).first()
        self.sender = Sender.of(held, dates.today(now()))
        self.own = Upload.objects.filter(provider=provider)
        self.refused: list[tuple[Seen, Why]] = []
        self.told: Counter[str] = Counter()

    def of(self, earlier: Mapping[str, Seen]) -> Counter[str]:
        """Take what is the same as at an earlier look; how many files were done what with. Raises OSError."""
        for entry in finished(earlier, self.folder.look()):
            self.told[self._one(entry)] += 1
        self._refuse()
        self.told[REMOVED] = self.folder.remove_old(self.now(), settings.TRANSFER_KEPT)
        return self.told

    def _one(self, entry: Seen) -> str:
        became = self.own.filter(submission_id=self._delivery(entry))
        state = became.values_list("state", flat=True).first()
        if state is None:
            return self._take(entry)
        if state in BEING_DONE:
            return UNDER_WAY
        if state == State.UNREADABLE:  # whose sender was told of it by the worker
            self._put_into_refused(entry, Why.UNREADABLE)
            return REFUSED
        self.folder.put_aside(entry, self.folder.done, self._name_aside(entry))
        return DONE

    def _take(self, entry: Seen) -> str:
        why = self.sender.why or (None if entry.is_file() else Why.NO_FILE)
        if why:
            return self._to_be_refused(entry, why)
        if self._is_behind_another():
            return WAITING
        try:
            data = self.folder.read(entry, most=settings.UPLOAD_MOST_BYTES)
        except TooLong:
            return self._to_be_refused(entry, Why.TOO_LONG)
        except PermissionError:
            return self._to_be_refused(entry, Why.NOT_OURS_TO_READ)
        except StillWritten:
            return WRITTEN
        except OSError as fault:  # its text would name the file
            log.warning("a file of %s cannot be opened: %s", self.provider.code, fault.strerror)
            return UNREAD
        self._receive(entry, data)
        return TAKEN

    def _is_behind_another(self) -> bool:
        """What is recorded by itself is taken one after another: each is checked by what the one before left."""
        under_way = self.own.filter(way=Way.TRANSFER, state__in=BEING_DONE)
        return self.sender.transfer.applies_by_itself and under_way.exists()

    def _receive(self, entry: Seen, data: bytes) -> None:
        settled = self.sender.transfer
        sent = Sent(entry.shown_name(), data, settled.layout, settled.profile, Way.TRANSFER)
        receive_upload(sent=sent, submission_id=self._delivery(entry), at=self.now(), by=self.sender.by)

    def _to_be_refused(self, entry: Seen, why: Why) -> str:
        self.refused.append((entry, why))
        return REFUSED

    def _refuse(self) -> None:
        """Told before they are moved: killed between, they are refused and told of once more, and not in silence."""
        if self.refused:
            reasons = [why for _, why in self.refused]
            tell_refused(self.provider, self.sender.transfer, reasons, self.now())
        for entry, why in self.refused:
            self._put_into_refused(entry, why)

    def _put_into_refused(self, entry: Seen, why: Why) -> None:
        name = self._name_aside(entry)
        self.folder.write_note(name, note(why))
        self.folder.put_aside(entry, self.folder.refused, name)

    def _name_aside(self, entry: Seen) -> str:
        return name_aside(entry, self._delivery(entry), self.now())

    def _delivery(self, entry: Seen):
        return entry.delivery(self.provider.pk)
