"""The columns of a file beside those of a layout: what each is taken for, and which of its words need one of ours."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ims.bulk.layout import WHY_REJECTED, Column
from ims.bulk.mapping import ROW_KEY, known_names, meant, plain_name
from ims.bulk.models import Profile
from ims.bulk.profiles.lines import our_words
from ims.bulk.profiles.sample import Sample
from ims.bulk.reading.table import column_letters

NOT_READ = "-"
SHOWN = 3  # first values of a column on the page


@dataclass
class FileColumn:
    """`letter` is empty of a column that the profile knows and this file has not."""

    heading: str
    letter: str = ""
    first: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)


def file_columns(sample: Sample | None, profile: Profile | None) -> list[FileColumn]:
    """Those of the file, then those that only the profile knows."""
    found = _of_file(sample) if sample else []
    there = {plain_name(one.heading) for one in found}
    known = [*profile.aliases, *([profile.key_column] if profile.key_column else [])] if profile else []
    for heading in known:
        if plain_name(heading) not in there:
            found.append(FileColumn(heading))
            there.add(plain_name(heading))
    return found


def _of_file(sample: Sample) -> list[FileColumn]:
    return [
        FileColumn(
            heading,
            column_letters(place),
            list(dict.fromkeys(cells[place] for _, cells in sample.rows if cells[place]))[:SHOWN],
            list(sample.values[place]),
        )
        for place, heading in enumerate(sample.header)
        if heading
    ]


def taken_for(heading: str, columns: Sequence[Column], profile: Profile | None) -> str:
    """The column that a heading is read as: by the profile, else by its own name; "" where nobody knows."""
    said = by_alias(profile).get(plain_name(heading))
    return by_name(heading, columns) if said is None else said or NOT_READ


def by_alias(profile: Profile | None) -> dict[str, str]:
    """What a profile says of headings, by their plain names; "" of one that is not read."""
    if profile is None:
        return {}
    aliases = {plain_name(theirs): ours for theirs, ours in profile.aliases.items()}
    return {**aliases, **({plain_name(profile.key_column): ROW_KEY} if profile.key_column else {})}


def by_name(heading: str, columns: Sequence[Column]) -> str:
    """The column that a heading means without a profile; NOT_READ of what is left unread, "" where nobody knows."""
    found = meant(heading, {}, known_names(columns))
    derived = {column.name for column in columns if column.derived}
    return "" if found is None else NOT_READ if found in {"", WHY_REJECTED, *derived} else found


def words_to_put(one: FileColumn, column: Column | None, known: Mapping[str, str]) -> list[str]:
    """The words of a column that may need one of ours; those that a profile puts already come first.

    A column that may say anything has no words, and a word that is ours already needs none.
    """
    ours = {word for word, _ in our_words(column)} if column else set()
    new = [word for word in one.words if word not in ours] if ours else []
    return list(dict.fromkeys([*known, *new]))
