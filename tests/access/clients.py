from tests.access.row import PROVIDER, Row

ROWS = [
    Row("clients:find", PROVIDER, post=422),
    Row("clients:register", PROVIDER, post=422),
    Row("clients:objector", PROVIDER, get=302, post=302),
    Row("clients:correct", PROVIDER, post=422, of="client"),
    Row("clients:consent", PROVIDER, post=422, of="client"),
    Row("clients:duplicates", PROVIDER),
    Row("clients:tell_apart", PROVIDER, get=302, post=302, of="pair"),
    Row("clients:link", PROVIDER, get=302, post=302, of="pair"),
    Row("clients:unlink", PROVIDER, get=302, post=302, of="pair"),
]
