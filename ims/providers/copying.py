"""What one provider's settings give another as a start: never sites, staff, information sheet or policy."""

from ims.providers.models import Provider

COPIED = ("modules", "backdating_days", "review_weeks", "instruments")


def differs(target: Provider, source: Provider) -> bool:
    return any(getattr(target, name) != getattr(source, name) for name in COPIED)


def take_over(target: Provider, source: Provider) -> None:
    """Write the settings of one into the other, inside an action of the caller."""
    for name in COPIED:
        setattr(target, name, getattr(source, name))
    target.version += 1
    target.save(update_fields=[*COPIED, "version"])
