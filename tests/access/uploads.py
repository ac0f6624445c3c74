from tests.access.row import EVERYBODY, MANAGER, Row

ROWS = [
    Row("bulk:uploads", MANAGER, post=422),
    Row("bulk:upload", MANAGER, of="upload"),
    Row("bulk:rejected", MANAGER, of="upload"),
    Row("bulk:confirm", MANAGER, post=422, of="upload"),
    Row("bulk:give_up", MANAGER, get=302, post=302, of="upload"),
    Row("bulk:profiles", MANAGER),
    Row("bulk:new_profile", MANAGER, post=422),
    Row("bulk:profile_columns", MANAGER, get=302, post=302),
    Row("bulk:change_profile", MANAGER, post=422, of="profile"),
    Row("bulk:end_profile", MANAGER, get=302, post=302, of="profile"),
    Row("bulk:transfer", MANAGER, post=422),
    Row("layouts:layout", EVERYBODY, public=True, arguments={"key": "contacts"}),
    Row("layouts:template", EVERYBODY, public=True, arguments={"key": "contacts"}),
    Row("bulk:retry", MANAGER, get=302, post=302, of="upload"),
]
