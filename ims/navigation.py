"""The main menu, in the order a service uses it."""

from ims.core.access import SIGNED_IN, Permission
from ims.core.links import Link

LINKS = [
    Link("Home", "home", SIGNED_IN),
    Link("Find a client", "clients:find", Permission.CLIENT_VIEW),
    Link("Register a client", "clients:register", Permission.CLIENT_RECORD),
    Link("Reviews due", "record:reviews_due", Permission.CLIENT_VIEW, module="wellbeing_assessment"),
    Link("Referrals", "referrals:inbox", Permission.CLIENT_VIEW),
    Link("Batch exchanges", "batch:batches", Permission.ACTIVITY_RECORD, module="syringe_exchange"),
    Link("Uploads", "bulk:uploads", Permission.UPLOAD_SEND),
    Link("Local Extract", "record:extract", Permission.EXTRACT_LOCAL),
    Link("Settings", "settings:index", Permission.SETTINGS_MANAGE),
    Link("Staff", "accounts:staff", Permission.STAFF_MANAGE),
    Link("Reports", "reporting:catalogue", Permission.REPORT_VIEW),
    Link("Providers", "accounts:providers", Permission.PROVIDER_OPEN),
    Link("Rules", "rules:rules", Permission.RULES_CHANGE),
]

# What a manager sets, each part with its page.
SETTINGS_PAGES = [
    Link("Sites", "settings:sites", Permission.SETTINGS_MANAGE),
    Link("What is recorded", "settings:modules", Permission.SETTINGS_MANAGE),
    Link("Rules of recording", "settings:rules", Permission.SETTINGS_MANAGE),
    Link("Rules to come", "record:rules_to_come", Permission.SETTINGS_MANAGE),
    Link("Packs", "packs:packs", Permission.SETTINGS_MANAGE, module="syringe_exchange"),
    Link("Uploads", "settings:uploads", Permission.SETTINGS_MANAGE),
    Link("Secure file transfer", "bulk:transfer", Permission.SETTINGS_MANAGE),
    Link("Information sheet and policy", "settings:information", Permission.SETTINGS_MANAGE),
]
