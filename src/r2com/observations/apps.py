from django.apps import AppConfig


class ObservationsConfig(AppConfig):
    name = "r2com.observations"
    label = "observations"

    def ready(self):
        from . import contested, kept
        from .reminders import register_source

        register_source()
        kept.register_kept()
        contested.register()
