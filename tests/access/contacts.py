from ims.record.kinds import KINDS
from tests.access.row import PROVIDER, Row


def _rows(slug: str) -> list[Row]:
    of = {"of": slug, "arguments": {"kind": slug}}
    return [
        Row("record:new", PROVIDER, post=422, of="client", arguments={"kind": slug}),
        Row("record:change", PROVIDER, post=422, **of),
        Row("record:history", PROVIDER, **of),
        Row("record:delete", PROVIDER, get=302, post=302, **of),
        Row("record:restore", PROVIDER, get=302, post=302, **of),
    ]


ROWS = [row for kind in KINDS for row in _rows(kind.slug)]
