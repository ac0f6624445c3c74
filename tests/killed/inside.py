"""Run once in the data folder of a site that is to be killed, in `manage.py shell`: everything a site needs, the people of the demo, clients.

Prints one line of JSON: the pages of the clients and their attributors. All of it is made up.
"""

import io
import json
from contextlib import redirect_stdout

from django.core.management import call_command
from django.utils import timezone

from ims.operations.demo import people
from tests import makers

MAKING = [["migrate"], ["load_codelists"], ["load_areas"], ["load_postcodes", "--example"]]
CLIENTS = 80
BORN = [f"{1 + n % 28:02}0{1 + n % 9}198{n % 7}" for n in range(CLIENTS)]  # no two the same day


def tell() -> None:
    """Make it all, by the actions of the site; then say who the clients of the pharmacist are."""
    with redirect_stdout(io.StringIO()):
        for command in MAKING:
            call_command(*command, verbosity=0)
    now = timezone.now()
    pharmacist = people.make_people(now)["pharmacist"].actor()
    clients = [makers.a_client(pharmacist, f"QV{born}M", at=now) for born in BORN]
    told = [{"page": client.get_absolute_url(), "attributor": client.attributor.text()} for client in clients]
    print(json.dumps(told))
