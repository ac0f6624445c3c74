"""An officer's rules of what may be recorded: those in force, those to come, and the rehearsal of another."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from ims.audit import events
from ims.codelists import actions, rules
from ims.codelists.tables import Column, Table
from ims.core import dates
from ims.core.access import Permission, access
from ims.core.pages import answer, sent, typed
from reporting.forms import RuleForm
from reporting.rehearsal import Rehearsal
from reporting.rehearsal import rehearse as rehearsal_of
from reporting.views import says_when_being_rebuilt


@access(Permission.RULES_CHANGE)
@require_GET
def rules_page(request):
    today = dates.today()
    tables = [_table("In force", rules.in_force(today)), _table("To come", rules.to_come(today))]
    return answer(request, "reporting/rules.html", tables=tables)


def _table(caption, found) -> Table:
    rows = [[rules.in_words(rule), f"{rule.valid_from:%d/%m/%Y}"] for rule in found]
    return Table(caption, [Column("Rule"), Column("First day")], rows, () if rows else ["None."])


@access(Permission.RULES_CHANGE)
@require_http_methods(["GET", "POST"])
@says_when_being_rebuilt
def rehearse(request):
    form = RuleForm(typed(request))
    if not sent(request, form):
        return answer(request, "reporting/rehearse.html", form=form)
    rule = form.rule()
    found = rehearsal_of(rule, dates.today())
    if "publish" in request.POST and form.was_seen():
        return _publish(request, rule, found)
    form.remember_seen()
    counts = {"looked_at": found.looked_at, "failing": found.failing}
    events.record("rule.rehearsed", at=timezone.now(), by=request.actor, **counts)
    words = rules.in_words(rule)
    return answer(
        request, "reporting/rehearse.html", form=form, words=words, found=found, table=_counts(found)
    )


def _publish(request, rule, found: Rehearsal):
    actions.publish_rule(
        rule=rule, looked_at=found.looked_at, failing=found.failing, at=timezone.now(), by=request.actor
    )
    messages.success(request, f"Published. It begins on {rule.valid_from:%d/%m/%Y}.")
    return redirect("rules:rules")


def _counts(found: Rehearsal) -> Table:
    return Table(
        "Contacts that would be refused, by provider",
        [Column("Provider"), Column("Looked at", numeric=True), Column("Would be refused", numeric=True)],
        [
            *([one.name, one.looked_at, one.failing] for one in found.providers),
            ["All providers", found.looked_at, found.failing],
        ],
        [
            f"Contacts from {found.since:%d/%m/%Y} to {found.until:%d/%m/%Y}, as they are recorded now. Reportable "
            "records only: nobody who said No, no dummy attributor, nothing deleted."
        ],
    )
