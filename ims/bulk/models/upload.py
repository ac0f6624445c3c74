"""A file that a service sent, its rows while they are needed, and what became of it.

Bytes go as soon as the rows are read. What the rows say goes when they are applied or given up, or after seven days; how
many there were, the hash of the file and the outcome of each row stay.
"""

import uuid
from typing import LiteralString

import psycopg
from django.conf import settings
from django.db import connection, models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from psycopg import sql

from ims.accounts.models import Membership
from ims.bulk.layout import Outcome
from ims.bulk.models.profile import Profile
from ims.providers.models import Provider


class State(models.TextChoices):
    RECEIVED = "received", "Waiting to be checked"
    CHECKED = "checked", "Checked"
    UNREADABLE = "unreadable", "Could not be read"
    CONFIRMED = "confirmed", "Being recorded"
    APPLIED = "applied", "Recorded"
    GIVEN_UP = "given_up", "Given up"
    FAILED = "failed", "Stopped by a fault of the system"


OPEN = (State.RECEIVED, State.CHECKED, State.CONFIRMED, State.FAILED)
BEING_DONE = (State.RECEIVED, State.CONFIRMED)  # something is to be done with it by the system


class Way(models.TextChoices):
    PAGE = "page", "On the page"
    TRANSFER = "transfer", "By secure file transfer"
    COMMAND = "command", "From a terminal"


class UploadQuerySet(models.QuerySet):
    def visible_to(self, actor):
        """Those of the actor's own service."""
        return self.filter(provider_id=actor.provider_id) if actor.provider_id else self.none()

    def overdue(self, at):
        """Those whose rows have been kept for long enough, whatever became of them; whoever confirmed one late has it done.

        Among them those of which something is left though it was taken away, as after a check that was killed.
        """
        since = at - settings.UPLOAD_ROWS_KEPT
        left = Exists(UploadRow.objects.filter(upload=OuterRef("pk")))
        old = self.filter(sent_at__lt=since).exclude(confirmed_at__gte=since)
        return old.filter(Q(purged_at=None) | left)


class Upload(models.Model):
    ref = models.UUIDField(default=uuid.uuid4, editable=False)
    provider = models.ForeignKey(Provider, models.PROTECT, related_name="+")
    membership = models.ForeignKey(
        Membership, models.PROTECT, related_name="+"
    )  # in whose name it is recorded
    layout = models.CharField(max_length=40)
    profile = models.ForeignKey(Profile, models.PROTECT, null=True, related_name="+")
    way = models.CharField(max_length=10, choices=Way)
    file_name = models.CharField(
        max_length=120, blank=True
    )  # for the sender to know it by; goes with the rows
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()  # bytes
    state = models.CharField(max_length=10, choices=State, default=State.RECEIVED)
    refusal = models.TextField(
        blank=True
    )  # why the file as a whole could not be read; it may quote the file and goes like the rows
    header = models.JSONField(default=list)  # as it was written
    counts = models.JSONField(default=dict)  # rows by outcome, and how many carry a mark
    outcomes = models.TextField(blank=True)  # of every row in the order of the file: n, c, s or r
    groups = models.JSONField(
        default=list
    )  # like faults and marks together (see groups.py); goes with the rows
    unusual = models.JSONField(default=list)  # why it waits for a second look
    moved_on = models.BooleanField(
        default=False
    )  # what was held changed between check and recording: checked again
    rows_done = models.PositiveIntegerField(default=0)  # of the pass that runs
    skips_rejected = models.BooleanField(default=False)  # confirmed without the rejected rows
    submission_id = models.UUIDField()
    sent_at = models.DateTimeField()
    sent_by_id = models.BigIntegerField()
    checked_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by_id = models.BigIntegerField(null=True)
    ended_at = models.DateTimeField(null=True)
    purged_at = models.DateTimeField(null=True)

    objects = UploadQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["ref"], name="upload_ref_is_unique"),
            models.UniqueConstraint(fields=["submission_id"], name="upload_submission_is_saved_once"),
            models.CheckConstraint(
                condition=Q(confirmed_at=None, confirmed_by_id=None)
                | Q(confirmed_at__isnull=False, confirmed_by_id__isnull=False),
                name="upload_confirmed_at_and_by_both_or_neither",
            ),
        ]
        indexes = [models.Index(fields=["provider", "-sent_at"], name="upload_by_provider")]

    class Personal:
        identifying = ("file_name", "groups", "header", "refusal")
        sensitive = ()
        neutral = (
            "id", "ref", "provider", "membership", "layout", "profile", "way", "sha256", "size", "state", "counts",
            "outcomes",
            "unusual", "moved_on", "rows_done", "skips_rejected", "submission_id", "sent_at", "sent_by_id", "checked_at",
            "confirmed_at", "confirmed_by_id", "ended_at", "purged_at",
        )  # fmt: skip
        no_history = "each step of it is an event, and what it says is taken away again"

    def get_absolute_url(self):
        return reverse("bulk:upload", args=[self.ref])

    def take_away_rows(self, at) -> None:
        """What the rows say, and what the file was called; how many there were and the outcome of each stay."""
        UploadRow.objects.filter(upload=self).delete()
        UploadFile.objects.filter(upload=self).delete()
        self.groups, self.header, self.file_name, self.refusal, self.purged_at = [], [], "", "", at
        self.save()

    def waits_long(self, at) -> bool:
        """Whether it should be done with by now. Known without a word of the worker, who may have no room to write one."""
        since = self.confirmed_at or self.sent_at
        return self.state in BEING_DONE and at - since > settings.UPLOAD_WAITS_LONG

    def rows_to_record(self) -> int:
        """How many rows recording goes through: all but the rejected."""
        return self.rows_in_all() - self.counts.get(Outcome.REJECTED, 0)

    def rows_in_all(self) -> int:
        return sum(self.counts.get(outcome, 0) for outcome in Outcome.values)


