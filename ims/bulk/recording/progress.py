"""How far a file is while its one transaction is open: told through a connection of its own, which commits at once."""

from django.db import connection

from ims.bulk.models import Upload


class Progress:
    """A context within which `say` may be called. What it says is forgotten when the transaction ends either way."""

    def __init__(self, upload: Upload):
        self.upload = upload

    def __enter__(self) -> "Progress":
        self.own = connection.copy()
        with self.own.cursor() as cursor:
            cursor.execute("SET synchronous_commit = off")  # not worth waiting for a disk
        return self

    def __exit__(self, *fault) -> None:
        self.own.close()

    def say(self, rows: int) -> None:
        with self.own.cursor() as cursor:
            cursor.execute("UPDATE bulk_upload SET rows_done = %s WHERE id = %s", [rows, self.upload.pk])
