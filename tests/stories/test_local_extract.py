"""The Local Extract: a service's own records as rows, downloaded by its manager."""

import pytest

from clients.actions import Details, correct_client
from ims.audit.models import Event
from ims.record.kinds import KINDS
from tests.makers import EACH_KIND, EVERYTHING, NOW, TODAY, a_batch, an_exchange
from tests.stories.visitor import at_work

FORMULAS = ["=1+1", "+44", "-1", "@SUM(A1)", "\t=1", "'=1"]


def downloads(world, what, by=None, **typed):
    manager = at_work(world, by or world.pharmacy_manager)
    manager.opens("/local-extract/")
    return manager.sends(what=what, **typed)


def test_only_a_manager_has_it(world):
    pharmacist = at_work(world, world.pharmacist)

    assert pharmacist.opens("/local-extract/").status == 403
    assert "Local Extract" not in pharmacist.opens("/").body


def test_it_holds_every_client_of_the_service_people_who_said_no_included_and_nobody_elses(world):
    page = downloads(world, "clients")

    assert (
        page.response.headers["Content-Disposition"]
        == f'attachment; filename="ims-clients-{TODAY:%Y-%m-%d}.csv"'
    )
    assert {(row["attributor"], row["consent"], row["dummy"]) for row in page.records()} == {
        ("AB05051985M", "yes", "no"), ("CD17091979F", "yes", "no"), ("GH02021968M", "no", "no"),
        ("XX05051955", "no", "yes"),
    }  # fmt: skip
    assert {row["ims_id"] for row in page.records()} >= {world.client.ims_id, world.said_no.ims_id}


def test_every_contact_is_a_row_with_the_person_it_is_of(world):
    rows = downloads(world, "syringe_exchange").records()

    assert len(rows) == 4
    (row,) = [row for row in rows if row["ims_id"] == world.client.ims_id]
    assert (row["on"], row["items"], row["needles"], row["barrels"], row["sets"]) == (
        "2026-06-08", "SYR_FIXED_1=10", "10", "10", "10",
    )  # fmt: skip
    assert (row["attributor"], row["authority"], row["drug"]) == ("AB05051985M", "E08000012", "HEROIN")
    assert len(downloads(world, "brief_intervention").records()) == 3


@pytest.mark.parametrize("what", ["clients", "syringe_exchange", "brief_intervention"])
def test_it_can_hold_one_client_alone_by_the_ims_id(world, what):
    ims_id = world.said_no.ims_id

    page = downloads(world, what, ims_id=f"{ims_id[:5]}-{ims_id[5:]}".lower())

    assert [row["ims_id"] for row in page.records()] == [ims_id]


def test_the_ims_id_of_another_services_client_is_no_clients_id(world):
    foreign = downloads(world, "clients", ims_id=world.other.ims_id)
    nobodys = downloads(world, "clients", ims_id="2222222222")

    assert foreign.status == nobodys.status == 422
    assert (
        foreign.problems
        == nobodys.problems
        == ["IMS ID, for one client only: No client of your service has this IMS ID."]
    )
    assert foreign.typed["ims_id"] == world.other.ims_id


def test_an_ims_id_with_one_wrong_sign_is_noticed(world):
    wrong = ("2" if world.client.ims_id[0] != "2" else "3") + world.client.ims_id[1:]

    page = downloads(world, "clients", ims_id=wrong)

    assert page.problems == [
        "IMS ID, for one client only: That is no IMS ID: one sign is wrong. Check it against the client's page."
    ]
    assert page.typed["ims_id"] == wrong


