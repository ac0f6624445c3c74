"""What the rules to come would refuse of a service's own last year, for its manager."""

from django.utils import timezone
from django.views.decorators.http import require_GET

from ims.audit import events
from ims.codelists import rules
from ims.codelists.tables import Column, Table
from ims.core import dates
from ims.core.access import Permission, access
from ims.core.pages import answer
from ims.record.rehearsal import DAYS, own_rehearsal


@access(Permission.SETTINGS_MANAGE)
@require_GET
def to_come(request):
    today = dates.today()
    found = own_rehearsal(rules.to_come(today), request.actor, today)
    events.record("rules.own_rehearsed", at=timezone.now(), by=request.actor, rules=len(found))
    return answer(request, "record/rules_to_come.html", table=_table(found) if found else None)


def _table(found) -> Table:
    return Table(
        "Rules to come, and your own contacts of the last year",
        [
            Column("Rule"),
            Column("First day"),
            Column("Kind of contact"),
            Column("Looked at", numeric=True),
            Column("Would be refused", numeric=True),
        ],
        [
            [
                rules.in_words(one.rule),
                f"{one.rule.valid_from:%d/%m/%Y}",
                one.kind.label,
                one.looked_at,
                one.failing,
            ]
            for one in found
        ],
        [
            f"Contacts of your service in the last {DAYS} days, as they are recorded now: everybody's, also of people "
            "who said No. Deleted ones are left out. They all stay as they are."
        ],
    )
