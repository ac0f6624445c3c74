from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "ims.core"

    def ready(self):
        from ims.core import lookups  # noqa: F401 - its lookup is known from here on
