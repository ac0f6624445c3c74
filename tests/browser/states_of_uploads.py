"""States of an uploaded file: waiting, recorded, given up, stopped, unreadable, and the forms that were not filled in."""

from datetime import timedelta

from ims.bulk.models import Upload
from ims.bulk.models.upload import State
from tests.browser.gallery import LONG, LONG_NAMED
from tests.browser.states import open_at, press, state
from tests.browser.uploads import a_file
from tests.bulk.sending import HEADINGS, confirm, leaving_out, send

ROW = "P,Q,05/05/1985,M,yes,9Z,01/06/2026,SYR_FIXED_1=10,HEROIN\n"


def _of(gallery, who="manager"):
    return gallery.stage.actor(who)


def _at(gallery, upload, who="manager", part=""):
    return open_at(gallery, who, f"{upload.get_absolute_url()}{part}")


def _in_state(upload, to: State) -> Upload:
    """Where only a worker's fault, or its being at work, would bring it."""
    Upload.objects.filter(pk=upload.pk).update(state=to, rows_done=5000)
    return upload


@state("a file that is being checked")
def checking(gallery, patch):
    upload = send(_of(gallery, LONG_NAMED), HEADINGS + ROW.replace("9Z", "9V"))
    Upload.objects.filter(pk=upload.pk).update(file_name=f"{LONG}.csv")
    return _at(gallery, _in_state(upload, State.RECEIVED), LONG_NAMED)


@state("a file that is being recorded")
def recording(gallery, patch):
    upload = send(_of(gallery), HEADINGS + ROW.replace("9Z", "9Y"))
    return _at(gallery, _in_state(upload, State.CONFIRMED))


@state("a file that stands still")
def standing_still(gallery, patch):
    upload = _in_state(send(_of(gallery), HEADINGS + ROW.replace("9Z", "9K")), State.RECEIVED)
    Upload.objects.filter(pk=upload.pk).update(sent_at=upload.sent_at - timedelta(hours=1))
    return _at(gallery, upload)


@state("a file that is recorded")
def recorded(gallery, patch):
    by = leaving_out(_of(gallery))
    wrong = ROW.replace("01/06", "02/06").replace("HEROIN", "HEROINE")
    upload = confirm(by, send(by, HEADINGS + ROW + wrong), skips_rejected=True)
    return _at(gallery, upload)


@state("a file of which everything is held")
def all_held(gallery, patch):
    by = _of(gallery)
    text = HEADINGS + ROW.replace("9Z", "9X")
    confirm(by, send(by, text))
    return _at(gallery, send(by, text))


@state("a file that could not be read, of a long name and a long heading")
def unreadable(gallery, patch):
    upload = send(_of(gallery, LONG_NAMED), HEADINGS.replace("drug", LONG) + ROW)
    return _at(gallery, upload, LONG_NAMED)


@state("a file that was stopped by a fault")
def stopped(gallery, patch):
    return _at(gallery, _in_state(send(_of(gallery), HEADINGS + ROW), State.FAILED))


@state("a file that was given up")
def given_up(gallery, patch):
    page = _at(gallery, send(_of(gallery), HEADINGS + ROW.replace("9Z", "9W")))
    return press(page, "Give it up")


@state("a file that was checked again after it was confirmed")
def moved_on(gallery, patch):
    upload = send(_of(gallery, LONG_NAMED), a_file(LONG[:30]))
    Upload.objects.filter(pk=upload.pk).update(
        moved_on=True, unusual=["It would change 4,120 records that are held already."]
    )
    return _at(gallery, upload, LONG_NAMED)


@state("confirming without the ticks")
def not_ticked(gallery, patch):
    upload = send(leaving_out(_of(gallery)), a_file("8U"))
    Upload.objects.filter(pk=upload.pk).update(
        unusual=["It would change 4,120 records that are held already."]
    )
    return press(_at(gallery, upload, part="confirm/"), "Record these rows")


@state("sending no file")
def no_file(gallery, patch):
    return press(open_at(gallery, LONG_NAMED, "/uploads/"), "Send and check")


@state("settling secure file transfer without a layout")
def no_layout(gallery, patch):
    return press(open_at(gallery, LONG_NAMED, "/uploads/transfer/"), "Save settings")


THEIRS = "Forename,Surname,DOB,Gender,Consent?,Visit,Substance,Pack,Ref No,Staff\n"
FIRST = "A,B,5/31/1985,Male,Y,6/1/2026,Smack,Steroid pack=2,17,Jo\n"
OURS = [
    "first_initial",
    "last_initial",
    "date_of_birth",
    "sex",
    "consent",
    "on",
    "drug",
    "packs",
    "row_key",
    "-",
]


def _looking_at(gallery, text, who="manager"):
    page = open_at(gallery, who, "/uploads/profiles/new/")
    file = {"name": "quarter.csv", "mimeType": "text/csv", "buffer": text.encode()}
    page.get_by_label("File", exact=True).set_input_files(file)
    page.get_by_label("Contacts").check()
    return press(page, "Show its columns")


@state("the columns of a file, of long names and long values")
def columns(gallery, patch):
    text = THEIRS.replace("Staff", LONG) + FIRST.replace("Smack", LONG).replace("Jo", LONG * 5)
    return _looking_at(gallery, text, LONG_NAMED)


@state("a profile tried with nothing decided")
def undecided(gallery, patch):
    return press(_looking_at(gallery, THEIRS + FIRST), "Try it on this file")


@state("a profile tried on the first rows of a file")
def profile_tried(gallery, patch):
    page = _looking_at(gallery, THEIRS + FIRST * 3)
    for number, name in enumerate(OURS):
        page.locator(f"[name=column_{number}]").select_option(name)
    page.get_by_label("Name of the profile").fill("Their file")
    page.get_by_label("What is in their packs").fill("Steroid pack: BARREL_2=10;NEEDLE_GREEN=10")
    return press(page, "Try it on this file")


@state("a profile that is changed by a file that cannot be read")
def unreadable_sample(gallery, patch):
    page = open_at(gallery, "manager", "/uploads/profiles/")
    page.get_by_role("link", name="Change Quarterly").click()
    return press(page, "Show its columns")


@state("choosing no file for a profile")
def no_sample(gallery, patch):
    return press(open_at(gallery, LONG_NAMED, "/uploads/profiles/new/"), "Show its columns")