class UploadFileQuerySet(models.QuerySet):
    def visible_to(self, actor):
        return self.filter(upload__provider_id=actor.provider_id) if actor.provider_id else self.none()

    def keep(self, upload, data: bytes) -> None:
        """Save the bytes of an upload."""
        self._in_binary("INSERT INTO {} (upload_id, data) VALUES (%s, %b)", upload.pk, data)

    def bytes_of(self, upload) -> bytes:
        """Raises DoesNotExist."""
        found = self._in_binary("SELECT data FROM {} WHERE upload_id = %s", upload.pk).fetchone()
        if found is None:
            raise self.model.DoesNotExist
        return found[0]

    def _in_binary(self, statement: LiteralString, *values) -> psycopg.Cursor:
        """Django writes values into the statement, and 50 MB written as text are 400 MB on their way."""
        connection.ensure_connection()
        cursor = psycopg.Cursor(connection.connection)
        query = sql.SQL(statement).format(sql.Identifier(self.model._meta.db_table))
        return cursor.execute(query, values, prepare=False, binary=True)


class UploadFile(models.Model):
    """The bytes as they came, until the rows are read."""

    upload = models.OneToOneField(Upload, models.CASCADE, primary_key=True, related_name="file")
    data = models.BinaryField()

    objects = UploadFileQuerySet.as_manager()

    class Personal:
        identifying = ("data",)
        sensitive = ()
        neutral = ("upload",)
        no_history = "it is read once and removed"


CELL = "\x1f"  # the unit separator; no cell has one (see passing.py)


class UploadRowQuerySet(models.QuerySet):
    def visible_to(self, actor):
        return self.filter(upload__provider_id=actor.provider_id) if actor.provider_id else self.none()


class UploadRow(models.Model):
    """A row of the file as it was written, and what the check made of it; there until it is applied or given up."""

    upload = models.ForeignKey(Upload, models.CASCADE, related_name="rows", db_index=False)
    number = models.PositiveIntegerField()  # as the spreadsheet shows it
    cells = models.TextField()  # between CELL signs: a list takes ten times as long to write and to read
    outcome = models.CharField(max_length=8, choices=Outcome)
    faults = models.JSONField(null=True)  # [[column, words], …] of a rejected row; null of any other

    objects = UploadRowQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["upload", "number"], name="upload_row_number_is_unique")
        ]

    class Personal:
        identifying = ("cells", "faults")
        sensitive = ()
        neutral = ("id", "upload", "number", "outcome")
        no_history = "it is read, applied and taken away again"

    def written(self) -> list[str]:
        """The cells as they stand in the file."""
        return self.cells.split(CELL)
