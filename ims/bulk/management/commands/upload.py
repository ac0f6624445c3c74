"""`upload FILE` sends a file from a terminal, in the name of one of the provider's managers.

Ends with 0 where all is well, 1 where rows are rejected or the file is unusual, 2 where it cannot be read, 3 after a fault
of the system.
"""

import json
import logging
import os
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from ims.accounts.models import Membership
from ims.bulk import at_terminal
from ims.bulk.actions import Sent
from ims.bulk.layout import NoSuchLayout, layouts_of
from ims.bulk.models import Profile
from ims.bulk.models.upload import Way
from ims.core import dates
from ims.core.access import Permission
from ims.core.actor import Actor

log = logging.getLogger(__name__)

FAULT = 3  # what the command ends with after a fault of the system
STOPPED = "It was stopped by a fault of the system, and nothing is recorded. Where it got as far as “Uploads”, try again there."


class Command(BaseCommand):
    help = "Check a file of a provider, and with --apply record it, as from the pages."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--provider", required=True, metavar="CODE")
        parser.add_argument("--layout", required=True)
        parser.add_argument("--username", required=True, help="the manager in whose name it is sent")
        parser.add_argument("--profile", default="", metavar="NAME", help="a mapping profile of the provider")
        parser.add_argument(
            "--apply", action="store_true", help="record it, unless somebody has to look at it first"
        )
        parser.add_argument("--json", action="store_true", help="print the counts for a program")

    def handle(self, **options):
        try:
            done = self._sent(**options)
        except CommandError:
            raise
        except Exception:  # whose text, printed, may quote a row
            log.exception("an upload from a terminal was stopped")
            raise CommandError(STOPPED, returncode=FAULT) from None
        if options["json"]:
            self.stdout.write(json.dumps(at_terminal.as_data(done), ensure_ascii=False))
        else:
            self.stdout.write("\n".join(at_terminal.as_lines(done)))
        if code := at_terminal.ends_with(done):
            raise SystemExit(code)

    def _sent(self, *, file, provider, layout, username, profile, **options) -> at_terminal.Outcomes:
        by = _manager(provider, username)
        sent = Sent(_shown_name(file), _bytes(file), layout, _profile(profile, layout, by), Way.COMMAND)
        try:
            return at_terminal.upload_file(sent, applies=options["apply"], at=timezone.now(), by=by)
        except NoSuchLayout:
            known = ", ".join(one.key for one in layouts_of(by))
            raise _wrong(f"The provider has no layout “{layout}”. It has: {known}.") from None


def _wrong(words: str) -> CommandError:
    """What was asked for cannot be read as it stands."""
    return CommandError(words, returncode=at_terminal.UNREADABLE)


def _manager(code: str, username: str) -> Actor:
    held = (
        Membership.objects.in_force()
        .select_related("user", "provider")
        .filter(provider__code=code.upper(), user__username__iexact=username)
    )
    allowed = [one.actor() for one in held if one.actor().may(Permission.UPLOAD_SEND)]
    if not allowed:
        raise _wrong(f"{username} may not send files for a provider {code}.")
    return allowed[0]


def _shown_name(file: Path) -> str:
    """The name for a page; what is no letter in it is replaced."""
    return os.fsencode(file.name).decode(errors="replace")


def _bytes(file: Path) -> bytes:
    try:
        if not file.is_file():
            raise _wrong(f"There is no file {os.fsencode(file).decode(errors='replace')}.")
        if file.stat().st_size > settings.UPLOAD_MOST_BYTES:
            raise _wrong(f"The file is longer than {settings.UPLOAD_MOST_BYTES / 1_000_000:g} MB.")
        return file.read_bytes()
    except OSError as fault:
        raise _wrong(f"The file cannot be read: {fault.strerror}.") from None


def _profile(name: str, layout: str, by: Actor) -> Profile | None:
    if not name:
        return None
    own = Profile.objects.visible_to(by).in_force(dates.today())
    found = own.filter(name__iexact=name, layout=layout).first()
    if found is None:
        raise _wrong(f"The provider has no profile “{name}” for this layout today.")
    return found
