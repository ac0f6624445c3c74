from tests.access.row import EVERYBODY, MANAGER, OFFICER, Row

ROWS = [
    Row("accounts:sign_in", EVERYBODY, post=422, public=True),
    Row("accounts:sign_out", EVERYBODY, get=302, post=302),
    # Whoever has signed in but not chosen yet is no actor, so the page looks after strangers itself.
    Row("accounts:switch", EVERYBODY, post=200, public=True),
    Row("accounts:drafts", EVERYBODY, get=302, post=400),  # a draft of no page
    Row("accounts:forget_draft", EVERYBODY, get=302, post=302),
    Row("accounts:stay", EVERYBODY, get=302, post=302),
    Row("accounts:details", EVERYBODY, post=422),
    Row("accounts:change_password", EVERYBODY, post=422),
    Row("accounts:forgotten", EVERYBODY, post=422, public=True),
    Row("accounts:choose_password", EVERYBODY, post=200, public=True),  # no token: the link no longer works
    Row("accounts:staff", MANAGER),
    Row("accounts:invite", MANAGER, post=422),
    Row("accounts:deactivate", MANAGER, post=302, of="membership"),
    Row("accounts:providers", OFFICER),
    Row("accounts:open_provider", OFFICER, post=422),
]
