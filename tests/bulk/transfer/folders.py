"""A provider's folder of secure file transfer, as its system fills it and a collection goes through it."""

import os
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ims.bulk.models import Transfer, Upload
from ims.bulk.transfer.action import set_transfer
from ims.bulk.transfer.collecting import collect
from ims.core import jobs
from ims.core.actor import Actor
from tests.bulk.sending import a_setting
from tests.makers import NOW

NEW = "P,Q,05/05/1985,M,yes,7Q4,01/06/2026,SYR_FIXED_1=10,HEROIN\n"
OTHER = "R,S,17/09/1979,F,yes,8K2,02/06/2026,SYR_FIXED_1=5,HEROIN\n"
WRONG = NEW.replace("HEROIN", "HEROINE")


def nothing() -> None:
    """What happens between the two looks, where nothing does."""


@dataclass(frozen=True)
class Folders:
    """`own` is the provider's. Time stands at NOW where nothing else is said; nobody waits."""

    root: Path
    own: Path

    def leaves(self, text: str | bytes, name: str = "quarter.csv") -> Path:
        """As a system should: under another name until all of it is there."""
        part, file = self.own / "incoming/.part", self.own / "incoming" / name
        part.write_bytes(text.encode() if isinstance(text, str) else text)
        return part.rename(file)

    def collected(self, *, meanwhile: Callable[[], object] = nothing, at: datetime = NOW) -> Counter[str]:
        """What one run did, the worker's work not included."""
        return collect(self.root, pause=meanwhile, now=lambda: at)

    def gone_through(self, **options) -> None:
        """Taken, worked at and put aside."""
        self.collected(**options)
        jobs.run_waiting()
        self.collected(**options)

    def names(self, part: str) -> list[str]:
        """What lies there, without what put it there says before the name."""
        return sorted(name.split("-", 2)[-1] for name in os.listdir(self.own / part))

    def text(self, part: str, ending: str) -> str:
        (found,) = [path for path in (self.own / part).iterdir() if path.name.endswith(ending)]
        return found.read_text()


def folders_of(code: str, root: Path) -> Folders:
    own = root / code.lower()
    for part in ("incoming", "done", "refused"):
        (own / part).mkdir(parents=True)
    return Folders(root, own)


def settled(by: Actor, **said) -> Transfer:
    """Secure file transfer switched on (see `a_setting`), or settled otherwise."""
    held = Transfer.objects.visible_to(by).first()
    version = held.version if held else 0
    return set_transfer(setting=a_setting(by, **said), expected_version=version, at=NOW, by=by)


def states() -> list[str]:
    return list(Upload.objects.order_by("pk").values_list("state", flat=True))


class Killed(BaseException):
    """The end of the process, as far as a test can have it."""
