"""A contact as a row of a file: the columns that every kind of the Local Extract has, before and after its own."""

from clients.columns import yes_no
from ims.core.kind import Column

CONTACT_COLUMNS = [
    Column("contact", lambda record: str(record.ref)),
    Column("on", lambda record: record.on.isoformat()),
    Column("site", lambda record: record.site.name if record.site else ""),
    Column("authority", lambda record: record.authority_code),
    Column("ims_id", lambda record: record.client.ims_id),
    Column("attributor", lambda record: record.client.attributor.text()),
    Column("consent", lambda record: yes_no(record.client.consent)),
]
NOTE = Column("note", lambda record: record.note)
