"""Client and contact in one row: what each row becomes, and that the rows add up to the file."""

import pytest

from clients.models import Client
from ims.audit.models import Event
from ims.bulk.actions import NotPossibleNow
from interventions.models import BriefIntervention, SyringeExchange
from tests import makers
from tests.bulk.sending import (
    confirm,
    everything_about_people,
    faults,
    leaving_out,
    marks,
    outcomes,
    record,
    send,
)

pytestmark = pytest.mark.django_db
HEADER = "first_initial,last_initial,date_of_birth,sex,consent,postcode,own_reference,on,kind,items,returned,drug,type\n"
AB = "A,B,05/05/1985,M,yes,CH41 3RB,7Q4,01/06/2026,exchange,SYR_FIXED_1=10;CITRIC=10,0,HEROIN,\n"
CD = "C,D,17/09/1979,F,no,,,02/06/2026,brief intervention,,,,ADVICE\n"


def test_a_row_brings_a_client_and_a_contact(manager):
    upload = record(manager, HEADER + AB + CD)

    assert upload.state == "applied"
    assert {**upload.counts} == {"new": 2, "marked": 0}
    first, second = Client.objects.visible_to(manager).order_by("first_initial")
    assert (first.attributor.text(), first.consent, first.postcode, first.own_reference) == (
        "AB05051985M", True, "CH41 3RB", "7Q4"
    )  # fmt: skip
    assert (second.consent, second.decisions.get().given) == (False, False)
    exchange = SyringeExchange.objects.visible_to(manager).get()
    assert (exchange.client, exchange.on.isoformat(), exchange.items, exchange.returned, exchange.sets) == (
        first, "2026-06-01", {"SYR_FIXED_1": 10, "CITRIC": 10}, 0, 10
    )  # fmt: skip
    assert exchange.authority_code == makers.WIRRAL
    assert BriefIntervention.objects.visible_to(manager).get().type == "ADVICE"


def test_a_check_writes_nothing_about_anybody(manager):
    before = everything_about_people()

    upload = send(manager, HEADER + AB + CD)

    assert outcomes(upload) == "nn"
    assert everything_about_people() == before


def test_the_whole_file_is_one_event_that_history_names(manager):
    upload = record(manager, HEADER + AB + CD)

    event = Event.objects.get(what="upload.applied")
    assert (event.kind, event.subjects) == ("upload", [upload.pk])
    assert event.counts == {"new": 2, "changed": 0, "same": 0}
    assert not Event.objects.filter(what__in=["client.registered", "exchange.recorded"]).exists()
    reasons = {client.history.get().history_change_reason for client in Client.objects.visible_to(manager)}
    assert reasons == {str(event.pk)}


def test_the_same_file_again_changes_nothing_and_says_so(manager):
    record(manager, HEADER + AB + CD)
    before = everything_about_people()

    again = send(manager, HEADER + AB + CD)

    assert (again.counts, outcomes(again)) == ({"same": 2, "marked": 0}, "ss")
    confirm(manager, again)
    assert everything_about_people() == before


def test_it_does_not_matter_how_a_day_is_written(manager):
    record(manager, HEADER + AB)

    again = send(manager, HEADER + AB.replace("01/06/2026", "2026-06-01").replace("05/05/1985", "050585"))

    assert outcomes(again) == "s"


def test_every_fault_of_the_file_is_found_at_once(manager):
    bad = (
        AB.replace("05/05/1985", "31/02/1985"),
        AB.replace(",yes,", ",,"),
        AB.replace("HEROIN", "HEROINE").replace("01/06/2026", "01/06/2027"),
        AB.replace("SYR_FIXED_1=10", "SYR_FIXED_1=ten"),
        AB.replace("exchange", "party"),
    )

    upload = send(manager, HEADER + AB + "".join(bad))

    assert outcomes(upload) == "nrrrrr"
    assert faults(upload) == [
        (3, "date_of_birth", "There is no such day as 31/02/1985. Check the day and the month."),
        (4, "consent", "Choose Yes or No: the client has to be asked."),
        (5, "on", "01/06/2027 is in the future. Enter today or an earlier day."),
        (5, "drug", "“HEROINE” is not on the list. Choose one that is."),
        (6, "items", "Enter a whole number, 0 or more."),
        (
            7,
            "kind",
            "“party” is no kind of contact that your service records. Write exchange or brief intervention.",
        ),
    ]


def test_like_faults_are_one_group_with_the_first_rows_named(manager):
    rows = [AB.replace("HEROIN", "HEROINE").replace("01/06", f"{day:02}/06") for day in range(1, 9)]

    upload = send(manager, HEADER + "".join(rows))

    (group,) = upload.groups
    assert (group["column"], group["rows"], group["numbers"]) == ("drug", 8, [2, 3, 4, 5, 6])


def test_a_row_that_repeats_an_earlier_one_is_told_which(manager):
    upload = send(manager, HEADER + AB + CD + AB)

    assert faults(upload) == [(4, "", "Same as row 2.")]


def test_nothing_is_recorded_while_a_row_is_rejected_unless_the_service_leaves_such_rows_out(manager):
    upload = send(manager, HEADER + AB + CD.replace("ADVICE", "TALK"))

    with pytest.raises(NotPossibleNow):
        confirm(manager, upload)
    assert not Client.objects.visible_to(manager).exists()

    with pytest.raises(NotPossibleNow):
        confirm(manager, upload, skips_rejected=True)
    manager = leaving_out(manager)
    with pytest.raises(NotPossibleNow):
        confirm(manager, upload)
    confirm(manager, upload, skips_rejected=True)
    assert [client.initials for client in Client.objects.visible_to(manager)] == ["AB"]


