"""What was typed and not saved is back when the page is opened again: for its writer alone, and for a day."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session

from ims.accounts.actions import give_role
from ims.accounts.models import Draft
from ims.accounts.roles import Role
from interventions.models import SyringeExchange
from interventions.syringe_exchange import action
from tests import makers
from tests.makers import NOW, PASSWORD
from tests.stories.visitor import Visitor, at_work, by_password

BACK = "What you typed at 12:00 is back, unsaved. Check it, then save."


def exchange_page(client):
    return f"{client.get_absolute_url()}exchanges/new/"


def typed_wrongly(world, **typed):
    """A pharmacist whose exchange came back unsaved, because a quantity is no number."""
    pharmacist = at_work(world, world.pharmacist)
    pharmacist.opens(exchange_page(world.client))
    assert pharmacist.sends(item_SYR_FIXED_1="many", note="Asked about detox", **typed).status == 422
    return pharmacist


def typing(visitor, path=None, **typed):
    """What the script sends while somebody types in the page that is open; nothing is pressed."""
    fields = {**visitor.page.typed, "draft_path": path or visitor.page.path, **typed}
    return visitor.browser.post("/drafts/", fields)


def test_a_form_that_came_back_unsaved_is_there_when_the_page_is_opened_again(world):
    pharmacist = typed_wrongly(world, drug="CRACK")
    pharmacist.opens("/")

    page = pharmacist.opens(exchange_page(world.client))

    assert BACK in page.said
    assert page.typed["item_SYR_FIXED_1"] == "many"
    assert (page.typed["drug"], page.typed["note"]) == ("CRACK", "Asked about detox")


def test_what_was_only_typed_is_there_too(world):
    pharmacist = at_work(world, world.pharmacist)
    pharmacist.opens(exchange_page(world.client))

    answer = typing(pharmacist, item_SYR_FIXED_1="35")

    assert answer.json()["at"] == "12:00"
    assert pharmacist.opens(exchange_page(world.client)).typed["item_SYR_FIXED_1"] == "35"


def test_it_says_when_it_was_typed(world):
    pharmacist = typed_wrongly(world)
    world.clock.shift(timedelta(minutes=4))

    page = pharmacist.opens(exchange_page(world.client))

    assert BACK in page.said


def test_what_was_typed_last_counts(world):
    pharmacist = typed_wrongly(world)
    typing(pharmacist, item_SYR_FIXED_1="7")
    typing(pharmacist, item_SYR_FIXED_1="8")

    assert pharmacist.opens(exchange_page(world.client)).typed["item_SYR_FIXED_1"] == "8"
    assert Draft.objects.count() == 1


def test_a_person_who_throws_it_away_has_an_empty_form(world):
    pharmacist = typed_wrongly(world)
    pharmacist.opens(exchange_page(world.client))

    page = pharmacist.presses("Throw it away")

    assert page.path == exchange_page(world.client)
    assert page.said == "Important Thrown away. This is the page as it was before."
    assert page.typed["note"] == ""
    assert Draft.objects.count() == 0


def test_saving_removes_it(world):
    pharmacist = typed_wrongly(world)

    assert "Exchange saved." in pharmacist.sends(item_SYR_FIXED_1="35").said

    assert pharmacist.opens(exchange_page(world.client)).typed["note"] == ""
    assert Draft.objects.count() == 0


def test_a_form_that_is_saved_at_once_leaves_nothing_to_come_back(world):
    pharmacist = at_work(world, world.pharmacist)
    pharmacist.opens(exchange_page(world.client))

    assert "Exchange saved." in pharmacist.sends(item_SYR_FIXED_1="35").said

    assert Draft.objects.count() == 0


def test_what_was_sent_is_back_when_saving_it_met_a_fault_of_ours(world, monkeypatch):
    """Or a server that died: it was kept before anything was done with it."""
    pharmacist = at_work(world, world.pharmacist)
    pharmacist.browser.raise_request_exception = False
    pharmacist.opens(exchange_page(world.client))
    monkeypatch.setattr(action, "record", lambda *said, **named: 1 / 0)

    assert pharmacist.sends(item_SYR_FIXED_1="35", note="Asked about detox").status == 500

    page = pharmacist.opens(exchange_page(world.client))
    assert BACK in page.said
    assert (page.typed["item_SYR_FIXED_1"], page.typed["note"]) == ("35", "Asked about detox")


def test_what_was_sent_about_a_client_of_another_service_is_not_kept(world):
    pharmacist = at_work(world, world.pharmacist)
    page = pharmacist.opens(exchange_page(world.client))

    answer = pharmacist.browser.post(exchange_page(world.other), {**page.typed, "note": "Asked about detox"})

    assert answer.status_code == 404
    assert Draft.objects.count() == 0


def test_what_came_back_is_saved_once_even_if_it_had_been_saved_already(world):
    """The answer was lost on its way, and the draft of a moment before is what is left."""
    before = SyringeExchange.objects.count()
    pharmacist = at_work(world, world.pharmacist)
    page = pharmacist.opens(exchange_page(world.client))
    pharmacist.sends(item_SYR_FIXED_1="35")
    pharmacist.page = page
    typing(pharmacist, item_SYR_FIXED_1="35")

    pharmacist.opens(exchange_page(world.client))

    assert "This was already saved, once." in pharmacist.sends().said
    assert SyringeExchange.objects.count() == before + 1


def test_it_is_back_in_another_browser_after_signing_in(world):
    name = by_password(world, world.pharmacist)
    typed_wrongly(world)
    Session.objects.all().delete()

    page = Visitor().signs_in(name, PASSWORD, path=exchange_page(world.client))

    assert BACK in page.said
    assert page.typed["note"] == "Asked about detox"


def test_what_was_sent_after_the_session_ended_comes_before_an_older_draft(world):
    name = by_password(world, world.pharmacist)
    pharmacist = typed_wrongly(world)
    Session.objects.all().delete()
    pharmacist.sends(item_SYR_FIXED_1="35", note="Asked again")

    page = pharmacist.sends(username=name, password=PASSWORD)

    assert page.typed["note"] == "Asked again"
    assert "What you typed at" not in page.said


def test_a_colleague_never_has_it(world):
    typed_wrongly(world)

    page = at_work(world, world.pharmacy_manager).opens(exchange_page(world.client))

    assert "detox" not in page.body
    assert page.said == ""


def test_the_same_person_in_another_role_does_not_have_it(world):
    user = world.user_of(world.pharmacist)
    give_role(user=user, role=Role.PROVIDER_MANAGER, provider=world.riverside, at=NOW, by=world.officer)
    as_manager = user.memberships.select_related("provider").get(role=Role.PROVIDER_MANAGER).actor()
    typed_wrongly(world)

    page = at_work(world, as_manager).opens(exchange_page(world.client))

    assert page.typed["note"] == ""
    assert page.said == ""


def test_it_is_on_no_other_page(world):
    pharmacist = typed_wrongly(world)

    assert "detox" not in pharmacist.opens(exchange_page(world.woman)).body


def test_a_draft_of_a_client_of_another_service_is_not_shown(world):
    """Nor is there a word of it on the page that says there is none such."""
    pharmacist = at_work(world, world.pharmacist)
    pharmacist.opens(exchange_page(world.client))
    typing(pharmacist, path=exchange_page(world.other), note="Asked about detox")

    page = pharmacist.opens(exchange_page(world.other))

    assert page.status == 404
    assert "detox" not in page.body
    assert page.said == ""


@pytest.mark.parametrize(
    ("later", "note"), [(timedelta(hours=23), "Asked about detox"), (timedelta(hours=25), "")]
)
def test_it_is_kept_for_a_day(world, later, note):
    typed_wrongly(world)
    world.clock.shift(later)

    page = at_work(world, world.pharmacist).opens(exchange_page(world.client))

    assert page.typed["note"] == note


def test_what_is_older_than_a_day_goes_with_the_next_draft_of_anybody(world):
    typed_wrongly(world)
    world.clock.shift(timedelta(hours=25))

    manager = at_work(world, world.pharmacy_manager)
    manager.opens(exchange_page(world.woman))
    typing(manager, note="Another")

    assert [draft.path for draft in Draft.objects.all()] == [exchange_page(world.woman)]


def test_the_grid_is_back_with_its_lines(world):
    pharmacist = at_work(world, world.pharmacist)
    pharmacist.opens("/grid/exchanges/")
    typing(pharmacist, **{"row-0-who": "AB05051985M"})

    page = pharmacist.opens("/grid/exchanges/")

    assert BACK in page.said
    assert page.typed["row-0-who"] == "AB05051985M"


def test_the_counter_keeps_no_draft(world):
    pharmacist = at_work(world, world.pharmacist)
    pharmacist.opens("/")
    page = pharmacist.sends(wanted="ab050585m")

    answer = pharmacist.sends(page, item_SYR_FIXED_1="many")

    assert (answer.path, answer.status) == ("/counter/save/", 422)
    assert Draft.objects.count() == 0


def test_a_refused_post_leaves_no_draft(world):
    """Somebody without the permission, and a page of another site."""
    analyst = world.client_of(world.analyst)
    sent = {"submission_id": str(makers.new_submission_id()), "note": "detox"}

    assert analyst.post(exchange_page(world.client), sent).status_code == 403
    assert at_work(world, world.pharmacist).browser.post("/drafts/", sent).status_code == 403

    assert Draft.objects.count() == 0


def test_staying_signed_in_starts_the_half_hour_anew(world):
    pharmacist = at_work(world, world.pharmacist)
    pharmacist.opens("/")
    world.clock.shift(timedelta(minutes=26))
    token = pharmacist.page.document.all("input", name="csrfmiddlewaretoken")[0].attrs["value"]

    answer = pharmacist.browser.post(
        "/stay/", {"csrfmiddlewaretoken": token}, headers={"Accept": "application/json"}
    )
    world.clock.shift(timedelta(minutes=26))

    assert answer.json() == {"seconds": 1800}
    assert pharmacist.opens("/").title == "Home - IMS"


def test_staying_does_not_go_beyond_twelve_hours(world):
    pharmacist = at_work(world, world.pharmacist)
    for _ in range(47):
        world.clock.shift(timedelta(minutes=15))
        pharmacist.opens("/")

    (bar,) = [node for node in pharmacist.page.document.every() if "data-session" in node.attrs]

    assert bar.attrs["data-seconds"] == "900"
