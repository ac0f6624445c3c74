"""The forms of an upload: which file it is, and what is confirmed."""

from collections.abc import Sequence

from django import forms
from django.conf import settings

from ims.bulk.layout import Layout
from ims.bulk.models import Profile, Upload
from ims.bulk.words import title_of
from ims.core.forms import OnceForm

NO_FILE = "Choose the file that your rows are in."


class FileField(forms.FileField):
    """A file of rows. `explain` says why the one that was sent is not there."""

    def __init__(self, **options):
        options.setdefault("label", "File")
        most = f"{settings.UPLOAD_MOST_BYTES / 1_000_000:g} MB and {settings.UPLOAD_MOST_ROWS:,} rows"
        options.setdefault("help_text", f"CSV or an Excel workbook (.xlsx); at most {most}.")
        options.setdefault(
            "error_messages",
            {"required": NO_FILE, "empty": f"The file is empty. {NO_FILE}", "missing": NO_FILE},
        )
        super().__init__(**options)

    def explain(self, why: str) -> None:
        self.error_messages["required"] = why


class ProfileField(forms.ModelChoiceField):
    def label_from_instance(self, profile: Profile) -> str:
        return f"{profile.name} ({title_of(profile.layout)})"


class ReadAsForm(OnceForm):
    """How files are read: as rows of a layout, and by a profile for that layout."""

    layout = forms.ChoiceField(
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the layout that the columns of the file follow."},
    )
    profile = ProfileField(
        queryset=Profile.objects.none(),
        required=False,
        label="Mapping profile",
        empty_label="None: the headings are those of the layout",
        help_text="For files of another system, whose headings or words are not ours.",
    )

    def __init__(self, *args, layouts: Sequence[Layout], profiles, **options):
        super().__init__(*args, **options)
        self.fields["layout"].choices = [(one.key, self.title_of(one)) for one in layouts]
        self.fields["profile"].queryset = profiles

    def title_of(self, layout: Layout) -> str:
        return layout.title

    def clean(self):
        profile, layout = self.cleaned_data.get("profile"), self.cleaned_data.get("layout")
        if profile and layout and profile.layout != layout:
            self.add_error(
                "profile",
                f"This profile is for the layout “{title_of(profile.layout)}”. Choose that layout, or another profile.",
            )


class ChooseForm(ReadAsForm):
    file = FileField()
    field_order = ("file",)

    def __init__(self, *args, why_no_file: str = "", **options):
        super().__init__(*args, **options)
        if why_no_file:
            self.fields["file"].explain(why_no_file)

    def title_of(self, layout: Layout) -> str:
        return _with_about(layout)


def _with_about(layout: Layout) -> str:
    """What a layout is called, and what its rows are, for whoever chooses one."""
    return f"{layout.title}: {layout.about[0].lower()}{layout.about[1:]}"


class LookForm(forms.Form):
    """A file of the source system, to make a profile by."""

    file = FileField(
        help_text="A real file of that system. Its first rows are shown on the next page; it is not kept."
    )
    layout = forms.ChoiceField(
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the layout that its rows are to become."},
    )

    def __init__(self, *args, layouts: Sequence[Layout], why_no_file: str = "", **options):
        super().__init__(*args, **options)
        self.fields["layout"].choices = [(one.key, _with_about(one)) for one in layouts]
        if why_no_file:
            self.fields["file"].explain(why_no_file)


class SampleForm(forms.Form):
    """The same for a profile that is there: its layout stays."""

    file = FileField(
        label="Look at a file",
        help_text="To see its columns, and to try the profile on its first rows. It is not kept.",
    )

    def __init__(self, *args, why_no_file: str = "", **options):
        super().__init__(*args, **options)
        if why_no_file:
            self.fields["file"].explain(why_no_file)


class ConfirmForm(forms.Form):
    """Asks for a tick where rows are left out, and where the file is unusual; neither is asked without need."""

    seen = forms.CharField(widget=forms.HiddenInput)  # which check was on the screen
    leave_out = forms.BooleanField(error_messages={"required": "Tick this to go on, or give the file up."})
    looked = forms.BooleanField(
        label="I have looked at what is unusual, and the file is right",
        error_messages={"required": "Look at what is unusual, and tick this if the file is right."},
    )

    def __init__(self, *args, upload: Upload, rejected: int, **options):
        self.upload = upload
        super().__init__(*args, initial={"seen": check_of(upload)}, **options)
        self.fields[
            "leave_out"
        ].label = f"Record the others and leave out the {_rows(rejected)} that {_are(rejected)} rejected"
        if not rejected:
            del self.fields["leave_out"]
        if not upload.unusual:
            del self.fields["looked"]

    def is_of_this_check(self) -> bool:
        """Whether the counts that were confirmed are still those of the upload."""
        return self.cleaned_data["seen"] == check_of(self.upload)


def check_of(upload: Upload) -> str:
    """Names the check that a page shows: another one may follow where what is held has changed."""
    return upload.checked_at.isoformat() if upload.checked_at else ""


def _rows(number: int) -> str:
    return f"{number:,} row" if number == 1 else f"{number:,} rows"


def _are(number: int) -> str:
    return "is" if number == 1 else "are"
