from tests.access.row import PROVIDER, Row

ROWS = [
    Row("referrals:inbox", PROVIDER),
    Row("referrals:received", PROVIDER, of="received"),
    Row("referrals:accept", PROVIDER, post=422, of="received"),
    Row("referrals:answer", PROVIDER, get=302, post=422, of="received"),
    Row("referrals:sent", PROVIDER, of="referrals-out"),
    Row("referrals:outcome", PROVIDER, get=302, post=422, of="referrals-out"),
]
