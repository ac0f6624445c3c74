"""Folders of code list files, written as a person would write them, and tables with nothing in them."""

import pytest

from ims.codelists import lists
from ims.codelists.models import Code, CodeList

COLUMNS = "code,label,since,until,group,confidence,note,maps_to"


class Folder:
    """A folder of code lists; each list is called after its key. Rows are given as they stand in the file."""

    def __init__(self, path):
        self.path = path
        self.manifest = {}

    def write(self, key, *rows, edition="2026-11", header=COLUMNS):
        self.manifest[key] = f"{key},{key.title()},{edition},Made up for a test"
        self.write_raw(f"{key}.csv", header, *rows)
        self.write_raw("lists.csv", "key,title,edition,source", *self.manifest.values())
        return self

    def write_raw(self, name, *lines):
        (self.path / name).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


@pytest.fixture
def folder(tmp_path):
    return Folder(tmp_path)


@pytest.fixture
def empty_tables(db):
    """Whatever was loaded before the tests began is not there."""
    Code.objects.all().delete()
    CodeList.objects.all().delete()
    lists.forget()


@pytest.fixture(autouse=True)
def nothing_remembered():
    """What one test loads and takes back again is not remembered in the next."""
    lists.forget()
    yield
    lists.forget()
