from tests.access.row import PROVIDER, Row

ROWS = [
    Row("interventions:record_exchange", PROVIDER, post=422, of="client"),
    Row("interventions:record_brief", PROVIDER, post=422, of="client"),
]
