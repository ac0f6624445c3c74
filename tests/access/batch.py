from tests.access.row import PROVIDER, Row

ROWS = [
    Row("batch:batches", PROVIDER),
    Row("batch:new", PROVIDER, post=422),
    Row("batch:change", PROVIDER, post=422, of="batch"),
    Row("batch:delete", PROVIDER, get=302, post=302, of="batch"),
    Row("batch:restore", PROVIDER, get=302, post=302, of="batch"),
]
