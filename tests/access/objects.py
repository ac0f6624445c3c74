"""What the addresses of the matrix are about: an object of each sort, of either service, and one that does not exist."""

import uuid

from ims.providers.actions import add_site
from ims.record.kinds import KINDS
from tests.bulk.sending import a_file_with_rejected_rows, a_profile, leaving_out
from tests.makers import NOW, a_batch, a_pack, a_received_referral

# Of what another service holds: in no answer to anybody else. A referral's note is shown to its sender alone.
CANARY = "CANARY-7Q4"


def of_riverside(world) -> dict:
    leaving_out(world.pharmacy_manager)  # so that a file with rejected rows has a page to confirm it
    return {
        **_contacts(world.client, world.pharmacist),
        **_settings(world.pharmacy_manager),
        "received": {
            "ref": a_received_referral(world.keyworker, world.same_person, world.riverside, note=CANARY).ref
        },
        "upload": {"ref": a_file_with_rejected_rows(world.pharmacy_manager).ref},
        "profile": {"pk": a_profile(world.pharmacy_manager).pk},
        "client": {"ref": world.client.ref},
        "pair": {"ref": world.client.ref, "other": world.woman.ref},
        "membership": {"pk": world.membership_of(world.pharmacist).pk},
    }


def of_harbour(world) -> dict:
    return {
        **_contacts(world.other, world.keyworker),
        **_settings(world.agency_manager),
        "received": {
            "ref": a_received_referral(world.pharmacist, world.woman, world.harbour, note=CANARY).ref
        },
        "upload": {"ref": a_file_with_rejected_rows(world.agency_manager, CANARY).ref},
        "profile": {"pk": a_profile(world.agency_manager, CANARY).pk},
        "client": {"ref": world.other.ref},
        "pair": {"ref": world.other.ref, "other": world.same_person.ref},
        "membership": {"pk": world.membership_of(world.keyworker).pk},
    }


def _settings(manager) -> dict:
    """A site, a pack and a batch exchange of a service."""
    site = add_site(name="Van", postcode="", at=NOW, by=manager)
    return {
        "site": {"pk": site.pk},
        "pack": {"pk": a_pack(manager).pk},
        "batch": {"ref": a_batch(manager).ref},
    }


def _contacts(client, actor) -> dict:
    """The latest contact of each kind of a client, by the slug of the kind."""
    return {kind.slug: {"ref": kind.of_client(client, actor).first().ref} for kind in KINDS}


NOBODY = uuid.UUID(int=7)
ABSENT = {
    **{kind.slug: {"ref": NOBODY} for kind in KINDS},
    "received": {"ref": NOBODY},
    "client": {"ref": NOBODY},
    "pair": {"ref": NOBODY, "other": NOBODY},
    "membership": {"pk": 10**9},
    "site": {"pk": 10**9},
    "pack": {"pk": 10**9},
    "batch": {"ref": NOBODY},
    "upload": {"ref": NOBODY},
    "profile": {"pk": 10**9},
}
