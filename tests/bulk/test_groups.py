"""Like faults together, however many different ones a file has."""

import pytest

from ims.bulk import groups
from ims.bulk.groups import MOST, OTHERS, Groups, are_more, shown_of
from ims.bulk.layout import Mark, Note, Row


def a_row(number: int, *faults: str, marks=()) -> Row:
    row = Row(number, [], None)
    for words in faults:
        row.reject("on", words)
    row.marks.extend(marks)
    return row


def of(*rows: Row) -> list[dict]:
    found = Groups()
    for row in rows:
        found.add(row)
    return found.largest()


def test_however_many_faults_there_are_what_a_person_decided_is_shown():
    decided = a_row(1, marks=[Mark("consent", "This client said No here.", Note.RIGHT)])

    found = of(decided, *(a_row(number, f"Fault {number // 2}") for number in range(2, 1002)))

    assert [group["words"] for group in shown_of(Note.RIGHT, found)] == ["This client said No here."]


@pytest.mark.parametrize(("different", "more"), [(MOST, False), (MOST + 1, True)])
def test_that_some_are_not_shown_is_said_where_it_is_so(different, more):
    found = of(*(a_row(number, f"Fault {number}") for number in range(different)))

    assert (len(shown_of("fault", found)), are_more(found)) == (MOST, more)


def test_of_very_many_the_later_ones_are_counted_as_one_and_every_row_is_counted(monkeypatch):
    monkeypatch.setattr(groups, "TOLD_APART", 2)

    found = of(*(a_row(number, f"Fault {number % 5}") for number in range(100)))

    assert [(group["words"], group["rows"]) for group in found] == [
        (OTHERS, 60), ("Fault 0", 20), ("Fault 1", 20),
    ]  # fmt: skip
