import base64

import pytest
from django.http import QueryDict

from ims.core import sealing

TYPED = QueryDict("postcode=L1+9DB&note=%C3%A9%0Atwo+lines&item=1&item=2&empty=")


def test_what_was_typed_comes_back_as_it_was():
    token = sealing.seal(TYPED, user_id=7, path="/clients/new/")

    assert sealing.unseal(token, user_id=7, path="/clients/new/") == TYPED


def test_nothing_of_it_can_be_read_in_the_token():
    token = sealing.seal(TYPED, user_id=7, path="/clients/new/")

    assert all(word not in base64.urlsafe_b64decode(token) for word in (b"postcode", b"L1", b"clients"))


@pytest.mark.parametrize(("user_id", "path"), [(8, "/clients/new/"), (7, "/clients/")])
def test_it_opens_for_its_own_person_and_page_alone(user_id, path):
    token = sealing.seal(TYPED, user_id=7, path="/clients/new/")

    with pytest.raises(sealing.NotSealedForYou):
        sealing.unseal(token, user_id=user_id, path=path)


def test_it_opens_for_an_hour(time_machine):
    time_machine.move_to("2026-06-15 12:00", tick=False)
    token = sealing.seal(TYPED, user_id=7, path="/")

    time_machine.move_to("2026-06-15 12:59", tick=False)
    assert sealing.unseal(token, user_id=7, path="/") == TYPED
    time_machine.move_to("2026-06-15 13:01", tick=False)
    with pytest.raises(sealing.NotSealedForYou):
        sealing.unseal(token, user_id=7, path="/")


@pytest.mark.parametrize("forged", ["", "nonsense", "gAAAAABm"])
def test_a_forged_token_opens_nothing(forged):
    with pytest.raises(sealing.NotSealedForYou):
        sealing.unseal(forged, user_id=7, path="/")


def test_the_owner_of_a_form_cannot_be_made_up():
    assert sealing.owner_of(QueryDict(f"form_owner={sealing.form_owner(7)}")) == 7
    assert sealing.owner_of(QueryDict("form_owner=7")) is None
    assert sealing.owner_of(QueryDict("")) is None
