from django.apps import AppConfig


class SharingConfig(AppConfig):
    name = "r2com.sharing"
    label = "sharing"

    def ready(self):
        from .limits import register_limit

        register_limit()
