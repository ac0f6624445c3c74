"""At the end of a night: one day and one site above, one line a person, good lines saved, the others left to be mended."""

import pytest

from clients.models import Client
from ims.audit.models import Event
from ims.record.kinds import KINDS
from interventions.models import BriefIntervention, SyringeExchange
from tests import makers
from tests.stories.visitor import at_work


@pytest.fixture
def worker(world):
    person = at_work(world, world.pharmacist)
    person.opens("/grid/exchanges/")
    return person


def line(place, **cells):
    return {f"row-{place}-{name}": value for name, value in cells.items()}


def exchanges_of(world, client):
    return SyringeExchange.objects.visible_to(world.pharmacist).filter(client=client)


def test_the_usual_of_each_is_saved_by_who_they_are_alone(world, worker):
    page = worker.sends(**line(0, who="ab050585m"), **line(1, who=world.woman.ims_id))

    assert "2 lines saved." in page.said
    assert exchanges_of(world, world.client).latest("pk").items == {"SYR_FIXED_1": 10}
    assert exchanges_of(world, world.woman).count() == 2
    assert worker.page.typed["row-0-who"] == ""


def test_good_lines_are_saved_in_one_act_and_the_others_stay_with_what_is_wrong(world, worker):
    page = worker.sends(
        on="10/6/2026",
        **line(0, who="zz010190f", what="item_FOIL", number="4"),
        **line(1, who="ab050585m", what="item_FOIL", number="4"),
        **line(2, who="cd170979f", what="item_FOIL", number="many"),
    )

    assert page.status == 422
    assert "1 line saved." in page.said
    assert [problem[:7] for problem in page.problems] == ["Line 1,", "Line 2,"]
    assert (page.typed["row-0-who"], page.typed["row-1-who"], page.typed["row-2-who"]) == (
        "zz010190f",
        "cd170979f",
        "",
    )
    assert page.typed["row-1-number"] == "many" and page.typed["on"] == "10/6/2026"
    assert Event.objects.filter(what="exchange.recorded").latest("id").counts == {"lines": 1}

    page = worker.sends(**line(0, who="", number="", what="usual"), **line(1, number="2"))

    assert "1 line saved." in page.said
    assert exchanges_of(world, world.woman).latest("pk").items == {"FOIL": 2}


def test_the_same_grid_sent_again_saves_nothing_more(world, worker):
    form = worker.page
    worker.sends(form, **line(0, who="ab050585m"))

    page = worker.sends(form, **line(0, who="ab050585m"))

    assert "1 line had been saved before, once." in page.said
    assert exchanges_of(world, world.client).count() == 2


def test_somebody_new_whose_consent_was_asked_is_registered_on_the_line(world, worker):
    page = worker.sends(**line(0, who="zw170879f", consent="no", what="item_FOIL", number="3", drug="CRACK"))

    assert "1 line saved." in page.said
    client = Client.objects.visible_to(world.pharmacist).get(first_initial="Z")
    assert client.consent is False
    assert exchanges_of(world, client).get().items == {"FOIL": 3}


def test_somebody_new_who_is_nearly_somebody_known_is_asked_about(world, worker):
    page = worker.sends(**line(0, who="ab050585f", consent="yes", what="item_FOIL", number="3"))

    assert any("has the other sex" in problem for problem in page.problems)
    assert not Client.objects.visible_to(world.pharmacist).filter(first_initial="A", sex="F").exists()


def test_a_wrong_day_keeps_every_line(world, worker):
    page = worker.sends(on="31/2/2026", **line(0, who="ab050585m"))

    assert page.status == 422
    assert page.typed["row-0-who"] == "ab050585m"
    assert exchanges_of(world, world.client).count() == 1


def test_ten_more_lines_keep_what_was_typed(world, worker):
    page = worker.presses("Ten more lines", **line(0, who="ab050585m"))

    assert page.typed["row-0-who"] == "ab050585m"
    assert "row-19-who" in page.typed


def test_brief_interventions_have_a_grid_of_their_own(world, worker):
    worker.opens("/grid/brief-interventions/")

    page = worker.sends(**line(0, who="ab050585m", type="WOUND", minutes="0"), **line(1, who="cd170979f"))

    assert "1 line saved." in page.said
    assert any("Choose what was done." in problem for problem in page.problems)
    done = BriefIntervention.objects.visible_to(world.pharmacist).filter(client=world.client).latest("pk")
    assert (done.type, done.minutes) == ("WOUND", 0)


def test_what_is_brought_back_alone_is_a_line_and_nothing_at_all_is_none(world, worker):
    page = worker.sends(
        **line(0, who="ab050585m", what="nothing", returned="12"), **line(1, who="cd170979f", what="nothing")
    )

    assert "1 line saved." in page.said
    assert any("Enter how much was brought back." in problem for problem in page.problems)
    assert exchanges_of(world, world.client).latest("pk").returned == 12


@pytest.mark.parametrize(
    "modules", [[], ["naloxone", "referral_out"], ["brief_intervention"], [kind.key for kind in KINDS]]
)
def test_the_counter_leads_to_the_grid_of_each_kind_that_has_one_and_is_recorded(world, modules):
    world.riverside.modules = modules
    world.riverside.save(update_fields=["modules"])
    person = at_work(world, world.pharmacist)

    home = person.opens("/")
    led_to = {a.attrs["href"] for a in home.document.all("a") if a.attrs.get("href", "").startswith("/grid/")}

    assert led_to == {f"/grid/{kind.slug}/" for kind in KINDS if kind.row and kind.key in modules}
    for address in led_to:
        assert person.opens(address).status == 200


def test_a_service_that_does_not_record_a_kind_has_no_grid_for_it(world):
    service = makers.a_provider("Quiet Talk", modules=["brief_intervention"])
    manager = at_work(world, makers.the_manager(service))

    assert manager.opens("/grid/exchanges/").status == 404
    assert manager.opens("/grid/brief-interventions/").status == 200
    assert manager.opens("/grid/referrals-out/").status == 404
