from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "r2com.access"
    label = "access"

    def ready(self):
        from . import checks  # noqa: F401, registers itself
