"""The main menu, in the order a service uses it."""

from ims.core.access import SIGNED_IN, Permission
from ims.core.links import Link

LINKS = [
    Link("Home", "home", SIGNED_IN),
    Link("Find a client", "clients:find", Permission.CLIENT_VIEW),
    Link("Register a client", "clients:register", Permission.CLIENT_RECORD),
    Link("Local Extract", "record:extract", Permission.EXTRACT_LOCAL),
    Link("Staff", "accounts:staff", Permission.STAFF_MANAGE),
    Link("Reports", "reporting:catalogue", Permission.REPORT_VIEW),
    Link("Providers", "accounts:providers", Permission.PROVIDER_OPEN),
]
