"""The person acting, as every action sees them: built once a request from the membership, then frozen."""

from dataclasses import dataclass, field

from ims.core.access import Open, Permission, Rule


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, for which provider, in which role.

    `provider_id` is None for central staff, who never see a client's page; `areas` are the codes of the
    authorities a commissioner answers for.
    """

    user_id: int
    name: str
    role: str
    role_label: str
    permissions: frozenset[Permission]
    provider_id: int | None = None
    provider_name: str = ""
    modules: frozenset[str] = field(default_factory=frozenset)
    backdating_days: int = 0  # how long ago the provider may still record a contact
    review_weeks: int = 12  # after which a review is due
    instruments: tuple[str, ...] = ()  # asked at a wellbeing assessment
    information_sheet: str = ""  # the edition that the provider's clients are shown
    skips_rejected: bool = False  # whether of a file with rejected rows the provider has the others recorded
    areas: frozenset[str] = field(default_factory=frozenset)
    membership_id: int | None = None

    def may(self, rule: Rule) -> bool:
        return rule in self.permissions or isinstance(rule, Open)
