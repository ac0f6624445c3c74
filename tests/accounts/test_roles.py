"""Who may do what: the whole matrix, written out a second time, so that a change to it is a change to two files."""

import pytest

from ims.accounts.roles import HOLDINGS, PROVIDER_ROLES, Role, permissions_of
from ims.core.access import PUBLIC, SIGNED_IN, Permission

MATRIX = {
    Role.PROVIDER_STAFF: "activity:record client:print client:record client:view consent:record",
    Role.PROVIDER_MANAGER: "activity:record client:print client:record client:view consent:record extract:local settings:manage staff:manage upload:send",
    Role.COMMISSIONER: "report:view",
    Role.PHI_ANALYST: "report:all_areas report:view",
    Role.PHI_OFFICER: "provider:open rights:rectify rules:change",
    Role.PHI_APPROVER: "",
    Role.DRD_COORDINATOR: "",
    Role.DRD_NOTIFIER: "",
    Role.DRD_PANEL_MEMBER: "",
    Role.DRD_CONTRIBUTOR: "",
}
OF_CLIENTS = {
    permission for permission in Permission if permission.split(":")[0] in {"client", "activity", "consent"}
}


def test_each_role_may_what_the_matrix_says():
    assert {role: " ".join(sorted(permissions_of(role))) for role in Role} == MATRIX


def test_every_permission_is_held_by_somebody():
    assert set().union(*(permissions_of(role) for role in Role)) == set(Permission)


def test_nobody_outside_a_provider_sees_or_records_a_client():
    for role in set(Role) - set(PROVIDER_ROLES):
        assert not permissions_of(role) & (OF_CLIENTS | {Permission.EXTRACT_LOCAL})


def test_nobody_sees_both_clients_and_reports_or_opens_providers():
    for role in Role:
        held = permissions_of(role)
        assert not (held & OF_CLIENTS and held & {Permission.REPORT_VIEW, Permission.PROVIDER_OPEN})


def test_a_role_that_does_not_exist_may_nothing():
    with pytest.raises(ValueError, match="superuser"):
        permissions_of("superuser")


def test_what_is_open_to_all_is_no_permission():
    assert not {PUBLIC, SIGNED_IN} & set(Permission)


def test_every_role_says_what_it_is_for():
    assert all(HOLDINGS[role].purpose.endswith(".") for role in Role)
