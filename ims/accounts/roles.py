"""Who holds which permission: the whole matrix, in code, so that every change to it is reviewed."""

from dataclasses import dataclass

from django.db import models

from ims.core.access import Permission as P


class Role(models.TextChoices):
    """The roles of the data dictionary."""

    PROVIDER_STAFF = "provider_staff", "Provider staff"
    PROVIDER_MANAGER = "provider_manager", "Provider manager"
    COMMISSIONER = "commissioner", "Commissioner"
    PHI_ANALYST = "phi_analyst", "PHI analyst"
    PHI_OFFICER = "phi_officer", "PHI officer"
    PHI_APPROVER = "phi_approver", "PHI approver"
    DRD_COORDINATOR = "drd_coordinator", "Death review coordinator"
    DRD_NOTIFIER = "drd_notifier", "Death review notifier"
    DRD_PANEL_MEMBER = "drd_panel_member", "Death review panel member"
    DRD_CONTRIBUTOR = "drd_contributor", "Death review contributor"


@dataclass(frozen=True)
class Holding:
    """What a role is for, in words, and what it may do."""

    purpose: str
    permissions: frozenset[P]


_STAFF = frozenset({P.ACTIVITY_RECORD, P.CLIENT_PRINT, P.CLIENT_RECORD, P.CLIENT_VIEW, P.CONSENT_RECORD})

HOLDINGS: dict[Role, Holding] = {
    Role.PROVIDER_STAFF: Holding("Records at one provider at a time.", _STAFF),
    Role.PROVIDER_MANAGER: Holding(
        "All that staff may, the Local Extract, uploads, their own staff and the settings of their provider.",
        _STAFF | {P.EXTRACT_LOCAL, P.SETTINGS_MANAGE, P.STAFF_MANAGE, P.UPLOAD_SEND},
    ),
    Role.COMMISSIONER: Holding("Published-grade reports of their authorities.", frozenset({P.REPORT_VIEW})),
    Role.PHI_ANALYST: Holding(
        "Reports of all reportable records; never a client's page.",
        frozenset({P.REPORT_ALL_AREAS, P.REPORT_VIEW}),
    ),
    Role.PHI_OFFICER: Holding(
        "Opens providers and their first manager, publishes rules, and puts a record right at the person's request.",
        frozenset({P.PROVIDER_OPEN, P.RIGHTS_RECTIFY, P.RULES_CHANGE}),
    ),
    Role.PHI_APPROVER: Holding("Second person for what needs two.", frozenset()),
    Role.DRD_COORDINATOR: Holding("Death review of named authorities.", frozenset()),
    Role.DRD_NOTIFIER: Holding("Tells of a death.", frozenset()),
    Role.DRD_PANEL_MEMBER: Holding("Reviews deaths of named authorities.", frozenset()),
    Role.DRD_CONTRIBUTOR: Holding("Contributes to one case.", frozenset()),
}

PROVIDER_ROLES = (Role.PROVIDER_STAFF, Role.PROVIDER_MANAGER)


def permissions_of(role: str) -> frozenset[P]:
    """What a role may. Raises ValueError for a role that does not exist: unknown means no."""
    return HOLDINGS[Role(role)].permissions
