"""A client as a row of a file: the columns of the Local Extract, which is an upload layout as well."""

from ims.core.kind import Column


def yes_no(value: bool) -> str:
    return "yes" if value else "no"


CLIENT_COLUMNS = [
    Column("ims_id", lambda client: client.ims_id),
    Column("attributor", lambda client: client.attributor.text()),
    Column("first_initial", lambda client: client.first_initial),
    Column("last_initial", lambda client: client.last_initial),
    Column("date_of_birth", lambda client: client.date_of_birth.isoformat()),
    Column("sex", lambda client: client.sex),
    Column("dummy", lambda client: yes_no(client.is_dummy)),
    Column("consent", lambda client: yes_no(client.consent)),
    Column("postcode", lambda client: client.postcode),
    Column("ethnicity", lambda client: client.ethnicity),
    Column("nationality", lambda client: client.nationality),
    Column("own_reference", lambda client: client.own_reference),
]
SUBSTANCE_COLUMNS = [
    Column("main_substance", lambda client: client.main_substance),
    Column("route", lambda client: client.route),
    Column("injecting_status", lambda client: client.injecting_status),
]
