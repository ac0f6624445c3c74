import csv
import io

import pytest
from django.core.management import CommandError, call_command

from clients.models import Client
from ims.accounts.models import User
from ims.operations import demo, demo_activity
from interventions.models import SyringeExchange
from tests.makers import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo_data(time_machine):
    time_machine.move_to(NOW)
    members = demo.make_people(NOW)
    staff = {"WIR2022": members["pharmacist"].actor(), "LIV2001": members["outreach"].actor()}
    demo_activity.record_activity(staff, NOW)


def test_everybody_in_the_list_of_sign_ins_can_sign_in(demo_data, client):
    out = io.StringIO()
    call_command("sign_ins", stdout=out)
    people = list(csv.DictReader(io.StringIO(out.getvalue())))

    assert len(people) == 7
    for person in people:
        answer = client.post("/sign-in/", {"username": person["username"], "password": person["password"]})
        assert answer.status_code == 302, person["username"]
        assert client.get("/").context["actor"].role_label == person["role"]


def test_the_demo_has_a_no_and_people_who_object(demo_data):
    assert Client.objects.filter(consent=False, is_dummy=False).count() == 1
    assert Client.objects.filter(is_dummy=True).count() == 2
    assert SyringeExchange.objects.count() > 20


def test_demo_people_and_data_do_not_exist_in_production(settings):
    settings.PRODUCTION = True

    for command in ("demo", "sign_ins"):
        with pytest.raises(CommandError, match="do not exist in production"):
            call_command(command)
    with pytest.raises(CommandError, match="do not exist in production"):
        demo.make_people(NOW)

    assert not User.objects.exists()


def test_an_installation_is_founded_once():
    who = ["--username", "first", "--full-name", "First Officer", "--email", "first@example.org"]
    call_command("found", *who, stdout=io.StringIO())

    with pytest.raises(CommandError, match="There are accounts already"):
        call_command("found", *who)
