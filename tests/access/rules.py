from tests.access.row import MANAGER, OFFICER, Row

ROWS = [
    Row("rules:rules", OFFICER),
    Row("rules:rehearse", OFFICER, post=422),
    Row("record:rules_to_come", MANAGER),
]
