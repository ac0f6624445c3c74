"""The form of a mapping profile: what each column of a file is, and what its words are in ours."""

from collections.abc import Iterator, Sequence

from django import forms

from ims.bulk.layout import Column, Layout
from ims.bulk.mapping import ROW_KEY
from ims.bulk.models import Profile
from ims.bulk.models.profile import SourceSystem
from ims.bulk.profiles import lines
from ims.bulk.profiles.action import Reading
from ims.bulk.profiles.columns import NOT_READ, by_name, file_columns, taken_for, words_to_put
from ims.bulk.profiles.trying import mark_of
from ims.bulk.profiles.word_field import word_field
from ims.core import dates
from ims.core.forms import DayField, VersionedForm

ORDERS = [("dmy", "Day first: 27/3/2026"), ("mdy", "Month first: 3/27/2026")]
LOOK_FIRST = "Look below at what the first rows become, then save."


class ProfileForm(VersionedForm):
    """What a file says, beside what a layout asks. `sample` is its beginning; `held` is a profile that is changed."""

    name = forms.CharField(
        max_length=80, label="Name of the profile", help_text="For example: NexWebstar, quarterly."
    )
    source_system = forms.ChoiceField(label="System that the files come from", choices=SourceSystem)
    valid_from = DayField(label="From which day files look like this", future=True)
    valid_to = DayField(
        label="Last day", future=True, required=False, help_text="Empty: until further notice."
    )
    date_order = forms.ChoiceField(
        label="How its dates are written", choices=ORDERS, widget=forms.RadioSelect
    )
    constants = forms.CharField(
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        label="What every row says, for columns that the file has not",
        help_text="A line each: column=what every row says. For example place=PHARMACY.",
    )
    more_words = forms.CharField(
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        label="Words that these rows do not show",
        help_text="A line each: column: their word=ours. For example drug: Smack=HEROIN.",
    )
    packs = forms.CharField(
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        label="What is in their packs",
        help_text="A line each: their pack: code=number;code=number. For example Blue: SYR_FIXED_1=10;SHARPS_S=1.",
    )
    rows = forms.CharField(required=False, widget=forms.HiddenInput)  # the sample, sealed
    tried = forms.CharField(required=False, widget=forms.HiddenInput)  # what was tried on it

    def __init__(
        self, *args, layout: Layout, columns: Sequence[Column], sample=None, held=None, token="", **options
    ):
        self.layout, self.sample, self.held = layout, sample, held
        self.columns = {column.name: column for column in columns if not column.derived}
        self.every_column = list(columns)
        self.file_columns = file_columns(sample, held)
        super().__init__(*args, initial={**self.said_by(held), "rows": token}, **options)
        self._ask_of_columns()
        self._ask_of_words()
        self._leave_out_what_is_not_asked()

    def said_by(self, held: Profile | None) -> dict:
        """What a profile says, by the names of the form."""
        taken = [taken_for(one.heading, self.every_column, held) for one in self.file_columns]
        of_columns = {f"column_{i}": name for i, name in enumerate(taken)}
        if held is None:
            return {**of_columns, "valid_from": dates.today(), "date_order": "dmy", "source_system": "other"}
        plain = ("name", "source_system", "valid_from", "valid_to", "date_order")
        beside = {name: known for name, known in held.values.items() if name not in taken}
        return {
            **of_columns,
            **{name: getattr(held, name) for name in plain},
            "constants": lines.constants_text(held.constants),
            "packs": lines.packs_text(held.packs),
            "more_words": lines.values_text(beside),
            "expected_version": held.version,
        }

    def _ask_of_columns(self) -> None:
        ours = [(name, f"{column.title} ({name})") for name, column in self.columns.items()]
        key = (ROW_KEY, "What that system calls the row: its key")
        for i, one in enumerate(self.file_columns):
            self.fields[f"column_{i}"] = forms.ChoiceField(
                label=f"What “{one.heading}” is",
                choices=[("", "Choose"), (NOT_READ, "Not to be read"), key, *ours],
                error_messages={"required": f"Say what “{one.heading}” is, or that it is not to be read."},
            )

    def _ask_of_words(self) -> None:
        """A box for each word of a column that is known to be one of ours."""
        self.words: dict[str, tuple[str, str]] = {}  # name of the box: our column and their word
        for i, _, column, known in self._chosen():
            for j, word in enumerate(words_to_put(self.file_columns[i], column, known)):
                box = f"word_{i}_{j}"
                self.words[box] = (column.name, word)
                self.fields[box] = word_field(column, word)
                self.fields[box].initial = known.get(word, "")

    def _chosen(self) -> Iterator[tuple[int, str, Column | None, dict[str, str]]]:
        """Of each column of the file its number, what it is taken for, that column, and the words that are put already."""
        for i, _ in enumerate(self.file_columns):
            name = self.data.get(f"column_{i}", "") if self.is_bound else self.initial.get(f"column_{i}", "")
            known = self.held.values.get(name, {}) if self.held else {}
            yield i, name, self.columns.get(name), known

    def _leave_out_what_is_not_asked(self) -> None:
        if self.held is None:
            del self.fields["expected_version"], self.fields["valid_to"]
        if "packs" not in self.columns:
            del self.fields["packs"]

    def shown_columns(self) -> list[dict]:
        """For the page: each column of the file with its box, and the boxes of its words."""
        return [
            {
                "column": one,
                "box": self[f"column_{i}"],
                "words": [self[box] for box in self.words if box.startswith(f"word_{i}_")],
            }
            for i, one in enumerate(self.file_columns)
        ]

    def clean(self):
        self._refuse_backward()
        self._refuse_twice()
        self._read_lines()
        if not self.errors:
            self._refuse_missing()

    def _refuse_backward(self) -> None:
        first, last = self.cleaned_data.get("valid_from"), self.cleaned_data.get("valid_to")
        if first and last and last < first:
            self.add_error("valid_to", "The last day is before the first. Check both.")

    def _refuse_twice(self) -> None:
        seen: dict[str, str] = {}
        for i, one in enumerate(self.file_columns):
            name = self.cleaned_data.get(f"column_{i}", NOT_READ)
            if name != NOT_READ and name in seen:
                self.add_error(
                    f"column_{i}",
                    f"“{seen[name]}” is read as this already. One of the two is not to be read.",
                )
            seen.setdefault(name, one.heading)

    def _read_lines(self) -> None:
        """The boxes of several lines become what they say."""
        columns = list(self.columns.values())
        reads = {
            "constants": lambda text: lines.constants_of(text, columns),
            "more_words": lambda text: lines.values_of(text, columns),
            "packs": lines.packs_of,
        }
        for box, read in reads.items():
            if box in self.cleaned_data:
                try:
                    self.cleaned_data[box] = read(self.cleaned_data[box])
                except lines.WrongLine as fault:
                    self.add_error(box, str(fault))

    def _refuse_missing(self) -> None:
        read = {self.cleaned_data[f"column_{i}"] for i, _ in enumerate(self.file_columns)}
        constant = set(self.cleaned_data["constants"])
        if both := sorted(read & constant):
            self.add_error("constants", f"The file has a column for {_listed(both)}. Take the line out.")
        required = [name for name, column in self.columns.items() if column.required]
        missing = [name for name in required if name not in read | constant]
        if missing and self.sample:  # without a file nobody knows which columns go by our names in it
            self.add_error(
                None,
                f"No column of the file is {_listed(missing)}. Say which one is, or what every row says instead.",
            )

    def reading(self) -> Reading:
        """What was typed, as a profile says it."""
        said = self.cleaned_data
        aliases, key_column = self._aliases()
        return Reading(
            name=said["name"],
            source_system=said["source_system"],
            layout=self.layout.key,
            valid_from=said["valid_from"],
            valid_to=said.get("valid_to"),
            aliases=aliases,
            values=self._values(),
            date_order=said["date_order"],
            constants=said["constants"],
            packs=said.get("packs", {}),
            key_column=key_column,
        )

    def _aliases(self) -> tuple[dict[str, str], str]:
        """What headings mean that do not say it by themselves, and the one that names the row."""
        aliases, key = {}, ""
        for i, one in enumerate(self.file_columns):
            name = self.cleaned_data[f"column_{i}"]
            if name == by_name(one.heading, self.every_column):
                continue
            if name == ROW_KEY:
                key = one.heading
            else:
                aliases[one.heading] = "" if name == NOT_READ else name
        return aliases, key

    def _values(self) -> dict[str, dict[str, str]]:
        found = {name: dict(known) for name, known in self.cleaned_data["more_words"].items()}
        for box, (name, word) in self.words.items():
            if ours := self.cleaned_data.get(box):
                found.setdefault(name, {})[word] = ours
        return found

    def explain_changed(self, current: Profile) -> None:
        """Say what somebody else saved meanwhile, and keep what was typed."""
        beside = lines.values_of(self.said_by(current)["more_words"], list(self.columns.values()))
        said = {
            **self.said_by(current),
            "constants": current.constants,
            "packs": current.packs,
            "more_words": beside,
            **{box: current.values.get(name, {}).get(word, "") for box, (name, word) in self.words.items()},
        }
        self.explain_conflict(said, said.pop("expected_version"))

    def _in_words(self, name, value) -> str:
        texts = {
            "constants": lines.constants_text,
            "packs": lines.packs_text,
            "more_words": lines.values_text,
        }
        if name in texts:
            return texts[name](value).replace("\n", "; ") or "nothing"
        return super()._in_words(name, value)

    def is_tried(self) -> bool:
        """Whether the first rows were shown as this very profile reads them; without a file there is nothing to show."""
        return self.sample is None or self.cleaned_data["tried"] == mark_of(self.reading())


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f"“{name}”" for name in names)
