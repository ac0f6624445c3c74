"""A browser without a screen: one kept-alive connection, cookies; and how long the server took to answer.

The time is from the first byte sent to the last one received on the loopback: all of the server, gunicorn included,
and next to nothing of ours. gunicorn's own log would leave out its reading of the request and its queue.
"""

import re
import socket
from dataclasses import dataclass
from time import monotonic, perf_counter
from urllib.parse import urlencode

from tests.bench.fields import Fields
from tests.bench.measure import Wrong

PATIENCE = 60  # seconds for an answer
IDLE = 3  # seconds; gunicorn closes after five (ims/serving.py)
LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


@dataclass(frozen=True)
class Answer:
    status: int
    head: str
    text: str
    seconds: float

    def headers(self, name: str) -> list[str]:
        lines = (line.partition(":") for line in self.head.split("\r\n"))
        return [value.strip() for key, _, value in lines if key.lower() == name]

    def must(self, status: int, *words: str) -> "Answer":
        """The answer itself, if it is the one it should be. Raises Wrong: an error page is quick."""
        missing = [word for word in words if word not in self.text and word not in self.head]
        if self.status != status or missing:
            raise Wrong(
                f"status {self.status} instead of {status}, missing {missing}:\n{self.head}\n{self.text[:3000]}"
            )
        return self


class Visitor:
    def __init__(self, port: int):
        self.port = port
        self.cookies: dict[str, str] = {}
        self.connection: socket.socket | None = None
        self.used_at = 0.0  # seconds of the monotonic clock

    def get(self, path: str) -> Answer:
        return self._ask(self._head("GET", path))

    def post(self, path: str, fields: dict[str, str]) -> Answer:
        body = urlencode(fields)
        form = ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
        return self._ask(self._head("POST", path, *form) + body.encode())

    def sign_in(self, username: str, password: str) -> None:
        """Through the page, as everybody does. Raises Wrong."""
        form = Fields(self.get("/sign-in/").must(200).text)
        typed = {**form.filled, "username": username, "password": password}
        self.post("/sign-in/", typed).must(302, "Location: /\r\n")
        self.get("/").must(200, "Sign out")

    def _head(self, method: str, path: str, *headers: str) -> bytes:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        lines = [f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{self.port}", f"Cookie: {cookies}", *headers]
        return "\r\n".join([*lines, "", ""]).encode()

    def _ask(self, request: bytes) -> Answer:
        connection = self._connected()
        begun = perf_counter()
        connection.sendall(request)
        head, body = _receive(connection)
        seconds = perf_counter() - begun
        status = int(head.split(b" ", 2)[1])
        return self._remember(Answer(status, head.decode("latin-1"), body.decode(), seconds))

    def _connected(self) -> socket.socket:
        if self.connection is None or monotonic() - self.used_at > IDLE:
            self.connection = socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE)
            self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.used_at = monotonic()
        return self.connection

    def _remember(self, answer: Answer) -> Answer:
        for cookie in answer.headers("set-cookie"):
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        if "close" in answer.headers("connection"):
            self.connection = None
        return answer


def _receive(connection: socket.socket) -> tuple[bytes, bytes]:
    received = b""
    while b"\r\n\r\n" not in received:
        received += _more(connection)
    head, _, body = received.partition(b"\r\n\r\n")
    length = LENGTH.search(head)
    if length is None:
        raise Wrong(f"an answer that does not say how long it is:\n{head.decode('latin-1')}")
    while len(body) < int(length[1]):
        body += _more(connection)
    return head + b"\r\n", body


def _more(connection: socket.socket) -> bytes:
    received = connection.recv(1 << 18)
    if not received:
        raise Wrong("the server closed the connection; its log is in the data folder")
    return received
