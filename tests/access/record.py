from tests.access.row import EVERYBODY, MANAGER, PROVIDER, Row

ROWS = [
    Row("home", EVERYBODY),
    Row("record:client", PROVIDER, of="client"),
    Row("record:detailed", PROVIDER, of="client"),
    Row("record:client_history", PROVIDER, of="client"),
    Row("record:delete_client", PROVIDER, get=200, post=302, of="client"),
    Row("record:restore_client", PROVIDER, get=302, post=302, of="client"),
    Row("record:deleted", PROVIDER),
    Row("record:counter", PROVIDER, post=422),
    Row("record:counter_save", PROVIDER, get=302, post=302),
    Row("record:counter_register", PROVIDER, get=302, post=302),
    Row("record:grid", PROVIDER, post=302, arguments={"kind": "exchanges"}),
    Row("record:grid", PROVIDER, post=302, arguments={"kind": "brief-interventions"}),
    Row("record:reviews_due", PROVIDER),
    Row("record:extract", MANAGER, post=422),
    Row("record:extract", MANAGER, post=200, sends=lambda: {"what": "clients"}),
    Row("record:extract", MANAGER, post=200, sends=lambda: {"what": "syringe_exchange"}),
    Row("record:extract", MANAGER, post=200, sends=lambda: {"what": "brief_intervention"}),
    Row("record:extract", MANAGER, post=200, sends=lambda: {"what": "batch_exchange"}),
]
