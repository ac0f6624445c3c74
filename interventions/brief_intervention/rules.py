"""What an officer can rule about brief interventions, and what one says of it (sql/07_rehearsal.sql says the same)."""

from ims.codelists.rules import RuleKind, Said, Shape, codes

KEY = "brief_intervention"
RULES = [
    RuleKind(
        "brief_setting",
        "The setting of a brief intervention must be stated",
        "the setting must be stated",
        Shape.STATED,
        KEY,
        "setting",
    ),
    RuleKind(
        "brief_minutes_stated",
        "The minutes of a brief intervention must be stated",
        "the minutes must be stated",
        Shape.STATED,
        KEY,
        "minutes",
    ),
    RuleKind(
        "brief_minutes",
        "Most minutes of one brief intervention",
        "a brief intervention takes at most {limit} minutes",
        Shape.AT_MOST,
        KEY,
        "minutes",
    ),
]


def said_by(one) -> Said:
    """Of a line or a record."""
    used = codes("intervention_type", [one.type]) | codes("intervention_setting", [one.setting])
    return Said(KEY, {"setting": one.setting, "minutes": one.minutes}, used)
