"""How a file comes in: into memory and nowhere else, no more of it than may be sent, and only from those who may send one.

What people send is personal, so it never lies in the temp folder, where nobody would remove it from a stopped machine.
"""

from io import BytesIO

from django.conf import settings
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile, StopUpload

from ims.core.access import Permission

_MB = 1_000_000
_FORM = 100_000  # bytes around the file: the other boxes and what separates them
FAR_TOO_LONG = 4  # times the most: nothing more of it is read, though a browser may then show no page


class InMemory(FileUploadHandler):
    """The one upload handler of the site (settings.FILE_UPLOAD_HANDLERS), before any view has seen the request.

    A file that is refused is read away, so that the browser can be answered. What was too long is told by `too_long`.
    """

    def __init__(self, request=None):
        super().__init__(request)
        self.declared = 0
        self.seen = 0  # of all files of the request together
        self.kept = BytesIO()

    def handle_raw_input(self, input_data, META, content_length, boundary, encoding=None):
        self.declared = content_length

    def new_file(self, *args, **kwargs):
        super().new_file(*args, **kwargs)
        if self.declared > settings.UPLOAD_MOST_BYTES * FAR_TOO_LONG:
            self.request.file_too_long = self.declared
            raise StopUpload(connection_reset=True)
        if not self._may_send():
            raise SkipFile
        if self.declared > settings.UPLOAD_MOST_BYTES + _FORM:
            self._refuse(self.declared)
        self.kept = BytesIO()

    def _may_send(self) -> bool:
        actor = getattr(self.request, "actor", None)
        return actor is not None and actor.may(Permission.UPLOAD_SEND)

    def receive_data_chunk(self, raw_data, start):
        self.seen += len(raw_data)
        if self.seen > settings.UPLOAD_MOST_BYTES:
            self._refuse(self.seen)
        self.kept.write(raw_data)

    def _refuse(self, length: int) -> None:
        self.kept = BytesIO()
        self.request.file_too_long = length
        raise SkipFile

    def file_complete(self, file_size):
        self.kept.seek(0)
        return InMemoryUploadedFile(
            self.kept,
            self.field_name,
            self.file_name,
            self.content_type,
            file_size,
            self.charset,
            self.content_type_extra,
        )


def too_long(request) -> str:
    """Why a file that was sent is not there; empty where none was too long."""
    length = getattr(request, "file_too_long", 0)
    if not length:
        return ""
    return (
        f"The file has {length / _MB:,.1f} MB or more, and the most is {settings.UPLOAD_MOST_BYTES / _MB:g} MB. "
        "Split it into smaller files, each with the headings."
    )
