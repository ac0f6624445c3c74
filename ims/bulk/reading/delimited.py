"""A CSV file in whichever dialect a spreadsheet wrote it: its encoding and its delimiter.

The encoding is tried on the whole file before the first row is handed out, a piece at a time.
"""

import codecs
import csv
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager

from ims.bulk.reading.limits import SAVE_AGAIN, Unreadable
from ims.bulk.reading.table import Text

UTF_8, UTF_16, WINDOWS = "UTF-8", "UTF-16", "Windows (cp1252)"
DELIMITERS = ",;\t|"
_CODECS = {UTF_8: "utf-8-sig", UTF_16: "utf-16", WINDOWS: "cp1252"}
_PIECE = 1 << 20
_SAMPLE = 1 << 16  # shorter than the longest cell that the csv module takes, so that a sample always parses
_SAMPLE_ROWS = 50
_DELIMITER_LINE = re.compile(
    rf"sep=([{DELIMITERS}])[\r\n]", re.IGNORECASE
)  # what Excel reads and does not show as a row
_SAVE_AS_UTF_8 = "Save it again as “CSV UTF-8” or as an Excel workbook (.xlsx)."


@contextmanager
def opened(data: bytes) -> Iterator[Text]:
    """The file as text, with its delimiter. Raises Unreadable."""
    encoding = encoding_of(data)
    with io.TextIOWrapper(io.BytesIO(data), encoding=_CODECS[encoding], newline="") as stream:
        yield Text(stream, _delimiter_of(stream), kind="csv", encoding=encoding)


def encoding_of(data: bytes) -> str:
    """UTF-16 only by its mark; else UTF-8 where all of it is; else what Windows programs write."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        if (wrong := _first_wrong(data, _CODECS[UTF_16])) is not None:
            raise Unreadable(f"The file is damaged near its byte {wrong}. {_SAVE_AS_UTF_8}")
        return UTF_16
    if b"\0" in data:
        raise Unreadable(_with_nul_bytes(data))
    if (wrong := _first_wrong(data, "utf-8")) is None:
        return UTF_8
    # Windows letters are hardly ever well-formed UTF-8: where some were, this is UTF-8 that was cut or pasted into.
    if not data[:wrong].removeprefix(codecs.BOM_UTF8).isascii():
        raise Unreadable(f"{_near(data, wrong)} is a damaged letter. {_SAVE_AS_UTF_8}")
    if (wrong := _first_wrong(data, _CODECS[WINDOWS])) is not None:
        raise Unreadable(f"{_near(data, wrong)} is a letter that cannot be read. {_SAVE_AS_UTF_8}")
    return WINDOWS


def _first_wrong(data: bytes, codec: str) -> int | None:
    """Where the first byte is that the codec cannot read; None where it reads all."""
    decoder = codecs.getincrementaldecoder(codec)()
    view = memoryview(data)
    for start in range(0, len(data), _PIECE):
        kept = len(decoder.getstate()[0])
        try:
            decoder.decode(view[start : start + _PIECE], final=start + _PIECE >= len(data))
        except UnicodeDecodeError as error:
            return start - kept + error.start
    return None


def _near(data: bytes, place: int) -> str:
    ends = max(data.count(b"\r", 0, place), data.count(b"\n", 0, place))
    return f"Near row {ends + 1}"


def _with_nul_bytes(data: bytes) -> str:
    start = data[:4096]
    half = len(start) // 2
    if half and max(start[::2].count(0), start[1::2].count(0)) > half / 2:
        return f"The file is Unicode text (UTF-16) without its mark at the start. {_SAVE_AS_UTF_8}"
    return f"The file has bytes that no text has: it is damaged or not a table. {SAVE_AGAIN}"


def _delimiter_of(stream: io.TextIOWrapper) -> str:
    """Leaves the stream where the table begins."""
    sample = stream.read(_SAMPLE)
    stream.seek(0)
    if said := _DELIMITER_LINE.match(sample):
        stream.readline()
        return said[1]
    return max(DELIMITERS, key=lambda delimiter: _how_well(sample, delimiter))


def _how_well(sample: str, delimiter: str) -> tuple[int, int]:
    """How many of the first rows it divides like the headings, and into how many. Nothing where it does not divide them."""
    widths = []
    for row in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter):
        if any(map(str.strip, row)):
            widths.append(len(row))
        if len(widths) > _SAMPLE_ROWS:
            break
    return (widths.count(widths[0]), widths[0]) if widths and widths[0] > 1 else (0, 0)
