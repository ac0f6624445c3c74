from tests.access.row import EVERYBODY, MANAGER, PROVIDER, Row

ROWS = [
    Row("home", EVERYBODY),
    Row("record:client", PROVIDER, of="client"),
    Row("record:detailed", PROVIDER, of="client"),
    Row("record:extract", MANAGER, post=422),
    Row("record:extract", MANAGER, post=200, sends=lambda: {"what": "clients"}),
    Row("record:extract", MANAGER, post=200, sends=lambda: {"what": "syringe_exchange"}),
    Row("record:extract", MANAGER, post=200, sends=lambda: {"what": "brief_intervention"}),
]
