"""What is typed into the boxes of several lines: constants, words of a column, and packs. A line each, and back again."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from ims.bulk.layout import Column
from ims.bulk.mapping import known_names, plain_name
from ims.codelists import lists
from ims.core import dates

EQUIPMENT = "equipment"
_ITEM = re.compile(r"\s*([A-Za-z0-9_]+)\s*=\s*([0-9]{1,5})\s*")


class WrongLine(ValueError):
    """A line does not say what it should. The message names the line and says how to mend it."""


def _lines(text: str) -> Iterator[tuple[int, str]]:
    return ((number, line.strip()) for number, line in enumerate(text.splitlines(), 1) if line.strip())


def _each(text: str, read: Callable[[str], None]) -> None:
    """Reads every line. Raises WrongLine with the number of the one that is wrong."""
    for number, line in _lines(text):
        try:
            read(line)
        except WrongLine as fault:
            raise WrongLine(f"Line {number}: {fault}") from None


def our_words(column: Column) -> list[tuple[str, str]]:
    """What a column may say, each with its label; nothing of a column that is free."""
    return (
        lists.choices(column.list_key, dates.today())
        if column.list_key
        else [(word, word) for word in column.words]
    )


def our_word(column: Column, word: str) -> str:
    """What a row may say in a column, as we write it. Raises WrongLine where it is none of the column's words."""
    ours = {code.lower(): code for code, _ in our_words(column)}
    if not ours:
        return word
    if word.lower() not in ours:
        raise WrongLine(f"“{word}” is not a code of “{column.title}”. See the reference for its codes.")
    return ours[word.lower()]


class Named:
    """The columns of a layout, by what somebody calls them."""

    def __init__(self, columns: Sequence[Column]):
        self._columns = {column.name: column for column in columns}
        self._known = known_names(columns)

    def __getitem__(self, name: str) -> Column:
        """By its name in files or its title. Raises WrongLine."""
        found = self._known.get(plain_name(name))
        if found is None:
            raise WrongLine(f"“{name}” is no column of this layout.")
        return self._columns[found]


def constants_of(text: str, columns: Sequence[Column]) -> dict[str, str]:
    """`place=PHARMACY`: what every row says. Raises WrongLine."""
    found: dict[str, str] = {}
    named = Named(columns)

    def read(line: str) -> None:
        name, equals, said = (part.strip() for part in line.partition("="))
        if not (equals and said):
            raise WrongLine("write the column, =, and what every row says, for example place=PHARMACY.")
        column = named[name]
        if column.in_each_row:
            raise WrongLine(f"“{column.title}” is asked of each client: it has to be a column of the file.")
        found[column.name] = our_word(column, said)

    _each(text, read)
    return found


def values_of(text: str, columns: Sequence[Column]) -> dict[str, dict[str, str]]:
    """`drug: Smack=HEROIN`: what a word of theirs is in ours. Raises WrongLine."""
    found: dict[str, dict[str, str]] = {}
    named = Named(columns)

    def read(line: str) -> None:
        name, colon, pair = (part.strip() for part in line.partition(":"))
        theirs, equals, ours = (part.strip() for part in pair.rpartition("="))
        if not (colon and equals and theirs and ours):
            raise WrongLine("write the column, :, their word, = and ours, for example drug: Smack=HEROIN.")
        column = named[name]
        found.setdefault(column.name, {})[theirs] = our_word(column, ours)

    _each(text, read)
    return found


def packs_of(text: str) -> dict[str, dict[str, int]]:
    """`Steroid pack: BARREL_2=10;NEEDLE_GREEN=10`: what is in one of theirs. Raises WrongLine."""
    found: dict[str, dict[str, int]] = {}

    def read(line: str) -> None:
        name, colon, contents = (part.strip() for part in line.rpartition(":"))
        if not (colon and name and contents):
            raise WrongLine(
                "write the pack, : and what is in it, for example Blue: SYR_FIXED_1=10;SHARPS_S=1."
            )
        found[name] = dict(_item(part) for part in contents.split(";") if part.strip())

    _each(text, read)
    return found


def _item(part: str) -> tuple[str, int]:
    said = _ITEM.fullmatch(part)
    if not said or not int(said[2]):
        raise WrongLine(f"“{part.strip()}” is no item and number, for example SYR_FIXED_1=10.")
    codes = {code.lower(): code for code, _ in lists.choices(EQUIPMENT, dates.today())}
    if said[1].lower() not in codes:
        raise WrongLine(f"“{said[1]}” is no code of equipment. See the reference for its codes.")
    return codes[said[1].lower()], int(said[2])


def constants_text(constants: Mapping[str, str]) -> str:
    return "\n".join(f"{name}={said}" for name, said in sorted(constants.items()))


def values_text(values: Mapping[str, Mapping[str, str]]) -> str:
    return "\n".join(
        f"{name}: {theirs}={ours}"
        for name, known in sorted(values.items())
        for theirs, ours in sorted(known.items())
    )


def packs_text(packs: Mapping[str, Mapping[str, int]]) -> str:
    return "\n".join(
        f"{name}: {';'.join(f'{code}={number}' for code, number in sorted(items.items()))}"
        for name, items in sorted(packs.items())
    )
