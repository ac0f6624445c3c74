"""Who may do what, declared on the view and enforced by the server (house: mechanism 1).

A view without a declaration is refused. There is no superuser branch anywhere.
"""

from collections.abc import Callable
from enum import StrEnum


class Permission(StrEnum):
    """Everything that may be allowed or refused: `thing:verb`."""

    ACTIVITY_RECORD = "activity:record"
    CLIENT_PRINT = "client:print"
    CLIENT_RECORD = "client:record"
    CLIENT_VIEW = "client:view"
    CONSENT_RECORD = "consent:record"
    EXTRACT_LOCAL = "extract:local"
    PROVIDER_OPEN = "provider:open"
    REPORT_ALL_AREAS = "report:all_areas"
    REPORT_VIEW = "report:view"
    RIGHTS_RECTIFY = "rights:rectify"
    RULES_CHANGE = "rules:change"
    SETTINGS_MANAGE = "settings:manage"
    STAFF_MANAGE = "staff:manage"
    UPLOAD_SEND = "upload:send"


class Open(StrEnum):
    """The two rules that name no permission."""

    PUBLIC = "public"
    SIGNED_IN = "signed in"


class OutOfScope(LookupError):
    """An action was handed a record that is not, or no longer, its actor's to touch. The site answers 404."""


PUBLIC = Open.PUBLIC
SIGNED_IN = Open.SIGNED_IN

Rule = Permission | Open


def access(rule: Rule) -> Callable:
    """Declare who may use a view. Outermost decorator, so that the server sees it on the callable it routes to."""
    if not isinstance(rule, Permission | Open):
        raise TypeError(f"{rule!r} is not an access rule")

    def declare(view):
        view.access_rule = rule
        return view

    return declare


def rule_of(view: Callable) -> Rule | None:
    """The rule a view declares; None means that it is refused."""
    return getattr(view, "access_rule", None)
