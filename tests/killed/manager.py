"""Somebody who sends files to a site that is killed under them."""

from tests.bench.visitor import Answer
from tests.killed.person import Person
from tests.killed.upload import File

BOUNDARY = "a-line-that-is-in-no-file"


class Manager(Person):
    def chooses(self) -> dict[str, str]:
        """The form, filled in but for the file. Sent twice, it is one submission."""
        return self.fills_in("/uploads/", layout="contacts")

    def posts(self, file: File, fields: dict[str, str]) -> Answer:
        """Raises Wrong or OSError where the server dies before it has answered."""
        body = _multipart(file, fields)
        form = [f"Content-Type: multipart/form-data; boundary={BOUNDARY}", f"Content-Length: {len(body)}"]
        return self._ask(self._head("POST", "/uploads/", *form) + body)

    def sends_file(self, file: File) -> str:
        """The path of the upload."""
        return path_of(self.posts(file, self.chooses()))

    def confirms(self, path: str) -> None:
        self.post(f"{path}confirm/", self.says_yes(path)).must(302)

    def tries_again(self, path: str) -> None:
        self.post(f"{path}retry/", self.chooses()).must(302)

    def gives_up(self, path: str) -> None:
        self.post(f"{path}give-up/", self.chooses()).must(302)

    def says_yes(self, path: str) -> dict[str, str]:
        """The page that confirms, filled in: ticked where it asks whether somebody has looked."""
        return self.fills_in(f"{path}confirm/", looked="on")


def path_of(answer: Answer) -> str:
    """Of the upload to which the answer to a file leads."""
    (path,) = answer.must(302).headers("location")
    return path


def _multipart(file: File, fields: dict[str, str]) -> bytes:
    fields = {name: value for name, value in fields.items() if name != "file"}
    parts = [
        f'Content-Disposition: form-data; name="{name}"\r\n\r\n{value}'.encode()
        for name, value in fields.items()
    ]
    head = f'Content-Disposition: form-data; name="file"; filename="{file.file_name}"\r\nContent-Type: text/csv\r\n\r\n'
    parts.append(head.encode() + file.data)
    line = f"--{BOUNDARY}".encode()
    return b"".join(line + b"\r\n" + part + b"\r\n" for part in parts) + line + b"--\r\n"
