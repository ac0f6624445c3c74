"""One line of the access matrix: an address, who may use it, and what each way of asking gets."""

from collections.abc import Callable
from dataclasses import dataclass, field

from ims.accounts.roles import Role

EVERYBODY = frozenset(Role)
PROVIDER = frozenset({Role.PROVIDER_STAFF, Role.PROVIDER_MANAGER})
MANAGER = frozenset({Role.PROVIDER_MANAGER})
REPORTS = frozenset({Role.COMMISSIONER, Role.PHI_ANALYST})
OFFICER = frozenset({Role.PHI_OFFICER})
NOT_ALLOWED = 405


@dataclass(frozen=True)
class Row:
    """`get` and `post` are the answers to those who may; a post carries `sends` and nothing else.

    `of` makes the arguments of the address from an object of the world: "client", "membership". Where it is given, the
    other provider's object must look exactly like one that does not exist.
    """

    name: str
    may: frozenset[Role]
    get: int = 200
    post: int = NOT_ALLOWED
    of: str = ""
    public: bool = False
    arguments: dict = field(default_factory=dict)
    sends: Callable[[], dict] = dict
