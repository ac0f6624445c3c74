from tests.access.row import REPORTS, Row

ROWS = [
    Row("reporting:catalogue", REPORTS),
    Row("reporting:year", REPORTS, arguments={"start": 2026}),
    Row("reporting:year_file", REPORTS, arguments={"start": 2026}),
]
