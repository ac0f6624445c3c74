"""A file becomes the current edition, or nothing changes at all.

Everything up to the swap is one transaction, so readers have the old edition until the new one is whole. The SQL here
names geography's tables and no other: the authority kept with a past contact is a value in the contact's own row, and
nothing in this module could touch it.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path

from django.db import connection, transaction
from psycopg.errors import UniqueViolation

from ims.audit import events
from ims.geography import areas
from ims.geography.attribution import ATTRIBUTION, attribution_for
from ims.geography.loading.changes import Changes, changes_between
from ims.geography.loading.files import FileRefused, Source, opened
from ims.geography.loading.naming import edition_of, year_of
from ims.geography.loading.rows import Reading, Row, rows_of
from ims.geography.models import Authority, Edition, Product

ROWS_A_PIECE = 2_000
ROWS_BETWEEN_WORDS = 200_000
FEWEST = 0.5  # of the rows of the current edition
EXAMPLE_FILE = Path(__file__).parents[1] / "data" / "example_postcodes.csv"
EXAMPLE_EDITION = "2025.4"

# Any number, the same for everyone who loads: two at once would each take the other's edition for the current one.
_ADVISORY_LOCK = 7_463_002


class AlreadyLoaded(Exception):
    """The file is the current edition. Nothing changes."""

    def __init__(self, edition: Edition):
        super().__init__(f"Already loaded: {edition}, {edition.rows:,} postcodes. Nothing has changed.")


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load did. `malformed` rows were left out; `examples` say which."""

    edition: Edition
    malformed: int
    examples: list[str]
    changes: Changes


def load(
    path: Path,
    *,
    at: datetime,
    product: str = "",
    name: str = "",
    smaller: bool = False,
    say: Callable[[str], None] = lambda word: None,
) -> Loaded:
    """Make a file the current edition of the postcode lookup, and remove the rows of the one before.

    `product` and `name` are found out where they are empty. `smaller` allows a file that has far fewer postcodes than
    the current edition. `say` is told of progress. Raises FileRefused and AlreadyLoaded; then nothing has changed.
    """
    with opened(path) as source:
        loaded = _load(source, at=at, product=product, name=name, smaller=smaller, say=say)
    _remove_rows_of_old_editions()
    return loaded


def load_example(*, at: datetime) -> Loaded:
    """Load the example postcodes that ship with the project. Raises AlreadyLoaded where any edition is current."""
    if edition := Edition.objects.current().first():
        raise AlreadyLoaded(edition)
    return load(EXAMPLE_FILE, at=at, product=Product.EXAMPLE, name=EXAMPLE_EDITION)


@transaction.atomic
def _load(source: Source, *, at, product, name, smaller, say) -> Loaded:
    _one_at_a_time()
    previous = Edition.objects.current().first()
    if previous and previous.file_sha256 == source.sha256:
        raise AlreadyLoaded(previous)
    edition = _edition(source, name or edition_of(source), at)
    reading = Reading()
    _copy(edition, rows_of(source, reading), say)
    reading.judge(source, smaller=smaller)
    _refuse_far_fewer(reading.rows, previous, smaller)
    say("Comparing with the current edition …")
    if not Authority.objects.exists():
        areas.load_authorities()
    changes = changes_between(previous, edition)
    _swap(previous, edition, product or reading.product, reading.rows)
    events.record("postcodes.loaded", edition, at=at, by=None, rows=reading.rows, malformed=reading.malformed)
    return Loaded(edition, reading.malformed, reading.examples, changes)


def _one_at_a_time() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_ADVISORY_LOCK])
        if not cursor.fetchone()[0]:
            raise FileRefused("Another load is running. Wait until it has ended.")


def _edition(source: Source, name: str, at: datetime) -> Edition:
    """The line of the edition, not yet current. A file that was loaded before keeps its line, which records name."""
    year = year_of(name)
    facts = {
        "product": Product.OTHER,
        "name": name,
        "rows": 0,
        "loaded_at": at,
        "attribution": attribution_for(year) if year else ATTRIBUTION,
    }
    edition, is_new = Edition.objects.update_or_create(file_sha256=source.sha256, defaults=facts)
    if not is_new:
        edition.postcodes.all().delete()  # left by a load whose clearing up was interrupted
    return edition


def _copy(edition: Edition, rows: Iterable[Row], say: Callable[[str], None]) -> None:
    columns = "edition_id, postcode, authority_code, ward_code, lsoa_code, terminated_on"
    done = 0
    try:
        with (
            connection.cursor() as cursor,
            cursor.copy(f"COPY geography_postcode ({columns}) FROM STDIN") as copy,
        ):
            for piece in _pieces(rows):
                copy.write("".join(_line(edition.pk, row) for row in piece))
                done += len(piece)
                if done % ROWS_BETWEEN_WORDS == 0:
                    say(f"{done:,} postcodes …")
    except UniqueViolation as error:
        raise FileRefused(f"The file holds a postcode twice: {_repeated(error)}.") from None


def _pieces(rows: Iterable[Row]) -> Iterator[list[Row]]:
    rows = iter(rows)
    while piece := list(islice(rows, ROWS_A_PIECE)):
        yield piece


def _line(edition_id: int, row: Row) -> str:
    """One line of COPY's text format. Every value has been matched with a pattern without tabs or backslashes."""
    return f"{edition_id}\t{row.postcode}\t{row.authority}\t{row.ward}\t{row.lsoa}\t{row.terminated or chr(92) + 'N'}\n"


def _repeated(error: UniqueViolation) -> str:
    """The postcode in "Key (edition_id, postcode)=(7, L1 0AA) already exists."."""
    return (error.diag.message_detail or "").partition(", ")[2].partition(", ")[2].partition(")")[0]


def _refuse_far_fewer(rows: int, previous: Edition | None, smaller: bool) -> None:
    if previous and rows < FEWEST * previous.rows and not smaller:
        raise FileRefused(
            f"The file holds {rows:,} postcodes and the current edition ({previous}) {previous.rows:,}. If that is "
            "meant, add --smaller."
        )


def _swap(previous: Edition | None, edition: Edition, product: str, rows: int) -> None:
    if previous:
        previous.is_current = False
        previous.save(update_fields=["is_current"])
    edition.product, edition.rows, edition.is_current = product, rows, True
    edition.save(update_fields=["product", "rows", "is_current"])


def _remove_rows_of_old_editions() -> None:
    """In a transaction of its own: if it fails, the next load removes them."""
    with connection.cursor() as cursor:
        # Whatever is current by now: somebody else may have loaded since our own swap.
        cursor.execute(
            "DELETE FROM geography_postcode USING geography_edition AS edition"
            " WHERE edition.id = edition_id AND NOT edition.is_current"
        )
