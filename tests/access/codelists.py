from tests.access.row import EVERYBODY, Row

ROWS = [
    Row("reference", EVERYBODY, public=True),
    Row("reference-list", EVERYBODY, public=True, arguments={"key": "sex"}),
    Row("reference-csv", EVERYBODY, public=True, arguments={"key": "sex"}),
]