def test_the_dummy_is_nobodys_record_so_there_is_no_extract_of_it_alone(world):
    """It is shared by all who object: one of them would be handed what the others had."""
    page = downloads(world, "syringe_exchange", ims_id=world.dummy.ims_id)

    assert page.status == 422


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_is_a_formula_to_a_spreadsheet_and_every_cell_reads_back_as_it_was(world, text):
    correct_client(
        client=world.client, attributor=world.client.attributor, details=Details(own_reference=text),
        expected_version=world.client.version, at=NOW, by=world.pharmacist,
    )  # fmt: skip
    an_exchange(world.pharmacist, world.client, note=text)

    clients, contacts = downloads(world, "clients"), downloads(world, "syringe_exchange")

    assert text in {row["own_reference"] for row in clients.records()}
    assert text in {row["note"] for row in contacts.records()}
    for page in (clients, contacts):
        assert f",{text}" not in page.body.replace('"', "")
        assert f",'{text}" in page.body.replace('"', "")


def test_a_download_leaves_a_footprint_with_everybody_who_is_in_it(world):
    downloads(world, "clients")
    downloads(world, "clients", ims_id=world.client.ims_id)

    all_of_them, one = Event.objects.filter(what__endswith=".extracted").order_by("pk")
    assert (all_of_them.what, all_of_them.user_id) == ("clients.extracted", world.pharmacy_manager.user_id)
    assert (one.what, one.kind, one.subjects) == ("client.extracted", "client", [world.client.pk])
    for client, times in ((world.client, 2), (world.woman, 1)):
        record = at_work(world, world.pharmacist).opens(f"{client.get_absolute_url()}detailed-record/")
        assert record.words.count("Downloaded in an extract") == times


def test_the_file_is_streamed_and_kept_by_no_proxy(world):
    page = downloads(world, "clients")

    assert page.response.streaming
    assert page.response.headers["Cache-Control"] == "no-store"


def switched_on(world, modules):
    world.riverside.modules = list(modules)
    world.riverside.save(update_fields=["modules"])


def switched_off(world, module):
    switched_on(world, set(EVERYTHING) - {module})


def offered(page) -> set[str]:
    return {box.attrs["value"] for box in page.document.all("input", name="what")}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.key)
def test_what_is_switched_off_is_not_handed_out_and_stays_in_the_clients_own_record(world, kind):
    EACH_KIND[kind.slug](world.pharmacist, world.client, note="CANARY-OFF")
    switched_off(world, kind.key)
    manager = at_work(world, world.pharmacy_manager)
    others = {"clients", "batch_exchange"} | {other.key for other in KINDS if other != kind}

    page = manager.opens("/local-extract/")
    assert offered(page) == others - ({"batch_exchange"} if kind.key == "syringe_exchange" else set())
    for ims_id in ("", world.client.ims_id):
        page = manager.sends(what=kind.key, ims_id=ims_id)
        assert page.problems == [
            "What to download: Your service does not record that. Choose something else."
        ]

    assert not Event.objects.filter(what__endswith=".extracted").exists()
    for where in ("", "detailed-record/"):
        assert "Note: CANARY-OFF" in manager.opens(f"{world.client.get_absolute_url()}{where}").words


def test_batch_exchanges_go_with_the_module_of_exchanges(world):
    a_batch(world.pharmacist)
    switched_off(world, "syringe_exchange")

    assert downloads(world, "batch_exchange").status == 422


def test_substances_that_are_not_asked_any_more_are_in_no_file_and_still_in_the_record(world):
    assert {"main_substance", "route", "injecting_status"} <= downloads(world, "clients").records()[0].keys()
    switched_off(world, "substances")

    (row,) = downloads(world, "clients", ims_id=world.client.ims_id).records()

    assert not {"main_substance", "route", "injecting_status"} & row.keys()
    words = at_work(world, world.pharmacist).opens(f"{world.client.get_absolute_url()}detailed-record/").words
    assert "Main substance Heroin" in words
    assert "Usual route" not in words  # never recorded, and nobody is asked now


def test_what_is_switched_on_again_is_handed_out_with_everything_from_before(world):
    switched_off(world, "naloxone")
    switched_on(world, EVERYTHING)

    assert len(downloads(world, "naloxone").records()) == 3
