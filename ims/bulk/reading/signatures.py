"""What a file is by its first bytes, so that one that is no table is refused by its name."""

from ims.bulk.reading.limits import SAVE_AGAIN, Unreadable

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HOW_EXCEL_SAVES = "Open it in Excel, choose Save As, then “Excel Workbook (.xlsx)” or “CSV UTF-8”."
_OTHER_FILES = (
    (b"%PDF-", "a PDF"),
    (b"\x89PNG\r\n", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"II*\x00", "a picture (TIFF)"),
    (b"MM\x00*", "a picture (TIFF)"),
    (b"PK\x05\x06", "an empty zip file"),
    (b"PK\x07\x08", "a zip file in several parts"),
    (b"\x1f\x8b", "a compressed file (gzip)"),
    (b"7z\xbc\xaf\x27\x1c", "a compressed file (7-Zip)"),
    (b"Rar!", "a compressed file (RAR)"),
    (b"{\\rtf", "a text document (RTF)"),
)
_MARKUP = (
    (b"<?xml", "an XML file"),
    (b"<!doctype", "a web page"),
    (b"<html", "a web page"),
    (b"<table", "a web page"),
)


def is_zip(data: bytes) -> bool:
    """Workbooks (.xlsx) are zip files."""
    return data.startswith(_ZIP)


def refuse_other_files(data: bytes) -> None:
    """Raises Unreadable for what is known to be neither text nor a zip file."""
    if data.startswith(_OLE):
        raise Unreadable(_of_office_before_2007(data))
    start = data[:200].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    for signature, what in _OTHER_FILES:
        if data.startswith(signature):
            raise Unreadable(f"The file is {what}, not a table. {SAVE_AGAIN}")
    for signature, what in _MARKUP:
        if start.startswith(signature):
            raise Unreadable(f"The file is {what}, whatever it is called. {_HOW_EXCEL_SAVES}")


def _of_office_before_2007(data: bytes) -> str:
    """Its folder holds names of its parts, in UTF-16. A workbook with a password is wrapped in the same container."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return f"The workbook is protected by a password. {SAVE_AGAIN}"
    if any(part.encode("utf-16-le") + b"\0\0" in data for part in ("Workbook", "Book")):
        return f"The file is an old Excel workbook (.xls). {_HOW_EXCEL_SAVES}"
    return f"The file is a document of an old Office program, not a table. {SAVE_AGAIN}"