def test_a_client_who_is_known_is_not_registered_again(manager):
    client = makers.a_client(manager, "AB05051985M", own_reference="7Q4")

    record(manager, HEADER + AB)

    assert Client.objects.visible_to(manager).get() == client
    assert SyringeExchange.objects.get().client == client


def test_what_the_row_states_of_a_client_is_put_right_and_what_it_leaves_empty_is_kept(manager):
    client = makers.a_client(manager, "AB05051985M", own_reference="7Q4", ethnicity="A", postcode="L1 9DB")

    upload = record(manager, HEADER + AB)

    client.refresh_from_db()
    assert (client.postcode, client.ethnicity, client.version) == ("CH41 3RB", "A", 2)
    assert upload.outcomes == "n"


def test_the_contact_keeps_where_the_client_lives_by_the_file(manager):
    makers.a_client(manager, "AB05051985M", own_reference="7Q4", postcode="L1 9DB")

    record(manager, HEADER + AB)

    assert SyringeExchange.objects.get().authority_code == makers.WIRRAL


def test_two_people_with_one_attributor_are_told_apart_by_own_reference(manager):
    other = AB.replace("7Q4", "9K2")

    upload = send(manager, HEADER + AB + other)

    assert outcomes(upload) == "nn"
    assert marks(upload) == [
        (
            "own_reference",
            "Somebody else here has the same initials, date of birth and sex (7Q4): told apart by your reference.",
            1,
        )
    ]
    confirm(manager, upload)
    assert Client.objects.visible_to(manager).count() == 2


def test_a_row_that_may_be_either_of_two_clients_is_rejected_and_says_who_they_are(manager):
    for reference in ("7Q4", "9K2"):
        makers.a_client(manager, "AB05051985M", own_reference=reference)

    upload = send(manager, HEADER + AB.replace("7Q4", ""))

    assert faults(upload) == [
        (
            2,
            "own_reference",
            "2 clients here have this attributor. Say which one is meant in own_reference: 7Q4, 9K2.",
        )
    ]


def test_another_services_client_is_not_matched(manager):
    elsewhere = makers.an_actor()
    theirs = makers.a_client(elsewhere, "AB05051985M", own_reference="7Q4", postcode="L1 9DB")

    record(manager, HEADER + AB)

    theirs.refresh_from_db()
    assert theirs.postcode == "L1 9DB"
    assert Client.objects.visible_to(manager).get().ims_id != theirs.ims_id


def test_a_quantity_that_is_hardly_meant_is_a_mark_and_not_a_fault(manager):
    upload = send(manager, HEADER + AB.replace("CITRIC=10", "CITRIC=2500"))

    assert outcomes(upload) == "n"
    assert marks(upload) == [
        ("items", "More than 2,000. If it is right, leave it; if not, mend it in the file first.", 1)
    ]


def test_such_quantities_are_one_group_whatever_they_are(manager):
    rows = [AB.replace("01/06", f"0{n}/06").replace("CITRIC=10", f"CITRIC={2500 + n}") for n in (1, 2, 3)]

    upload = send(manager, HEADER + "".join(rows))

    ((_, words, number),) = marks(upload)
    assert (words.startswith("More than 2,000."), number) == (True, 3)


def test_a_code_that_is_on_no_list_is_named_as_the_file_has_it_and_alone(manager):
    upload = send(manager, HEADER + AB.replace("SYR_FIXED_1=10;CITRIC=10", "SYR_FIXD=10"))

    assert faults(upload) == [
        (2, "items", "“SYR_FIXD” is not on the list of this column. See the reference for its codes.")
    ]


def test_an_unknown_column_stops_the_file_and_is_named(manager):
    upload = send(manager, HEADER.replace("drug", "favourite_drug") + AB)

    assert upload.state == "unreadable"
    assert upload.refusal.startswith("The file has columns that this layout does not know: “favourite_drug”.")


def test_a_missing_column_stops_the_file_and_is_named(manager):
    upload = send(manager, "first_initial,last_initial,date_of_birth,sex,on\nA,B,05/05/1985,M,01/06/2026\n")

    assert upload.state == "unreadable"
    assert upload.refusal.startswith("The file has no column for “consent”.")


def test_what_rows_say_is_taken_away_once_they_are_recorded(manager):
    upload = record(manager, HEADER + AB + CD)

    assert not upload.rows.exists()
    assert (upload.file_name, upload.groups, upload.header) == ("", [], [])
    assert (upload.counts["new"], upload.outcomes) == (2, "nn")
    assert upload.purged_at is not None


def test_where_what_is_held_has_changed_since_the_check_nothing_is_recorded_and_the_file_is_checked_again(
    manager,
):
    upload = send(manager, HEADER + AB + CD)
    makers.an_exchange(manager, makers.a_client(manager, "EF23111994M"))
    for reference in ("1", "2"):
        makers.a_client(manager, "CD17091979F", own_reference=reference)

    upload = confirm(manager, upload)

    assert (upload.state, upload.moved_on) == ("checked", True)
    assert upload.outcomes == "nr"
    assert not Client.objects.visible_to(manager).filter(first_initial="A").exists()
