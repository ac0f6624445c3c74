"""What every page's layout needs; it asks the database nothing."""

from django.conf import settings
from django.utils.module_loading import import_string

from ims.accounts.session import SEVERAL, seconds_left
from ims.core.links import in_menu
from ims.geography.attribution import ATTRIBUTION


def everywhere(request) -> dict:
    actor = getattr(request, "actor", None)
    return {
        "actor": actor,
        "navigation": in_menu(import_string(settings.NAVIGATION), request, actor),
        "may_switch": bool(actor and request.session.get(SEVERAL)),
        "attribution": ATTRIBUTION,
        "draft": getattr(request, "draft", None),
        "seconds_left": seconds_left(request) if actor else 0,
        "seconds_of_warning": int(settings.SESSION_WARNING.total_seconds()),
    }
