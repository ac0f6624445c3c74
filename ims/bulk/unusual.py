"""Guard rails: a file that would change far more than this service's files usually do waits for a second look.

The check keeps why; confirming asks for the look (actions.confirm_upload), whoever calls it.
"""

from statistics import median

from ims.bulk.layout import Outcome
from ims.bulk.models import Upload
from ims.bulk.models.upload import State
from ims.core.actor import Actor

EARLIER = 6  # files of the same layout that it is compared with
TIMES = 3  # so many times their median is far more than usual
ALWAYS_USUAL = 50  # rows: a small file is looked through by eye
MOST_CHANGED = 0.25  # of the rows: a source that renumbers or reformats its records looks like this


def unusual(upload: Upload, actor: Actor) -> list[str]:
    """Why a file needs a second look, in words; nothing where it does not."""
    new, changed = (upload.counts.get(outcome, 0) for outcome in (Outcome.NEW, Outcome.CHANGED))
    said = []
    usual = _usual(upload, actor)
    if usual is not None and new + changed > max(ALWAYS_USUAL, TIMES * usual):
        said.append(
            f"It would record or change {new + changed:,} rows; your files of this kind usually do {usual:,.0f}."
        )
    if changed > max(ALWAYS_USUAL, MOST_CHANGED * upload.rows_in_all()):
        said.append(f"It would change {changed:,} records that are held already.")
    if rejected := _mostly_rejected(upload):
        said.append(f"More than half of its rows are rejected ({rejected:,}): it may be of another layout.")
    return said


def _usual(upload: Upload, actor: Actor) -> float | None:
    """How many rows the latest files of this layout recorded or changed; None where there was no such file."""
    applied = Upload.objects.visible_to(actor).filter(layout=upload.layout, state=State.APPLIED)
    sizes = [
        counts.get(Outcome.NEW, 0) + counts.get(Outcome.CHANGED, 0)
        for counts in applied.values_list("counts", flat=True)[:EARLIER]
    ]
    return median(sizes) if sizes else None


def _mostly_rejected(upload: Upload) -> int:
    rejected = upload.counts.get(Outcome.REJECTED, 0)
    return rejected if rejected * 2 > max(ALWAYS_USUAL, upload.rows_in_all()) else 0
