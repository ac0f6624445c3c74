"""How many of a service's own contacts of the last year a rule to come would refuse: all of them, No and dummy included."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ims.codelists import rules
from ims.codelists.models import Rule
from ims.core.actor import Actor
from ims.core.kind import Kind
from ims.record.kinds import KINDS

DAYS = 365


@dataclass(frozen=True, slots=True)
class OfKind:
    rule: Rule
    kind: Kind
    looked_at: int
    failing: int


def own_rehearsal(found: Sequence[Rule], actor: Actor, today: date) -> list[OfKind]:
    """Each rule with each kind of contact that it is about. One query a kind."""
    since = today - timedelta(days=DAYS - 1)
    counted = []
    for kind in [kind for kind in KINDS if kind.said]:
        own = kind.model.objects.visible_to(actor).filter(on__range=(since, today))
        said = [kind.said(record) for record in own.iterator()] if found else []
        counted += [
            OfKind(rule, kind, len(said), sum(rules.breaks(one, rule) for one in said))
            for rule in found
            if rules.kind_of(rule).contact in ("", kind.key)
        ]
    return counted
