"""Publishing a rule of what may be recorded."""

from datetime import datetime

from ims.audit.acting import acting
from ims.codelists import lists, rules
from ims.codelists.models import Rule
from ims.core import dates
from ims.core.actor import Actor


class TooSoon(ValueError):
    """The rule would judge what was recorded before anybody could know of it."""


def publish_rule(*, rule: Rule, looked_at: int, failing: int, at: datetime, by: Actor) -> Rule:
    """Publish a rule, or the lifting of one, with the numbers that the officer saw before.

    The same rule again, as after a second press, is left alone. Raises TooSoon, NoSuchRule.
    """
    if rule.valid_from <= dates.today(at):
        raise TooSoon
    rules.check(rule)
    with acting(by=by, at=at) as act:
        said = {"key": rule.key, "subject": rule.subject, "valid_from": rule.valid_from}
        held = Rule.objects.filter(**said).order_by("-pk").first()
        if held and (held.limit, held.is_on) == (rule.limit, rule.is_on):
            act.changed_nothing()
            return held
        rule.published_at, rule.published_by_id = at, by.user_id
        rule.save(force_insert=True)
        act.record("rule.published", rule, looked_at=looked_at, failing=failing)
    lists.forget()
    return rule
