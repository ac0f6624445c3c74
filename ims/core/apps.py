from django.apps import AppConfig
from django.db.models import IntegerField, UUIDField

from ims.core.lookups import AnyOf, AnyOfRefs


class CoreConfig(AppConfig):
    name = "ims.core"

    def ready(self):
        IntegerField.register_lookup(AnyOf)
        UUIDField.register_lookup(AnyOfRefs)
